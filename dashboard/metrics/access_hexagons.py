"""Which hexagons a small area is drawn in: those of its district that lie nearest to its centre."""

from collections import Counter
from collections.abc import Iterator
from typing import Final

import h3
import numpy as np
import polars as pl

from dashboard.metrics.travel import straight_km
from dashboard.warehouse import Warehouse

_RESOLUTION: Final = 7
"""Of about 5 square kilometres, as `hexagon_wide` is of recorded crime."""
_CORNERS: Final = 3
"""The fewest that go round an area."""


def hexagons(warehouse: Warehouse) -> pl.DataFrame:
    """Return one row per small area and hexagon that it is drawn in, with the `part` drawn there.

    A hexagon inside a district belongs to the district's nearest small area, which is spread evenly
    over all of its own; one that has none, since towns are denser than hexagons, is drawn in that
    of its centre. The parts of a small area add up to 1.
    """
    return warehouse.once(_hexagons)


def _hexagons(warehouse: Warehouse) -> pl.DataFrame:
    small = warehouse.table("dim_small_area")
    owned = [pair for code, cells in _inside(warehouse) for pair in _nearest(cells, small, code)]
    owners = {code for code, _ in owned}
    centres = small.select("small_area_code", "latitude", "longitude").iter_rows()
    crowded = [
        (code, h3.latlng_to_cell(latitude, longitude, _RESOLUTION))
        for code, latitude, longitude in centres
        if code not in owners
    ]
    counted = Counter(code for code, _ in (*owned, *crowded))
    rows = [(code, cell, 1 / counted[code]) for code, cell in (*owned, *crowded)]
    return pl.DataFrame(
        rows,
        schema={"small_area_code": pl.String, "hexagon_wide": pl.String, "part": pl.Float64},
        orient="row",
    )


def _inside(warehouse: Warehouse) -> Iterator[tuple[str, list[str]]]:
    """Yield each part of a district with the hexagons whose centres lie inside it."""
    vertices = warehouse.table("dim_outline").sort("area_code", "part", "ring", "vertex")
    for (code, _), part in vertices.group_by("area_code", "part", maintain_order=True):
        outer, *holes = (
            ring.select("latitude", "longitude").rows()
            for _, ring in part.group_by("ring", maintain_order=True)
        )
        if len(outer) >= _CORNERS:
            yield str(code), h3.h3shape_to_cells(h3.LatLngPoly(outer, *holes), _RESOLUTION)


def _nearest(cells: list[str], small: pl.DataFrame, district: str) -> Iterator[tuple[str, str]]:
    """Yield each hexagon with the small area of the district whose centre is nearest."""
    own = small.filter(pl.col("area_code") == district)
    if not cells or own.is_empty():
        return
    latitudes, longitudes = np.transpose([h3.cell_to_latlng(cell) for cell in cells])
    km = straight_km(latitudes, longitudes, to=(own["latitude"], own["longitude"]))
    yield from zip(own["small_area_code"].gather(km.argmin(axis=1)), cells, strict=True)
