"""The tables of the published file that are not counted from rows: records and dimensions."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any, Final

import polars as pl

from pipelines.cleaned_cache import KeptFile
from pipelines.ledger import ForceMonth, Ledger, LedgerFile
from pipelines.reference import Reference
from pipelines.report import Refusal
from pipelines.source import POLICE_UK, SAMPLE_LICENCE, SAMPLE_PUBLISHER
from schemas.codes import ANTISOCIAL_BEHAVIOUR, OUTCOME_GROUPS, ROW_TYPES
from schemas.published import table

APPROVED: Final = "LOW_MONTH_APPROVED"
"""Reason code of the warning that says a low month was published on someone's word."""

_TYPES: Final[dict[str, Any]] = {
    "varchar": pl.String,
    "varchar[]": pl.List(pl.String),
    "integer": pl.Int32,
    "bigint": pl.Int64,
    "double": pl.Float64,
    "boolean": pl.Boolean,
    "date": pl.Date,
    "timestamp": pl.Datetime("us"),
    "crime_type": pl.String,
    "outcome": pl.String,
}


def record_tables(
    ledger: Ledger,
    kept: Mapping[str, KeptFile],
    *,
    refused: Iterable[Refusal],
    approvals: Sequence[dict[str, Any]],
    loaded_at: datetime,
) -> dict[str, pl.DataFrame]:
    """Return the meta tables that follow from the ledger, by name, with the contract's columns.

    `kept` holds each file of which a month is counted.
    """
    counted = ledger.counted_files()
    faults = [fault for file in counted for fault in kept[file.sha256].set_aside]
    warnings = [warning for file in counted for warning in kept[file.sha256].warnings]
    still_counted = {file.sha256 for file in counted}
    warnings += [each for each in approvals if each["file_sha256"] in still_counted]
    return {
        "meta_file": frame("meta_file", _file_rows(ledger, refused, loaded_at)),
        "meta_file_month": frame("meta_file_month", _month_rows(ledger)),
        "meta_coverage": frame("meta_coverage", coverage_rows(ledger)),
        "meta_set_aside": frame("meta_set_aside", faults),
        "meta_warning": frame("meta_warning", warnings),
    }


def source_table(ledger: Ledger, *, is_invented: bool) -> pl.DataFrame:
    """Return the row of `meta_source` for police.uk; none when no crime is loaded."""
    months = [key.month for key in ledger.counted]
    if not months:
        return frame("meta_source", [])
    row = {
        "source_key": POLICE_UK.key,
        "subject": POLICE_UK.subject,
        "source_name": POLICE_UK.name,
        "publisher": SAMPLE_PUBLISHER if is_invented else POLICE_UK.publisher,
        "licence": SAMPLE_LICENCE if is_invented else POLICE_UK.licence,
        "is_invented": is_invented,
        "period_from": min(months),
        "period_to": max(months),
        "last_loaded_at": max(naive(file.loaded_at) for file in ledger.files.values()),
        "next_due": POLICE_UK.next_due(max(months)),
    }
    return frame("meta_source", [row])


def dimension_tables(reference: Reference, *, is_invented: bool) -> dict[str, pl.DataFrame]:
    """Return the dimensions. Invented forces stand only beside invented crime, and reverse."""
    shown = pl.col("is_invented") | pl.col("is_home") if is_invented else ~pl.col("is_invented")
    crime_types = [
        {"crime_type": name, "is_crime": name != ANTISOCIAL_BEHAVIOUR, "sort_order": order}
        for order, name in enumerate(ROW_TYPES)
    ]
    groups = [(name, group) for group, names in OUTCOME_GROUPS.items() for name in names]
    outcomes = [
        {"outcome": name, "outcome_group": group, "sort_order": order}
        for order, (name, group) in enumerate(groups)
    ]
    return {
        "dim_area": reference.areas.filter(shown),
        "dim_small_area": reference.small_areas,
        "dim_border_area": reference.border_areas,
        "dim_town": reference.towns,
        "dim_population": reference.population,
        "dim_crime_type": frame("dim_crime_type", crime_types),
        "dim_outcome": frame("dim_outcome", outcomes),
    }


def coverage_rows(ledger: Ledger) -> list[dict[str, Any]]:
    """Return one row per force and month between the first and the latest held for that force."""
    held: dict[str, dict[date, LedgerFile]] = {}
    for key, sha in ledger.counted.items():
        held.setdefault(key.force_code, {})[key.month] = ledger.files[sha]
    return [
        _coverage_row(ForceMonth(force_code, month), files.get(month))
        for force_code, files in sorted(held.items())
        for month in pl.date_range(min(files), max(files), "1mo", eager=True)
    ]


def frame(name: str, rows: Sequence[Mapping[str, Any]]) -> pl.DataFrame:
    """Return rows as a frame with the columns and types of the contract's table `name`."""
    schema = {column.name: _TYPES[column.sql_type] for column in table(name).columns}
    return pl.DataFrame(list(rows), schema=schema, orient="row")


def _file_rows(
    ledger: Ledger, refused: Iterable[Refusal], loaded_at: datetime
) -> list[dict[str, Any]]:
    counted = set(ledger.counted.values())
    known = sorted(ledger.files.values(), key=lambda file: file.load_number)
    rows = [_file_row(file, is_counted=file.sha256 in counted) for file in known]
    last = known[-1].load_number if known else 0
    for number, refusal in enumerate(refused, start=last + 1):
        rows.append(_refused_row(refusal, number, loaded_at))
    return rows


def _file_row(file: LedgerFile, *, is_counted: bool) -> dict[str, Any]:
    return {
        "load_number": file.load_number,
        "source_key": POLICE_UK.key,
        "file_name": file.file_name,
        "archive_name": file.archive_name,
        "file_sha256": file.sha256,
        "vintage": file.vintage,
        "status": "loaded" if is_counted else "replaced",
        "rows_read": file.rows_read,
        "rows_loaded": file.rows_loaded,
        "rows_set_aside": file.rows_set_aside,
        "loaded_at": naive(file.loaded_at),
        "message": "" if is_counted else "A newer copy of the same months is counted instead.",
    }


def _refused_row(refusal: Refusal, load_number: int, at: datetime) -> dict[str, Any]:
    return {
        "load_number": load_number,
        "source_key": POLICE_UK.key,
        "file_name": refusal.file_name,
        "archive_name": refusal.archive_name,
        "file_sha256": refusal.sha256,
        "status": "refused",
        "loaded_at": naive(at),
        "message": refusal.message,
    }


def _month_rows(ledger: Ledger) -> list[dict[str, Any]]:
    return [
        {
            "file_sha256": file.sha256,
            "force_code": key.force_code,
            "month": key.month,
            "rows_loaded": rows,
            "is_current": ledger.counted.get(key) == file.sha256,
        }
        for file in ledger.files.values()
        for key, rows in file.rows_by_month.items()
    ]


def _coverage_row(key: ForceMonth, file: LedgerFile | None) -> dict[str, Any]:
    return {
        "force_code": key.force_code,
        "month": key.month,
        "is_supplied": file is not None,
        "row_count": file.rows_by_month[key] if file else None,
        "vintage": file.vintage if file else None,
    }


def naive(moment: datetime) -> datetime:
    """Return the moment as DuckDB's plain timestamp, which here is always UTC."""
    return moment.astimezone(UTC).replace(tzinfo=None)
