"""The parts of the page on the strategy: its answer, cards, commitments, evidence and plan."""

from typing import Final

import streamlit as st

from dashboard.access import PAGES, PageEntry
from dashboard.charts.chart import Chart
from dashboard.charts.words import count, joined, sentence
from dashboard.directory.words import day
from dashboard.errors import UnknownChoice
from dashboard.metrics.metric import Choice
from dashboard.metrics.strategy import EVIDENCED, SOON_DAYS, Commitment, Plan
from dashboard.metrics.strategy_evidence import has_evidence
from dashboard.ui import as_at, figure, markup
from dashboard.ui.cache import kept
from dashboard.ui.cards import number
from dashboard.ui.listing import Column, listing
from dashboard.ui.markup import Card, Entry
from dashboard.ui.numbers import Numbers
from dashboard.ui.plan_shown import SOURCES
from dashboard.ui.shell import page_of
from dashboard.ui.strategy_evidence import evidence, says
from dashboard.ui.strategy_words import by_status, name_of, origin, source, state, terms
from schemas.supplied.complaint import ORGANISATION
from schemas.supplied.delivery_plan import KIND

_NOT_LOADED: Final = (
    "No list of commitments is loaded yet: send the table ref_commitment on the page Load data."
)
_HEADINGS: Final = ("Commitment", "Status", "Who", "Evidence", "Next milestone")


def answer(plan: Plan, numbers: Numbers, _: Choice) -> str:
    """Say how far the commitments are, how many have evidence, and what is late."""
    if not plan.commitments:
        return _NOT_LOADED
    total = sentence(count(len(plan.commitments)))
    bare = [each for each in plan.commitments if not has_evidence(each, numbers.warehouse)]
    codes = joined([each.commitment_id for each in bare])
    shown = f"nothing measures {codes}" if bare else "each has a measure"
    late = sum(each.kind == "MILESTONE" and each.is_late(plan.as_of) for each in plan.entries)
    are = "milestone is" if late == 1 else "milestones are"
    return (
        f"{total} commitments: {joined(by_status(plan.commitments))}; {shown}. "
        f"{sentence(count(late)) if late else 'No'} {are} late."
    )


def evidence_card(numbers: Numbers, choice: Choice) -> Card:
    """Return the card of commitments that have evidence."""
    try:
        result = numbers.result(EVIDENCED, choice)
    except UnknownChoice as refusal:
        return Card(name=EVIDENCED.label, number="Not available", change=str(refusal))
    (row,) = result.frame.iter_rows(named=True)
    return Card(
        name=EVIDENCED.label,
        number=number(result),
        unit=result.metric.unit,
        change=f"{row['numerator']} of {row['denominator']:.0f} have a live measure. Coverage, not "
        "achievement.",
    )


def late_card(plan: Plan, _numbers: Numbers, _: Choice) -> Card:
    """Return the card of milestones and actions whose day has passed."""
    late = [each for each in plan.entries if each.is_late(plan.as_of)]
    return Card(
        name="Milestones and actions late",
        number=f"{len(late)}",
        unit=f"of {sum(each.is_open and each.due is not None for each in plan.entries)} open",
        change=f"Their day was before {day(plan.as_of)}.",
        kind="concern" if late else "none",
        shape="!" if late else "●",
        verdict="Late" if late else "None late",
    )


def risk_card(plan: Plan, _numbers: Numbers, _: Choice) -> Card:
    """Return the card of open risks and issues that are high."""
    held = [each for each in plan.entries if each.is_open and each.kind in ("RISK", "ISSUE")]
    high = sum(each.severity == "HIGH" for each in held)
    return Card(
        name="High risks and issues",
        number=f"{high}",
        unit=f"of {len(held)} open",
        change="As whoever has to act judges them.",
    )


def stale_card(plan: Plan, _numbers: Numbers, _: Choice) -> Card:
    """Return the card of open entries that nobody has looked at for more than a quarter."""
    stale = sum(each.is_stale(plan.as_of) for each in plan.entries)
    return Card(
        name="Entries not looked at",
        number=f"{stale}",
        unit=f"of {sum(each.is_open for each in plan.entries)} open",
        change="Open, and not updated for more than a quarter.",
    )


def commitments(plan: Plan, numbers: Numbers) -> None:
    """Show every commitment: status, evidence or the lack of it, and its part of the plan."""
    if not plan.commitments:
        markup.box("notice", "Not loaded.", _NOT_LOADED)
        return
    chart, entries = kept(
        numbers.version, ("commitments", plan), lambda: _commitments(numbers, plan)
    )
    figure.show_entries(chart, entries, headings=_HEADINGS, key="commitments")


