"""Which series have really changed: control-chart rules on the latest months."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import sqrt
from typing import Final, Literal

import polars as pl

from dashboard.metrics.crime import ANTISOCIAL_BEHAVIOUR, RECORDED_CRIME
from dashboard.metrics.evaluate import evaluate
from dashboard.metrics.metric import Choice, Metric
from dashboard.metrics.period import Step, add_months, resolve_period
from dashboard.metrics.places import home_force, names_of
from dashboard.metrics.statistics import (
    RUN,
    Assurance,
    ControlLimits,
    assurance,
    control_limits,
    seven_trend,
    special_causes,
)
from dashboard.warehouse import Warehouse
from schemas import codes

Kind = Literal["none", "concern", "improving", "change", "unknown"]
Values = Sequence[float | None]

MONTHS_READ: Final = 36
FEWEST_MONTHS: Final = 12
FEWEST_A_MONTH: Final = 5
"""Below this average a count runs too near zero for a control chart."""

_ALL: Final = "Recorded crime"
_LABELS: Final = {codes.ANTISOCIAL_BEHAVIOUR: "Antisocial behaviour"}
_NUMBERS: Final = {7: "seven", 8: "eight", 9: "nine", 10: "ten", 11: "eleven", 12: "twelve"}


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """What the rules say of a series' latest month: `words` for a card, `reason` for a sentence.

    `direction` is 1 for up, -1 for down, 0 for no signal; `strength` orders signals. `outlook`
    says whether the metric's target will reliably be met; None without a target or a verdict.
    """

    kind: Kind
    words: str
    reason: str = ""
    direction: int = 0
    strength: float = 0.0
    outlook: Assurance | None = None


@dataclass(frozen=True, kw_only=True)
class Signal:
    """A series whose latest month is a signal, with the choice that opens it on a page."""

    metric: Metric
    area_code: str
    area_name: str
    crime_type: str
    verdict: Verdict
    sentence: str
    choice: Choice


@dataclass(frozen=True, kw_only=True)
class Scan:
    """Signals, strongest first, and how many series were looked at or were too small for it."""

    signals: tuple[Signal, ...]
    charts_scanned: int
    charts_too_small: int


def verdict(metric: Metric, values: Values, *, step: Step = "month") -> Verdict:
    """Return what the latest 36 of these values, one a month or quarter, say; None is missing.

    A metric that is neither better high nor low is only said to rise or fall.
    """
    latest = list(values)[-MONTHS_READ:]
    limits = control_limits(latest)
    held = sum(value is not None for value in latest)
    if limits is None or held < FEWEST_MONTHS or latest[-1] is None:
        return Verdict(kind="unknown", words=f"too few {step}s to say")
    # No rule looks further back than seven months.
    direction = special_causes(latest[-RUN:], limits)[-1]
    outlook = _outlook(metric, limits)
    if direction == 0:
        return Verdict(kind="none", words="no real change", outlook=outlook)
    kind, words = _judged(metric, direction)
    return Verdict(
        kind=kind,
        words=words,
        reason=_reason(latest, limits, direction, step=step),
        direction=direction,
        strength=_strength(latest, limits),
        outlook=outlook,
    )


def _outlook(metric: Metric, limits: ControlLimits) -> Assurance | None:
    if metric.target is None:
        return None
    return assurance(limits, target=metric.target, better=metric.better)


def _judged(metric: Metric, direction: int) -> tuple[Kind, str]:
    way = "rising" if direction > 0 else "falling"
    if metric.better == "context":
        return "change", way
    if (direction > 0) == (metric.better == "higher"):
        return "improving", "improving"
    return "concern", f"concern: {way}"


def _reason(values: Values, limits: ControlLimits, direction: int, *, step: Step) -> str:
    side = "above" if direction > 0 else "below"
    run = _run_length(values, limits.mean)
    last = values[-1] or 0.0
    if run >= RUN:
        return f"{_NUMBERS.get(run, run)} {step}s {side} its average"
    if not limits.lower <= last <= limits.upper:
        low, high = max(limits.lower, 0.0), limits.upper
        return f"{last:,.0f} in the latest {step}, {side} the expected {low:,.0f} to {high:,.0f}"
    if seven_trend(values)[-1]:
        return f"seven {step}s {'rising' if direction > 0 else 'falling'} in a row"
    end = "top" if direction > 0 else "bottom"
    return f"two of the last three {step}s near the {end} of the expected range"


def _run_length(values: Values, mean: float) -> int:
    last = values[-1]
    length = 0
    for value in reversed(values):
        if value is None or last is None or (value - mean) * (last - mean) <= 0:
            break
        length += 1
    return length


def _strength(values: Values, limits: ControlLimits) -> float:
    """Return the larger of the last month's and the run's distance, in standard deviations."""
    sigma = (limits.upper - limits.mean) / 3
    run = max(_run_length(values, limits.mean), 1)
    tail = [value for value in values[-run:] if value is not None]
    if sigma == 0:
        return 0.0
    along_run = abs(sum(tail) / len(tail) - limits.mean) * sqrt(len(tail))
    return max(abs(tail[-1] - limits.mean), along_run) / sigma


def scan(choice: Choice, warehouse: Warehouse) -> Scan:
    """Return the signals among districts and the whole force, by crime type and in total.

    Reads the 36 months up to the end of the chosen period. Whole-force series are read only
    when no area is chosen, totals of crime only when no crime type is.
    """
    series = _series(choice, warehouse)
    names = series.names
    large = {key: values for key, values in series.values.items() if _is_large(values)}
    found = [
        _signal(choice, area, crime_type, said, names)
        for (area, crime_type), values in large.items()
        if (said := verdict(_metric(crime_type), values)).direction
    ]
    return Scan(
        signals=tuple(sorted(found, key=lambda each: (-each.verdict.strength, each.sentence))),
        charts_scanned=len(large),
        charts_too_small=len(series.values) - len(large),
    )


@dataclass(frozen=True)
class _Series:
    """Monthly counts by area and crime type, oldest first, with the areas' names."""

    values: Mapping[tuple[str, str], Values]
    names: Mapping[str, str]


