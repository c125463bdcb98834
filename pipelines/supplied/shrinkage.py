"""Keeps a stray row from wiping out a period: a far smaller file must be approved."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

import polars as pl

from pipelines.errors import FileRefused
from pipelines.low_months import LEAST_SHARE
from pipelines.places import Places
from pipelines.report import record_in_audit_log
from pipelines.supplied.holdings import rows_held
from pipelines.supplied.log import Holding, SuppliedFile, SuppliedLog
from pipelines.supplied.received import Received
from pipelines.supplied.store import read_rows
from schemas.supplied.contracts import contract as contract_of

FEWEST_HELD: Final = 10
"""Where fewer rows than this are loaded, half as many are nothing unusual."""


@dataclass(frozen=True)
class Candidate:
    """A file that may be loaded: as received, as the log will have it, and its accepted rows."""

    received: Received
    file: SuppliedFile
    rows: pl.DataFrame
    set_aside: pl.DataFrame


@dataclass(frozen=True)
class Shrunk:
    """A file with far fewer rows than are loaded of the same senders and periods.

    months: what approves it, as YYYY-MM: the first month of each period, or the month of loading
    for a table without periods.
    """

    candidate: Candidate
    holdings: tuple[Holding, ...]
    months: tuple[str, ...]

    def refusal(self) -> FileRefused:
        """Return why the file is refused: no number of rows, for they may be people."""
        approve = " ".join(f"--approve {month}" for month in self.months)
        file_name = self.candidate.file.file_name
        return FileRefused(
            file_name,
            f"{file_name} {self._fewer} Nothing of it was loaded, and what is loaded "
            "stays. If dates or senders in it are wrong, correct them; if the file is right, run "
            f"build again with {approve}.",
            reason="FAR_FEWER_ROWS",
        )

    def record_approval(self, places: Places) -> None:
        """Write into the audit log that the file was loaded on someone's word."""
        record_in_audit_log(
            places,
            "smaller file approved",
            file=self.candidate.file.file_name,
            file_sha256=self.candidate.file.sha256,
            month=", ".join(self.months),
            said=self._fewer,
        )

    @property
    def _fewer(self) -> str:
        held = ", ".join(each.words for each in self.holdings)
        return f"holds far fewer rows than are loaded of {held}."


def find_shrunk(
    places: Places,
    candidates: Sequence[Candidate],
    log: SuppliedLog,
    *,
    as_of: date,
    approve: Collection[str],
) -> tuple[list[Shrunk], list[Shrunk]]:
    """Return which files of one table are refused for it, and which are loaded as approved.

    Files are looked at in the order in which they replace each other; a refused one replaces
    nothing. A file is not held against what it counts for already. `approve` holds months.
    """
    table = candidates[0].file.table if candidates else ""
    counting = _replacing({}, (file for file in log.counted if file.table == table))
    sizes = _Sizes(places, candidates)
    refused, approved = [], []
    for candidate in sorted(candidates, key=lambda each: each.file.load_number):
        shrunk = _shrunk(candidate, counting, sizes, as_of=as_of)
        if shrunk and not set(shrunk.months) <= set(approve):
            refused.append(shrunk)
            continue
        if shrunk:
            approved.append(shrunk)
        counting = _replacing(counting, [candidate.file])
    return refused, approved


def _replacing(
    counting: Mapping[Holding, SuppliedFile], files: Iterable[SuppliedFile]
) -> dict[Holding, SuppliedFile]:
    """Return which file counts for each sender and period once these files are loaded, too."""
    after = dict(counting)
    for file in files:
        for key in file.holds:
            if key not in after or after[key].load_number <= file.load_number:
                after[key] = file
    return after


def _shrunk(
    candidate: Candidate,
    counting: Mapping[Holding, SuppliedFile],
    sizes: "_Sizes",
    *,
    as_of: date,
) -> Shrunk | None:
    file = candidate.file
    held = tuple(
        key
        for key in file.holds
        if key in counting
        and counting[key].load_number < file.load_number
        and sizes.are_far_fewer(key, now=file, before=counting[key])
    )
    months = {key.first_month or f"{as_of:%Y-%m}" for key in held}
    return Shrunk(candidate, held, tuple(sorted(months))) if held else None


class _Sizes:
    """The number of rows of each sender and period in a file, counted once where asked for."""

    def __init__(self, places: Places, candidates: Iterable[Candidate]) -> None:
        self._places = places
        self._rows = {each.file.sha256: each.rows for each in candidates}
        self._sizes: dict[str, Mapping[Holding, int]] = {}

    def are_far_fewer(self, key: Holding, *, now: SuppliedFile, before: SuppliedFile) -> bool:
        """Return whether a sender and period has far fewer rows in one file than in the other."""
        held = self._size(before)[key]
        return held >= FEWEST_HELD and self._size(now)[key] < LEAST_SHARE * held

    def _size(self, file: SuppliedFile) -> Mapping[Holding, int]:
        if file.sha256 not in self._sizes:
            contract = contract_of(file.table)
            rows = self._rows.get(file.sha256)
            if rows is None:
                rows = read_rows(self._places, contract, [file.sha256])
            self._sizes[file.sha256] = rows_held(rows, contract)
        return self._sizes[file.sha256]
