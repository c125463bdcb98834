"""Contracts that end and what is spent, beside the people served and the need."""

from typing import Any, Final

from dashboard.charts.chart import Chart
from dashboard.charts.contract_ends import LATER_MONTHS, contract_ends, in_millions
from dashboard.charts.need_layers import NO_ESTIMATE
from dashboard.charts.ranges import marked
from dashboard.charts.words import Facts
from dashboard.directory.read import directory
from dashboard.directory.service import SOURCES
from dashboard.directory.words import day
from dashboard.errors import UnknownChoice
from dashboard.metrics.funding import SPEND
from dashboard.metrics.metric import Choice, Metric, Result
from dashboard.metrics.needs import ESTIMATED_NEED
from dashboard.metrics.people import PEOPLE_SUPPORTED
from dashboard.metrics.period import in_words
from dashboard.metrics.provider import CONTRACTS_ENDING, VALUE_ENDING
from dashboard.ui import composed, figure, markup, services_tables
from dashboard.ui.cache import kept
from dashboard.ui.listing import Column, listing
from dashboard.ui.numbers import Numbers
from dashboard.ui.providers import commissioned
from dashboard.warehouse import Warehouse
from schemas.supplied.lists import CRIME_GROUP

_COUNT: Final = "{:,.0f}"


def contracts(numbers: Numbers, choice: Choice) -> None:
    """Show when contracts of commissioned services end, and the people whom they serve."""
    warehouse = numbers.warehouse
    facts = Facts(
        source=services_tables.SOURCE,
        caveat=CONTRACTS_ENDING.caveat,
        version=warehouse.version,
        is_invented=warehouse.is_invented(*SOURCES),
        period=f"as of {day(warehouse.build.as_of_date)}",
        definition=CONTRACTS_ENDING.definition,
    )
    composed.show(
        numbers,
        choice,
        "commissioned_contract_ends",
        CONTRACTS_ENDING.label,
        lambda: contract_ends(commissioned(warehouse), warehouse.build.as_of_date, facts),
    )
    table = kept(numbers.version, ("ending contracts", choice), lambda: _ending(numbers, choice))
    figure.show_listing(table, key="ending_contracts")


def _ending(numbers: Numbers, choice: Choice) -> Chart:
    people, months = {}, ""
    try:
        result = numbers.result(PEOPLE_SUPPORTED, choice, ("service_id",))
        months = in_words(result.period)
        people = {row["service_id"]: row for row in result.frame.iter_rows(named=True)}
    except UnknownChoice:
        pass
    ending = [each for each in commissioned(numbers.warehouse) if each.ends_within(LATER_MONTHS)]
    ending.sort(key=lambda each: (str(each.contract_end), each.name))
    value = numbers.result(VALUE_ENDING, choice).frame["value"][0]
    return listing(
        "contracts-ending",
        f"{len(ending)} commissioned services end within twelve months, "
        f"{in_millions(value or 0.0)} a year by contract",
        f"With the people whom each newly supported, {months or 'not published'}",
        columns=(
            *map(Column, ("Service", "Provider", "Ends")),
            Column("Within six months"),
            Column("Can be extended by, months", _COUNT),
            Column("Pounds a year", _COUNT),
            Column("People newly supported", _COUNT),
        ),
        rows=[
            (
                each.name,
                each.provider,
                day(each.contract_end) if each.contract_end else "",
                "yes" if each.ends_within(6) else "no",
                each.record["extension_option_months"],
                each.record["annual_value_gbp"],
                _people(people.get(each.record["service_id"])),
            )
            for each in ending
        ],
        warehouse=numbers.warehouse,
        sources=SOURCES,
        source=services_tables.SOURCE,
        caveat=CONTRACTS_ENDING.caveat,
    )


def _people(row: dict[str, object] | None) -> float | str | None:
    if row is None:
        return None
    value = row["value"]
    return float(value) if isinstance(value, float) else str(row["marker"])


def spend_and_need(numbers: Numbers, choice: Choice) -> None:
    """Show, crime by crime, what is spent on services for it beside need and people supported."""
    try:
        table = kept(
            numbers.version, ("spend and need", choice), lambda: _need_table(numbers, choice)
        )
    except UnknownChoice as refusal:
        markup.box("notice", "Spend beside need: not shown.", str(refusal))
        return
    figure.show_listing(table, key="spend_and_need")


def _need_table(numbers: Numbers, choice: Choice) -> Chart:
    spend = numbers.result(SPEND, choice, ("service_id",))
    year = choice.during(spend.period.first_month, spend.period.last_month)
    money = dict(spend.frame.select("service_id", "numerator").iter_rows())
    need = _by_crime(numbers, ESTIMATED_NEED, choice)
    people = _by_crime(numbers, PEOPLE_SUPPORTED, year)
    alone, among = _spent(numbers.warehouse, money)
    return listing(
        "spend-beside-need",
        "Spend beside need, crime by crime",
        f"Spend of {in_words(spend.period)}; need is estimated, low to high, for a year. Spend on "
        "services for several crimes is not shared among them: it stands once in each row",
        columns=(
            Column("Crime"),
            Column("Pounds on services for it alone", _COUNT),
            Column("Pounds on services for it among others", _COUNT),
            *map(Column, ("Estimated need for support", "People newly supported")),
        ),
        rows=[
            (name, alone.get(code), among.get(code), need.get(code), people.get(code))
            for code, name in CRIME_GROUP.items()
            if code in alone or code in among
        ],
        warehouse=numbers.warehouse,
        sources=("funding", "services", "referrals", "assumption"),
        source="funding, directory of services, assumptions that the office keeps, and referrals "
        "(protected counts)",
        period=in_words(spend.period),
        caveat=SPEND.caveat,
    )


def _by_crime(numbers: Numbers, metric: Metric, choice: Choice) -> dict[str, str]:
    """Return the figures by crime in words; none where they are not published."""
    try:
        result = numbers.result(metric, choice, ("crime_group",))
    except UnknownChoice:
        return {}
    rows = result.frame.iter_rows(named=True)
    return {row["crime_group"]: _figure(result, row) for row in rows}


def _figure(result: Result, row: dict[str, Any]) -> str:
    if result.metric.kind == "estimate":
        return NO_ESTIMATE if row["value"] is None else marked(result, row)
    return str(row["marker"]) if row["value"] is None else f"{row['value']:,.0f}"


def _spent(
    warehouse: Warehouse, money: dict[str, float]
) -> tuple[dict[str, float], dict[str, float]]:
    """Return by crime what is spent on services for it alone, and for it among others."""
    alone: dict[str, float] = {}
    among: dict[str, float] = {}
    for each in directory(warehouse).services:
        crimes = {group.crime_group for group in each.groups if group.crime_group}
        found = alone if len(crimes) == 1 else among
        for crime in crimes:
            found[crime] = found.get(crime, 0.0) + money.get(each.record["service_id"], 0.0)
    return alone, among
