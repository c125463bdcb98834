"""One framework for all services: every measure of each, and the page of one provider."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Final

import polars as pl
import streamlit as st

from dashboard.charts.chart import Cell, Chart
from dashboard.directory import words
from dashboard.directory.service import Service
from dashboard.metrics.metric import Choice, Period
from dashboard.metrics.period import add_months, in_words
from dashboard.metrics.rows import QUERIES
from dashboard.ui import figure, markup
from dashboard.ui.cache import kept
from dashboard.ui.listing import Column, listing
from dashboard.ui.numbers import Numbers
from dashboard.ui.provider_measures import FRAMEWORK, Figures, figures_of, middle, said
from dashboard.ui.providers import commissioned
from dashboard.warehouse import Warehouse

PROVIDER: Final = "provider"
"""Name in the address of the provider whose page is open."""

_SOURCES: Final = ("services", "providers", "referrals", "provider_returns", "funding")
_SOURCE: Final = (
    "referrals, outcome scores, quarterly returns and funding (people as protected counts), and "
    "the directory of services"
)
_SQL: Final = (QUERIES / "return_figures.sql").read_text(encoding="utf-8")
_OUTPUTS: Final = {
    "CONTACTS": "Contacts, as returned",
    "SESSIONS": "Sessions, as returned",
    "VACANCY_FTE": "Vacant posts at the end, full-time equivalents",
}
_AT_THE_END: Final = ("VACANCY_FTE",)


def show_framework(numbers: Numbers, choice: Choice) -> None:
    """Show every commissioned service by the same measures."""
    table = kept(numbers.version, ("framework", choice), lambda: framework(numbers, choice))
    figure.show_listing(table, key="framework")


def framework(numbers: Numbers, choice: Choice) -> Chart:
    """Return one row per commissioned service with every measure of the framework."""
    figures = figures_of(numbers, choice)
    services = commissioned(numbers.warehouse)
    return listing(
        "services-in-one-framework",
        f"{len(services)} commissioned services by the same measures",
        f"{_months(choice)}; costs of the latest financial year that has ended by then. [c]: "
        "hidden to protect people; [z]: does not apply; a dash: not published",
        columns=(Column("Service"), Column("Provider"), *(Column(m.heading) for m in FRAMEWORK)),
        rows=[
            (each.name, each.provider, *_cells(figures, each.record["service_id"]))
            for each in services
        ],
        warehouse=numbers.warehouse,
        sources=_SOURCES,
        source=_SOURCE,
        period=_months(choice),
        caveat="Services differ in whom they are for: compare each with itself.",
    )


def _cells(figures: Figures, service_id: str) -> Iterator[Cell]:
    for measure in FRAMEWORK:
        yield said(measure, figures, service_id)


def show_profile(numbers: Numbers, choice: Choice) -> None:
    """Let the reader choose a provider and show its page, ready to be printed or handed over."""
    providers = _providers(numbers.warehouse)
    if not providers:
        markup.box("notice", "No commissioned service is in the directory.")
        return
    chosen = _choose(providers)
    name = ("profile", chosen, choice)
    figure.show_listing(
        kept(numbers.version, name, lambda: profile(numbers, choice, chosen)), key="profile"
    )
    markup.quiet(
        "To hand it over: download it above as Excel or CSV, or print this page. Counts of people "
        "are rounded to 5 and hidden below 10 ([c]), and may not add up; shares and costs come "
        "from the rounded counts. Management information, not official statistics."
    )


def profile(numbers: Numbers, choice: Choice, provider_id: str) -> Chart:
    """Return one row per measure with the provider's services, now and a year before."""
    warehouse = numbers.warehouse
    services = [
        each for each in commissioned(warehouse) if each.record["provider_id"] == provider_id
    ]
    before = _year_before(choice)
    now, then = figures_of(numbers, choice), figures_of(numbers, before)
    every = [each.record["service_id"] for each in commissioned(warehouse)]
    heads = [head for each in services for head in (each.name, f"{each.name}, a year before")]
    measured = (
        (
            measure.heading,
            *(
                said(measure, figures, each.record["service_id"])
                for each in services
                for figures in (now, then)
            ),
            middle(measure, now, every),
        )
        for measure in FRAMEWORK
    )
    return listing(
        f"profile-{provider_id}",
        f"{_providers(warehouse)[provider_id]}: profile, {_months(choice)}",
        _returns(warehouse, provider_id),
        columns=tuple(map(Column, ("Measure", *heads, "Middle of all services"))),
        rows=[
            *_contract_rows(services),
            *measured,
            *_output_rows(warehouse, services, choice, before),
        ],
        warehouse=warehouse,
        sources=_SOURCES,
        source=_SOURCE,
        period=_months(choice),
        caveat="Services differ in whom they are for: compare each with itself.",
    )


