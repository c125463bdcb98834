"""The measures that every service is held to, and how their figures are written."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any, Final

from dashboard.charts.capacity import reading
from dashboard.charts.improved import SAFE_PAIRING
from dashboard.errors import UnknownChoice
from dashboard.metrics.metric import Choice, Metric
from dashboard.metrics.outcome import BETTER_AT_EXIT, PAIRED
from dashboard.metrics.people import PEOPLE_SUPPORTED, RETURNED_NEW
from dashboard.metrics.provider import COST_PER_IMPROVED, COST_PER_PERSON, USE_OF_CAPACITY
from dashboard.metrics.referral import LED_TO_SUPPORT
from dashboard.metrics.waiting import (
    ACCEPTANCE_TO_START,
    CONTACTED_IN_TIME,
    REFERRAL_TO_CONTACT,
    REFERRAL_TO_CONTACT_90TH,
    WAITING,
)
from dashboard.ui.journey import month_end
from dashboard.ui.numbers import Numbers

_UNSAFE: Final = "unsafe"


@dataclass(frozen=True)
class Measure:
    """One measure of the framework: its heading, its metric, how its figures are written."""

    heading: str
    metric: Metric
    form: str = "{:,.0f}"


FRAMEWORK: Final = (
    Measure("People newly supported", PEOPLE_SUPPORTED),
    Measure("The same as returned", RETURNED_NEW),
    Measure("Referrals that led to support", LED_TO_SUPPORT, "{:.0f}%"),
    Measure("Wait to first contact, median days", REFERRAL_TO_CONTACT),
    Measure("Wait to first contact, 90th percentile", REFERRAL_TO_CONTACT_90TH),
    Measure("Contact in the contract's time", CONTACTED_IN_TIME, "{:.0f}%"),
    Measure("Wait from acceptance, median days", ACCEPTANCE_TO_START),
    Measure("People waiting at the end", WAITING),
    Measure("Use of capacity", USE_OF_CAPACITY, "{:.0f}%"),
    Measure("Scores paired", PAIRED, "{:.0f}%"),
    Measure("Better at exit", BETTER_AT_EXIT, "{:.0f}%"),
    Measure("Pounds a person newly supported", COST_PER_PERSON),
    Measure("Pounds an improved outcome", COST_PER_IMPROVED),
)

Figures = Mapping[str, Mapping[str, Mapping[str, Any]]]
"""Key of a metric → service → its row."""


def figures_of(numbers: Numbers, choice: Choice) -> Figures:
    """Return the rows by service of each measure; none where nothing is published."""
    end = month_end(numbers, choice)
    return {
        each.metric.key: _rows(numbers, each.metric, end if each.metric is WAITING else choice)
        for each in FRAMEWORK
    }


def _rows(numbers: Numbers, metric: Metric, choice: Choice) -> Mapping[str, Mapping[str, Any]]:
    try:
        result = numbers.result(metric, choice, ("service_id",))
    except UnknownChoice:
        return {}
    asked = (choice.first_month, choice.last_month)
    if metric.way == "protected" and asked != (result.period.first_month, result.period.last_month):
        # What stands in for other months would be read as if it were of these.
        return {}
    return {row["service_id"]: row for row in result.frame.iter_rows(named=True)}


def said(measure: Measure, figures: Figures, service_id: str) -> str | None:
    """Return a figure of a service in words, or its marker; None where nothing is published."""
    row = figures[measure.metric.key].get(service_id)
    if row is None:
        return None
    if row["value"] is None:
        return str(row["marker"])
    said = measure.form.format(row["value"])
    if measure.metric is USE_OF_CAPACITY:
        return f"{said}, {reading(row['value'])} the band"
    if measure.metric is BETTER_AT_EXIT and not _is_safe(figures, service_id):
        return f"{said}, {_UNSAFE}"
    return said


def _is_safe(figures: Figures, service_id: str) -> bool:
    paired = figures[PAIRED.key].get(service_id)
    return bool(paired and paired["value"] is not None and paired["value"] >= SAFE_PAIRING)


def middle(measure: Measure, figures: Figures, every: Sequence[str]) -> str | None:
    """Return the middle of the services shown: half lie above it, half below."""
    rows = figures[measure.metric.key]
    held = [rows[each]["value"] for each in every if each in rows]
    values = [value for value in held if value is not None]
    return measure.form.format(median(values)) if values else None
