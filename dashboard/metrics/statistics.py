"""Limits and control-chart arithmetic: pure functions over numbers and arrays.

Sources: Public Health England, *Technical Guide: Confidence Intervals* (exact Poisson, Byar's,
Wilson); NHS England, *Making Data Count* (control charts).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import gammaincinv, ndtri

from dashboard.metrics.metric import Better

Array = NDArray[np.float64]
Limits = tuple[Array, Array]
Assurance = Literal["consistent_pass", "consistent_fail", "inconsistent"]

FEWEST_FOR_BYARS: Final = 10
"""Below this count the exact Poisson limits are used."""

_LIMIT_FACTOR: Final = 2.66
_SCREEN_FACTOR: Final = 3.267
RUN: Final = 7
"""Months on one side of the average, or in one direction, that chance hardly gives."""


def count_limits(counts: ArrayLike, confidence: float = 0.95) -> Limits:
    """Return lower and upper limits of counts: exact Poisson below 10, Byar's from 10."""
    values = np.asarray(counts, dtype=np.float64)
    lower, upper = byars_limits(np.maximum(values, FEWEST_FOR_BYARS), confidence)
    few = values < FEWEST_FOR_BYARS
    exact_lower, exact_upper = exact_poisson_limits(values[few], confidence)
    return _replaced(lower, few, exact_lower), _replaced(upper, few, exact_upper)


def _replaced(values: Array, where: NDArray[np.bool_], others: Array) -> Array:
    changed = np.array(values)
    changed[where] = others
    return changed


def exact_poisson_limits(counts: ArrayLike, confidence: float = 0.95) -> Limits:
    """Return exact Poisson limits of counts; the lower limit of zero is zero."""
    values = np.asarray(counts, dtype=np.float64)
    tail = (1 - confidence) / 2
    lower = np.asarray(gammaincinv(np.maximum(values, 1), tail), dtype=np.float64)
    upper = np.asarray(gammaincinv(values + 1, 1 - tail), dtype=np.float64)
    return np.where(values > 0, lower, 0.0 * values), upper


def byars_limits(counts: ArrayLike, confidence: float = 0.95) -> Limits:
    """Return Byar's limits of counts of one or more; NaN where the approximation has no lower.

    For very small counts and high confidence the cube turns negative: there is no lower limit.
    """
    values = np.asarray(counts, dtype=np.float64)
    z = _z(confidence)
    below = 1 - 1 / (9 * values) - z / (3 * np.sqrt(values))
    above = values + 1
    lower = np.where(below > 0, values * below**3, np.nan)
    return lower, above * (1 - 1 / (9 * above) + z / (3 * np.sqrt(above))) ** 3


def _z(confidence: float) -> float:
    return float(ndtri(1 - (1 - confidence) / 2))


def wilson_limits(
    numerators: ArrayLike, denominators: ArrayLike, confidence: float = 0.95
) -> Limits:
    """Return Wilson limits of proportions, between 0 and 1; NaN where there is no denominator."""
    count = np.asarray(numerators, dtype=np.float64)
    total = np.asarray(denominators, dtype=np.float64)
    z = _z(confidence)
    with np.errstate(divide="ignore", invalid="ignore"):
        spread = z * np.sqrt(z**2 + 4 * count * (1 - count / total))
        lower = (2 * count + z**2 - spread) / (2 * (total + z**2))
        upper = (2 * count + z**2 + spread) / (2 * (total + z**2))
    return lower, upper


def rate_limits(
    numerators: ArrayLike, denominators: ArrayLike, *, per: float, confidence: float = 0.95
) -> Limits:
    """Return limits of rates, in the unit of `per`; the denominator is taken as known."""
    total = np.asarray(denominators, dtype=np.float64)
    lower, upper = count_limits(numerators, confidence)
    with np.errstate(divide="ignore", invalid="ignore"):
        return per * lower / total, per * upper / total


@dataclass(frozen=True, kw_only=True)
class ControlLimits:
    """An XmR chart's average, its expected range and the two-thirds lines within the range."""

    mean: float
    lower: float
    upper: float
    near_lower: float
    near_upper: float


def control_limits(
    values: Sequence[float | None], *, screen_outliers: bool = True
) -> ControlLimits | None:
    """Return XmR limits: mean plus and minus 2.66 times the mean moving range.

    None marks a missing month: no moving range is taken across it. With `screen_outliers`,
    moving ranges of 3.267 times their mean or more are left out. Returns None when no two
    neighbours are present. Source: NHS England, Making Data Count.
    """
    present = [value for value in values if value is not None]
    ranges = [abs(b - a) for a, b in pairwise(values) if a is not None and b is not None]
    if not ranges:
        return None
    mean, mean_range = _mean(present), _mean(ranges)
    if screen_outliers:
        kept = [each for each in ranges if each < _SCREEN_FACTOR * mean_range]
        mean_range = _mean(kept) if kept else mean_range
    reach = _LIMIT_FACTOR * mean_range
    return ControlLimits(
        mean=mean,
        lower=mean - reach,
        upper=mean + reach,
        near_lower=mean - reach * 2 / 3,
        near_upper=mean + reach * 2 / 3,
    )


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)