def _choose(providers: Mapping[str, str]) -> str:
    asked = st.query_params.get(PROVIDER, "")
    ids = list(providers)
    chosen: str = st.selectbox(
        "Provider",
        ids,
        index=ids.index(asked) if asked in ids else 0,
        format_func=lambda each: providers[each],
        key="profile_provider",
    )
    st.query_params[PROVIDER] = chosen
    return chosen


def _providers(warehouse: Warehouse) -> dict[str, str]:
    names = {each.record["provider_id"]: each.provider for each in commissioned(warehouse)}
    return dict(sorted(names.items(), key=lambda pair: pair[1]))


def _months(choice: Choice) -> str:
    if choice.first_month is None or choice.last_month is None:
        return "latest twelve months"
    return in_words(Period(choice.first_month, choice.last_month))


def _contract_rows(services: Sequence[Service]) -> Iterator[tuple[Cell, ...]]:
    for heading, write in (
        ("Contract", words.contract),
        ("Value", words.value),
        ("Paid for by", words.funding),
        ("Capacity", words.capacity),
    ):
        cells = (cell for each in services for cell in (write(each), ""))
        yield (heading, *cells, "")


def _returns(warehouse: Warehouse, provider_id: str) -> str:
    """Return how the last four returns came, and whether the website speaks of the Code."""
    due = warehouse.table("meta_return_due").filter(
        pl.col("provider_id") == provider_id, pl.col("status") != "not yet due"
    )
    last = due.sort("quarter").tail(4)["status"].to_list()
    states = ", ".join(f"{last.count(each)} {each}" for each in dict.fromkeys(last))
    provider = warehouse.table("dim_provider").filter(pl.col("provider_id") == provider_id)
    has_code = {"Y": "carries", "N": "does not carry"}.get(provider["website_has_code"][0] or "")
    code = f"Its website {has_code} Code information" if has_code else "Website not checked"
    return f"The last {len(last)} returns: {states or 'none due'}. {code}."


def _output_rows(
    warehouse: Warehouse, services: Sequence[Service], choice: Choice, before: Choice
) -> Iterator[tuple[Cell, ...]]:
    held = {each: _outputs(warehouse, each) for each in (choice, before)}
    for measure, heading in _OUTPUTS.items():
        cells = (
            held[each].get((service.record["service_id"], measure))
            for service in services
            for each in (choice, before)
        )
        yield (heading, *(None if cell is None else f"{cell:,.0f}" for cell in cells), "")


def _outputs(warehouse: Warehouse, choice: Choice) -> Mapping[tuple[str, str], float]:
    """Return by service and measure what was returned: sums, and what stood at the end."""
    rows = warehouse.query(_SQL, first_month=choice.first_month, last_month=choice.last_month)
    found: dict[tuple[str, str], float] = {}
    for row in rows.iter_rows(named=True):
        key = (row["service_id"], row["measure"])
        is_held = row["measure"] in _AT_THE_END
        found[key] = row["value"] if is_held else found.get(key, 0.0) + row["value"]
    return found


def _year_before(choice: Choice) -> Choice:
    def earlier(month: date | None) -> date | None:
        return month and add_months(month, -12)

    first, last = earlier(choice.first_month), earlier(choice.last_month)
    return choice if first is None or last is None else choice.during(first, last)
