"""What stands on each card: a number with its change and its verdict, always in words too."""

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from dashboard.errors import UnknownChoice
from dashboard.metrics.compare import Comparison
from dashboard.metrics.metric import Choice, Metric, Result
from dashboard.metrics.period import in_words
from dashboard.metrics.signals import Verdict
from dashboard.metrics.targets import outlook_words, target_words
from dashboard.metrics.written import written
from dashboard.ui.cache import kept
from dashboard.ui.markup import Card
from dashboard.ui.numbers import Numbers

CardMaker = Callable[[Numbers, Choice], Card]

_SHAPES: Final = {1: "▲", -1: "▼"}
_NO_SIGN: Final = "●"


def measure(metric: Metric) -> CardMaker:
    """Return the maker of a metric's own card: value, sparkline, comparison, verdict."""

    def make(numbers: Numbers, choice: Choice) -> Card:
        what = ("card", metric.key, choice)
        return kept(numbers.version, what, lambda: _card(metric, numbers, choice))

    return make


def _card(metric: Metric, numbers: Numbers, choice: Choice) -> Card:
    try:
        result = numbers.result(metric, choice)
    except UnknownChoice as refusal:
        return Card(name=metric.label, number="Not available", change=str(refusal))
    spark = numbers.series(metric, choice)
    said = numbers.verdict(metric, choice)
    return Card(
        name=metric.label,
        number=number(result),
        unit=unit(result),
        spark=spark,
        change=f"{_other_period(result, choice)}{_change(numbers, metric, choice)}",
        target=_target(result.metric, said),
        # What has no series, such as an estimate, has no verdict either.
        kind=said.kind if spark else "",
        shape=shape(said) if spark else "",
        verdict=_capital(said.words) if spark else "",
    )


def yearly_change(metric: Metric) -> CardMaker:
    """Return the maker of a card: the latest twelve months beside the twelve before."""

    def make(numbers: Numbers, choice: Choice) -> Card:
        change = numbers.yearly_change(metric, choice)
        return _change_card(metric, "Change on the previous 12 months", change)

    return make


def quarterly_change(metric: Metric) -> CardMaker:
    """Return the maker of a card: the latest whole quarter beside the same one last year."""

    def make(numbers: Numbers, choice: Choice) -> Card:
        change = numbers.quarterly_change(metric, choice)
        quarter = in_words(numbers.named_period("latest_quarter", metric))
        return _change_card(metric, "Same quarter last year", change, unit=quarter)

    return make


def latest_month(numbers: Numbers, _: Choice) -> Card:
    """Return a card that says how far the data goes, and when more is due."""
    due = numbers.next_due()
    is_late = due is not None and due < numbers.warehouse.build.as_of_date
    return Card(
        name="Latest month of data",
        number=f"{numbers.months()[-1]:%b %Y}",
        change=f"Next month expected {due.day} {due:%B %Y}" if due else "No date is expected",
        kind="concern" if is_late else "none",
        shape="!" if is_late else _NO_SIGN,
        verdict="Late" if is_late else "Up to date",
    )


def tied(metric: Metric, objective: str) -> CardMaker:
    """Return the maker of a metric's card that names the objective of the strategy it shows."""

    def make(numbers: Numbers, choice: Choice) -> Card:
        return replace(measure(metric)(numbers, choice), objective=f"Objective {objective}")

    return make


def number(result: Result) -> str:
    """Return the value of a result of one row as it is shown, or its marker."""
    value = result.frame["value"][0]
    if value is None:
        return str(result.frame["marker"][0])
    places = result.metric.decimals
    return f"{round(value, places):,.{max(0, places)}f}"


def unit(result: Result) -> str:
    """Return the unit as it follows `number`: a bound brings its own sign of a share."""
    said = result.metric.unit
    return said if result.frame["value"][0] is not None else said.removeprefix("% ")


def shape(said: Verdict) -> str:
    """Return a sign that agrees with the verdict's words: up, down, or neither."""
    return _SHAPES.get(said.direction, _NO_SIGN)


def _change(numbers: Numbers, metric: Metric, choice: Choice) -> str:
    try:
        return numbers.comparison(metric, choice).words
    except UnknownChoice as refusal:
        return str(refusal)


def _target(metric: Metric, said: Verdict) -> str:
    """Return what a figure is held to, and what to expect of that where a chart can say."""
    words = _capital(target_words(metric))
    return f"{words}: {outlook_words(said.outlook)} it" if said.outlook else words


def _other_period(result: Result, choice: Choice) -> str:
    """Return the period that is shown, as a sentence, where it is another than the one chosen."""
    shown = result.period
    if choice.last_month in (None, shown.last_month) and choice.first_month in (
        None,
        shown.first_month,
    ):
        return ""
    return f"{in_words(shown)} is shown. "


def _change_card(metric: Metric, name: str, change: Comparison, *, unit: str = "") -> Card:
    """Return a card of a change: in percent, or in the metric's unit where few are compared."""
    if not change.available or change.change is None:
        return Card(name=name, number="Not available", change=change.words)
    size = change.change if change.percent is None else change.percent
    sign = "+" if size > 0 else "−" if size < 0 else ""
    said = f"{abs(size):.1f}%" if change.percent is not None else written(metric, abs(size))
    return Card(name=name, number=f"{sign}{said}", unit=unit, change=change.words)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
