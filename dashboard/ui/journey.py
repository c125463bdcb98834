"""The parts of the page on the way of a victim: its answer, its own cards, waits, strands."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

import polars as pl

from dashboard.charts.chart import Chart
from dashboard.charts.flow import flow
from dashboard.charts.waits import waits
from dashboard.directory.read import directory
from dashboard.errors import UnknownChoice
from dashboard.metrics.journey import JOURNEY
from dashboard.metrics.metric import Choice, Metric, Result
from dashboard.metrics.period import in_words
from dashboard.metrics.referral import DECLINED, LED_TO_SUPPORT, NO_CAPACITY, NOT_REACHED
from dashboard.metrics.waiting import REFERRAL_TO_CONTACT, WAITING
from dashboard.ui import composed, markup
from dashboard.ui.answers import place_of
from dashboard.ui.cards import CardMaker, measure, number, shape
from dashboard.ui.markup import Card
from dashboard.ui.numbers import Numbers

RESTORATIVE: Final = "RJ"
AT_COURT: Final = "COURT"
_FROM_COURT: Final = "COURT_WS"
_SHARES: Final = (
    (DECLINED, "chose not to have it"),
    (NOT_REACHED, "could not be reached"),
    (NO_CAPACITY, "found no capacity"),
)


def answer(numbers: Numbers, choice: Choice) -> str:
    """Say how many referrals led to support, how the others ended, and how long people wait."""
    try:
        result = numbers.result(LED_TO_SUPPORT, choice)
    except UnknownChoice as refusal:
        return str(refusal)
    where = f"{place_of(numbers, result.choice)}, {in_words(result.period)}"
    first = f"Of referrals received in {where}, {_said(result)} led to support"
    parts = (first, *_endings(numbers, choice), *_waits(numbers, choice))
    return f"{'; '.join(parts)}."


def _said(result: Result) -> str:
    return f"{number(result)}%" if result.frame["value"][0] is not None else number(result)


def _endings(numbers: Numbers, choice: Choice) -> Iterator[str]:
    said = [
        f"{value:.0f}% {what}"
        for metric, what in _SHARES
        for value in _known(numbers, metric, choice)
    ]
    if said:
        yield ", ".join(said)


def _waits(numbers: Numbers, choice: Choice) -> Iterator[str]:
    for days in _known(numbers, REFERRAL_TO_CONTACT, choice):
        noun = "day" if days == 1 else "days"
        yield f"half were reached within {days:.0f} working {noun} of the referral"
    end = month_end(numbers, choice)
    for people in _known(numbers, WAITING, end):
        yield f"{people:,.0f} people waited for support at the end of {end.last_month:%B %Y}"


def _known(numbers: Numbers, metric: Metric, choice: Choice) -> Iterator[float]:
    """Yield the value of a metric; nothing where there is none, or it is of another place."""
    try:
        value = numbers.result(metric, choice).frame["value"][0]
    except UnknownChoice:
        return
    if value is not None:
        yield value


def month_end(numbers: Numbers, choice: Choice) -> Choice:
    """Return the choice at the last month's end that is published for people who wait."""
    held = numbers.months(WAITING)
    last = min(max(choice.last_month or held[-1], held[0]), held[-1])
    return choice.during(last, last)


def waiting_card(numbers: Numbers, choice: Choice) -> Card:
    """Return the card of people who wait at the end of the period."""
    return measure(WAITING)(numbers, month_end(numbers, choice))


def cohort_card(metric: Metric) -> CardMaker:
    """Return the maker of the card of a share of cohorts, of which the latest are unfinished.

    It is not held against another period: an unfinished cohort would lose by it.
    """

    def make(numbers: Numbers, choice: Choice) -> Card:
        try:
            result = numbers.result(metric, choice)
        except UnknownChoice as refusal:
            return Card(name=metric.label, number="Not available", change=str(refusal))
        said = numbers.verdict(metric, choice)
        words = said.words
        return Card(
            name=metric.label,
            number=number(result),
            unit=metric.unit,
            spark=numbers.series(metric, choice),
            change=f"{in_words(result.period)}. The verdict is on finished cohorts only.",
            kind=said.kind,
            shape=shape(said),
            verdict=words[:1].upper() + words[1:],
        )

    return make


def wait_figure(
    numbers: Numbers, choice: Choice, median: Metric, ninetieth: Metric, *, by: str
) -> None:
    """Show the median and the ninetieth percentile of a wait, side by side."""

    def make() -> Chart:
        return waits(
            numbers.result(median, choice, (by,)), numbers.result(ninetieth, choice, (by,))
        )

    composed.show(numbers, choice, f"waits_{median.measure}_{by}", median.label, make)


def strand(numbers: Numbers, choice: Choice, support_type: str) -> None:
    """Show the way through each service that gives a kind of support."""
    listed = directory(numbers.warehouse).services
    found = [each for each in listed if support_type in (each.record["support_types"] or ())]
    if not found:
        markup.box("notice", "No service of this kind is in the directory.")
    for service in found:
        _one_flow(numbers, choice, "service_id", service.record["service_id"], service.name)


def from_court(numbers: Numbers, choice: Choice) -> None:
    """Show the way of those whom a court or witness service referred."""
    _one_flow(numbers, choice, "source", _FROM_COURT, "referrals from courts and witness services")


def _one_flow(numbers: Numbers, choice: Choice, split: str, code: str, title: str) -> None:
    def make() -> Chart:
        result = numbers.result(JOURNEY, choice, (split, "step"))
        mine = result.frame.filter(pl.col(split) == code).drop(split)
        if mine["numerator"].null_count() == mine.height:
            raise UnknownChoice("Every step is hidden to protect people, or nobody was referred.")
        return flow(replace(result, by=("step",), frame=mine), title=title)

    composed.show(numbers, choice, f"flow_{split}_{code}", title, make)