def special_causes(
    values: Sequence[float | None], limits: ControlLimits, *, grain: float = 0.0
) -> list[int]:
    """Return 1 (up), -1 (down) or 0 for each point: is it a signal, and which way?

    The rules of Making Data Count: outside the limits, seven on one side of the mean, seven
    rising or falling, two of three near a limit on the same side. `grain`: the step to which
    values were rounded. One no more than half of it from the mean may lie on the mean, and one no
    more than it beyond a limit within, since the limits rest on rounded values as well.
    """
    sides = [_side(value, limits.mean, margin=grain / 2) for value in values]
    near = [_is_near(value, limits) for value in values]
    outside = [_outside(value, limits, margin=grain) for value in values]
    run = part_of_seven(seven_one_side(sides))
    trend = seven_trend(values)
    pair = part_two_in_three(near, sides)
    along = [_direction(trend[index : index + RUN]) for index in range(len(values))]
    return [
        out or (side if in_run else 0) or up_or_down or (side if in_pair else 0)
        for out, side, in_run, up_or_down, in_pair in zip(
            outside, sides, run, along, pair, strict=True
        )
    ]


def _side(value: float | None, mean: float, *, margin: float) -> int:
    return 0 if value is None else (value > mean + margin) - (value < mean - margin)


def _is_near(value: float | None, limits: ControlLimits) -> int:
    return int(value is not None and not limits.near_lower <= value <= limits.near_upper)


def _outside(value: float | None, limits: ControlLimits, *, margin: float) -> int:
    if value is None:
        return 0
    return (value > limits.upper + margin) - (value < limits.lower - margin)


def _direction(trend: Sequence[int]) -> int:
    return next((each for each in trend if each), 0)


def seven_one_side(sides: Sequence[int]) -> list[int]:
    """Return 1 at each point that ends seven on the same side of the mean (0 breaks a run)."""
    windows = (sides[max(0, end - RUN) : end] for end in range(1, len(sides) + 1))
    return [int(abs(sum(window)) == RUN) for window in windows]


def seven_trend(values: Sequence[float | None]) -> list[int]:
    """Return 1 or -1 at each point that ends seven strictly rising or falling, else 0."""
    steps = [0 if a is None or b is None else (b > a) - (b < a) for a, b in pairwise(values)]
    length = RUN - 1
    ends = [sum(steps[max(0, end - length) : end]) for end in range(len(values))]
    return [total // length if abs(total) == length else 0 for total in ends]


def part_of_seven(flags: Sequence[int]) -> list[int]:
    """Return 1 at each point of the seven that a flagged point ends."""
    return [int(any(flags[start : start + RUN])) for start in range(len(flags))]


def two_in_three(near: Sequence[int], sides: Sequence[int]) -> list[int]:
    """Return 1 at each point of three on one side of the mean of which two are near a limit."""
    starts = range(len(near) - 2)
    hits = [int(sum(near[at : at + 3]) >= 2 and abs(sum(sides[at : at + 3])) == 3) for at in starts]
    return [int(any(hits[max(0, at - 2) : at + 1])) for at in range(len(near))]


def part_two_in_three(near: Sequence[int], sides: Sequence[int]) -> list[int]:
    """Return 1 at each point near a limit that is part of two in three."""
    return [int(a and b) for a, b in zip(two_in_three(near, sides), near, strict=True)]


def assurance(limits: ControlLimits, *, target: float, better: Better) -> Assurance | None:
    """Return whether the process will meet its target; None when no direction is better."""
    if better == "context":
        return None
    if limits.lower <= target <= limits.upper:
        return "inconsistent"
    is_above = limits.lower > target
    return "consistent_pass" if is_above == (better == "higher") else "consistent_fail"


def funnel_proportion_limits(denominators: ArrayLike, baseline: float, confidence: float) -> Limits:
    """Return the band around a proportion (0 to 1) by denominator: the plain normal one, clipped.

    Source: Public Health England's funnel plot for proportions.
    """
    total = np.asarray(denominators, dtype=np.float64)
    reach = _z(confidence) * np.sqrt(baseline * (1 - baseline) / total)
    return np.clip(baseline - reach, 0, 1), np.clip(baseline + reach, 0, 1)


def funnel_ratio_limits(expected: ArrayLike, confidence: float, target: float = 1.0) -> Limits:
    """Return the exact Poisson band around a ratio of observed to expected events."""
    events = np.asarray(expected, dtype=np.float64)
    lower, upper = exact_poisson_limits(events, confidence)
    return target * lower / events, target * upper / events


def funnel_expected_events(observed: ArrayLike, confidence: float) -> Limits:
    """Return the expected events at which an observed count lies on the upper and lower limit."""
    return exact_poisson_limits(observed, confidence)


def funnel_rate_limits(
    denominators: ArrayLike, baseline: float, *, per: float, confidence: float
) -> Limits:
    """Return the exact Poisson band around a baseline rate, in the unit of `per`."""
    expected = baseline / per * np.asarray(denominators, dtype=np.float64)
    lower, upper = funnel_ratio_limits(expected, confidence)
    return baseline * lower, baseline * upper
