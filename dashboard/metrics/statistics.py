"""Limits and control-chart arithmetic: pure functions over numbers and arrays.

Sources: Public Health England, *Technical Guide: Confidence Intervals* (exact Poisson, Byar's,
Wilson); NHS England, *Making Data Count* (control charts).
"""

from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import gammaincinv, ndtri

Array = NDArray[np.float64]
Limits = tuple[Array, Array]

FEWEST_FOR_BYARS: Final = 10
"""Below this count the exact Poisson limits are used."""


def count_limits(counts: ArrayLike, confidence: float = 0.95) -> Limits:
    """Return lower and upper limits of counts: exact Poisson below 10, Byar's from 10."""
    values = np.asarray(counts, dtype=np.float64)
    exact = exact_poisson_limits(values, confidence)
    byars = byars_limits(np.maximum(values, FEWEST_FOR_BYARS), confidence)
    few = values < FEWEST_FOR_BYARS
    return np.where(few, exact[0], byars[0]), np.where(few, exact[1], byars[1])


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
    z = ndtri(1 - (1 - confidence) / 2)
    below = 1 - 1 / (9 * values) - z / (3 * np.sqrt(values))
    above = values + 1
    lower = np.where(below > 0, values * below**3, np.nan)
    return lower, above * (1 - 1 / (9 * above) + z / (3 * np.sqrt(above))) ** 3


def wilson_limits(
    numerators: ArrayLike, denominators: ArrayLike, confidence: float = 0.95
) -> Limits:
    """Return Wilson limits of proportions, between 0 and 1; NaN where there is no denominator."""
    count = np.asarray(numerators, dtype=np.float64)
    total = np.asarray(denominators, dtype=np.float64)
    z = ndtri(1 - (1 - confidence) / 2)
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
