"""What a load did: for the person who ran it, for the dashboard, for the audit log."""

import getpass
import json
import os
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final, Literal

from pipelines.places import Places
from schemas.published import LAST_LOAD_NAME

Outcome = Literal["published", "unchanged", "held", "failed", "rolled_back"]

DONE: Final = 0
SOME_REFUSED: Final = 1
FAILED: Final = 3
HELD: Final = 5


@dataclass(frozen=True)
class Refusal:
    """A file that was refused, and why, in one line. `sha256` is empty when it was unreadable."""

    file_name: str
    message: str
    sha256: str = ""
    archive_name: str | None = None


@dataclass(frozen=True)
class LoadReport:
    """How a load ended. `version` is what is published afterwards, or None when nothing is.

    outcome: published, unchanged (nothing new to publish), held (waits for approval), failed
    (the last good version stays) or rolled_back.
    notes: what was done and is as it should be; warnings: what someone should look at.
    """

    outcome: Outcome
    version: str | None
    exit_code: int
    refused: tuple[Refusal, ...] = ()
    warnings: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    rows_counted: int = 0
    started_at: datetime | None = None
    seconds: float = 0.0

    @property
    def summary(self) -> str:
        """The end of the load in one line."""
        serving = f"serving {self.version}" if self.version else "nothing is published yet"
        ends = {
            "published": f"Published {self.version}",
            "unchanged": f"Nothing new to publish; {serving}",
            "held": f"Held, nothing published; {serving}",
            "failed": f"Failed, nothing published; {serving}",
            "rolled_back": f"Rolled back; {serving}",
        }
        refused = f", {len(self.refused):,} refused" if self.refused else ""
        return f"{ends[self.outcome]}: {self.rows_counted:,} rows{refused}, {self.seconds:.1f} s."

    def to_json(self) -> dict[str, Any]:
        """Return the report as plain values, as `last-load.json` holds it."""
        return {
            "outcome": self.outcome,
            "version": self.version,
            "exit_code": self.exit_code,
            "refused": [
                {"file_name": each.file_name, "message": each.message} for each in self.refused
            ],
            "warnings": list(self.warnings),
            "notes": list(self.notes),
            "rows_counted": self.rows_counted,
            "started_at": self.started_at and f"{self.started_at:%Y-%m-%dT%H:%M:%SZ}",
            "seconds": round(self.seconds, 2),
        }


def record_last_load(places: Places, report: LoadReport) -> None:
    """Write `published/last-load.json` whole, beside what is published."""
    text = json.dumps(report.to_json(), indent=2, ensure_ascii=False)
    beside = places.published / f".{LAST_LOAD_NAME}.{os.getpid()}"
    beside.write_text(text + "\n", encoding="utf-8")
    beside.replace(places.published / LAST_LOAD_NAME)


def read_last_load(places: Places) -> dict[str, Any] | None:
    """Return what the last load recorded, or None when none has run."""
    try:
        text = (places.published / LAST_LOAD_NAME).read_text(encoding="utf-8")
        record: dict[str, Any] = json.loads(text)
    except (OSError, ValueError):
        return None
    return record


def record_in_audit_log(places: Places, action: str, **details: object) -> None:
    """Append one line to `audit/loads.jsonl` and wait until it is on the disk.

    Raises:
        OSError: it cannot be written; the action must then not be done.
    """
    line = {"at": f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}", "user": _user(), "action": action}
    _append(places.audit / "loads.jsonl", json.dumps({**line, **details}, ensure_ascii=False))


def _append(path: Path, line: str) -> None:
    with path.open("a", encoding="utf-8") as log:
        log.write(line + "\n")
        log.flush()
        os.fsync(log.fileno())


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "unknown"
