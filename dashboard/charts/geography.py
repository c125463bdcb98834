"""Geometry of outlines: rings of longitude and latitude in degrees."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Point = tuple[float, float]


def centre(points: Sequence[Point]) -> Point:
    """Return the middle of the box around some points."""
    west, south = np.min(points, axis=0)
    east, north = np.max(points, axis=0)
    return float(west + east) / 2, float(south + north) / 2


def inner_point(ring: Sequence[Point]) -> Point:
    """Return a point well inside a ring: the middle of its widest stretch near mid-height.

    A centroid can lie outside a hollow shape; this point cannot.
    """
    outline = np.array(ring)
    south, north = outline[:, 1].min(), outline[:, 1].max()
    levels = south + (north - south) * np.array([0.42, 0.46, 0.5, 0.54, 0.58])
    west, east, level = max(
        (stretch for level in levels for stretch in _stretches(outline, float(level))),
        key=lambda stretch: stretch[1] - stretch[0],
    )
    return (west + east) / 2, level


def _stretches(outline: NDArray[np.float64], level: float) -> list[tuple[float, float, float]]:
    """The parts of a horizontal line that lie inside the ring, as west, east and level."""
    start, end = outline, np.roll(outline, -1, axis=0)
    crosses = (start[:, 1] > level) != (end[:, 1] > level)
    one, other = start[crosses], end[crosses]
    share = (level - one[:, 1]) / (other[:, 1] - one[:, 1])
    cuts = np.sort(one[:, 0] + share * (other[:, 0] - one[:, 0]))
    return [(float(a), float(b), level) for a, b in zip(cuts[::2], cuts[1::2], strict=True)]
