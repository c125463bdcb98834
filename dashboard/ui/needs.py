"""The parts of the page on need: its group, its answer, its layers, and values tried out."""

from dataclasses import dataclass, replace
from typing import Final

from dashboard.charts.ranges import with_range
from dashboard.charts.words import joined, lowered
from dashboard.errors import UnknownChoice
from dashboard.metrics.catalogue import metric
from dashboard.metrics.crime import RECORDED_CRIME
from dashboard.metrics.metric import Choice, Metric, Result
from dashboard.metrics.needs import (
    ESTIMATED_VICTIMS,
    SHARE_RATIO,
    UNREPORTED,
    about,
)
from dashboard.metrics.period import in_words
from dashboard.ui import filters, needs_assumptions
from dashboard.ui.cache import kept
from dashboard.ui.group_filter import choose_group
from dashboard.ui.markup import Card
from dashboard.ui.numbers import Numbers
from schemas.codes import HIDDEN, NOT_AVAILABLE
from schemas.supplied.lists import PRIORITY_FLAG

FILTERS: Final = ("group",)
"""Names in the address of the filters that are this page's own."""

PEOPLE: Final = metric("people_supported")
REPEAT: Final = metric("repeat_people_supported")
WHO: Final = metric("who_is_supported")
ENHANCED: Final = metric("enhanced_victims")

_COMBINED: Final = replace(ESTIMATED_VICTIMS, key="estimated_victims_any", default_by=())
_NO_VALUE: Final = {
    HIDDEN: f"Hidden to protect people ({HIDDEN}).",
    NOT_AVAILABLE: "No count of people is published for these places.",
}
_FIRMNESS: Final = {"DRAFT": " (DRAFT)", "TRIED": " (tried out, not agreed)"}
_NOTHING: Final = "No assumption is loaded, so nothing is estimated."
_ABUSE: Final = "DA"


@dataclass(frozen=True)
class Asked:
    """What the reader asked for: the places, with and without values tried out, and the group."""

    choice: Choice
    tried: Choice
    group: str

    def about(self, whole: Metric) -> Metric:
        """Return the metric about the chosen priority group alone."""
        return about(whole, "priority_flag", self.group)


def asked(numbers: Numbers, choice: Choice) -> Asked:
    """Show the page's own filter and what is tried out; return what is asked for.

    The months are left to each source: the latest twelve of crime, the latest published twelve
    of people.
    """
    plain = replace(choice, first_month=None, last_month=None, crime_types=())
    tried = replace(plain, assumptions=needs_assumptions.tried(numbers.warehouse))
    group = choose_group("Priority group, for what is shown by district", key="needs_filters")
    filters.show_status(_status(numbers, plain, group))
    needs_assumptions.show_notice(numbers.warehouse, tried)
    return Asked(plain, tried, group)


def _status(numbers: Numbers, choice: Choice, group: str) -> str:
    names = numbers.area_names()
    places = joined([names[code] for code in choice.areas]) or numbers.home_name()
    months = in_words(numbers.result(RECORDED_CRIME, choice).period)
    return (
        f"Showing {places}: estimates for a year, recorded crime of {months}, and by district "
        f"{lowered(PRIORITY_FLAG[group])}."
    )


def answer(numbers: Numbers, choice: Choice) -> str:
    """Say how many are affected, how many do not report, and which groups are missing."""
    tried = replace(choice, assumptions=needs_assumptions.tried(numbers.warehouse))
    kept_as = ("needs answer", tried)
    return kept(numbers.version, kept_as, lambda: _answer(numbers, choice, tried))


def _answer(numbers: Numbers, choice: Choice, tried: Choice) -> str:
    said = (_affected(numbers, tried), _unreported(numbers, tried), _missing(numbers, tried))
    estimated = " ".join(filter(None, said)) or _NOTHING
    return f"{estimated} {_enhanced(numbers, choice)}".strip()


def _affected(numbers: Numbers, choice: Choice) -> str:
    result = numbers.result(_COMBINED, choice)
    (row,) = result.frame.iter_rows(named=True)
    if row["value"] is None:
        return ""
    return (
        f"An estimated {with_range(result, row)} people are affected by domestic abuse, sexual "
        f"assault or stalking in a year{_FIRMNESS.get(row['status'], '')}."
    )


def _unreported(numbers: Numbers, choice: Choice) -> str:
    result = numbers.result(UNREPORTED, choice)
    shares = {row["crime_group"]: row for row in result.frame.iter_rows(named=True)}
    share = shares[_ABUSE]["value"]
    return "" if share is None else f"About {share:.0f}% of domestic abuse is never reported."


def _missing(numbers: Numbers, choice: Choice) -> str:
    result = numbers.result(SHARE_RATIO, choice)
    rows = list(result.frame.iter_rows(named=True))
    few = [
        lowered(result.names[row["priority_flag"]])
        for row in rows
        if row["upper"] is not None and row["upper"] < 1
    ]
    if few:
        return f"Clearly under-represented among referrals: {'; '.join(few)}."
    if all(row["value"] is None for row in rows):
        return ""
    return "No group with an estimate is clearly under-represented among referrals."


def _enhanced(numbers: Numbers, choice: Choice) -> str:
    try:
        share = numbers.result(ENHANCED, choice).frame["value"][0]
    except UnknownChoice:
        return ""
    return "" if share is None else f"Of victims assessed, {share:.0f}% have enhanced rights."


def victims_card(numbers: Numbers, choice: Choice) -> Card:
    """Return the card of people affected, by the surveys' combined measure."""
    return _card(
        "Estimated victims of domestic abuse, sexual assault or stalking",
        numbers.result(_COMBINED, choice),
    )


def group_card(numbers: Numbers, choice: Choice, *, of: Metric) -> Card:
    """Return the card of an estimate about one group."""
    return _card(of.label, numbers.result(of, choice))


def _card(name: str, result: Result) -> Card:
    (row,) = result.frame.iter_rows(named=True)
    if row["value"] is None:
        why = _NO_VALUE.get(row["marker"], "") if row["denominator"] else "No published estimate."
        return Card(name=name, number="Not available", change=why)
    rests = {"AGREED": "Agreed assumptions.", "DRAFT": "Rests on a DRAFT assumption."}
    central, _, spread = with_range(result, row).partition(" ")
    return Card(
        name=name,
        number=central,
        unit="" if central.endswith("%") else "in a year",
        change=f"{spread.strip('()').capitalize() or 'No range'}, low to high. "
        f"{rests.get(row['status'], 'Tried out, not agreed.')} No change or comparison: the rate "
        "is national.",
    )
