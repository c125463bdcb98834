"""Scenarios that are named: saved, shared by link, opened again, and compared side by side."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

import streamlit as st

from dashboard.access import may_do
from dashboard.charts.chart import Chart
from dashboard.charts.scenarios import compared
from dashboard.charts.words import sentence
from dashboard.directory.words import day
from dashboard.planning.change import Change, read, written
from dashboard.planning.effect import Effect
from dashboard.planning.scenario import Scenario
from dashboard.planning.words import amount, money, with_range, zero_words
from dashboard.settings import load_settings
from dashboard.ui import figure, markup, planner, planner_draft, planner_open
from dashboard.ui.cache import kept
from dashboard.ui.collector import is_replay
from dashboard.ui.identity import current_reader
from dashboard.ui.listing import Column, listing
from dashboard.workspace import scenarios
from dashboard.workspace.database import WorkspaceUnavailable
from dashboard.workspace.scenarios import LONGEST_NAME, NotSaved, Saved

MOST_COMPARED: Final = 3
_HERE: Final = "As shown here"
_COMPARED: Final = "planner_compared"


@dataclass(frozen=True)
class _Column:
    """One scenario of those compared."""

    name: str
    changes: tuple[Change, ...]
    effect: Effect


def saved(asked: planner.Asked) -> None:
    """Show how to save and share the scenario, those saved, and up to three side by side."""
    _show_saving(asked)
    held = _listed(asked)
    if _may_save():
        _show_list(asked, held)
    _show_compared(asked, held)


def _show_saving(asked: planner.Asked) -> None:
    if _may_save():
        with st.form("planner_save_form"):
            st.text_input("Name of the scenario", max_chars=LONGEST_NAME, key="planner_name")
            st.form_submit_button("Save it", type="primary", on_click=_save, args=(asked,))
    markup.quiet(
        "The address of this page carries the changes: copied, it opens the same for anyone who "
        "may open this page. It is also here:"
    )
    link = f"{st.context.url or ''}".partition("?")[0]
    st.code(
        f"{link}{planner_draft.address(asked.group, asked.changes)}", language=None, wrap_lines=True
    )


def _may_save() -> bool:
    return may_do(current_reader(load_settings()).role, "save_scenarios")


def _save(asked: planner.Asked) -> None:
    if not _may_save():
        return
    scenario = Scenario(
        name=str(st.session_state.get("planner_name", "")),
        group=asked.group,
        changes=asked.changes,
        made=planner_open.made(asked.numbers, asked.group, asked.changes),
    )
    try:
        code = scenarios.save(asked.data_dir, scenario, owner=_owner())
    except (NotSaved, WorkspaceUnavailable) as why:
        planner_draft.tell(str(why))
        return
    st.query_params[planner_draft.SAVED] = code
    planner_draft.tell(f"Saved as “{scenarios.checked_name(scenario.name)}”.")


def _owner() -> str:
    return current_reader(load_settings()).key


def _listed(asked: planner.Asked) -> tuple[Saved, ...]:
    try:
        return scenarios.listed(asked.data_dir, owner=_owner())
    except WorkspaceUnavailable as why:
        markup.box("notice", str(why))
        return ()


def _show_list(asked: planner.Asked, held: Sequence[Saved]) -> None:
    markup.heading("Your saved scenarios")
    if not held:
        markup.quiet("None is saved yet.")
        return
    names = {
        each.scenario_id: f"{each.name}, {day(date.fromisoformat(each.saved_on))}" for each in held
    }
    chosen = st.selectbox(
        "Saved scenario", list(names), format_func=lambda code: names[code], key="planner_chosen"
    )
    one = next(each for each in held if each.scenario_id == chosen)
    if one.problem:
        markup.box("notice", one.problem)
    with st.container(horizontal=True, key="planner_of_saved"):
        st.button(
            "Open it", on_click=_open, args=(one,), key="planner_open", disabled=bool(one.problem)
        )
        st.button("Remove it", on_click=_remove, args=(asked, one), key="planner_remove")


def _open(one: Saved) -> None:
    planner_open.begin(one)


def _remove(asked: planner.Asked, one: Saved) -> None:
    if not _may_save():
        return
    try:
        scenarios.remove(asked.data_dir, one.scenario_id, owner=one.owner)
    except WorkspaceUnavailable as why:
        planner_draft.tell(str(why))
        return
    planner_draft.tell(f"“{one.name}” is removed.")


def _show_compared(asked: planner.Asked, held: Sequence[Saved]) -> None:
    markup.heading("Side by side")
    whole = {each.scenario_id: each for each in held if each.scenario}
    chosen = st.multiselect(
        "Saved scenarios to stand beside the one shown here, two at most",
        list(whole),
        format_func=lambda code: whole[code].name,
        max_selections=MOST_COMPARED - 1,
        key="planner_beside",
    )
    _hold(whole[code].scenario for code in chosen)
    columns = [_column(asked, _HERE, asked.changes), *_beside(asked)]
    if len(columns) == 1:
        markup.quiet("Choose saved scenarios to see them beside the one shown here.")
        return
    what = tuple((each.name, each.changes) for each in columns)
    kept_as = ("planner_compared", asked.group, what)
    version = asked.numbers.version
    figure.show_listing(
        kept(version, ("listing", *kept_as), lambda: _table(asked, columns)), key="planner_table"
    )
    chart = kept(version, ("chart", *kept_as), lambda: _matrix(asked, columns))
    figure.show(chart, key="planner_compared", kept_as=kept_as)


def _hold(chosen: Iterable[Scenario | None]) -> None:
    """Hold the scenarios chosen by what they change: a paper keeps that, and no id of ours."""
    held = [
        {"name": each.name, "changes": [written(change) for change in each.changes]}
        for each in chosen
        if each
    ]
    if held or not is_replay():
        st.session_state[_COMPARED] = held


def _beside(asked: planner.Asked) -> Iterator[_Column]:
    for each in st.session_state.get(_COMPARED, []):
        yield _column(asked, each["name"], tuple(read(change) for change in each["changes"]))


def _column(asked: planner.Asked, name: str, changes: tuple[Change, ...]) -> _Column:
    return _Column(name, changes, planner.effect_of(asked.numbers, asked.group, changes))


def _table(asked: planner.Asked, columns: Sequence[_Column]) -> Chart:
    effects = [each.effect for each in columns]
    rows = (
        ("Changes", [str(len(each.changes)) for each in columns]),
        ("Unmet need, people a year", [with_range(each.force.after) for each in effects]),
        ("Range of that", [zero_words(each.force) for each in effects]),
        (
            "People a year more who can be helped",
            [planner.signed(each.force.gained) for each in effects],
        ),
        (
            "Residents newly within reach",
            [planner.signed(each.force.near[1] - each.force.near[0]) for each in effects],
        ),
        ("Cost, pounds a year", [money(each.cost) for each in effects]),
        ("Cost for each person more", [_for_each(each) for each in effects]),
        ("Changes not counted", [str(len(each.problems)) for each in effects]),
    )
    return listing(
        "scenarios-side-by-side",
        _headline(columns),
        f"{sentence(asked.about.what)}; modelled, not measured; today "
        f"{with_range(asked.today.force.unmet)} people a year",
        columns=(Column("Measure"), *(Column(each.name) for each in columns)),
        rows=[(name, *cells) for name, cells in rows],
        warehouse=asked.numbers.warehouse,
        sources=planner.SOURCES,
        source="a model over the directory of services, estimates and people supported",
    )


def _headline(columns: Sequence[_Column]) -> str:
    most = max(columns, key=lambda each: each.effect.force.gained)
    gained = most.effect.force.gained
    if gained < planner.LEAST:
        return "None of these scenarios lowers unmet need in the force area"
    low, high = most.effect.force.after.low, most.effect.force.after.high
    wide = (high or 0) - (low or 0)
    said = f"“{most.name}” lowers unmet need the most, by {amount(gained)} people a year"
    return f"{said}; the estimate itself ranges over {amount(wide)}" if wide > gained else said


def _for_each(found: Effect) -> str:
    gained = found.force.gained
    return (
        money(found.cost / gained)
        if gained >= planner.LEAST and found.cost > 0
        else "not applicable"
    )


def _matrix(asked: planner.Asked, columns: Sequence[_Column]) -> Chart:
    lines = zip(*(each.effect.districts for each in columns), strict=True)
    rows = [(line[0].before.name, [each.gained for each in line]) for line in lines]
    return compared(
        asked.about,
        [each.name for each in columns],
        rows,
        headline="Where each scenario has more places, or fewer, by district",
    )
