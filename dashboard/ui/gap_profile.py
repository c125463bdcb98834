"""One district of the gap map: need, support, services, the nearest help, contracts that end."""

from typing import Any, Final

import streamlit as st

from dashboard.charts.chart import Cell, Chart
from dashboard.charts.contract_ends import LATER_MONTHS
from dashboard.charts.gap_map import verdict
from dashboard.directory import words
from dashboard.directory.provision import LEVELS
from dashboard.directory.read import directory
from dashboard.errors import UnknownChoice
from dashboard.metrics.catalogue import metric
from dashboard.metrics.gap_map import UNMET_NEED
from dashboard.metrics.metric import Choice, Metric
from dashboard.metrics.needs import ESTIMATED_NEED
from dashboard.metrics.provision_nearest import Nearest, nearest_help
from dashboard.ui import card_row, figure, markup, services_tables
from dashboard.ui.cache import kept
from dashboard.ui.gap_answer import estimate_card
from dashboard.ui.gap_matrix import helps, services_behind
from dashboard.ui.gaps import Asked
from dashboard.ui.listing import Column, listing
from dashboard.ui.markup import Card
from dashboard.ui.numbers import Numbers
from schemas.supplied.lists import PRIORITY_FLAG

PROFILE: Final = "One district"
"""The tab that holds the profile."""

DISTRICT: Final = "gap_district"
"""Where the session keeps the district whose profile is shown."""

_SUPPORTED: Final = metric("people_supported")
_COUNT: Final = "{:,.0f}"
_COLUMNS: Final = (
    *(Column("Priority group"), Column("Need, central", _COUNT), Column("Supported", _COUNT)),
    *(Column(f"Unmet, {end}", _COUNT) for end in ("low", "central", "high")),
    *(Column("What the range allows"), Column("Best help"), Column("Services", _COUNT)),
)
_ALLOWS: Final = {
    "gap": "clear gap",
    "unclear": "the range includes zero",
    "none": "no gap",
    "": "no figure",
}


def show(numbers: Numbers, asked: Asked) -> None:
    """Show the profile of the district that the reader chooses."""
    if not asked.districts:
        markup.quiet("None of the places chosen is a district of this force.")
        return
    names = directory(numbers.warehouse).districts
    district = st.selectbox(
        "District", asked.districts, format_func=lambda code: names[code], key=DISTRICT
    )
    here = asked.within(district)
    card_row.show(
        _cards(numbers, here, district),
        key="cards_district",
        about=f"{names[district]}, {PRIORITY_FLAG[asked.group].lower()}",
        warehouse=numbers.warehouse,
    )
    markup.quiet(_ending(numbers, here))
    table = kept(
        numbers.version,
        ("gap profile", here.tried, district),
        lambda: _by_group(numbers, here.tried, district, names[district]),
    )
    figure.show_listing(table, key="gap_profile")
    services = services_behind(numbers, here)
    name = PRIORITY_FLAG[asked.group].lower()
    markup.heading(f"Services for {name} that work in {names[district]}: {len(services):,}")
    listed = directory(numbers.warehouse)
    markup.entries([services_tables.entry(each, listed) for each in services])


def _cards(numbers: Numbers, here: Asked, district: str) -> tuple[Card, ...]:
    group = PRIORITY_FLAG[here.group].lower()
    near = kept(
        numbers.version,
        ("nearest help", here.tried, here.group, district),
        lambda: nearest_help(
            numbers.warehouse,
            here.tried,
            services=services_behind(numbers, here),
            district=district,
        ),
    )
    return (
        estimate_card(numbers, here.tried, here.about(ESTIMATED_NEED)),
        _supported_card(numbers, here),
        estimate_card(numbers, here.tried, here.about(UNMET_NEED)),
        _nearest_card(near, f"Nearest office or centre, {group}"),
    )


