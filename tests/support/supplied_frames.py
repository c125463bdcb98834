"""Accepted rows of supplied tables, typed, and a load log: small enough to check by hand."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import polars as pl

from pipelines.supplied.log import SuppliedFile, SuppliedWarning
from pipelines.supplied.store import STORED_FAULTS
from schemas.supplied.contracts import contract
from schemas.supplied.field import TYPES

NO_FAULTS = pl.DataFrame(schema=STORED_FAULTS)
LOADED_AT = datetime(2026, 10, 20, 9, 30, tzinfo=UTC)


def typed_rows(table: str, *rows: Mapping[str, Any]) -> pl.DataFrame:
    """Return rows of a table with the fields given; the others are empty."""
    schema = {each.name: TYPES[each.kind] for each in contract(table).fields}
    unknown = {name for row in rows for name in row} - schema.keys()
    assert not unknown, unknown
    return pl.DataFrame([{**dict.fromkeys(schema), **row} for row in rows], schema=schema)


def supplied_file(table: str, **changed: Any) -> SuppliedFile:
    """Return a loaded file of a table, with some of its record changed."""
    usual = {
        "sha256": "a" * 64,
        "file_name": f"{table}.csv",
        "sender": "",
        "periods": (),
        "status": "loaded",
        "rows_read": 100,
        "rows_loaded": 100,
        "rows_set_aside": 0,
        "warnings": (),
        "loaded_at": LOADED_AT,
        "load_number": 1,
        "message": "",
        "is_invented": False,
    }
    return SuppliedFile(table=table, **{**usual, **changed})


def warning(row_count: int, **changed: str) -> SuppliedWarning:
    """Return a warning about some rows."""
    usual = {"reason": "CHECK_AGE", "rule_id": "R13", "column": "age_band", "message": "Unusual."}
    return SuppliedWarning(row_count=row_count, **{**usual, **changed})


def fault(sha256: str, line: int, column: str, value: str) -> dict[str, Any]:
    """Return a fault of a row set aside, as the store keeps it."""
    return {
        "file_sha256": sha256,
        "line": line,
        "column_name": column,
        "value": value,
        "reason": "BAD_CODE",
        "rule_id": "",
        "expected": "a code of the list",
        "advice": "Use a code.",
    }
