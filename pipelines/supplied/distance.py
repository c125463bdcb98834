"""How far a place is from the force area, in a straight line."""

import math
from functools import cache
from typing import Final

import numpy as np
import numpy.typing as npt
import polars as pl

from pipelines.reference import load_reference

_KM_PER_DEGREE: Final = 111.32
_Ring = npt.NDArray[np.float64]


def km_to_force_area(latitude: pl.Series, longitude: pl.Series) -> pl.Series:
    """Return the kilometres to the nearest point of a district's outline, 0 within a district.

    Null where either coordinate is missing. The outlines have a point every kilometre or so, and
    the answer is as exact as that.
    """
    places = zip(longitude, latitude, strict=True)
    km = [None if None in place else _km(*place) for place in places]
    return pl.Series("km", km, dtype=pl.Float64)


def _km(longitude: float, latitude: float) -> float:
    rings = _rings()
    if any(_is_within(longitude, latitude, ring) for ring in rings):
        return 0.0
    return min(_km_to(longitude, latitude, ring) for ring in rings)


@cache
def _rings() -> tuple[_Ring, ...]:
    """Return each home district's outline as points of longitude and latitude."""
    outlines = load_reference().outlines.sort("area_code", "vertex")
    return tuple(
        part.select("longitude", "latitude").to_numpy()
        for part in outlines.partition_by("area_code")
    )


def _is_within(longitude: float, latitude: float, ring: _Ring) -> bool:
    """Return whether a line to the east crosses the outline an odd number of times."""
    x, y = ring[:, 0], ring[:, 1]
    next_x, next_y = np.roll(x, -1), np.roll(y, -1)
    spans = (y > latitude) != (next_y > latitude)
    rise = np.where(spans, next_y - y, 1.0)
    crossing = x + (latitude - y) / rise * (next_x - x)
    return bool(np.count_nonzero(spans & (crossing > longitude)) % 2)


def _km_to(longitude: float, latitude: float, ring: _Ring) -> float:
    east = (ring[:, 0] - longitude) * math.cos(math.radians(latitude))
    return float(np.hypot(east, ring[:, 1] - latitude).min() * _KM_PER_DEGREE)
