"""The record of supplied files that is published: what came, and what has to be sent back.

How many rows of a file about people were loaded is a count of people, which no protection of cells
reaches: it is told in hundreds, and not at all when they are few.
"""

from collections.abc import Iterator
from typing import Any, Final

import polars as pl

from pipelines.record import frame, naive
from pipelines.supplied.log import SuppliedFile, SuppliedLog, SuppliedWarning
from schemas.protection import RECORD_BASE
from schemas.published_supplied import ABOUT_PEOPLE

_NOT_OPEN: Final = {"", *ABOUT_PEOPLE}
"""A file that was refused before its table was known may be about people."""

_PLACES: Final = ("latitude", "longitude")
"""Never repeated: a place with a fault may be that of a refuge."""


def file_table(log: SuppliedLog) -> pl.DataFrame:
    """Return `meta_supplied_file`: one row per supplied file offered, the newest load last."""
    return frame("meta_supplied_file", [_file_row(file) for file in log.files])


def fault_table(log: SuppliedLog, faults: pl.DataFrame) -> pl.DataFrame:
    """Return `meta_supplied_fault`: each fault of a row set aside, then each kind of warning.

    `faults` are as the store gives them, of the files that count.
    """
    files = frame("meta_supplied_fault", [_file_key(file) for file in log.counted])
    file_columns = ["file_sha256", "file_name", "table_name", "sender"]
    set_aside = faults.join(files.select(file_columns), on="file_sha256").with_columns(
        kind=pl.lit("set aside"),
        value=_value_to_show(),
        row_count=pl.lit(1, pl.Int32),
    )
    warned = frame("meta_supplied_fault", list(_warnings(log)))
    return pl.concat([set_aside.select(files.columns), warned]).sort(
        "file_name", "kind", "line", "column_name", nulls_last=True
    )


def _file_row(file: SuppliedFile) -> dict[str, Any]:
    return {
        **_file_key(file),
        "load_number": file.load_number,
        "periods": ", ".join(file.periods),
        "status": file.status,
        **_row_counts(file),
        "warning_count": len(file.warnings),
        "loaded_at": naive(file.loaded_at),
        "message": file.message,
        "is_invented": file.is_invented,
    }


def _file_key(file: SuppliedFile) -> dict[str, str]:
    return {
        "file_sha256": file.sha256,
        "file_name": file.file_name,
        "table_name": file.table,
        "sender": file.sender,
    }


def _row_counts(file: SuppliedFile) -> dict[str, int | None]:
    if file.table not in _NOT_OPEN:
        return {
            "rows_read": file.rows_read,
            "rows_loaded": file.rows_loaded,
            "rows_set_aside": file.rows_set_aside,
        }
    # Rows read would give the exact number away, so they are added up from what is shown.
    loaded = _in_hundreds(file.rows_loaded)
    return {
        "rows_read": None if loaded is None else loaded + file.rows_set_aside,
        "rows_loaded": loaded,
        "rows_set_aside": file.rows_set_aside,
    }


def _in_hundreds(count: int) -> int | None:
    return (count + RECORD_BASE // 2) // RECORD_BASE * RECORD_BASE or None


def _value_to_show() -> pl.Expr:
    """Return the value at fault: empty for what is about people or is a place."""
    is_secret = pl.col("table_name").is_in(list(_NOT_OPEN)) | pl.col("column_name").is_in(_PLACES)
    return pl.when(is_secret).then(pl.lit("")).otherwise(pl.col("value"))


def _warnings(log: SuppliedLog) -> Iterator[dict[str, Any]]:
    for file in log.counted:
        for warning in file.warnings:
            yield {**_file_key(file), **_warning_row(file, warning)}


def _warning_row(file: SuppliedFile, warning: SuppliedWarning) -> dict[str, Any]:
    is_open = file.table not in _NOT_OPEN
    return {
        "kind": "warning",
        "column_name": warning.column,
        "value": "",
        "reason": warning.reason,
        "rule_id": warning.rule_id,
        "expected": warning.message,
        "advice": "",
        "row_count": warning.row_count if is_open else _in_hundreds(warning.row_count),
    }
