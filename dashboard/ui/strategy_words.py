"""How commitments and the entries of the plan are put into words."""

from collections.abc import Iterable
from typing import Final

from dashboard.charts.words import count
from dashboard.directory.words import day
from dashboard.metrics.strategy import OBJECTIVES, Commitment, Plan, PlanEntry
from dashboard.ui.strategy_evidence import Evidence, says
from schemas.supplied.assumption import PROGRESS
from schemas.supplied.complaint import ORGANISATION
from schemas.supplied.delivery_plan import ENTRY_STATUS, KIND, SEVERITY

_SOURCE: Final = "list of commitments and delivery plan, kept by the office"


def source(plan: Plan) -> str:
    """Return where commitments and plan come from, and up to which change they are shown."""
    return (
        f"{_SOURCE}; changes made here up to number {plan.revision}" if plan.revision else _SOURCE
    )


def origin(entry: PlanEntry) -> str:
    """Return when an entry was looked at last, and whether in the sheet or here."""
    updated = day(entry.updated_on)
    if entry.revision:
        return f"{'Changed' if entry.beside else 'Written'} here on {updated}"
    if entry.beside:
        return f"Sheet, {updated}: later than the change here on {day(entry.beside.updated_on)}"
    return f"Sheet, {updated}"


def by_status(commitments: Iterable[Commitment]) -> list[str]:
    """Return how many commitments have each status: 'one done', 'sixteen under way'."""
    held = [each.status for each in commitments]
    return [
        f"{count(held.count(code))} {words.lower()}"
        for code, words in PROGRESS.items()
        if code in held
    ]


def name_of(commitment: Commitment) -> str:
    """Return a commitment's code and words."""
    return f"{commitment.commitment_id} {commitment.words}"


def terms(
    commitment: Commitment, found: tuple[Evidence, ...], plan: Plan
) -> tuple[tuple[str, str], ...]:
    """Return all that is known of a commitment, as pairs of a term and words."""
    nothing = "None in the plan."
    measures = " ".join(each.words for each in found) or "None is named."
    link = (("Where it stands", commitment.evidence_link),) if commitment.evidence_link else ()
    return (
        ("Objective", f"{commitment.objective}: {OBJECTIVES.get(commitment.objective, '')}"),
        ("Status", PROGRESS.get(commitment.status, commitment.status)),
        ("Who", ORGANISATION.get(commitment.owner_role or "", "Not said")),
        ("Evidence", says(found)),
        ("Measures", measures),
        *link,
        ("Next milestone", next_milestone(commitment, plan) or "None is open."),
        ("Milestones", listed(commitment.of_kind("MILESTONE"), plan) or nothing),
        ("Risks and issues", listed(commitment.of_kind("RISK", "ISSUE"), plan) or nothing),
        ("Actions of the Board", listed(commitment.of_kind("ACTION"), plan) or nothing),
    )


def next_milestone(commitment: Commitment, plan: Plan) -> str:
    """Return the open milestone whose day comes first, in words; empty without one."""
    still = [each for each in commitment.of_kind("MILESTONE") if each.is_open]
    return f"{still[0].text} ({state(still[0], plan)})" if still else ""


def listed(entries: Iterable[PlanEntry], plan: Plan) -> str:
    """Return entries one after the other, each with how it stands."""
    return " ".join(f"{each.text} ({state(each, plan)})." for each in entries)


def state(entry: PlanEntry, plan: Plan) -> str:
    """Return how an entry stands: 'due 3 May 2027', 'risk: high', 'given up'."""
    if not entry.is_open:
        return ENTRY_STATUS[entry.status].lower()
    grade = (
        f"{KIND[entry.kind].lower()}: {SEVERITY[entry.severity].lower()}" if entry.severity else ""
    )
    if entry.due is None:
        return grade or "open"
    due = f"{'late: due' if entry.is_late(plan.as_of) else 'due'} {day(entry.due)}"
    return f"{grade}, {due}" if grade else due
