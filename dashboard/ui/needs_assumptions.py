"""Assumptions on the page: listed with source and state, and tried out by a reader."""

from collections.abc import Mapping
from typing import Final

import streamlit as st

from dashboard.charts.chart import Chart
from dashboard.charts.ranges import with_range
from dashboard.errors import UnknownChoice
from dashboard.metrics.assumptions import Assumption, assumptions
from dashboard.metrics.metric import Choice
from dashboard.metrics.needs import ESTIMATED_NEED, ESTIMATED_VICTIMS, about
from dashboard.ui import markup
from dashboard.ui.assumed import NUMBER, assumed
from dashboard.ui.numbers import Numbers
from dashboard.ui.own_values import hold, how_long, own_values
from dashboard.warehouse import Warehouse
from schemas.supplied.lists import CRIME_GROUP

_CODE: Final = "needs_assumption"
_VALUE: Final = "needs_value"
_KINDS: Final = ("PREVALENCE", "INCIDENTS", "REPORTED", "SUPPORT", "SEVERITY", "UNIT_COST", "PRICE")


def tried(warehouse: Warehouse) -> tuple[tuple[str, float], ...]:
    """Return the central values that this reader tries, of assumptions still in use."""
    held = assumptions(warehouse)
    return tuple(sorted((code, value) for code, value in own_values().items() if code in held))


def try_values(values: Mapping[str, float], warehouse: Warehouse) -> None:
    """Try several central values at once, by the codes of their assumptions."""
    held = assumptions(warehouse)
    same = {code for code, value in values.items() if held[code].values.central == value}
    wanted = {**own_values(), **values}
    hold({code: value for code, value in wanted.items() if code not in same})


def show_notice(warehouse: Warehouse, choice: Choice) -> None:
    """Say which values differ from those agreed; nothing where none does."""
    held = assumptions(warehouse)
    changed = [
        f"{held[code].name}, {_shown(value)} instead of {_shown(held[code].values.central)} "
        f"{held[code].unit}"
        for code, value in choice.assumptions
    ]
    if changed:
        markup.box(
            "notice",
            "Estimates here differ from the agreed values.",
            f"{how_long()}: {'; '.join(changed)}.",
        )
        st.button("Back to the values held", on_click=_forget, key="needs_forget_top")


def show_trial(numbers: Numbers, choice: Choice) -> None:
    """Let a reader try another central value, and show what it changes."""
    held = _used(numbers.warehouse)
    if not held:
        markup.quiet("No assumption is loaded.")
        return
    code = st.selectbox(
        "Assumption to try",
        list(held),
        format_func=lambda each: held[each].name,
        key=_CODE,
        on_change=_forget_value,
    )
    one = held[code]
    central = dict(choice.assumptions).get(code, one.values.central or 0.0)
    st.number_input(
        f"Central value to try, {one.unit}",
        min_value=0.0,
        max_value=100.0 if one.unit == "percent" else None,
        value=float(central),
        key=_VALUE,
        format="%.0f" if central >= 1_000 else "%.2f",
    )
    st.button("Try this value", on_click=_try, args=(code,), key="needs_try", type="primary")
    for sentence in _effects(numbers, choice):
        markup.status(sentence)


def listed(warehouse: Warehouse) -> Chart:
    """Return one row per assumption of the page: values, state, period, source."""
    held = list(_used(warehouse).values())
    drafts = sum(each.status == "DRAFT" for each in held)
    return assumed(
        "assumptions-of-need",
        f"{drafts} of the {len(held)} assumptions here are DRAFT",
        "Values that no data gives. What has no published source is a placeholder; an empty "
        "value means that there is no published estimate",
        held,
        warehouse=warehouse,
    )


def _used(warehouse: Warehouse) -> dict[str, Assumption]:
    every = assumptions(warehouse)
    return {code: each for code, each in every.items() if code.startswith(_KINDS)}


def _effects(numbers: Numbers, choice: Choice) -> list[str]:
    """Return, for each value tried for a crime group, the estimates before and with it."""
    plain = Choice(areas=choice.areas)
    found = []
    for code, _ in choice.assumptions:
        group = code.partition("_")[2]
        if group in CRIME_GROUP:
            found += [
                _effect(numbers, plain, choice, group=group, number=place) for place in range(2)
            ]
    return list(dict.fromkeys(filter(None, found)))


def _effect(numbers: Numbers, plain: Choice, choice: Choice, *, group: str, number: int) -> str:
    metric = about((ESTIMATED_VICTIMS, ESTIMATED_NEED)[number], "crime_group", group)
    said = []
    for each in (plain, choice):
        try:
            result = numbers.result(metric, each)
        except UnknownChoice:
            return ""
        (row,) = result.frame.iter_rows(named=True)
        said.append(
            with_range(result, row) if row["value"] is not None else "no published estimate"
        )
    return f"{metric.label}: {said[1]} as tried, {said[0]} as held."


def _try(code: str) -> None:
    hold({**own_values(), code: float(st.session_state[_VALUE])})


def _forget() -> None:
    hold({})
    _forget_value()


def _forget_value() -> None:
    st.session_state.pop(_VALUE, None)


def _shown(value: float | None) -> str:
    return "no value" if value is None else NUMBER.format(value)
