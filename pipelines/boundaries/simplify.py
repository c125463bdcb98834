"""District outlines as maps draw them: joined, simplified together, as points in ring order."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
import polars as pl
import shapely
from shapely.geometry.base import BaseGeometry

MOST_VERTICES: Final = 2_600
"""Points of all outlines, some 50 kB of a page. The product's own outlines have 1,113."""

_TOLERANCES: Final = (0.0, 25.0, 50.0, 100.0, 200.0, 400.0, 800.0, 1600.0)
"""Metres, tried in turn. A dot of a printed map is some 100 metres across."""

_METRES_PER_DEGREE: Final = 111_320.0
_LATITUDE: Final = 52.4
"""Of the middle of the force area, where a degree of longitude is 68 km."""

_SCALE: Final = np.array(
    [_METRES_PER_DEGREE * math.cos(math.radians(_LATITUDE)), _METRES_PER_DEGREE]
)
_DECIMALS: Final = 4
"""Of a degree: about ten metres."""

_Points = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Simplified:
    """Outlines for maps.

    outlines: one row per vertex, the columns of `dim_outline`; a ring's first point stands once.
    tolerance_metres: how coarsely they were simplified; 0 for not at all.
    """

    outlines: pl.DataFrame
    tolerance_metres: float


def join(
    areas: Mapping[str, BaseGeometry], districts: Mapping[str, str]
) -> dict[str, BaseGeometry]:
    """Return the district areas that some areas make up; `districts` gives that of each area."""
    parts: dict[str, list[BaseGeometry]] = {}
    for code, area in areas.items():
        parts.setdefault(districts[code], []).append(area)
    return {code: shapely.union_all(each) for code, each in sorted(parts.items())}


def share_in_common(one: BaseGeometry, other: BaseGeometry) -> float:
    """Return the ground that two areas share, as a part of all the ground that either has."""
    return float(shapely.intersection(one, other).area / shapely.union(one, other).area)


def crossing_borders(areas: Sequence[BaseGeometry]) -> int:
    """Return how many areas overlap a neighbour or leave a gap where borders should be one."""
    return int(np.count_nonzero(~shapely.is_empty(shapely.coverage_invalid_edges(list(areas)))))


def simplify(districts: Mapping[str, BaseGeometry]) -> Simplified | None:
    """Return the finest outlines that are small enough for a page; None where even the coarsest
    are too large, which takes thousands of separate parts.

    Borders between districts are simplified as one line, so that no gap shows between them.
    """
    areas = [_in_metres(each) for each in districts.values()]
    for tolerance in _TOLERANCES:
        simpler = shapely.coverage_simplify(areas, tolerance) if tolerance else np.array(areas)
        if shapely.get_num_coordinates(simpler).sum() <= MOST_VERTICES:
            return Simplified(_outlines(dict(zip(districts, simpler, strict=True))), tolerance)
    return None


def _in_metres(area: BaseGeometry) -> BaseGeometry:
    return shapely.transform(area, lambda points: points * _SCALE)


def _outlines(districts: Mapping[str, BaseGeometry]) -> pl.DataFrame:
    rings = [
        _ring_rows(code, part, ring, points)
        for code, area in districts.items()
        for part, polygon in enumerate(_parts(area), start=1)
        for ring, points in enumerate(_rings(polygon))
    ]
    return pl.concat(rings)


def _parts(area: BaseGeometry) -> list[BaseGeometry]:
    """Return the polygons of an area, the largest first."""
    return sorted(shapely.get_parts(area), key=lambda part: -part.area)


def _rings(polygon: BaseGeometry) -> list[_Points]:
    """Return the outer ring, against the clock, and the holes, with it."""
    turned = shapely.orient_polygons(polygon)
    return [shapely.get_coordinates(ring) for ring in (turned.exterior, *turned.interiors)]


def _ring_rows(code: str, part: int, ring: int, points: _Points) -> pl.DataFrame:
    degrees = np.round(points[:-1] / _SCALE, _DECIMALS)
    return pl.DataFrame(
        {
            "area_code": code,
            "part": part,
            "ring": ring,
            "vertex": np.arange(1, len(degrees) + 1),
            "longitude": degrees[:, 0],
            "latitude": degrees[:, 1],
        }
    )
