"""The parts of the page on cyber crime: its answer, its own cards, what its estimates rest on."""

from collections.abc import Iterator
from typing import Final

from dashboard.charts.chart import Chart
from dashboard.charts.ranges import with_range
from dashboard.errors import UnknownChoice
from dashboard.metrics.assumptions import assumptions
from dashboard.metrics.cyber import ESTIMATED_FRAUD, FRAUD_VICTIMS_SUPPORTED
from dashboard.metrics.fraud import FRAUD_LOSS, FRAUD_MEDIAN_LOSS, FRAUD_REPORTS
from dashboard.metrics.metric import Choice, Metric, Result
from dashboard.metrics.period import in_words
from dashboard.ui.answers import place_of
from dashboard.ui.assumed import assumed
from dashboard.ui.cards import CardMaker, number
from dashboard.ui.markup import Card
from dashboard.ui.numbers import Numbers
from dashboard.warehouse import Warehouse

_NOT_AVAILABLE: Final = "Not available"
_ASSUMED: Final = ("INCIDENTS_FRAUD", "INCIDENTS_CYBER_DEP", "REPORTED_FRAUD", "REPORTED_CYBER_DEP")


def answer(numbers: Numbers, choice: Choice) -> str:
    """Say how many reports there are, whether they change, and how many reached support."""
    try:
        reports = numbers.result(FRAUD_REPORTS, choice)
    except UnknownChoice:
        return "Reports of fraud and cyber crime are not loaded, and police.uk holds none."
    shown = reports.frame["value"][0]
    if shown is None:
        return "A month of these reports is in no snapshot, so there is no total for this period."
    said = numbers.verdict(FRAUD_REPORTS, choice)
    state = {"none": "within the usual range", "unknown": said.words}.get(said.kind, said.words)
    where = f"{place_of(numbers, reports.choice)}, {in_words(reports.period)}"
    first = f"{shown:,.0f} reports of fraud and cyber crime in {where}: {state}."
    return " ".join((first, *_estimated(numbers, choice), *_supported(numbers, choice)))


def _estimated(numbers: Numbers, choice: Choice) -> Iterator[str]:
    for result, value in _known(numbers, ESTIMATED_FRAUD, choice):
        yield (
            f"A survey suggests about {value:,.0f} incidents of fraud a year in "
            f"{place_of(numbers, result.choice)}, most never reported."
        )


def _supported(numbers: Numbers, choice: Choice) -> Iterator[str]:
    for result, value in _known(numbers, FRAUD_VICTIMS_SUPPORTED, choice):
        yield (
            f"Support after fraud started for about {value:,.0f} people in "
            f"{place_of(numbers, result.choice)}, {in_words(result.period)}."
        )


def _known(numbers: Numbers, metric: Metric, choice: Choice) -> Iterator[tuple[Result, float]]:
    """Yield a metric with its value as it is shown; nothing where there is none."""
    try:
        result = numbers.result(metric, choice)
    except UnknownChoice:
        return
    value = result.frame["value"][0]
    if value is not None:
        yield result, round(value, metric.decimals)


def median_card(numbers: Numbers, choice: Choice) -> Card:
    """Return the card of median losses: those of the types with the lowest and the highest."""
    name = "Median loss, by type"
    try:
        result = numbers.result(FRAUD_MEDIAN_LOSS, choice)
    except UnknownChoice as refusal:
        return Card(name=name, number=_NOT_AVAILABLE, change=str(refusal))
    held = result.frame.drop_nulls("value").sort("value")
    if held.is_empty():
        return Card(name=name, number=_NOT_AVAILABLE, change="The snapshot gives no median.")
    low, high = (result.names[code].lower() for code in held["fraud_type"].gather([0, -1]))
    return Card(
        name=name,
        number=f"£{held['value'][0]:,.0f} to £{held['value'][-1]:,.0f}",
        unit=f"people, {in_words(result.period)}",
        change=f"From {low} to {high}. Half of those who reported lost less.",
    )


def loss_card(numbers: Numbers, choice: Choice) -> Card:
    """Return the card of the total loss, which is too uneven for a control chart."""
    try:
        result = numbers.result(FRAUD_LOSS, choice)
    except UnknownChoice as refusal:
        return Card(name=FRAUD_LOSS.label, number=_NOT_AVAILABLE, change=str(refusal))
    return Card(
        name=FRAUD_LOSS.label,
        number=_pounds(result),
        change=f"{numbers.comparison(FRAUD_LOSS, choice).words} A few large losses make most.",
    )


def _pounds(result: Result) -> str:
    value = result.frame["value"][0]
    if value is None:
        return number(result)
    return f"£{value / 1e6:,.1f} million" if value >= 1e6 else f"£{value:,.0f}"


def estimate_card(metric: Metric) -> CardMaker:
    """Return the maker of the card of an estimate, with its range and what it rests on."""

    def make(numbers: Numbers, choice: Choice) -> Card:
        try:
            result = numbers.result(metric, choice)
        except UnknownChoice as refusal:
            return Card(name=metric.label, number=_NOT_AVAILABLE, change=str(refusal))
        (row,) = result.frame.iter_rows(named=True)
        if row["value"] is None:
            return Card(name=metric.label, number=_NOT_AVAILABLE, change="No published estimate.")
        rests = "an agreed assumption" if row["status"] == "AGREED" else "a DRAFT assumption"
        return Card(
            name=metric.label,
            number=f"About {round(row['value'], metric.decimals):,.0f}",
            unit="in a year",
            change=f"With its range: {with_range(result, row)}. Rests on {rests}.",
        )

    return make


def assumptions_used(warehouse: Warehouse) -> Chart:
    """Return one row per assumption of the estimates, dated and sourced."""
    held = assumptions(warehouse)
    used = [held[code] for code in _ASSUMED if code in held]
    return assumed(
        "assumptions-cyber-crime",
        f"The estimates rest on {len(used)} assumptions",
        "An empty value means that there is no published estimate",
        used,
        warehouse=warehouse,
    )
