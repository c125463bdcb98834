"""District outlines made from sound areas, unless they lie elsewhere than they should."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

import shapely
from shapely.geometry.base import BaseGeometry

from pipelines.boundaries.areas import Areas
from pipelines.boundaries.codes import Layer
from pipelines.boundaries.faults import refused
from pipelines.boundaries.simplify import (
    MOST_VERTICES,
    Simplified,
    crossing_borders,
    join,
    share_in_common,
    simplify,
)
from pipelines.errors import FileRefused
from pipelines.reference import load_reference

_LEAST_IN_COMMON: Final = 0.8
"""Part of the ground that a district must share with the outline that the product carries."""


_COARSER: Final = "take generalised boundaries (BGC or BUC)"


@dataclass(frozen=True)
class MadeOutlines:
    """The outlines, or why there are none. crossing: how many areas do not meet a neighbour."""

    simplified: Simplified | None
    refusals: tuple[FileRefused, ...]
    crossing: int


def make_outlines(areas: Areas, layer: Layer, file_name: str) -> MadeOutlines:
    """Return the outlines of districts that the areas are, or make up."""
    try:
        return _made(areas, layer, file_name)
    except shapely.errors.GEOSException as fault:
        what = f"cannot be joined or simplified ({fault}). In QGIS: Fix geometries, or {_COARSER}"
        return MadeOutlines(None, (refused(file_name, what, reason="CROSSING_RING"),), 0)


def _made(areas: Areas, layer: Layer, file_name: str) -> MadeOutlines:
    districts = join(areas, layer.districts)
    refusals = tuple(_elsewhere(districts, file_name))
    simplified = None if refusals else simplify(districts)
    if simplified is None and not refusals:
        refusals = (_too_many_parts(file_name),)
    return MadeOutlines(simplified, refusals, crossing_borders(list(areas.values())))


def _elsewhere(districts: Mapping[str, BaseGeometry], file_name: str) -> Iterator[FileRefused]:
    known = load_reference().areas
    names = dict(zip(known["area_code"], known["area_name"], strict=True))
    for code, carried in _carried().items():
        common = share_in_common(districts[code], carried)
        if common < _LEAST_IN_COMMON:
            yield refused(
                file_name,
                f"{names[code]} ({code}) has {common:.0%} of its ground in common with where that "
                f"district is known to be, expected at least {_LEAST_IN_COMMON:.0%}. Check that "
                "its geometry is whole and belongs to its code",
                reason="AREA_ELSEWHERE",
            )


@cache
def _carried() -> Mapping[str, BaseGeometry]:
    """Return the districts as the product's own outlines have them."""
    outlines = load_reference().outlines.sort("area_code", "vertex")
    rings = outlines.group_by("area_code", maintain_order=True)
    return {
        str(code): shapely.Polygon(ring.select("longitude", "latitude").to_numpy())
        for (code,), ring in rings
    }


def _too_many_parts(file_name: str) -> FileRefused:
    return refused(
        file_name,
        f"cannot be simplified to {MOST_VERTICES:,} points: its areas fall into hundreds of "
        f"parts; {_COARSER}",
        reason="TOO_LARGE",
    )
