"""Takes in the supplied files of the inbox: each is examined once, then counted or refused."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from itertools import groupby
from typing import TYPE_CHECKING

from pipelines.errors import FileRefused
from pipelines.offered import OfferedFile
from pipelines.places import Places
from pipelines.progress import Progress
from pipelines.report import Refusal
from pipelines.supplied.counted import known_rows
from pipelines.supplied.holdings import holdings
from pipelines.supplied.incoming import read_incoming
from pipelines.supplied.log import Holding, SuppliedFile, SuppliedLog, read_log, write_log
from pipelines.supplied.received import Received
from pipelines.supplied.refused import as_before, beside_real, refused_file
from pipelines.supplied.settings import Rules, load_rules
from pipelines.supplied.shrinkage import Candidate, find_shrunk
from pipelines.supplied.store import forget_others, keep_rows
from schemas.protection import FLOORS, Protection

if TYPE_CHECKING:
    from pipelines.supplied.examine import ExaminedFile


@dataclass(frozen=True)
class SuppliedIntake:
    """The load log after a load.

    loaded: the files that were read in this load and not refused. refused: every reason for which
    a file was refused. reasons: why rows of the loaded files were set aside, with the number of
    faults, by sha256. replaced: senders and periods for which another file counts than before, by
    table. is_sample_removed: real files have driven the invented ones out. protection: the numbers
    in force that protect people.
    """

    log: SuppliedLog
    loaded: tuple[SuppliedFile, ...] = ()
    refused: tuple[Refusal, ...] = ()
    reasons: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    replaced: Mapping[str, tuple[Holding, ...]] = field(default_factory=dict)
    is_sample_removed: bool = False
    protection: Protection = FLOORS


def take_in_supplied(
    places: Places,
    offered: Sequence[OfferedFile],
    *,
    as_of: date,
    approve: Collection[str] = (),
    progress: Progress,
) -> SuppliedIntake:
    """Examine what is new among the offered files, keep accepted rows, and write the load log.

    A file that was loaded by the same rules is not read again, and one with far fewer rows than
    are loaded of the same period is refused, unless `approve` holds its first month (YYYY-MM).
    Real files drive out the invented sample, whatever the order; invented ones beside real ones
    are refused.

    Raises:
        LogDamaged: the load log cannot be read.
        PolicyRefused: `policy.toml` cannot be followed.
    """
    load = _Load(places, load_rules(places.policy, as_of=as_of), approve, progress)
    received = load.receive(offered)
    load.take_real([file for file in received if not file.is_invented])
    load.take_invented([file for file in received if file.is_invented])
    return load.end()


class _Load:
    """The load log while files are taken into it."""

    def __init__(
        self, places: Places, rules: Rules, approve: Collection[str], progress: Progress
    ) -> None:
        self._places, self._rules, self._progress = places, rules, progress
        self._approve = approve
        self._rules_hash = rules.hash
        self._before = self._log = read_log(places)
        self._now = datetime.now(UTC)
        self._numbers: dict[str, int] = {}
        self._loaded: list[SuppliedFile] = []
        self._refused: list[SuppliedFile] = []
        self._refusals: list[Refusal] = []
        self._reasons: dict[str, Counter[str]] = {}

    def receive(self, offered: Sequence[OfferedFile]) -> tuple[Received, ...]:
        """Return as text the files that must be examined, in the order of their examination."""
        incoming = read_incoming(
            self._places, offered, log=self._before, rules=self._rules, progress=self._progress
        )
        self._numbers = dict(incoming.load_numbers)
        for sha256, refusal in incoming.refused:
            self._refuse(refusal.file_name, sha256, [refusal])
        return incoming.files

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
                self._refuse(file.file_name, file.sha256, [beside_real(file.file_name)], file)
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
            _replaced(self._before, log),
            is_sample_removed=had_sample and not has_sample,
            protection=self._rules.protection,
        )

    def _examined(self, files: list[Received], log: SuppliedLog) -> list[SuppliedFile]:
        """Return the files that may be loaded, their rows kept; the others are refused."""
        if not files:
            return []
        # Imported here: a load that finds nothing new does not need the rules.
        from pipelines.supplied.examine import examine

        accepted: list[SuppliedFile] = []
        known = known_rows(self._places, log)
        for _, turns in groupby(enumerate(files), key=lambda turn: turn[1].contract.table):
            candidates, seen = [], known
            for done, file in turns:
                self._progress("Checking supplied files", done, len(files))
                found = examine(file, known=seen, rules=self._rules)
                if found.refusals:
                    self._refuse(file.file_name, file.sha256, found.refusals, file)
                    continue
                candidates.append(self._candidate(file, found))
                seen = seen.after(file.contract, found.rows)
            taken = self._taken(candidates, log)
            accepted += taken
            is_whole = len(taken) == len(candidates)
            known = seen if is_whole else known_rows(self._places, log.with_files(accepted))
        self._loaded += accepted
        return accepted

    def _candidate(self, file: Received, found: "ExaminedFile") -> Candidate:
        held = holdings(found.rows, file.contract)
        before = self._before.find(file.sha256)
        record = SuppliedFile(
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
            load_number=self._load_number(file.sha256),
            message="",
            is_invented=file.is_invented,
            holds=held,
            rules=self._rules_hash,
        )
        return Candidate(file, record, found.rows, found.set_aside)

    def _taken(self, candidates: list[Candidate], log: SuppliedLog) -> list[SuppliedFile]:
        """Keep the rows of the files of a table, and return the files; refuse those that shrink."""
        refused, approved = find_shrunk(
            self._places, candidates, log, as_of=self._rules.as_of, approve=self._approve
        )
        for shrunk in approved:
            shrunk.record_approval(self._places)
        for shrunk in refused:
            received = shrunk.candidate.received
            self._refuse(received.file_name, received.sha256, [shrunk.refusal()], received)
        dropped = {shrunk.candidate.file.sha256 for shrunk in refused}
        taken = [each for each in candidates if each.file.sha256 not in dropped]
        for each in taken:
            contract, sha256 = each.received.contract, each.file.sha256
            keep_rows(self._places, contract, sha256, rows=each.rows, faults=each.set_aside)
            self._reasons[sha256] = Counter(each.set_aside["reason"])
        return [each.file for each in taken]

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
            refused = refused_file(
                file_name,
                sha256,
                refusals,
                received=received,
                load_number=self._load_number(sha256 or file_name),
                at=self._now,
            )
            self._refused.append(as_before(refused, self._before))

    def _load_number(self, content: str) -> int:
        return self._numbers.setdefault(content, 1 + max(self._numbers.values(), default=0))


def _replaced(before: SuppliedLog, after: SuppliedLog) -> dict[str, tuple[Holding, ...]]:
    """Return the senders and periods for which another file counts now, by table."""
    known = {file.sha256 for file in after.files}
    found = {}
    for table in sorted({file.table for file in after.counted}):
        now = after.counting(table)
        then = {key: sha for key, sha in before.counting(table).items() if sha in known}
        changed = (key for key, sha in then.items() if now.get(key, sha) != sha)
        found[table] = tuple(sorted(changed))
    return {table: keys for table, keys in found.items() if keys}
