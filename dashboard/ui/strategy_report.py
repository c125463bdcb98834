"""The highlight report: for each objective its status, what changed, what comes next, and risks."""

from collections.abc import Iterator
from typing import Final

from dashboard.charts.chart import Chart
from dashboard.charts.words import count, joined, sentence
from dashboard.directory.words import day
from dashboard.metrics.strategy import OBJECTIVES, Commitment, Plan, PlanEntry
from dashboard.ui import figure
from dashboard.ui.cache import kept
from dashboard.ui.listing import Column, listing
from dashboard.ui.numbers import Numbers
from dashboard.ui.plan_shown import SOURCES
from dashboard.ui.strategy_evidence import evidence, verdicts
from dashboard.ui.strategy_words import by_status, listed, name_of, next_milestone, source
from schemas.supplied.assumption import PROGRESS

_HEADINGS: Final = (
    *("Commitment", "Status", "Evidence", "What changed"),
    *("Next milestone", "Open risks and issues", "Actions of the Board"),
)


def highlights(plan: Plan, numbers: Numbers) -> None:
    """Show the report, a table for each objective that has a commitment."""
    for objective in OBJECTIVES:
        if plan.of_objective(objective):
            _show(numbers, plan, objective)


def _show(numbers: Numbers, plan: Plan, objective: str) -> None:
    def draw() -> Chart:
        return report(numbers, plan, objective)

    chart = kept(numbers.version, ("highlights", objective, plan), draw)
    figure.show_listing(chart, key=f"highlights_{objective}")


def report(numbers: Numbers, plan: Plan, objective: str) -> Chart:
    """Return the report on one objective: one row per commitment."""
    mine = plan.of_objective(objective)
    return listing(
        f"highlight-report-{objective}",
        f"{objective}: {_finding(mine, plan)}",
        f"Objective {objective}: {OBJECTIVES[objective]}. As of {day(plan.as_of)}; what changed is "
        "of the last quarter",
        columns=tuple(map(Column, _HEADINGS)),
        rows=[_row(numbers, each, plan) for each in mine],
        warehouse=numbers.warehouse,
        sources=SOURCES,
        source=source(plan),
    )


def _finding(mine: tuple[Commitment, ...], plan: Plan) -> str:
    entries = [entry for each in mine for entry in each.entries]
    late = sum(each.is_late(plan.as_of) for each in entries)
    high = sum(each.is_open and each.severity == "HIGH" for each in entries)
    total = f"{count(len(mine))} commitment{'s' if len(mine) > 1 else ''}"
    statuses = by_status(mine)
    stand = f"all {PROGRESS[mine[0].status].lower()}" if len(statuses) == 1 else joined(statuses)
    grave = "one high risk or issue" if high == 1 else f"{count(high)} high risks and issues"
    return f"{total}, {stand}; {count(late)} late, {grave if high else 'no high risk or issue'}"


def _row(numbers: Numbers, commitment: Commitment, plan: Plan) -> tuple[str, ...]:
    risks = [each for each in commitment.of_kind("RISK", "ISSUE") if each.is_open]
    actions = [each for each in commitment.of_kind("ACTION") if each.is_open]
    return (
        name_of(commitment),
        PROGRESS.get(commitment.status, commitment.status),
        verdicts(evidence(numbers, commitment)),
        " ".join(_changes(commitment.entries, plan)) or "Nothing in the last quarter.",
        sentence(next_milestone(commitment, plan)) or "None is open.",
        listed(risks, plan) or "None is open.",
        listed(actions, plan) or "None is open.",
    )


def _changes(entries: tuple[PlanEntry, ...], plan: Plan) -> Iterator[str]:
    """Yield what changed in the last quarter, the latest first, each with its day."""
    for each in sorted(entries, key=lambda entry: entry.updated_on, reverse=True):
        if each.has_changed(plan.as_of):
            yield f"{each.what_changed} ({day(each.updated_on)})."
