"""Reach: who lives near help by kind of place, what lies beyond the border, and what is assumed."""

from dataclasses import replace
from typing import Final

import polars as pl
import streamlit as st

from dashboard.charts import comparisons, rural
from dashboard.charts.chart import Chart
from dashboard.metrics.access_network import network
from dashboard.metrics.assumptions import Assumption, assumptions
from dashboard.metrics.gap_map import BEYOND_REACH
from dashboard.metrics.metric import Choice, Result
from dashboard.metrics.rural_help import TRAVEL_BANDS
from dashboard.metrics.travel import travel
from dashboard.planning.words import amount
from dashboard.ui import composed, figure, markup, needs_assumptions
from dashboard.ui.assumed import assumed
from dashboard.ui.cache import kept
from dashboard.ui.gaps import Asked
from dashboard.ui.listing import Column, listing
from dashboard.ui.numbers import Numbers
from dashboard.warehouse import Warehouse
from schemas.supplied.lists import PRIORITY_FLAG

_KIND: Final = "TRAVEL_"
_MINUTES: Final = (15, 30, 60)
_KM: Final = "{:,.1f}"


def show(numbers: Numbers, asked: Asked) -> None:
    """Show who lives beyond reach of the group's services, and what that rests on."""
    markup.quiet(_beyond_border(numbers, asked))
    choice = asked.tried
    for by in ("area_code", "rural_class", "help_layer"):
        _show_beyond(numbers, asked, by)
    composed.show(
        numbers,
        choice,
        "gap_travel_bands",
        TRAVEL_BANDS.label,
        lambda: rural.travel_bands(
            numbers.result(TRAVEL_BANDS, choice, ("rural_class", "travel_band"))
        ),
    )


def _show_beyond(numbers: Numbers, asked: Asked, by: str) -> None:
    beyond = asked.about(BEYOND_REACH)
    choice = numbers.among_others(asked.tried) if by == "area_code" else asked.tried
    composed.show(
        numbers,
        choice,
        f"beyond_{by}_{asked.group}",
        beyond.label,
        lambda: _bars(numbers.result(beyond, choice, (by,))),
    )


def _bars(result: Result) -> Chart:
    chart = comparisons.bars(result)
    if result.by != ("help_layer",):
        return chart
    shares = dict(result.frame.select("help_layer", "value").iter_rows())
    alone, with_outreach = shares["FIXED"], shares["OUTREACH"]
    if alone is None or with_outreach is None:
        return chart
    return replace(
        chart,
        headline=f"Offices and centres alone leave {alone:.0f}% of residents beyond reach; with "
        f"places of outreach it is {with_outreach:.0f}%",
    )


def show_journeys(numbers: Numbers, asked: Asked) -> None:
    """Show how far is within reach from towns and from the country, as assumed."""
    kept_as = ("reach by class", asked.tried.assumptions)
    table = kept(numbers.version, kept_as, lambda: _reach(numbers.warehouse, asked.tried))
    figure.show_listing(table, key="gap_reach")


def show_trial(numbers: Numbers, asked: Asked) -> None:
    """Let a reader try other values of what is assumed of journeys."""
    held = _held(numbers.warehouse)
    if not held:
        markup.quiet("The office assumes nothing of journeys; the values of the method are used.")
        return
    markup.quiet("What is tried here is for you alone, on every page, until you go back.")
    tried = dict(asked.tried.assumptions)
    with st.form("gap_journeys"):
        with st.container(horizontal=True, vertical_alignment="bottom"):
            values = {
                code: _input(each, tried.get(code, each.values.central or 0.0))
                for code, each in held.items()
            }
        if st.form_submit_button("Try these values", type="primary"):
            needs_assumptions.try_values(values, numbers.warehouse)
            st.rerun()


def listed(warehouse: Warehouse) -> Chart:
    """Return one row per assumption of journeys: values, state, period, source."""
    held = list(_held(warehouse).values())
    drafts = sum(each.status == "DRAFT" for each in held)
    return assumed(
        "assumptions-of-journeys",
        f"{drafts} of the {len(held)} assumptions of journeys are DRAFT",
        "No road network is loaded: a straight line made longer, and an assumed speed",
        held,
        warehouse=warehouse,
    )


def _held(warehouse: Warehouse) -> dict[str, Assumption]:
    every = assumptions(warehouse)
    return {code: each for code, each in every.items() if code.startswith(_KIND)}


def _input(each: Assumption, value: float) -> float:
    # The key holds the value, so that going back to the values held moves the widget as well.
    return st.number_input(
        f"{each.name}, {each.unit}",
        min_value=0.0,
        value=float(value),
        key=f"gap_{each.code}_{value:g}",
        format="%.2f",
        width=280,
    )


def _reach(warehouse: Warehouse, choice: Choice) -> Chart:
    used = travel(warehouse, choice)
    speeds = {"Urban": used.urban_speed, "Rural": used.rural_speed}
    km = {
        kind: [speed * minutes / 60 / used.detour for minutes in _MINUTES]
        for kind, speed in speeds.items()
    }
    return listing(
        "reach-by-kind-of-place",
        f"Half an hour reaches {km['Urban'][1]:.1f} km from a town and {km['Rural'][1]:.1f} km "
        f"from a rural place, in a straight line{used.mark}",
        used.in_words,
        columns=(
            Column("Kind of place"),
            Column("Speed, km an hour", _KM),
            *(Column(f"Km in {minutes} minutes", _KM) for minutes in _MINUTES),
        ),
        rows=[(kind, speeds[kind], *found) for kind, found in km.items()],
        warehouse=warehouse,
        sources=("assumption",),
        source="assumptions that the office keeps",
    )


def _beyond_border(numbers: Numbers, asked: Asked) -> str:
    """Say how many people live beyond the border, and how many of them need the same services."""
    beyond = numbers.warehouse.table("dim_border_area")
    if beyond.is_empty():
        return "Nobody is held who lives beyond the border: access near it looks better than it is."
    return kept(
        numbers.version,
        ("beyond the border", asked.tried.assumptions, asked.group),
        lambda: (
            f"{_people_beyond(beyond)}{_need_beyond(numbers, asked)} It counts in access to "
            "services of the whole force area, and in no other figure; help over there is not "
            "known here."
        ),
    )


def _people_beyond(beyond: pl.DataFrame) -> str:
    people, furthest = beyond.select(pl.sum("residents"), pl.max("km_outside")).row(0)
    return f"About {amount(people)} people live within {furthest:.0f} km beyond the border. "


def _need_beyond(numbers: Numbers, asked: Asked) -> str:
    group = ("priority_flag", asked.group)
    held = network(numbers.warehouse, asked.tried, group)
    if not held.is_estimated:
        return "How many of them need the same services is not known."
    away = ~held.places.is_home
    low, central, high = (
        f"{round(float(each[away].sum()), -2):,.0f}"
        for each in (held.need.low, held.need.central, held.need.high)
    )
    name = PRIORITY_FLAG[asked.group].lower()
    return f"Their need, {name}, is modelled at {central} ({low} to {high}) people a year."
