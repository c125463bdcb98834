"""The parts of the page on services: what is found, and how it is shown."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import polars as pl
import streamlit as st

from dashboard.charts.chart import Chart
from dashboard.charts.contract_ends import LATER_MONTHS, contract_ends, in_millions, money
from dashboard.charts.service_sites import service_sites
from dashboard.charts.words import Facts, joined
from dashboard.directory import words
from dashboard.directory.read import directory
from dashboard.directory.search import NAMES, Wanted, matching
from dashboard.directory.service import SOURCES, Directory, Service
from dashboard.metrics.metric import Choice
from dashboard.ui import card_row, figure, filters, markup, services_filters, services_tables
from dashboard.ui.cache import kept
from dashboard.ui.markup import Card
from dashboard.ui.numbers import Numbers
from schemas.supplied.contracts import contract

FILTERS: Final = NAMES
"""Names in the address of the filters that are this page's own."""


@dataclass(frozen=True)
class Found:
    """The services that the filters select, out of the directory of one version."""

    numbers: Numbers
    directory: Directory
    services: tuple[Service, ...]

    def kept(self, name: str, make: Callable[[], Chart]) -> Chart:
        """Return a figure of these services, made the first time."""
        return kept(self.numbers.version, self.kept_as(name), make)

    def kept_as(self, name: str) -> tuple[object, ...]:
        """Return what names a figure of exactly these services."""
        return ("services", name, *(each.record["service_id"] for each in self.services))


def find(numbers: Numbers, choice: Choice) -> Found:
    """Show the page's own filters and return what they select; the page ends where that is none."""
    listed = directory(numbers.warehouse)
    if not listed.services:
        _show_nothing_loaded()
        st.stop()
    wanted = services_filters.show()
    districts = _districts(numbers, choice)
    found = matching(listed, wanted, districts=districts)
    _show_status(numbers, choice, wanted, shown=len(found), of=len(listed.services))
    if not found:
        st.stop()
    return Found(numbers, listed, found)


def cards(found: Found) -> None:
    """Show how many services there are, what they cost, what ends and what is to be confirmed."""
    services = found.services
    ending = [each for each in services if each.ends_within(LATER_MONTHS)]
    overdue = sum(each.is_check_overdue for each in services)
    ours = [each for each in services if each.is_ours_now]
    others = sum(not each.is_ours for each in services)
    ended = sum(each.has_ended for each in services)
    card_row.show(
        (
            Card(
                name="Services",
                number=f"{len(services):,}",
                change=f"{others:,} paid for by others or by nobody; {ended:,} with an ended "
                "contract",
            ),
            Card(
                name="Commissioner’s contracts",
                number=in_millions(money(ours)).replace(" million", "m"),
                unit="a year",
                change=f"Services that the commissioner pays for now, alone or with others: "
                f"{len(ours):,}",
            ),
            Card(
                name="Contracts that end",
                number=f"{len(ending):,}",
                unit="within 12 months",
                change=f"{in_millions(money(ending))} a year, whoever pays",
            ),
            Card(
                name="Entries to confirm",
                number=f"{overdue:,}",
                change="Not confirmed by the provider within six months",
            ),
        ),
        key="cards_services",
        about=f"The {len(services):,} services found in the directory, as it is now",
        warehouse=found.numbers.warehouse,
    )


def entries(found: Found) -> None:
    """Show every entry, one by one or as a table."""
    warehouse = found.numbers.warehouse
    table = found.kept(
        "entries",
        lambda: services_tables.entries(found.services, found.directory, warehouse),
    )
    shown = [services_tables.entry(each, found.directory) for each in found.services]
    figure.show_entries(table, shown, headings=services_tables.IN_SHORT, key="services")


def sites(found: Found) -> None:
    """Show the map of sites; confidential ones have no point."""
    facts = _facts(
        found,
        definition="A site is a place where a service sees people, by the directory. A refuge or "
        "another confidential place is named by its area only.",
    )
    chart = found.kept(
        "sites",
        lambda: service_sites(found.services, found.directory, found.numbers.outlines(), facts),
    )
    figure.show(chart, key="service_sites", kept_as=found.kept_as("sites"))


def contracts(found: Found) -> None:
    """Show when contracts end, and each of those that end within twelve months."""
    warehouse = found.numbers.warehouse
    facts = _facts(
        found,
        definition="A contract or grant counts in the month of its last day, by the directory; "
        "options to extend it are not taken as used.",
    )
    chart = found.kept(
        "contract ends",
        lambda: contract_ends(found.services, warehouse.build.as_of_date, facts),
    )
    figure.show(chart, key="contract_ends", kept_as=found.kept_as("contract ends"))
    table = found.kept("contracts", lambda: services_tables.contracts(found.services, warehouse))
    figure.show_listing(table, key="contracts")


def unconfirmed(found: Found) -> None:
    """Show the entries that nobody confirmed within six months."""
    warehouse = found.numbers.warehouse
    table = found.kept(
        "unconfirmed", lambda: services_tables.unconfirmed(found.services, warehouse)
    )
    figure.show_listing(table, key="unconfirmed")


def _show_nothing_loaded() -> None:
    titles = joined([f"“{contract(name).title}”" for name in SOURCES])
    markup.box(
        "notice",
        "No directory of services is loaded.",
        f"It comes from the office's own tables {titles}. Fill in their templates, which stand on "
        "the page Load data, and send them; this page then shows every service.",
    )


def _show_status(numbers: Numbers, choice: Choice, wanted: Wanted, *, shown: int, of: int) -> None:
    place = joined([numbers.area_names()[code] for code in choice.areas]) or numbers.home_name()
    said = f"Showing {shown:,} of {of:,} services: {place}."
    nothing = f"No service matches these filters: {place}."
    with st.container(horizontal=True, vertical_alignment="center", key="status"):
        markup.status(said if shown else nothing, width="content")
        if choice.areas or not wanted.is_any or not filters.is_default():
            st.button("Reset the filters", on_click=services_filters.reset, type="tertiary")


def _districts(numbers: Numbers, choice: Choice) -> frozenset[str] | None:
    """Return the districts of the areas chosen; None when none is."""
    if not choice.areas:
        return None
    home = numbers.warehouse.table("dim_area").filter(
        pl.col("is_home") & (pl.col("area_type") == "district")
    )
    names = ("area_code", "partnership_code", "force_code")
    chosen = pl.any_horizontal(pl.col(name).is_in(choice.areas) for name in names)
    return frozenset(home.filter(chosen)["area_code"])


def _facts(found: Found, *, definition: str) -> Facts:
    warehouse = found.numbers.warehouse
    return Facts(
        source=services_tables.SOURCE,
        caveat=services_tables.CAVEAT,
        version=warehouse.version,
        is_invented=warehouse.is_invented(*SOURCES),
        period=f"as of {words.day(warehouse.build.as_of_date)}",
        definition=definition,
    )
