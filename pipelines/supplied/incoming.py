"""Which of the offered supplied files have to be examined, read as text."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

import polars as pl

from pipelines.errors import FileRefused
from pipelines.fingerprints import Fingerprints
from pipelines.offered import OfferedFile
from pipelines.places import Places
from pipelines.progress import Progress
from pipelines.supplied.log import SuppliedLog
from pipelines.supplied.received import Received, receive, turn
from pipelines.supplied.settings import Rules

_NAMES_CODES: Final = ("providers", "services")
_UNKNOWN: Final = ("UNKNOWN_PROVIDER", "UNKNOWN_SERVICE")
"""Faults that may be none once the tables above have grown."""


@dataclass(frozen=True)
class Incoming:
    """files: those to examine, in their turn. load_numbers: by what tells a file from others.

    refused: files that cannot be read, by sha256 (blank where not even that is known).
    """

    files: tuple[Received, ...]
    refused: tuple[tuple[str, FileRefused], ...]
    load_numbers: Mapping[str, int] = field(default_factory=dict)


def read_incoming(
    places: Places,
    offered: Sequence[OfferedFile],
    *,
    log: SuppliedLog,
    rules: Rules,
    progress: Progress,
) -> Incoming:
    """Return the files that are not known, were refused, or were loaded by other rules.

    With them come files of which rows were set aside because a provider or a service was unknown,
    whenever the directory comes anew. A file keeps the load number of its first load, so that one
    that was refused at first does not replace what came after it.
    """
    reader = _Reader(places, log, rules)
    for done, file in enumerate(offered):
        progress("Reading supplied files", done, len(offered))
        reader.read(file)
    reader.read_again()
    reader.fingerprints.save()
    in_time = [file for _, file in sorted(reader.received.values(), key=lambda each: each[0])]
    numbers = _load_numbers(in_time, log)
    return Incoming(tuple(sorted(in_time, key=turn)), tuple(reader.refused), numbers)


def _load_numbers(files: Iterable[Received], log: SuppliedLog) -> dict[str, int]:
    """Return the load number of each file; new ones follow each other in the order given."""
    numbers = {file.content: file.load_number for file in log.files}
    for file in files:
        numbers.setdefault(file.sha256, 1 + max(numbers.values(), default=0))
    return numbers


class _Reader:
    """received: by sha256, each with its time of change and its name, for their order."""

    def __init__(self, places: Places, log: SuppliedLog, rules: Rules) -> None:
        self.received: dict[str, tuple[tuple[int, str], Received]] = {}
        self.refused: list[tuple[str, FileRefused]] = []
        self.fingerprints = Fingerprints(places.restricted / "fingerprints.json")
        self._places, self._log, self._rules = places, log, rules
        self._rules_hash = rules.hash
        self._left: dict[str, OfferedFile] = {}

    def read(self, offered: OfferedFile) -> None:
        """Read a file as text, unless it is known; note why it is refused."""
        sha256 = ""
        try:
            sha256 = self.fingerprints.find(offered) or ""
            if not self._is_known(sha256):
                sha256, offered = self.fingerprints.read(offered)
            if self._is_known(sha256):
                self._left[sha256] = offered
            else:
                self._receive(offered, sha256)
        except FileRefused as refusal:
            self.refused.append((sha256, refusal))

    def read_again(self) -> None:
        """Read known files, too, whose rows had codes that the new directory may hold."""
        grown = {
            file.is_invented
            for _, file in self.received.values()
            if file.contract.table in _NAMES_CODES
        }
        lacking = self._lacking_codes() if grown else set()
        for file in self._log.counted:
            if file.sha256 in lacking & self._left.keys() and file.is_invented in grown:
                self._receive(self._left[file.sha256], file.sha256)

    def _receive(self, offered: OfferedFile, sha256: str) -> None:
        found = receive(
            offered.read_bytes(), offered.file_name, sha256=sha256, policy=self._rules.policy
        )
        at = offered.path.stat().st_mtime_ns
        self.received[sha256] = ((at, found.file_name), found)

    def _is_known(self, sha256: str) -> bool:
        """Return whether a file need not be read: replaced, or loaded by the same rules."""
        known = self._log.find(sha256)
        return known is not None and (known.status == "replaced" or known.rules == self._rules_hash)

    def _lacking_codes(self) -> set[str]:
        faults = self._log.faults(self._places)
        return set(faults.filter(pl.col("reason").is_in(_UNKNOWN))["file_sha256"])
