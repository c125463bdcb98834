"""The parts of the capacity planner: whom it is about, its answer, its cards and its figures."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final

import streamlit as st

from dashboard.charts.chart import Chart
from dashboard.charts.scenarios import About
from dashboard.directory.words import day
from dashboard.errors import UnknownChoice
from dashboard.metrics.metric import Choice
from dashboard.planning.change import Change
from dashboard.planning.effect import Effect, Line, effect
from dashboard.planning.start import today_of
from dashboard.planning.today import Today
from dashboard.planning.words import (
    MODELLED,
    amount,
    group_name,
    headline,
    money,
    with_range,
    zero_words,
)
from dashboard.ui import card_row, figure, filters, markup, planner_draft, planner_open
from dashboard.ui.cache import kept
from dashboard.ui.markup import Card
from dashboard.ui.numbers import Numbers
from schemas.supplied.lists import PRIORITY_FLAG

FILTERS: Final = (planner_draft.GROUP, planner_draft.CHANGE, planner_draft.SAVED)
"""Names in the address of the filters that are this page's own."""

SOURCES: Final = ("services", "referrals", "assumption")
_USUAL_GROUP: Final = "DA"
LEAST: Final = 0.5
"""Less than half a person is nobody."""


@dataclass(frozen=True)
class Asked:
    """What the reader asks: a priority group, where services stand today, and the changes."""

    numbers: Numbers
    data_dir: Path
    group: str
    today: Today
    changes: tuple[Change, ...]

    @cached_property
    def effect(self) -> Effect:
        """What the changes do for the group."""
        return effect_of(self.numbers, self.group, self.changes)

    @property
    def about(self) -> About:
        """What every chart says of itself."""
        build = self.numbers.warehouse.build
        return About(
            key=f"{group_name(self.group)} {build.version_name}",
            what=f"{group_name(self.group)}, {self.today.force.name}",
            version=self.numbers.version,
            is_invented=self.numbers.warehouse.is_invented(*SOURCES),
            as_of=day(build.as_of_date),
        )

    def show(self, name: str, make: Callable[[], Chart]) -> None:
        """Show the figure of this name for this very scenario, made the first time."""
        kept_as = (name, self.group, self.changes)
        chart = kept(self.numbers.version, ("chart", *kept_as), make)
        figure.show(chart, key=name, kept_as=kept_as)


def effect_of(numbers: Numbers, group: str, changes: Sequence[Change]) -> Effect:
    """Return what changes do for a group, worked out once. Raises UnknownChoice."""
    what = ("scenario", group, tuple(changes))
    return kept(numbers.version, what, lambda: effect(today_of(numbers.warehouse, group), changes))


def ask(numbers: Numbers, data_dir: Path) -> Asked:
    """Show for whom the page is and what is wrong with the scenario asked for; return it.

    The page ends here for a group whose need is not estimated.
    """
    opened = planner_open.arrive(data_dir)
    held = planner_draft.draft()
    group = _group()
    for problem in (planner_draft.told(), *opened.problems, *held.problems):
        if problem:
            markup.box("notice", problem)
    try:
        today = today_of(numbers.warehouse, group)
    except UnknownChoice as refusal:
        markup.box("notice", f"{PRIORITY_FLAG[group]}: nothing to plan with.", str(refusal))
        st.stop()
    asked = Asked(numbers, data_dir, group, today, held.changes)
    for problem in asked.effect.problems:
        markup.box("problem", problem)
    planner_open.show_since(opened.saved, numbers, group, held.changes)
    filters.show_status(_status(asked))
    return asked


def _group() -> str:
    if st.query_params.get(planner_draft.GROUP, "") not in ("", *PRIORITY_FLAG.values()):
        markup.box("notice", "Filter group not recognised; showing domestic abuse.")
    with st.container(key="planner_group"):
        return st.selectbox(
            "Priority group whose unmet need is shown",
            list(PRIORITY_FLAG),
            index=list(PRIORITY_FLAG).index(_USUAL_GROUP),
            format_func=lambda code: PRIORITY_FLAG[code],
            key=planner_draft.GROUP,
            bind="query-params",
        )


