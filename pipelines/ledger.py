"""Which file counts for each force and month: pure rules, no files, no clock.

A force's month is always counted from one file. Files are ranked by vintage (the month their
archive was issued) and, where a vintage is not known, by the order of loading:

- a newer vintage replaces the month whole, so that revised files are never added to old ones;
- an older vintage is refused, unless the caller allows it;
- the same file again changes nothing, though a newer archive that repeats it renews its vintage.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import NamedTuple


class ForceMonth(NamedTuple):
    """One force in one month, named by its first day."""

    force_code: str
    month: date


@dataclass(frozen=True)
class LedgerFile:
    """A file that passed the contract, with the rows it holds for each force and month."""

    sha256: str
    file_name: str
    archive_name: str | None
    vintage: str | None
    rows_read: int
    rows_loaded: int
    rows_set_aside: int
    loaded_at: datetime
    rows_by_month: Mapping[ForceMonth, int]
    load_number: int = 0


@dataclass(frozen=True)
class Ledger:
    """Every file known, by its sha256, and the one that is counted for each force and month."""

    files: Mapping[str, LedgerFile] = field(default_factory=dict)
    counted: Mapping[ForceMonth, str] = field(default_factory=dict)

    def counted_rows(self) -> dict[ForceMonth, int]:
        """Return the rows counted for each force and month."""
        return {key: self.files[sha].rows_by_month[key] for key, sha in self.counted.items()}

    def counted_files(self) -> list[LedgerFile]:
        """Return the files of which at least one month is counted, in the order of loading."""
        used = [self.files[sha] for sha in set(self.counted.values())]
        return sorted(used, key=lambda file: file.load_number)


@dataclass(frozen=True)
class Change:
    """A force's month that is counted from another file than before."""

    key: ForceMonth
    rows_before: int | None
    rows_now: int


@dataclass(frozen=True)
class OlderMonth:
    """A month offered in an older vintage than the one loaded, and therefore not counted."""

    file: LedgerFile
    key: ForceMonth
    loaded_vintage: str


@dataclass(frozen=True)
class Decision:
    """The ledger after a load, and what the load did to it."""

    ledger: Ledger
    changes: tuple[Change, ...]
    older: tuple[OlderMonth, ...]
    already_loaded: tuple[LedgerFile, ...]


def decide(before: Ledger, offered: Iterable[LedgerFile], *, allow_older: bool) -> Decision:
    """Return what the ledger becomes when the `offered` files are loaded.

    The order in which they are given does not matter. With `allow_older`, what is offered now
    wins over what was loaded before, and the newest of what is offered wins.
    """
    load = _Load(before, allow_older=allow_older)
    for file in sorted(offered, key=lambda each: _rank(each, before)):
        load.take(file)
    after = Ledger(load.files, load.counted)
    return Decision(after, _changes(before, after), tuple(load.older), tuple(load.already_loaded))


def _rank(file: LedgerFile, before: Ledger) -> tuple[str, bool, int, str, str]:
    known = before.files.get(file.sha256)
    number = known.load_number if known else 0
    return (file.vintage or "", known is None, number, file.file_name, file.sha256)


class _Load:
    """The ledger while files are taken into it, one after another."""

    def __init__(self, before: Ledger, *, allow_older: bool) -> None:
        self.files = dict(before.files)
        self.counted = dict(before.counted)
        self.older: list[OlderMonth] = []
        self.already_loaded: list[LedgerFile] = []
        self._allow_older = allow_older
        self._last_number = max((file.load_number for file in before.files.values()), default=0)
        self._newest_vintage: dict[ForceMonth, str] = {}
        for file in before.files.values():
            self._note_vintage(file)

    def take(self, file: LedgerFile) -> None:
        """Count the months of `file` that rank highest; note those that are older."""
        known = self.files.get(file.sha256)
        if known:
            self.already_loaded.append(file)
            file = self._renewed(known, file)
        taken = [key for key in file.rows_by_month if self._is_taken(file, key, known)]
        if known is None:
            self.older += [
                OlderMonth(file, key, self._newest_vintage[key])
                for key in file.rows_by_month
                if key not in taken
            ]
        if known or taken:
            self._record(file, taken)

    def _is_taken(self, file: LedgerFile, key: ForceMonth, known: LedgerFile | None) -> bool:
        if self._allow_older:
            return True
        newest = self._newest_vintage.get(key, "")
        if known and key in known.rows_by_month:
            return (file.vintage or "") > newest
        return file.vintage is None or file.vintage >= newest

    def _renewed(self, known: LedgerFile, offered: LedgerFile) -> LedgerFile:
        """Return the offered file in the place of the known one, with the newer vintage."""
        newest = max(known, offered, key=lambda file: file.vintage or "")
        # The contract may have changed since, and with it which months the file holds.
        for key in known.rows_by_month.keys() - offered.rows_by_month.keys():
            if self.counted.get(key) == known.sha256:
                del self.counted[key]
        return replace(
            offered,
            file_name=known.file_name,
            vintage=newest.vintage,
            archive_name=newest.archive_name,
            loaded_at=known.loaded_at,
            load_number=known.load_number,
        )

    def _record(self, file: LedgerFile, taken: list[ForceMonth]) -> None:
        if not file.load_number:
            self._last_number += 1
            file = replace(file, load_number=self._last_number)
        self.files[file.sha256] = file
        self.counted.update(dict.fromkeys(taken, file.sha256))
        self._note_vintage(file)

    def _note_vintage(self, file: LedgerFile) -> None:
        for key in file.rows_by_month:
            if file.vintage and file.vintage > self._newest_vintage.get(key, ""):
                self._newest_vintage[key] = file.vintage


def _changes(before: Ledger, after: Ledger) -> tuple[Change, ...]:
    rows_before, rows_after = before.counted_rows(), after.counted_rows()
    return tuple(
        Change(key, rows_before.get(key), rows_after[key])
        for key in sorted(after.counted)
        if before.counted.get(key) != after.counted[key]
    )
