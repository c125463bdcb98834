"""Two-step floating catchments: how the capacity of sites spreads over the people within reach.

Each site divides its capacity among the need within its reach, the near counting for more; each
place adds up what it gets from the sites it reaches. With weights of 0 and 1 it is the plain form
(Luo and Wang 2003), with weights by distance the enhanced one (Luo and Qi 2009).
"""

import numpy as np
from numpy.typing import ArrayLike

from dashboard.metrics.statistics import Array


def access(need: ArrayLike, capacity: ArrayLike, weights: ArrayLike) -> Array:
    """Return the capacity for each unit of need, one value per place; NaN with no site in reach.

    `need` is by place, `capacity` by site, `weights` by place (row) and site (column): 0 where
    the site is out of reach. A site with no need within its reach is within nobody's.
    """
    weight = np.asarray(weights, dtype=np.float64)
    demand = _demand(need, weight)
    found = weight @ _over(np.asarray(capacity, dtype=np.float64), demand)
    return np.where((weight[:, demand > 0] > 0).any(axis=1), found, np.nan)


def shares(need: ArrayLike, weights: ArrayLike) -> Array:
    """Return the part of each site's capacity (column) that goes to each place (row).

    A column adds up to 1, or is all zeros where there is no need within the site's reach.
    """
    weight = np.asarray(weights, dtype=np.float64)
    wanted = weight * np.asarray(need, dtype=np.float64)[:, None]
    return _over(wanted, wanted.sum(axis=0))


def gaussian(distance: ArrayLike, width: float) -> Array:
    """Return weights that fall from 1 as a bell does; `width` is in the unit of the distance."""
    return np.asarray(np.exp(-((np.asarray(distance, dtype=np.float64) / width) ** 2) / 2))


def _demand(need: ArrayLike, weight: Array) -> Array:
    return np.asarray(need, dtype=np.float64) @ weight


def _over(above: Array, below: Array) -> Array:
    """Divide; zero where there is nothing below."""
    return np.divide(above, below, out=np.zeros(np.broadcast(above, below).shape), where=below > 0)