def _commitments(numbers: Numbers, plan: Plan) -> tuple[Chart, list[Entry]]:
    said = [(each, terms(each, evidence(numbers, each), plan)) for each in plan.commitments]
    headings = [name for name, _ in said[0][1]]
    chart = listing(
        "commitments",
        f"{sentence(count(len(said)))} commitments: {joined(by_status(plan.commitments))}",
        "Every commitment of the strategy, in short words of our own, with what shows it",
        columns=tuple(map(Column, ("Commitment", *headings))),
        rows=[(name_of(each), *(words for _, words in pairs)) for each, pairs in said],
        warehouse=numbers.warehouse,
        sources=SOURCES,
        source=source(plan),
    )
    return chart, [_entry(each, pairs, plan) for each, pairs in said]


def _entry(commitment: Commitment, pairs: tuple[tuple[str, str], ...], plan: Plan) -> Entry:
    held = dict(pairs)
    late = sum(each.is_late(plan.as_of) for each in commitment.entries)
    flags = (
        "no evidence" if held["Evidence"].startswith("No evidence") else "",
        f"{late} late" if late else "",
    )
    return Entry(
        name=name_of(commitment),
        line=f"Objective {commitment.objective} · {held['Status']} · {held['Who']} · "
        f"{held['Evidence']}",
        flags=tuple(filter(None, flags)),
        terms=pairs,
    )


def measured(plan: Plan, numbers: Numbers) -> None:
    """Show every measure of every commitment with its verdict, and links to their pages."""
    if not plan.commitments:
        return
    what = ("commitment measures", plan)
    chart, pages = kept(numbers.version, what, lambda: _measured(numbers, plan))
    figure.show_listing(chart, key="commitment_measures")
    with st.container(horizontal=True, key="strategy_links"):
        for page in pages:
            st.page_link(page_of(page.key), icon="", query_params=as_at.carried())


def _measured(numbers: Numbers, plan: Plan) -> tuple[Chart, list[PageEntry]]:
    """Return every measure as a table, and the other pages on which they stand."""
    rows = [row for each in plan.commitments for row in _measure_rows(numbers, each)]
    concern = sum(row[-1] == "concern" for row in rows)
    missed = sum("reliably miss" in row[5] for row in rows)
    chart = listing(
        "commitment-measures",
        f"Of the measures of the commitments, {count(concern)} {_is(concern)} of concern and "
        f"{count(missed)} will reliably miss the target",
        "The whole force; each measure over its own latest period, its verdict by the rules of "
        "control charts",
        columns=tuple(
            map(Column, ("Commitment", "Measure", "Now", "Period", "Verdict", "Target", "Page"))
        ),
        rows=[row[:-1] for row in rows],
        warehouse=numbers.warehouse,
        source=f"{source(plan)}; the measures' own sources stand on their pages",
    )
    titles = {row[6] for row in rows}
    return chart, [each for each in PAGES if each.title in titles and each.key != "strategy"]


def _is(how_many: int) -> str:
    return "is" if how_many < 2 else "are"


def _measure_rows(numbers: Numbers, commitment: Commitment) -> list[tuple[str, ...]]:
    found = evidence(numbers, commitment)
    if not found:
        return [(commitment.commitment_id, says(found), "", "", "", "", "", "")]
    return [
        (
            commitment.commitment_id,
            f"{each.metric_id} {each.label}",
            *(each.value, each.period, each.verdict, each.target, each.page),
            each.kind if each.is_live else "",
        )
        for each in found
    ]


def open_entries(plan: Plan, numbers: Numbers) -> None:
    """Show what is open in the plan, what is late first."""
    chart = kept(numbers.version, ("open entries", plan), lambda: _open_entries(numbers, plan))
    figure.show_listing(chart, key="open_entries")


def _open_entries(numbers: Numbers, plan: Plan) -> Chart:
    still = [each for each in plan.entries if each.is_open]
    soon = sum(
        each.due is not None and 0 <= (each.due - plan.as_of).days <= SOON_DAYS for each in still
    )
    late = sum(each.is_late(plan.as_of) for each in still)
    return listing(
        "delivery-plan",
        f"{len(still)} entries are open: {late} late, {soon} due within a quarter",
        "Milestones, risks, issues and actions of the Board, by the day on which they are due; "
        "those without a day last",
        columns=tuple(
            map(
                Column,
                ("Entry", "Commitment", "Kind", "What", "Who", "State", "What changed", "Updated"),
            )
        ),
        rows=[
            (
                each.entry_id,
                each.commitment_id,
                KIND[each.kind],
                each.text,
                ORGANISATION[each.owner_role],
                state(each, plan),
                each.what_changed or "",
                origin(each),
            )
            for each in still
        ],
        warehouse=numbers.warehouse,
        sources=SOURCES,
        source=source(plan),
    )