def _status(asked: Asked) -> str:
    count = len(asked.changes)
    said = {0: "no change", 1: "one change"}.get(count, f"{count} changes")
    return f"Showing {group_name(asked.group)} in {asked.today.force.name}: today and {said}."


def answer(asked: Asked, numbers: Numbers, _: Choice) -> str:
    """Say what the changes do, or where unmet need stands while there are none."""
    if asked.changes:
        return f"{headline(asked.effect, asked.changes, asked.today)} {MODELLED}."
    force = asked.today.force
    if force.unmet.low is None:
        return f"Nothing is changed yet. Unmet need ({group_name(asked.group)}) is not known today."
    return (
        f"Nothing is changed yet. Unmet need ({group_name(asked.group)}) in {force.name} is "
        f"estimated at {with_range(force.unmet)} people a year. Add, move or end a service below."
    )


def cards(asked: Asked) -> None:
    """Show unmet need, places, reach and cost with the changes, and as they are today."""
    card_row.show(
        (
            _unmet_card(asked.effect),
            _places_card(asked.effect),
            _near_card(asked.effect.force, asked.today.near_minutes),
            _cost_card(asked.effect),
        ),
        key="cards_planner",
        about=f"{asked.about.what}; modelled, not measured",
        warehouse=asked.numbers.warehouse,
    )


def _unmet_card(found: Effect) -> Card:
    line = found.force
    after = line.after.central
    gained = line.gained
    way = "falls" if gained > 0 else "rises"
    is_moved = abs(gained) >= LEAST
    return Card(
        name="Unmet need with the changes",
        number=(line.before.marker or "[x]") if after is None else amount(after),
        unit="people a year",
        change=f"Today {with_range(line.before.unmet)}; with the changes {zero_words(line)}.",
        kind="none",
        shape=("▼" if gained > 0 else "▲") if is_moved else "●",
        verdict=f"Modelled: {way} by {amount(abs(gained))}" if is_moved else "As today",
    )


def _places_card(found: Effect) -> Card:
    idle = f"; {amount(found.idle)} for nobody, out of reach" if found.idle >= LEAST else ""
    return Card(
        name="More or fewer places for this group",
        number=signed(found.capacity),
        unit="people a year",
        change=f"{signed(found.beyond)} of these for people beyond the border{idle}.",
    )


def _near_card(line: Line, minutes: float) -> Card:
    before, after = (100 * each / (line.residents or 1) for each in line.near)
    more = signed(line.near[1] - line.near[0])
    return Card(
        name=f"Residents within {minutes:.0f} minutes of help",
        number=f"{after:.0f}%",
        change=f"Today {before:.0f}%; {more} residents. {_access(line)}",
    )


def _access(line: Line) -> str:
    """Return the access score in words: capacity of sites for people in need within reach."""
    before, after = ("none" if each is None else f"{each:,.0f}" for each in line.access)
    return f"Places in reach for 1,000 in need: {after}, today {before}."


def _cost_card(found: Effect) -> Card:
    return Card(
        name="Cost of the changes",
        number=f"{'+' if found.cost > 0 else ''}{money(found.cost)}",
        unit="a year",
        change=f"As entered, and as the directory states for what ends. {_for_each(found)}".strip(),
    )


def _for_each(found: Effect) -> str:
    """Return the cost for each person, where more costs more or less saves."""
    gained = found.force.gained
    if abs(gained) < LEAST or found.cost * gained <= 0:
        return ""
    way = "for each person more" if gained > 0 else "saved for each person fewer"
    return f"{money(found.cost / gained)} {way}."


def signed(value: float) -> str:
    """Return a whole number with its sign: '+62', '−40', '0'."""
    whole = round(value)
    return f"{'+' if whole > 0 else '−' if whole < 0 else ''}{abs(whole):,}"
