"""What was wrong or odd in the files: listings by reason, and the list to send back."""

import polars as pl

from dashboard.charts.chart import Chart
from dashboard.ui.listing import Column, listing
from dashboard.warehouse import Warehouse
from schemas.reasons import REASONS

_COUNT = "{:,.0f}"
_FILES = pl.col("file_sha256").n_unique()


def set_aside_reasons(warehouse: Warehouse) -> Chart:
    """Return one row per reason and column: how many rows, and what to do about them."""
    rows = pl.struct("file_sha256", "line").n_unique()
    counted = _by_reason(warehouse, "meta_set_aside", rows, "column_name", "expected", "advice")
    return listing(
        "set-aside-reasons",
        f"{_reasons(counted.height)} for setting rows aside",
        "A row that breaks the contract is not counted, and is listed below with its reason",
        columns=(
            Column("Reason"),
            Column("Column"),
            Column("Rows", _COUNT),
            Column("Files", _COUNT),
            Column("Expected"),
            Column("What to do"),
        ),
        rows=counted.iter_rows(),
        warehouse=warehouse,
    )


def faults(warehouse: Warehouse) -> Chart:
    """Return one row per fault to send back: file, line, column, what stood there, what to do."""
    held = warehouse.table("meta_set_aside").sort("file_name", "line", "column_name")
    return listing(
        "faults-to-send-back",
        f"{held.height:,} {'fault' if held.height == 1 else 'faults'} to send back",
        "By file, line and column; line 1 is the header",
        columns=(
            Column("File"),
            Column("Line", "{:.0f}"),
            *map(Column, ("Column", "Found", "Reason", "Expected", "What to do")),
        ),
        rows=held.select(
            *("file_name", "line", "column_name", "value"), _WORDS, *("expected", "advice")
        ).iter_rows(),
        warehouse=warehouse,
    )


def oddities(warehouse: Warehouse) -> Chart:
    """Return one row per kind of oddity in rows that were loaded all the same."""
    counted = _by_reason(warehouse, "meta_warning", pl.col("row_count").sum(), "detail", "message")
    return listing(
        "loaded-with-a-warning",
        f"{counted.height:,} kinds of oddity were loaded and counted",
        "Rows that are unusual but keep to the contract",
        columns=(
            Column("Kind"),
            Column("Concerns"),
            Column("Rows", _COUNT),
            Column("Files", _COUNT),
            Column("In words"),
        ),
        rows=counted.iter_rows(),
        warehouse=warehouse,
    )


_WORDS = pl.col("reason").replace(dict(REASONS))


def _by_reason(
    warehouse: Warehouse, table: str, rows: pl.Expr, what: str, *told: str
) -> pl.DataFrame:
    """Return one row per reason and `what`, most first; the words told last."""
    return (
        warehouse.table(table)
        .group_by("reason", what)
        .agg(rows.alias("rows"), _FILES.alias("files"), *(pl.col(each).first() for each in told))
        .sort("rows", "reason", what, descending=[True, False, False])
        .select(_WORDS, what, "rows", "files", *told)
    )


def _reasons(count: int) -> str:
    return {0: "No reason", 1: "One reason"}.get(count, f"{count} reasons")
