"""What a figure is held against: last year, the period before, the force, similar forces."""

from dataclasses import dataclass, replace
from typing import Final

import polars as pl

from dashboard.errors import UnknownChoice
from dashboard.metrics.bounds import bounds_as_words
from dashboard.metrics.evaluate import evaluate
from dashboard.metrics.metric import Choice, Metric, Period, Result
from dashboard.metrics.metric import Comparison as Versus
from dashboard.metrics.months import months_of
from dashboard.metrics.period import (
    add_months,
    months_in_words,
    named_period,
    previous_period,
    same_period_last_year,
)
from dashboard.metrics.places import home_force
from dashboard.metrics.rows import BY_SMALL_AREA
from dashboard.metrics.written import written
from dashboard.warehouse import Warehouse

SMALLEST_BASE: Final = 50
"""Below this count before, a percentage says more than the counts can bear."""

_WORDS: Final = {
    "same_period_last_year": "the same period last year",
    "previous_period": "the period before",
    "force_average": "the force average",
    "similar_forces": "similar forces",
}


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """A figure beside the one it is held against, in the metric's unit.

    `change` is now less before; `percent` is None for shares and where the base is under 50.
    `words` is a whole sentence; when not `available` it says why.
    """

    now: float | None
    before: float | None
    change: float | None
    percent: float | None
    words: str
    available: bool


def compare(metric: Metric, choice: Choice, *, warehouse: Warehouse) -> Comparison:
    """Return the metric for this choice held against what `choice.compare_with` names.

    Not available, with the reason in words, when months are missing on either side, when a
    count is held against another place, when the whole force is held against itself, or when
    the other period is not published.
    """
    now = evaluate_whole(metric, choice, warehouse)
    reason = _no_sense(metric, choice, warehouse)
    if reason:
        return _unavailable(now, reason)
    try:
        before = evaluate_whole(metric, _other(choice, now.period, warehouse), warehouse)
    except UnknownChoice as refusal:
        return _unavailable(now, f"No comparison. {refusal}")
    return held_against(now, before, words=_WORDS[choice.compare_with])


def change_on_previous_twelve_months(
    metric: Metric, choice: Choice, *, warehouse: Warehouse
) -> Comparison:
    """Return the latest twelve months held against the twelve before (OV03)."""
    latest = months_of(metric, warehouse)[-1]
    now = choice.during(add_months(latest, -11), latest)
    return compare(metric, replace(now, compare_with="previous_period"), warehouse=warehouse)


def change_on_same_quarter(metric: Metric, choice: Choice, *, warehouse: Warehouse) -> Comparison:
    """Return the latest whole quarter held against the same quarter last year (OV04)."""
    quarter = named_period("latest_quarter", warehouse, months_of(metric, warehouse))
    now = choice.during(quarter.first_month, quarter.last_month)
    return compare(metric, replace(now, compare_with="same_period_last_year"), warehouse=warehouse)


def evaluate_whole(metric: Metric, choice: Choice, warehouse: Warehouse) -> Result:
    """Return the metric as one figure, whatever its usual breakdown; a bound is no figure."""
    return bounds_as_words(evaluate(replace(metric, default_by=()), choice, warehouse=warehouse))


def held_against(now: Result, before: Result, *, words: str) -> Comparison:
    """Return two one-figure results side by side; `words` name the second."""
    missing = _missing(now, before)
    if missing:
        return _unavailable(now, missing)
    value, base = _value(now), _value(before)
    if value is None or base is None:
        return _unavailable(now, "There is no figure to compare.")
    change = value - base
    percent = _percent(before, change, base)
    return Comparison(
        now=value,
        before=base,
        change=change,
        percent=percent,
        words=_sentence(now.metric, value, base, percent=percent, words=words),
        available=True,
    )


