"""Whether an area lies where it should, and what it looks like when it does not."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

import polars as pl

from pipelines.boundaries.rings import Point
from pipelines.reference import load_reference

_FARTHEST: Final = 0.1
"""Degrees, some 7 to 11 km: so far an area may reach beyond what is known of its place."""

_GRID_EAST: Final = 700_000
_GRID_NORTH: Final = 1_300_000


@dataclass(frozen=True)
class Box:
    """West, south, east and north of something, in the units of its coordinates."""

    west: float
    south: float
    east: float
    north: float

    @property
    def words(self) -> str:
        """Return the two corners in words."""
        corners = f"{self.west:.2f}, {self.south:.2f} to {self.east:.2f}, {self.north:.2f}"
        return f"longitude and latitude {corners}"

    def meets(self, other: "Box", margin: float) -> bool:
        """Return whether this box covers part of the other one, within a margin."""
        across = self.west <= other.east + margin and self.east >= other.west - margin
        return across and self.south <= other.north + margin and self.north >= other.south - margin

    def is_within(self, other: "Box", margin: float) -> bool:
        """Return whether no side of this box lies outside the other one, within a margin."""
        across = self.west >= other.west - margin and self.east <= other.east + margin
        return across and self.south >= other.south - margin and self.north <= other.north + margin


def box_around(points: Sequence[Point]) -> Box:
    """Return the box around some points."""
    across, up = [x for x, _ in points], [y for _, y in points]
    return Box(min(across), min(up), max(across), max(up))


def misplaced(found: Box, expected: Box) -> str:
    """Return how an area lies wrong: blank, grid, metres, swapped, east, south or elsewhere."""
    if found.meets(expected, _FARTHEST) and found.is_within(expected, 3 * _FARTHEST):
        return ""
    if max(abs(found.west), abs(found.east)) > 180 or max(abs(found.south), abs(found.north)) > 90:
        is_grid = 0 <= found.west <= _GRID_EAST and 0 <= found.south <= _GRID_NORTH
        return "grid" if is_grid else "metres"
    turned = {
        "swapped": Box(found.south, found.west, found.north, found.east),
        "east": Box(-found.east, found.south, -found.west, found.north),
        "south": Box(found.west, -found.north, found.east, -found.south),
    }
    near = 10 * _FARTHEST
    return next((how for how, box in turned.items() if box.is_within(expected, near)), "elsewhere")


@cache
def expected_boxes() -> Mapping[str, Box]:
    """Return where each of our districts and small areas is known to lie, by code."""
    outlines = load_reference().outlines.select("area_code", "longitude", "latitude")
    small = load_reference().small_areas.select(
        pl.col("small_area_code").alias("area_code"), "longitude", "latitude"
    )
    boxes = (
        pl.concat([outlines, small])
        .group_by("area_code")
        .agg(
            west=pl.col("longitude").min(),
            south=pl.col("latitude").min(),
            east=pl.col("longitude").max(),
            north=pl.col("latitude").max(),
        )
    )
    return {code: Box(*box) for code, *box in boxes.iter_rows()}
