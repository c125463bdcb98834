"""Makes prepared rows of a file's text: typed, with copies marked and what other tables say."""

from datetime import date

import polars as pl

from pipelines.supplied.context import Known, with_context
from pipelines.supplied.forms import DateOrder
from pipelines.supplied.recognise import fields_by_column
from pipelines.supplied.understand import understood
from schemas.supplied.field import Contract


def prepare(
    rows: pl.DataFrame,
    contract: Contract,
    *,
    as_of: date,
    known: Known,
    date_order: DateOrder = "iso",
    excel_dates: bool = False,
) -> pl.DataFrame:
    """Return one prepared row per row of a file, with the columns of `contract.prepared`.

    Args:
        rows: `line` and the file's columns as text; columns outside the contract are left aside.
        contract: of the table.
        as_of: the day of loading.
        known: what was loaded before, for what crosses tables.
        date_order: how dates may be written beside YYYY-MM-DD.
        excel_dates: whether Excel's numbers for dates are taken for dates.
    """
    typed = _texts(rows, contract).with_columns(
        understood(
            field, pl.col(f"{field.name}:text"), date_order=date_order, excel_dates=excel_dates
        ).alias(field.name)
        for field in contract.fields
    )
    marked = typed.with_columns(_first_line(contract), _as_of=pl.lit(as_of))
    return with_context(marked, contract, known).select(
        pl.col(name).cast(dtype) for name, dtype in contract.prepared.items()
    )


def _texts(rows: pl.DataFrame, contract: Contract) -> pl.DataFrame:
    """Return the text of each field, trimmed, null where blank or where the file has it not."""
    columns = {
        field.name: name for name, field in fields_by_column(tuple(rows.columns), contract).items()
    }
    return rows.select(
        "line",
        *(
            _trimmed(pl.col(columns[name]) if name in columns else pl.lit(None, pl.String)).alias(
                f"{name}:text"
            )
            for name in contract.names
        ),
    )


def _trimmed(text: pl.Expr) -> pl.Expr:
    stripped = text.str.strip_chars()
    return pl.when(stripped != "").then(stripped)


def _first_line(contract: Contract) -> pl.Expr:
    """Return the first line of the rows with the same unique fields, null when a row is alone."""
    if not contract.unique:
        return pl.lit(None, pl.UInt32).alias("first_line")
    same = [f"{name}:text" for name in contract.unique]
    has_copies = pl.len().over(same) > 1
    return pl.when(has_copies).then(pl.col("line").min().over(same)).alias("first_line")
