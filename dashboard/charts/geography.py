"""Geometry of outlines: rings of longitude and latitude in degrees."""

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

Point = tuple[float, float]


def centre(points: Sequence[Point]) -> Point:
    """Return the middle of the box around some points."""
    west, south = np.min(points, axis=0)
    east, north = np.max(points, axis=0)
    return float(west + east) / 2, float(south + north) / 2


def every_point(areas: Iterable[Sequence[Sequence[Point]]]) -> list[Point]:
    """Return the points of all rings of some areas."""
    return [point for rings in areas for ring in rings for point in ring]


def inner_point(rings: Sequence[Sequence[Point]]) -> Point:
    """Return a point well inside an area: the middle of its widest stretch near mid-height.

    A centroid can lie outside a hollow shape; this point cannot. The first ring, of the largest
    part, gives the height.
    """
    heights = np.array(rings[0])[:, 1]
    south, north = heights.min(), heights.max()
    levels = south + (north - south) * np.array([0.42, 0.46, 0.5, 0.54, 0.58])
    west, east, level = max(
        (stretch for level in levels for stretch in _stretches(rings, float(level))),
        key=lambda stretch: stretch[1] - stretch[0],
    )
    return (west + east) / 2, level


def inside(rings: Sequence[Sequence[Point]], points: Sequence[Point]) -> NDArray[np.bool_]:
    """Return for each point whether it lies in an area, and in none of its holes."""
    across, up = np.array(points, dtype=np.float64).reshape(-1, 2).T[:, :, None]
    start, end = _edges(rings)
    # A level edge is never crossed; of those that are, none divides by zero.
    crosses = (start[:, 1] > up) != (end[:, 1] > up)
    rise = np.where(crosses, end[:, 1] - start[:, 1], 1.0)
    met = start[:, 0] + (up - start[:, 1]) / rise * (end[:, 0] - start[:, 0])
    return np.asarray((crosses & (across < met)).sum(axis=1) % 2 == 1)


def spread(rings: Sequence[Sequence[Point]], apart: float) -> list[Point]:
    """Return points evenly over an area, so many degrees apart; one at least."""
    (west, south), (east, north) = (end(every_point([rings]), axis=0) for end in (np.min, np.max))
    across, up = np.meshgrid(np.arange(west, east, apart), np.arange(south, north, apart))
    points = [(float(x), float(y)) for x, y in zip(across.flat, up.flat, strict=True)]
    kept = [point for point, is_in in zip(points, inside(rings, points), strict=True) if is_in]
    return kept or [inner_point(rings)]


def _stretches(rings: Sequence[Sequence[Point]], level: float) -> list[tuple[float, float, float]]:
    """The parts of a horizontal line that lie inside the area, as west, east and level."""
    start, end = _edges(rings)
    crosses = (start[:, 1] > level) != (end[:, 1] > level)
    one, other = start[crosses], end[crosses]
    share = (level - one[:, 1]) / (other[:, 1] - one[:, 1])
    cuts = np.sort(one[:, 0] + share * (other[:, 0] - one[:, 0]))
    return [(float(a), float(b), level) for a, b in zip(cuts[::2], cuts[1::2], strict=True)]


def _edges(rings: Sequence[Sequence[Point]]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return where each edge of the rings starts and where it ends."""
    start = np.concatenate([np.array(ring) for ring in rings])
    end = np.concatenate([np.roll(np.array(ring), -1, axis=0) for ring in rings])
    return start, end
