"""Takes in the supplied files of the inbox: each is examined once, then counted or refused."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from itertools import count
from typing import TYPE_CHECKING

from pipelines.errors import FileRefused
from pipelines.fingerprints import Fingerprints
from pipelines.offered import OfferedFile
from pipelines.places import Places
from pipelines.progress import Progress
from pipelines.report import Refusal
from pipelines.supplied.counted import known_rows
from pipelines.supplied.holdings import holdings
from pipelines.supplied.log import SuppliedFile, SuppliedLog, read_log, write_log
from pipelines.supplied.received import Received, receive, turn
from pipelines.supplied.settings import Rules, load_rules
from pipelines.supplied.store import forget_others, keep_rows
from schemas.protection import FLOORS, Protection

if TYPE_CHECKING:
    from pipelines.supplied.examine import ExaminedFile


@dataclass(frozen=True)
class SuppliedIntake:
    """The load log after a load.

    loaded: the files that were read in this load and not refused. refused: every reason for which
    a file was refused. reasons: why rows of the loaded files were set aside, with the number of
    faults, by sha256. is_sample_removed: real files have driven the invented ones out.
    protection: the numbers in force that protect people.
    """

    log: SuppliedLog
    loaded: tuple[SuppliedFile, ...] = ()
    refused: tuple[Refusal, ...] = ()
    reasons: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    is_sample_removed: bool = False
    protection: Protection = FLOORS


def take_in_supplied(
    places: Places, offered: Sequence[OfferedFile], *, as_of: date, progress: Progress
) -> SuppliedIntake:
    """Examine what is new among the offered files, keep accepted rows, and write the load log.

    A file that was loaded by the same rules is not read again. Real files drive out the invented
    sample, whatever the order; invented files beside real ones are refused.

    Raises:
        LogDamaged: the load log cannot be read.
        PolicyRefused: `policy.toml` cannot be followed.
    """
    load = _Load(places, load_rules(places.policy, as_of=as_of), progress)
    received = load.receive(offered)
    load.take_real([file for file in received if not file.is_invented])
    load.take_invented([file for file in received if file.is_invented])
    return load.end()


class _Load:
    """The load log while files are taken into it."""

    def __init__(self, places: Places, rules: Rules, progress: Progress) -> None:
        self._places, self._rules, self._progress = places, rules, progress
        self._rules_hash = rules.hash
        self._before = self._log = read_log(places)
        self._fingerprints = Fingerprints(places.restricted / "fingerprints.json")
        self._now = datetime.now(UTC)
        self._numbers = count(1 + max((file.load_number for file in self._log.files), default=0))
        self._number: dict[str, int] = {}
        self._loaded: list[SuppliedFile] = []
        self._refused: list[SuppliedFile] = []
        self._refusals: list[Refusal] = []
        self._reasons: dict[str, Counter[str]] = {}

    def receive(self, offered: Sequence[OfferedFile]) -> list[Received]:
        """Return as text the files that must be examined, in the order of their examination."""
        received: dict[str, tuple[int, Received]] = {}
        for done, file in enumerate(offered):
            self._progress("Reading supplied files", done, len(offered))
            found = self._receive(file)
            if found:
                received[found.sha256] = (file.path.stat().st_mtime_ns, found)
        self._fingerprints.save()
        in_time = sorted(received.values(), key=lambda each: (each[0], each[1].file_name))
        self._number = {file.sha256: next(self._numbers) for _, file in in_time}
        return sorted((file for _, file in in_time), key=turn)

    def take_real(self, files: list[Received]) -> None:
        """Load real files; once there are any, the sample goes."""
        real = self._log.without_invented()
        log = real.with_files(self._examined(files, real))
        if log.counted:
            self._log = log

    def take_invented(self, files: list[Received]) -> None:
        """Load files of the sample, unless there are real ones."""
        if any(not file.is_invented for file in self._log.counted):
            for file in files:
                self._refuse(file.file_name, file.sha256, [_beside_real(file.file_name)], file)
            return
        self._log = self._log.with_files(self._examined(files, self._log))

    def end(self) -> SuppliedIntake:
        """Write the load log, and forget the rows that do not count any more."""
        log = self._log.with_files(self._refused)
        if log != self._before:
            write_log(self._places, log)
        kept: dict[str, set[str]] = {}
        for file in log.counted:
            kept.setdefault(file.table, set()).add(file.sha256)
        forget_others(self._places, kept)
        had_sample = any(file.is_invented for file in self._before.counted)
        has_sample = any(file.is_invented for file in log.counted)
        return SuppliedIntake(
            log,
            tuple(self._loaded),
            tuple(self._refusals),
            self._reasons,
            is_sample_removed=had_sample and not has_sample,
            protection=self._rules.protection,
        )

    def _receive(self, offered: OfferedFile) -> Received | None:
        """Return a file as text; None when it is known, or refused at once."""
        sha256 = ""
        try:
            sha256 = self._fingerprints.find(offered) or ""
            if self._is_known(sha256):
                return None
            sha256, offered = self._fingerprints.read(offered)
            if self._is_known(sha256):
                return None
            return receive(
                offered.read_bytes(), offered.file_name, sha256=sha256, policy=self._rules.policy
            )
        except FileRefused as refusal:
            self._refuse(refusal.file_name, sha256, [refusal])
            return None

    def _is_known(self, sha256: str) -> bool:
        """Return whether a file need not be read: replaced, or loaded by the same rules."""
        known = self._before.find(sha256)
        return known is not None and (known.status == "replaced" or known.rules == self._rules_hash)

    def _examined(self, files: list[Received], log: SuppliedLog) -> list[SuppliedFile]:
        """Return the files that may be loaded, their rows kept; the others are refused."""
        if not files:
            return []
        # Imported here: a load that finds nothing new does not need the rules.
        from pipelines.supplied.examine import examine

        known = known_rows(self._places, log)
        accepted = []
        for done, file in enumerate(files):
            self._progress("Checking supplied files", done, len(files))
            found = examine(file, known=known, rules=self._rules)
            if found.refusals:
                self._refuse(file.file_name, file.sha256, found.refusals, file)
                continue
            accepted.append(self._accepted(file, found))
            self._reasons[file.sha256] = Counter(found.set_aside["reason"])
            known = known.after(file.contract, found.rows)
        self._loaded += accepted
        return accepted

    def _accepted(self, file: Received, found: "ExaminedFile") -> SuppliedFile:
        keep_rows(self._places, file.contract, file.sha256, rows=found.rows, faults=found.set_aside)
        held = holdings(found.rows, file.contract)
        before = self._before.find(file.sha256)
        return SuppliedFile(
            sha256=file.sha256,
            file_name=file.file_name,
            table=file.contract.table,
            sender=", ".join(sorted({each.sender for each in held})),
            periods=tuple(sorted({each.period for each in held} - {""})),
            status="loaded",
            rows_read=found.rows_read,
            rows_loaded=found.rows_loaded,
            rows_set_aside=found.rows_set_aside,
            warnings=found.warnings,
            loaded_at=before.loaded_at if before else self._now,
            load_number=before.load_number if before else self._number[file.sha256],
            message="",
            is_invented=file.is_invented,
            holds=held,
            rules=self._rules_hash,
        )

    def _refuse(
        self,
        file_name: str,
        sha256: str,
        refusals: Sequence[FileRefused],
        received: Received | None = None,
    ) -> None:
        """Tell why a file is refused; what was loaded of it before stays loaded."""
        self._refusals += [Refusal(file_name, str(refusal), sha256) for refusal in refusals]
        if self._before.find(sha256) is None:
            self._refused.append(self._refused_file(file_name, sha256, refusals, received))

    def _refused_file(
        self,
        file_name: str,
        sha256: str,
        refusals: Sequence[FileRefused],
        received: Received | None,
    ) -> SuppliedFile:
        more = f" ({len(refusals) - 1} more reasons.)" if len(refusals) > 1 else ""
        refused = SuppliedFile(
            sha256=sha256,
            file_name=file_name,
            table=received.contract.table if received else "",
            sender="",
            periods=(),
            status="refused",
            rows_read=0,
            rows_loaded=0,
            rows_set_aside=0,
            warnings=(),
            loaded_at=self._now,
            load_number=self._number.get(sha256) or next(self._numbers),
            message=f"{refusals[0]}{more}",
            is_invented=received.is_invented if received else False,
        )
        return _as_before(refused, self._before)


def _as_before(file: SuppliedFile, log: SuppliedLog) -> SuppliedFile:
    """Return what the log says already, where the same file was refused for the same reason."""
    same = (
        each for each in log.files if (each.content, each.message) == (file.content, file.message)
    )
    return next(same, file)


def _beside_real(file_name: str) -> FileRefused:
    return FileRefused(
        file_name,
        f"{file_name} holds invented sample rows, and real files of victim services are loaded "
        "here; the two are never mixed. Take it out of the inbox.",
        reason="INVENTED_BESIDE_REAL",
    )
