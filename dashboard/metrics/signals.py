"""What the control chart of a series says of its latest month or quarter, and of its target."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import sqrt
from typing import Final, Literal

from scipy.special import stdtr

from dashboard.metrics.as_counted import step_of
from dashboard.metrics.metric import Kind, Metric
from dashboard.metrics.period import Step
from dashboard.metrics.statistics import (
    RUN,
    Assurance,
    ControlLimits,
    assurance,
    control_limits,
    seven_trend,
    special_causes,
)
from dashboard.metrics.written import usual_range, written

Reading = Literal["none", "concern", "improving", "change", "unknown"]
Values = Sequence[float | None]

MONTHS_READ: Final = 36
FEWEST_MONTHS: Final = 12
ONE_STEADY_IN: Final = 50
"""About one series in so many shows a signal in its latest point although nothing changes."""

_FREEDOM: Final = 0.5
"""Degrees of freedom that a moving range is worth: neighbours share a point, large ones are left
out. On the safe side: held against simulated series in which nothing changes."""

_GRAIN: Final[Mapping[Kind, float]] = {"count": 5.0, "proportion": 1.0, "wait": 1.0}
"""To how much figures about people are rounded: counts, percentages, working days."""

_NUMBERS: Final = {7: "seven", 8: "eight", 9: "nine", 10: "ten", 11: "eleven", 12: "twelve"}


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """What the rules say of a series' latest month: `words` for a card, `reason` for a sentence.

    `direction` is 1 for up, -1 for down, 0 for no signal; `chance` is about how likely a series
    in which nothing changes is to stand out so much. `outlook` says whether the metric's target
    will reliably be met; None without a target or a verdict.
    """

    kind: Reading
    words: str
    reason: str = ""
    direction: int = 0
    chance: float = 1.0
    outlook: Assurance | None = None


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
    direction = special_causes(latest[-RUN:], limits, grain=step_of(metric))[-1]
    outlook = _outlook(metric, limits)
    if direction == 0:
        return Verdict(kind="none", words="no real change", outlook=outlook)
    kind, words = _judged(metric, direction)
    return Verdict(
        kind=kind,
        words=words,
        reason=_reason(metric, latest, limits, direction, step=step),
        direction=direction,
        chance=_chance(metric, latest, limits),
        outlook=outlook,
    )


def _outlook(metric: Metric, limits: ControlLimits) -> Assurance | None:
    if metric.target is None:
        return None
    return assurance(limits, target=metric.target, better=metric.better)


def _judged(metric: Metric, direction: int) -> tuple[Reading, str]:
    way = "rising" if direction > 0 else "falling"
    if metric.better == "context":
        return "change", way
    if (direction > 0) == (metric.better == "higher"):
        return "improving", "improving"
    return "concern", f"concern: {way}"


def _reason(
    metric: Metric, values: Values, limits: ControlLimits, direction: int, *, step: Step
) -> str:
    side = "above" if direction > 0 else "below"
    run = _run_length(metric, values, limits.mean)
    last = values[-1] or 0.0
    if run >= RUN:
        return f"{_NUMBERS.get(run, run)} {step}s {side} its average"
    if not limits.lower <= last <= limits.upper:
        low, high = _told_apart(metric, last, usual_range(metric, limits))
        usual = f"the usual {low}" if low == high else f"the expected {low} to {high}"
        unit = f" {metric.unit}" if metric.kind == "wait" else ""
        return f"{written(metric, last)}{unit} in the latest {step}, {side} {usual}"
    if seven_trend(values)[-1]:
        return f"seven {step}s {'rising' if direction > 0 else 'falling'} in a row"
    end = "top" if direction > 0 else "bottom"
    return f"two of the last three {step}s near the {end} of the expected range"


def _told_apart(metric: Metric, last: float, usual: tuple[float, float]) -> tuple[str, str]:
    """Return the usual range in as many digits as it takes to tell it from the value shown."""
    shown = round(last, metric.decimals)
    for places in range(metric.decimals, metric.decimals + 3):
        if shown not in (round(each, places) for each in usual):
            break
    low, high = (written(replace(metric, decimals=places), each) for each in usual)
    return low, high


def _run_length(metric: Metric, values: Values, mean: float) -> int:
    last, margin = values[-1], step_of(metric) / 2
    length = 0
    for value in reversed(values):
        if value is None or last is None or (value - mean) * (last - mean) <= 0:
            break
        if abs(value - mean) <= margin:
            break
        length += 1
    return length


def _chance(metric: Metric, values: Values, limits: ControlLimits) -> float:
    """Return about how likely a steady series is to lie as far from its average as this one.

    Taken is the larger distance of two, that of the last point and that of the run that it ends,
    in standard deviations. Those rest on few moving ranges, so that the distance follows a t
    distribution; four tails are two sides of two distances.
    """
    held = [value for value in values if value is not None]
    spread = max((limits.upper - limits.mean) / 3, _least_spread(metric, limits.mean))
    run = max(_run_length(metric, values, limits.mean), 1)
    tail = [value for value in values[-run:] if value is not None]
    along_run = abs(sum(tail) / len(tail) - limits.mean) * sqrt(len(tail))
    distance = max(abs(tail[-1] - limits.mean), along_run) / spread if spread else 0.0
    return min(1.0, 4 * float(stdtr(_FREEDOM * (len(held) - 1), -distance)))


def _least_spread(metric: Metric, mean: float) -> float:
    """Return the spread that counting and rounding alone give a series."""
    grain = _GRAIN.get(metric.kind, 0.0) if metric.way == "protected" else 0.0
    counting = sqrt(mean) if metric.kind == "count" else 0.0
    return max(grain / sqrt(12), counting)
