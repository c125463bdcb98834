"""What the served version records of itself: the ledger, and what goes with it."""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb

from pipelines.ledger import ForceMonth, Ledger, LedgerFile
from pipelines.places import Places
from pipelines.publish import PublishFailed, current_version
from pipelines.record import APPROVED
from pipelines.source import POLICE_UK


@dataclass(frozen=True)
class PublishedState:
    """What the served version records of itself. is_invented: of its crime, if it holds any."""

    ledger: Ledger
    content_sha256: str
    schema_version: int
    is_invented: bool
    built_at: datetime
    approvals: tuple[dict[str, Any], ...]


def served_state(places: Places) -> PublishedState | None:
    """Return what the served version records, or None when nothing is published.

    Raises:
        PublishFailed: its file is damaged.
    """
    current = current_version(places)
    if current is None:
        return None
    try:
        return _read(places.published / current.file_name)
    except duckdb.Error as fault:
        raise PublishFailed(
            f"{current.file_name} cannot be read ({str(fault).splitlines()[0]}). Serve an earlier "
            "version with: python -m pipelines rollback, then load again."
        ) from fault


def _read(path: Path) -> PublishedState:
    with duckdb.connect(str(path), read_only=True) as connection:
        files = _rows(connection, "select * from meta_file where status <> 'refused'")
        months = _rows(connection, "select * from meta_file_month")
        build = _rows(connection, "select * from meta_build")[0]
        sources = _rows(
            connection, f"select * from meta_source where source_key = '{POLICE_UK.key}'"
        )
        approvals = _rows(connection, f"select * from meta_warning where reason = '{APPROVED}'")
    return PublishedState(
        ledger=_ledger(files, months),
        content_sha256=build["content_sha256"],
        schema_version=build["schema_version"],
        is_invented=any(source["is_invented"] for source in sources),
        built_at=build["built_at"].replace(tzinfo=UTC),
        approvals=tuple(approvals),
    )


def _rows(connection: duckdb.DuckDBPyConnection, query: str) -> list[dict[str, Any]]:
    return connection.execute(query).pl().to_dicts()


def _ledger(files: list[dict[str, Any]], months: list[dict[str, Any]]) -> Ledger:
    rows_by_month: dict[str, dict[ForceMonth, int]] = {}
    counted: dict[ForceMonth, str] = {}
    for row in months:
        key = ForceMonth(row["force_code"], row["month"])
        rows_by_month.setdefault(row["file_sha256"], {})[key] = row["rows_loaded"]
        if row["is_current"]:
            counted[key] = row["file_sha256"]
    known = {
        row["file_sha256"]: LedgerFile(
            sha256=row["file_sha256"],
            file_name=row["file_name"],
            archive_name=row["archive_name"],
            vintage=row["vintage"],
            rows_read=row["rows_read"],
            rows_loaded=row["rows_loaded"],
            rows_set_aside=row["rows_set_aside"],
            loaded_at=row["loaded_at"].replace(tzinfo=UTC),
            rows_by_month=rows_by_month.get(row["file_sha256"], {}),
            load_number=row["load_number"],
        )
        for row in files
    }
    return Ledger(known, counted)