def _no_sense(metric: Metric, choice: Choice, warehouse: Warehouse) -> str:
    reason = _not_held(metric, choice.compare_with)
    if reason or choice.compare_with in ("same_period_last_year", "previous_period"):
        return reason
    if metric.kind in ("count", "amount"):
        said = f"are not held against {_WORDS[choice.compare_with]}"
        return f"Totals {said}." if metric.kind == "amount" else f"Counts {said}; see the rate."
    if choice.compare_with == "force_average":
        is_whole = set(choice.areas) <= {home_force(warehouse)}
        return "This is the whole force, which is its own average." if is_whole else ""
    if metric.query in BY_SMALL_AREA:
        return "Other forces are held as a whole, not by rural and urban areas."
    return "" if _similar(warehouse) else "No similar force is loaded."


def _not_held(metric: Metric, versus: Versus) -> str:
    """Return why the source of a metric holds nothing of the kind; empty where it may."""
    if metric.kind == "estimate":
        return "Estimates take one national rate, which gives neither change nor difference."
    if metric.way == "contracts":
        return "The directory is held as it stands now."
    if metric.way == "reach" and versus != "force_average":
        return "The directory is held as it stands now, for the home force only."
    if metric.way in ("protected", "rural_support") and versus == "similar_forces":
        return "Figures about people are held for the home force only."
    if metric.way == "fraud" and versus == "force_average":
        return "Reports of fraud are held for whole forces only."
    return ""


def _other(choice: Choice, period: Period, warehouse: Warehouse) -> Choice:
    if choice.compare_with == "force_average":
        return replace(choice.during(period.first_month, period.last_month), areas=())
    if choice.compare_with == "similar_forces":
        same_months = choice.during(period.first_month, period.last_month)
        return replace(same_months, areas=_similar(warehouse))
    is_year = choice.compare_with == "same_period_last_year"
    other = same_period_last_year(period) if is_year else previous_period(period)
    return choice.during(other.first_month, other.last_month)


def _similar(warehouse: Warehouse) -> tuple[str, ...]:
    held = warehouse.table("meta_coverage")["force_code"].unique().to_list()
    similar = warehouse.table("dim_area").filter(
        pl.col("is_similar") & pl.col("area_code").is_in(held) & ~pl.col("is_home")
    )
    return tuple(similar["area_code"])


def _missing(now: Result, before: Result) -> str:
    months = tuple(sorted({*now.period.missing, *before.period.missing}))
    return f"No comparison: {months_in_words(months)} not supplied." if months else ""


def _unavailable(now: Result, reason: str) -> Comparison:
    return Comparison(
        now=_value(now), before=None, change=None, percent=None, words=reason, available=False
    )


def _value(result: Result) -> float | None:
    value = result.frame["value"][0]
    return None if value is None else float(value)


def _percent(before: Result, change: float, base: float) -> float | None:
    if before.metric.kind in ("proportion", "wait") or before.frame["numerator"][0] < SMALLEST_BASE:
        return None
    return 100 * change / base


def _sentence(
    metric: Metric, now: float, before: float, *, percent: float | None, words: str
) -> str:
    figures = f"{written(metric, now)} against {written(metric, before)}"
    if written(metric, now) == written(metric, before):
        return f"Much the same as {words} ({figures})."
    is_place = words in (_WORDS["force_average"], _WORDS["similar_forces"])
    size = _size(metric, now - before, percent)
    is_few = percent is None and metric.kind not in ("proportion", "wait")
    hint = "; too few for a percentage" if is_few else ""
    if is_place:
        return f"{size} {'above' if now > before else 'below'} {words} ({figures}){hint}."
    return f"{'Up' if now > before else 'Down'} {size} on {words} ({figures}){hint}."


def _size(metric: Metric, change: float, percent: float | None) -> str:
    if percent is not None:
        # Counts of people are rounded, and do not bear a decimal.
        return f"{abs(percent):.{0 if metric.way == 'protected' else 1}f}%"
    if metric.kind == "wait":
        days = written(metric, abs(change))
        return f"{days} {metric.unit.removesuffix('s') if days == '1' else metric.unit}"
    if metric.kind == "proportion":
        points = f"{abs(change):.{metric.decimals}f}"
        return f"{points} percentage point{'s' * (points != '1')}"
    return written(metric, abs(change))
