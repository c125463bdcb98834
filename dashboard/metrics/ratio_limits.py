"""Limits of the ratio of two rates: exact, given how many events there were in all.

Given their sum, the first of two Poisson counts is binomial, and its share says how the two rates
compare. Source: E. L. Lehmann, *Testing Statistical Hypotheses*; the same as R's `poisson.test`.
"""

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import betaincinv

from dashboard.metrics.statistics import Array, Limits


def ratio_limits(
    counts: tuple[ArrayLike, ArrayLike],
    bases: tuple[ArrayLike, ArrayLike],
    confidence: float = 0.95,
) -> Limits:
    """Return limits of the first rate over the second; each rate is a count over its known base.

    The lower limit is 0 where the first count is, the upper is NaN where the second is 0: then
    no ratio is too large.
    """
    first, second = (np.asarray(each, dtype=np.float64) for each in counts)
    base, other_base = (np.asarray(each, dtype=np.float64) for each in bases)
    tail = (1 - confidence) / 2
    with np.errstate(divide="ignore", invalid="ignore"):
        scale = other_base / base
        low = np.where(first == 0, 0.0, _odds(_share(first, second + 1, tail)))
        high = np.where(second == 0, np.nan, _odds(_share(first + 1, second, 1 - tail)))
    return low * scale, high * scale


def _odds(share: Array) -> Array:
    return share / (1 - share)


def _share(first: Array, second: Array, tail: float) -> Array:
    return np.asarray(betaincinv(first, second, tail), dtype=np.float64)