def _supported_card(numbers: Numbers, here: Asked) -> Card:
    name = f"People supported, {PRIORITY_FLAG[here.group].lower()}"
    found = _found(numbers, _SUPPORTED, here.choice)
    row = found.get(here.group)
    if row is None or row["value"] is None:
        return Card(name=name, number="Not available", change="Hidden to protect people, or none.")
    return Card(
        name=name,
        number=f"{row['value']:,.0f}",
        unit="newly, in 12 months",
        change="By their home; counts of people are rounded.",
    )


def _nearest_card(near: Nearest | None, name: str) -> Card:
    if near is None:
        return Card(
            name=name,
            number="None",
            change="No service for the group sees people at a place of its own.",
        )
    return Card(
        name=name,
        number=f"{near.minutes:,.0f}",
        unit="minutes",
        change=f"Half of residents live nearer. {near.service} is the nearest for "
        f"{near.share:.0%}. Assumed speeds; places of outreach apart.",
    )


def _ending(numbers: Numbers, here: Asked) -> str:
    """Say which contracts of the group's services end within a year, the first of them first."""
    ending = [each for each in services_behind(numbers, here) if each.ends_within(LATER_MONTHS)]
    if not ending:
        return f"No contract of these services ends within {LATER_MONTHS} months."
    ranked = sorted(ending, key=lambda each: (str(each.contract_end), each.name))
    said = "; ".join(
        f"{each.name}, {words.day(each.contract_end)}" for each in ranked if each.contract_end
    )
    return f"Contracts that end within {LATER_MONTHS} months: {len(ending)}. {said}."


def _by_group(numbers: Numbers, choice: Choice, district: str, name: str) -> Chart:
    """Return one row a priority group: its need, who is supported, and the help there is."""
    need, unmet = (_found(numbers, each, choice) for each in (ESTIMATED_NEED, UNMET_NEED))
    supported = _found(numbers, _SUPPORTED, Choice(areas=choice.areas))
    clear = [flag for flag, row in unmet.items() if verdict(row) == "gap"]
    found = helps(numbers)
    none = [flag for flag in PRIORITY_FLAG if found[flag, district].level == "none"]
    without = f"; no service at all for {len(none)}: {_names(none)}" if none else ""
    return listing(
        f"gap-profile-{name}",
        f"{name}: a clear gap for {len(clear)} of {len(PRIORITY_FLAG)} priority groups{without}",
        "Estimated need of a year, people newly supported in twelve months, what is left between "
        "them, and the best help that works there. Groups overlap and are not added up. [c]: "
        "hidden to protect people; [x]: no published estimate",
        columns=_COLUMNS,
        rows=[
            (
                PRIORITY_FLAG[flag],
                _shown(need.get(flag), "value"),
                _shown(supported.get(flag), "value", nearest=0),
                *(_shown(unmet.get(flag), end) for end in ("lower", "value", "upper")),
                _ALLOWS[verdict(unmet[flag])] if flag in unmet else "no figure",
                LEVELS[found[flag, district].level],
                len(found[flag, district].services),
            )
            for flag in PRIORITY_FLAG
        ],
        warehouse=numbers.warehouse,
        definition=UNMET_NEED.definition,
        sources=("assumption", "referrals", "services"),
        source="assumptions that the office keeps, protected counts of people, and the directory",
        caveat=UNMET_NEED.caveat,
    )


def _names(flags: list[str]) -> str:
    return "; ".join(PRIORITY_FLAG[flag].lower() for flag in flags)


def _found(numbers: Numbers, of: Metric, choice: Choice) -> dict[str, dict[str, Any]]:
    """Return the rows of a metric by priority group; none where it is refused."""
    try:
        result = numbers.result(of, choice, ("priority_flag",))
    except UnknownChoice:
        return {}
    return {row["priority_flag"]: row for row in result.frame.iter_rows(named=True)}


def _shown(row: dict[str, Any] | None, name: str, *, nearest: int = -2) -> Cell:
    """Return a figure as it is shown, or its marker; nothing for an end that is not known."""
    if row is None:
        return "[x]" if name == "value" else None
    if row[name] is None:
        return str(row["marker"]) if name == "value" else None
    return float(round(row[name], nearest))
