"""The geometry of a feature as polygons, with what is wrong with its numbers and its rings."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

import shapely
from shapely.geometry.base import BaseGeometry

MOST_VERTICES: Final = 1_000_000
"""Points of one feature. The largest district has some 50,000 at full resolution."""

_FEWEST_POINTS: Final = 4
"""Of a ring: a triangle, and its first point once more."""

_ANEW: Final = "Take the file anew, or correct the feature"

_AREAS: Final = ("Polygon", "MultiPolygon")

Point = tuple[float, float]
Polygon = list[list[Point]]


@dataclass(frozen=True)
class BadGeometry(Exception):
    """A geometry that cannot be drawn: reason code, and what is wrong and expected, in words."""

    reason: str
    what: str


def read_polygons(geometry: Any) -> list[Polygon]:
    """Return the polygons of a GeoJSON geometry, each an outer ring and its holes.

    Raises:
        BadGeometry: it is no area, is empty, or has something else than finite numbers in it.
    """
    kind = geometry.get("type") if isinstance(geometry, dict) else None
    if geometry is None:
        raise BadGeometry(
            "EMPTY_GEOMETRY", f"has no geometry, expected a Polygon or MultiPolygon. {_ANEW}"
        )
    if kind not in _AREAS:
        shown = str(kind)[:40]
        raise BadGeometry(
            "NO_AREA",
            f"is a {shown}, expected a Polygon or MultiPolygon. Take boundaries, not centres",
        )
    nested = geometry.get("coordinates")
    found = _nested([nested] if kind == "Polygon" and nested else nested)
    if not found or not all(polygon and all(polygon) for polygon in found):
        raise BadGeometry(
            "EMPTY_GEOMETRY", f"has an empty geometry, expected at least one ring. {_ANEW}"
        )
    _check_size(found)
    return found


def every_point(polygons: Sequence[Polygon]) -> Iterator[Point]:
    """Yield the points of all rings."""
    for polygon in polygons:
        for ring in polygon:
            yield from ring


def drawn(polygons: Sequence[Polygon]) -> BaseGeometry:
    """Return the polygons as one valid area.

    Raises:
        BadGeometry: a ring has too few points, is not closed or crosses itself, or a hole lies
            outside.
    """
    for number, ring in enumerate((ring for each in polygons for ring in each), start=1):
        _check_ring(ring, number)
    area = shapely.MultiPolygon([(outer, holes) for outer, *holes in polygons])
    if not shapely.is_valid(area):
        why = shapely.is_valid_reason(area).replace("[", " at longitude and latitude ")
        raise BadGeometry(
            "CROSSING_RING",
            f"is not a valid area: {why.rstrip(']').lower()}. In QGIS: Fix geometries",
        )
    return area


def _nested(coordinates: Any) -> list[Polygon]:
    """Return polygons of rings of points, however few there are of any."""
    polygons = _listed(coordinates or [])
    return [[_ring(ring) for ring in _listed(polygon)] for polygon in polygons]


def _listed(things: Any) -> list[Any]:
    if not isinstance(things, list):
        raise BadGeometry("BAD_COORDINATES", f"has coordinates not nested as GeoJSON says. {_ANEW}")
    return things


def _ring(ring: Any) -> list[Point]:
    ring = _listed(ring)
    return [_point(point, number) for number, point in enumerate(ring, start=1)]


def _point(point: Any, number: int) -> Point:
    """Return longitude and latitude; a height that may follow is left out."""
    x, y = (*_listed(point), None, None)[:2]
    if not (isinstance(x, float) and isinstance(y, float)):
        raise BadGeometry(
            "BAD_COORDINATES", f"has {x!r:.40}, {y!r:.40} as a point, expected two numbers. {_ANEW}"
        )
    if not (math.isfinite(x) and math.isfinite(y)):
        raise BadGeometry(
            "BAD_COORDINATES",
            f"has {x}, {y} as point {number:,} of a ring, expected finite numbers. {_ANEW}",
        )
    return x, y


def _check_size(polygons: Sequence[Polygon]) -> None:
    points = sum(len(ring) for polygon in polygons for ring in polygon)
    if points > MOST_VERTICES:
        raise BadGeometry(
            "TOO_LARGE",
            f"has {points:,} points, expected at most {MOST_VERTICES:,}. Take generalised "
            "boundaries (BGC or BUC) in place of full ones (BFC, BFE)",
        )


def _check_ring(ring: Sequence[Point], number: int) -> None:
    if len(ring) < _FEWEST_POINTS:
        raise BadGeometry(
            "BAD_RING",
            f"has {len(ring)} points in ring {number:,}, expected at least {_FEWEST_POINTS}, the "
            f"first and the last being the same. {_ANEW}",
        )
    if ring[0] != ring[-1]:
        raise BadGeometry(
            "BAD_RING",
            f"has a ring that is not closed (ring {number:,} begins at {ring[0]} and ends at "
            f"{ring[-1]}), expected the same point. In QGIS: Fix geometries",
        )
