"""Takes in what lies in the inbox: finds the files, cleans those not yet known, names the rest."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path

from pipelines.cleaned_cache import KeptFile, find_kept, keep, rules_hash
from pipelines.errors import FileRefused
from pipelines.fingerprints import Fingerprints
from pipelines.ledger import LedgerFile
from pipelines.offered import OfferedFile, look_through
from pipelines.places import Places
from pipelines.policy import Policy, load_policy
from pipelines.progress import Progress
from pipelines.reference import load_reference
from pipelines.report import Refusal


@dataclass(frozen=True)
class Intake:
    """The files offered, each either accepted or refused.

    kept: the accepted files' rows and faults, by sha256.
    newly_cleaned: sha256 of the files that were read in this run.
    supplied, boundaries: files that may be such ones, not yet looked at.
    ignored: names of files of other kinds.
    """

    accepted: tuple[LedgerFile, ...] = ()
    kept: Mapping[str, KeptFile] = field(default_factory=dict)
    refused: tuple[Refusal, ...] = ()
    newly_cleaned: frozenset[str] = frozenset()
    supplied: tuple[OfferedFile, ...] = ()
    boundaries: tuple[OfferedFile, ...] = ()
    ignored: tuple[str, ...] = ()

    def without(self, refusals: Mapping[str, Refusal]) -> "Intake":
        """Return the intake with more files refused; `refusals` by sha256."""
        accepted = tuple(file for file in self.accepted if file.sha256 not in refusals)
        return replace(self, accepted=accepted, refused=(*self.refused, *refusals.values()))


def take_in(places: Places, inbox: Path, *, as_of: date, progress: Progress) -> Intake:
    """Return every street crime file under `inbox`, cleaned or refused."""
    found = look_through(inbox)
    reader = _Reader(places, as_of=as_of)
    for done, file in enumerate(found.files):
        progress("Reading files", done, len(found.files))
        reader.read(file)
    reader.fingerprints.save()
    refusals = [Refusal(fault.file_name, str(fault)) for fault in found.refusals]
    return Intake(
        accepted=tuple(reader.accepted),
        kept=reader.kept,
        refused=tuple(refusals + reader.refused),
        supplied=found.supplied,
        boundaries=found.boundaries,
        ignored=found.ignored,
        newly_cleaned=frozenset(reader.newly_cleaned),
    )


class _Reader:
    def __init__(self, places: Places, *, as_of: date) -> None:
        self.accepted: list[LedgerFile] = []
        self.kept: dict[str, KeptFile] = {}
        self.refused: list[Refusal] = []
        self.newly_cleaned: set[str] = set()
        self.fingerprints = Fingerprints(places.restricted / "fingerprints.json")
        self._folder = places.cleaned
        self._policy: Policy = load_policy(places.policy)
        self._rules = rules_hash(self._policy)
        self._as_of = as_of
        self._now = datetime.now(UTC)

    def read(self, offered: OfferedFile) -> None:
        """Accept the file, from the kept ones if it is known, or note why it is refused."""
        sha256 = ""
        try:
            sha256 = self.fingerprints.find(offered) or ""
            kept = self._find_kept(sha256)
            if kept is None:
                sha256, offered = self.fingerprints.read(offered)
                kept = self._find_kept(sha256)
            self._accept(offered, kept or self._clean(offered))
        except FileRefused as fault:
            self.refused.append(Refusal(fault.file_name, str(fault), sha256, offered.archive_name))

    def _find_kept(self, sha256: str) -> KeptFile | None:
        return find_kept(sha256, self._folder, rules=self._rules, as_of=self._as_of)

    def _clean(self, offered: OfferedFile) -> KeptFile:
        # Imported here: a load that finds nothing new does not need the contract.
        from pipelines.sources.police_uk import clean

        cleaned = clean(offered, as_of=self._as_of, policy=self._policy, reference=load_reference())
        self.newly_cleaned.add(cleaned.sha256)
        return keep(cleaned, self._folder, rules=self._rules, as_of=self._as_of)

    def _accept(self, offered: OfferedFile, kept: KeptFile) -> None:
        self.kept[kept.sha256] = kept
        self.accepted.append(
            LedgerFile(
                sha256=kept.sha256,
                file_name=offered.file_name,
                archive_name=offered.archive_name,
                vintage=offered.vintage,
                rows_read=kept.rows_read,
                rows_loaded=kept.rows_loaded,
                rows_set_aside=kept.rows_set_aside,
                loaded_at=self._now,
                rows_by_month=kept.rows_by_month,
            )
        )
