"""The areas a reader can choose, and the outlines of districts."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import polars as pl

from dashboard.metrics.places import forces_held
from dashboard.warehouse import Warehouse

Ring = tuple[tuple[float, float], ...]
Outline = tuple[Ring, ...]
"""The rings of one area: of each part, the largest first, its outer ring and then its holes."""


@dataclass(frozen=True, kw_only=True)
class Area:
    """A force, partnership or district. `residents` is None where there is no such count."""

    code: str
    name: str
    area_type: str
    force_code: str
    partnership_code: str | None
    residents: int | None
    residents_basis: str | None
    is_home: bool
    is_similar: bool


def areas(warehouse: Warehouse) -> list[Area]:
    """Return the home force and its parts, then other forces that have data, in list order."""
    held = forces_held(warehouse)
    rows = (
        warehouse.table("dim_area")
        .filter(pl.col("is_home") | pl.col("area_code").is_in(list(held)))
        .sort("is_home", "sort_order", descending=[True, False])
        .iter_rows(named=True)
    )
    return [
        Area(
            code=row["area_code"],
            name=row["area_name"],
            area_type=row["area_type"],
            force_code=row["force_code"],
            partnership_code=row["partnership_code"],
            residents=row["residents"],
            residents_basis=row["residents_basis"],
            is_home=row["is_home"],
            is_similar=row["is_similar"],
        )
        for row in rows
    ]


@dataclass(frozen=True, eq=False)
class Outlines(Mapping[str, Outline]):
    """Each district's outline by its code, and the line that every map with them shows.

    credit: how exact the outlines are, and whose they are.
    """

    rings: Mapping[str, Outline]
    credit: str

    def __getitem__(self, area_code: str) -> Outline:
        """Return the outline of a district."""
        return self.rings[area_code]

    def __iter__(self) -> Iterator[str]:
        """Yield the codes of the districts."""
        return iter(self.rings)

    def __len__(self) -> int:
        """Return the number of districts."""
        return len(self.rings)


def outlines(warehouse: Warehouse) -> Outlines:
    """Return the outlines in use: rings of (longitude, latitude), each closed."""
    vertices = warehouse.table("dim_outline").sort("area_code", "part", "ring", "vertex")
    rings: dict[str, list[Ring]] = {}
    for (code, *_), ring in vertices.group_by("area_code", "part", "ring", maintain_order=True):
        points = tuple(ring.select("longitude", "latitude").iter_rows())
        rings.setdefault(str(code), []).append((*points, points[0]))
    in_use = warehouse.table("meta_boundary").filter(pl.col("status") == "in use")
    return Outlines({code: tuple(each) for code, each in rings.items()}, str(in_use["credit"][0]))


def centres(warehouse: Warehouse) -> dict[str, tuple[float, float]]:
    """Return the latitude and longitude of the centre of each small area."""
    small = warehouse.table("dim_small_area")
    rows = small.select("small_area_code", "latitude", "longitude").iter_rows()
    return {code: (latitude, longitude) for code, latitude, longitude in rows}
