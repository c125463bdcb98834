"""The load log: every supplied file that was offered, what became of it, and which file counts."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final, Literal, NamedTuple

import polars as pl

from pipelines.errors import PipelineError
from pipelines.places import Places
from pipelines.supplied.store import read_faults, write_privately

Status = Literal["loaded", "replaced", "refused"]

_DECEMBER: Final = 12
"""What follows a year is a month up to here, and the end of a financial year beyond."""

REPLACED: Final = "A newer file is counted in its place."


class LogDamaged(PipelineError):
    """The load log cannot be read, so that nobody knows which supplied files count."""

    exit_code = 3


class Holding(NamedTuple):
    """What a file replaces: a sender's rows of a period. Blank: one sender, or the whole table."""

    sender: str
    period: str

    @property
    def words(self) -> str:
        """Return such as '2026-27 Q2 from P01'."""
        return f"{self.period or 'the whole table'}{self.sender and f' from {self.sender}'}"

    @property
    def first_month(self) -> str:
        """Return the period's first month as YYYY-MM; blank for a whole table."""
        year, _, rest = self.period.partition("-")
        if " Q" in rest:
            months_on = 3 * int(rest[-1])
            return f"{int(year) + months_on // 12}-{months_on % 12 + 1:02}"
        return f"{year}-04" if int(rest or 0) > _DECEMBER else self.period


@dataclass(frozen=True)
class SuppliedWarning:
    """A kind of oddity in the rows of a file that were loaded all the same."""

    reason: str
    rule_id: str
    column: str
    row_count: int
    message: str


@dataclass(frozen=True)
class SuppliedFile:
    """One supplied file as offered. Counts only; nothing of a row stands here.

    table: of its contract; blank when it was refused before that was known. sender: who sent it,
    several separated by commas. periods: as people write them, such as 2026-27 Q2. status: loaded
    when some of it counts. load_number: where files hold the same, the highest counts. holds: the
    senders and periods of its accepted rows. rules: hash of the rules it was held against.
    """

    sha256: str
    file_name: str
    table: str
    sender: str
    periods: tuple[str, ...]
    status: Status
    rows_read: int
    rows_loaded: int
    rows_set_aside: int
    warnings: tuple[SuppliedWarning, ...]
    loaded_at: datetime
    load_number: int
    message: str
    is_invented: bool
    holds: tuple[Holding, ...] = ()
    rules: str = ""

    @property
    def content(self) -> str:
        """Return what tells the file from others: its hash, or its name when it is unreadable."""
        return self.sha256 or self.file_name


@dataclass(frozen=True)
class SuppliedLog:
    """Every supplied file known, in the order of loading."""

    files: tuple[SuppliedFile, ...] = ()

    @property
    def counted(self) -> tuple[SuppliedFile, ...]:
        """Return the files of which some rows count."""
        return tuple(file for file in self.files if file.status == "loaded")

    @property
    def content_sha256(self) -> str:
        """Return one hash of what counts, whatever the order in which it was loaded."""
        lines = sorted(
            f"{file.table} {file.sha256} {file.rules} {file.rows_loaded} {holding}\n"
            for file in self.counted
            for holding, sha256 in self.counting(file.table).items()
            if sha256 == file.sha256
        )
        return hashlib.sha256("".join(lines).encode()).hexdigest()

    def find(self, sha256: str) -> SuppliedFile | None:
        """Return what is known of a file by its content, unless it was refused."""
        known = (file for file in self.files if file.status != "refused")
        return next((file for file in known if file.sha256 == sha256), None)

    def counting(self, table: str) -> dict[Holding, str]:
        """Return the sha256 of the file that counts, for each sender and period of a table."""
        return _counting(file for file in self.counted if file.table == table)

    def with_files(self, files: Iterable[SuppliedFile]) -> "SuppliedLog":
        """Return the log with these files in place of what it knew of the same content."""
        new = {file.content: file for file in files}
        kept = (file for file in self.files if file.content not in new)
        return SuppliedLog(_judged((*kept, *new.values())))

    def without_invented(self) -> "SuppliedLog":
        """Return the log without the files of the sample."""
        return SuppliedLog(tuple(file for file in self.files if not file.is_invented))

    def faults(self, places: Places) -> pl.DataFrame:
        """Return one row per fault of a row that was set aside, of the files that count."""
        faulty = (file for file in self.counted if file.rows_set_aside)
        return read_faults(places, [(file.table, file.sha256) for file in faulty])


def read_log(places: Places) -> SuppliedLog:
    """Return the load log; an empty one when nothing was ever supplied.

    Raises:
        LogDamaged: it cannot be understood.
    """
    path = places.supplied_log
    if not path.exists():
        return SuppliedLog()
    try:
        records = json.loads(path.read_text(encoding="utf-8"))
        return SuppliedLog(tuple(_from_record(record) for record in records))
    except (OSError, ValueError, TypeError, KeyError) as fault:
        raise LogDamaged(
            f"{path} cannot be read. Put it back from the backup; or remove it together with "
            f"{places.supplied}, and load all supplied files again."
        ) from fault


def write_log(places: Places, log: SuppliedLog) -> None:
    """Write the load log whole, readable by the loader's own user only."""
    text = json.dumps([vars(file) for file in log.files], default=_plain, ensure_ascii=False)
    write_privately(places.supplied_log, lambda file: file.write(text.encode()))


def _judged(files: Iterable[SuppliedFile]) -> tuple[SuppliedFile, ...]:
    """Return the files in order, each with the status that follows from the others."""
    ordered = sorted(files, key=lambda file: (file.load_number, file.file_name))
    held = [file for file in ordered if file.status != "refused"]
    counting = {
        table: set(_counting(file for file in held if file.table == table).values())
        for table in {file.table for file in held}
    }
    return tuple(
        file if file.status == "refused" else _judge(file, counting[file.table]) for file in ordered
    )


def _judge(file: SuppliedFile, counting: set[str]) -> SuppliedFile:
    if file.sha256 in counting:
        return replace(file, status="loaded", message="")
    return replace(file, status="replaced", message=REPLACED)


def _counting(files: Iterable[SuppliedFile]) -> dict[Holding, str]:
    in_order = sorted(files, key=lambda file: file.load_number)
    return {holding: file.sha256 for file in in_order for holding in file.holds}


def _from_record(record: dict[str, Any]) -> SuppliedFile:
    return SuppliedFile(
        **{
            **record,
            "periods": tuple(record["periods"]),
            "warnings": tuple(SuppliedWarning(**each) for each in record["warnings"]),
            "loaded_at": datetime.fromisoformat(record["loaded_at"]),
            "holds": tuple(Holding(*each) for each in record["holds"]),
        }
    )


def _plain(value: object) -> object:
    """Return what JSON can hold in place of what it cannot."""
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, SuppliedWarning):
        return vars(value)
    raise TypeError(f"{type(value).__name__} cannot be kept in the load log")
