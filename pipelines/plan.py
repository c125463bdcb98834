"""What a load is about to do: what was offered, what was loaded before, what will count."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path

from pipelines import words
from pipelines.boundaries.intake import BoundaryIntake, take_in_boundaries
from pipelines.intake import Intake, take_in
from pipelines.ledger import Decision, Ledger, LedgerFile, decide
from pipelines.low_months import LowMonth, find_low_months, without_approved
from pipelines.places import Places
from pipelines.progress import Progress
from pipelines.report import Refusal
from pipelines.separation import Separated, separate
from pipelines.state import PublishedState, served_state
from pipelines.supplied.intake import SuppliedIntake, take_in_supplied


@dataclass(frozen=True)
class Request:
    """What the caller asks of a load. `approve` holds months as YYYY-MM."""

    inbox: Path
    as_of: date | None = None
    allow_older: bool = False
    approve: tuple[str, ...] = ()


@dataclass(frozen=True)
class Plan:
    """All that is known before the decision to publish, hold or leave things as they are.

    state: what the served version records, if there is one. low: changed months with far fewer
    rows than usual, approved or not. refused: every street file refused, for whatever reason.
    supplied, boundaries: what became of these files; they are in their logs by now.
    """

    request: Request
    as_of: date
    state: PublishedState | None
    separated: Separated
    decision: Decision
    low: tuple[LowMonth, ...]
    refused: tuple[Refusal, ...]
    supplied: SuppliedIntake
    boundaries: BoundaryIntake

    @property
    def intake(self) -> Intake:
        """Return the files offered, invented and real ones told apart."""
        return self.separated.intake

    @property
    def counts_anything(self) -> bool:
        """Return whether any file counts."""
        return bool(self.decision.ledger.counted or self.supplied.log.counted)

    @property
    def held(self) -> list[LowMonth]:
        """Return the low months that nobody approved; with any, nothing is published."""
        return without_approved(self.low, self.request.approve)


def make_plan(places: Places, request: Request, progress: Progress) -> Plan:
    """Take in what is offered and decide what will count. Publishes nothing.

    Supplied files and boundaries enter their logs here: if the publication fails, the next load
    publishes them.
    """
    state = served_state(places)
    as_of = request.as_of or datetime.now(UTC).astimezone().date()
    intake = take_in(places, request.inbox, as_of=as_of, progress=progress)
    separated = separate(intake, state)
    offered = [_dated(file, request, separated.ledger) for file in separated.intake.accepted]
    decision = decide(separated.ledger, offered, allow_older=request.allow_older)
    low = find_low_months(
        decision.ledger.counted_rows(), [change.key for change in decision.changes]
    )
    refused = words.all_refusals(separated.intake, decision, separated.ledger)
    supplied = take_in_supplied(
        places, intake.supplied, as_of=as_of, approve=request.approve, progress=progress
    )
    boundaries = take_in_boundaries(places, intake.boundaries, progress=progress)
    return Plan(
        request, as_of, state, separated, decision, tuple(low), refused, supplied, boundaries
    )


def _dated(file: LedgerFile, request: Request, ledger: Ledger) -> LedgerFile:
    """Give a file that came in no dated archive the vintage of its first load."""
    if file.vintage:
        return file
    known = ledger.files.get(file.sha256)
    asked = f"{request.as_of:%Y-%m}" if request.as_of else None
    return replace(file, vintage=known.vintage if known else asked)