def _series(choice: Choice, warehouse: Warehouse) -> _Series:
    last = resolve_period(choice, warehouse).last_month
    window = choice.during(add_months(last, 1 - MONTHS_READ), last)
    every_row = replace(RECORDED_CRIME, rows="any")
    by = ("month", "area_code", "crime_type")
    result = evaluate(every_row, window, warehouse=warehouse, by=by)
    force = "" if choice.areas else home_force(warehouse)
    return _Series(
        _monthly(result.frame, force=force, has_totals=not choice.crime_types),
        {**result.names, **names_of([force], warehouse)},
    )


def _monthly(
    frame: pl.DataFrame, *, force: str, has_totals: bool
) -> dict[tuple[str, str], list[int | None]]:
    """Return monthly counts by district and type, with totals of crime and of the force."""
    rows = frame.select("month", "area_code", "crime_type", "numerator")
    series = [rows.filter(~pl.col("area_code").is_in(list(codes.SPECIAL_AREA_NAMES)))]
    if force:
        series.append(rows.with_columns(area_code=pl.lit(force)))
    if has_totals:
        is_crime = pl.col("crime_type") != codes.ANTISOCIAL_BEHAVIOUR
        series += [each.filter(is_crime).with_columns(crime_type=pl.lit(_ALL)) for each in series]
    # A month that is missing for one row is missing for all, and so has no total.
    total = pl.when(pl.col("numerator").null_count() == 0).then(pl.col("numerator").sum())
    months = pl.concat(series).group_by("area_code", "crime_type", "month").agg(total)
    lists = months.sort("month").group_by("area_code", "crime_type").agg("numerator")
    return {(area, crime_type): counts for area, crime_type, counts in lists.iter_rows()}


def _is_large(values: Values) -> bool:
    present = [value for value in values if value is not None]
    return bool(present) and sum(present) / len(present) >= FEWEST_A_MONTH


def _metric(crime_type: str) -> Metric:
    return ANTISOCIAL_BEHAVIOUR if crime_type == codes.ANTISOCIAL_BEHAVIOUR else RECORDED_CRIME


def _signal(
    choice: Choice, area: str, crime_type: str, said: Verdict, names: Mapping[str, str]
) -> Signal:
    label = _LABELS.get(crime_type, crime_type)
    is_single = crime_type in codes.CRIME_TYPES
    return Signal(
        metric=_metric(crime_type),
        area_code=area,
        area_name=names[area],
        crime_type=label,
        verdict=said,
        sentence=f"{label}, {names[area]}: {said.reason}",
        choice=replace(choice, areas=(area,), crime_types=(crime_type,) if is_single else ()),
    )
