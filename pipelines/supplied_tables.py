"""The published tables of supplied data that is not about people, as the loader writes them."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, Final

import polars as pl

from pipelines.record import frame, naive
from pipelines.returns_due import returns_due
from pipelines.source import SAMPLE_LICENCE, SAMPLE_PUBLISHER, SUPPLIED_SOURCES
from pipelines.supplied.log import SuppliedLog
from pipelines.supplied.store import no_rows
from pipelines.supplied_record import fault_table, file_table
from schemas.published_supplied import (
    PUBLISHED_AS,
    RETURN_MEASURES,
    SUPPLIED_TABLES,
    published_fields,
    published_name,
)
from schemas.supplied.contracts import CONTRACTS
from schemas.supplied.field import Contract
from schemas.supplied.provider_return_rules import ALL

_MONTHS_IN: Final = {"quarter": 3, "financial_year": 12}
_SORTED_BY: Final = {each.name: list(each.sorted_by) for each in SUPPLIED_TABLES}


def supplied_tables(
    rows: Mapping[str, pl.DataFrame], log: SuppliedLog, *, faults: pl.DataFrame, as_of: date
) -> dict[str, pl.DataFrame]:
    """Return every published table of supplied data by name, with rows for `meta_source`.

    rows: the accepted rows that count, by supplied table, each field typed; a table that is not
    there is empty. log: every file offered. faults: those of rows set aside, as the store gives
    them. as_of: the day that clocks read as today.
    """
    held = {each.table: rows.get(each.table, no_rows(each)) for each in CONTRACTS}
    return {
        **{name: _open_table(held[table], table) for table, name in PUBLISHED_AS.items()},
        "fact_return": _return_figures(held["provider_returns"]),
        "meta_supplied_file": file_table(log),
        "meta_supplied_fault": fault_table(log, faults),
        "meta_return_due": returns_due(
            held["services"], held["provider_returns"], log, as_of=as_of
        ),
        "meta_source": frame("meta_source", list(_source_rows(held, log))),
    }


def _open_table(rows: pl.DataFrame, table: str) -> pl.DataFrame:
    name = PUBLISHED_AS[table]
    columns = (pl.col(each.name).alias(published_name(each)) for each in published_fields(table))
    return rows.select(columns).sort(_SORTED_BY[name])


def _return_figures(rows: pl.DataFrame) -> pl.DataFrame:
    is_open = pl.col("measure").is_in(RETURN_MEASURES) & (pl.col("breakdown") == ALL)
    columns = frame("fact_return", []).columns
    return rows.filter(is_open).select(columns).sort(_SORTED_BY["fact_return"])


def _source_rows(held: Mapping[str, pl.DataFrame], log: SuppliedLog) -> Iterator[dict[str, Any]]:
    for what in CONTRACTS:
        rows = held[what.table]
        if not rows.is_empty():
            yield _source_row(what, rows, log)


def _source_row(what: Contract, rows: pl.DataFrame, log: SuppliedLog) -> dict[str, Any]:
    source = SUPPLIED_SOURCES[what.table]
    is_invented = rows["sample_mark"].is_not_null().any()
    first, last = _months_held(what, rows)
    loaded = [file.loaded_at for file in log.counted if file.table == what.table]
    return {
        "source_key": source.key,
        "subject": source.subject,
        "source_name": source.name,
        "publisher": SAMPLE_PUBLISHER if is_invented else source.publisher,
        "licence": SAMPLE_LICENCE if is_invented else source.licence,
        "is_invented": is_invented,
        "period_from": first,
        "period_to": last,
        "last_loaded_at": naive(max(loaded)) if loaded else None,
        "next_due": source.next_due(last) if last else None,
    }


def _months_held(what: Contract, rows: pl.DataFrame) -> tuple[date | None, date | None]:
    """Return the first and the last month of the periods held; none for tables without periods."""
    if what.period_field is None:
        return None, None
    kind = next(each.kind for each in what.fields if each.name == what.period_field)
    months = rows[what.period_field].dt.month_start()
    last = months.dt.offset_by(f"{_MONTHS_IN.get(kind, 1) - 1}mo")
    return months.min(), last.max()  # type: ignore[return-value]
