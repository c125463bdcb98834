"""The areas a reader can choose, and the outlines of districts."""

from dataclasses import dataclass

import polars as pl

from dashboard.metrics.places import forces_held
from dashboard.warehouse import Warehouse

Ring = tuple[tuple[float, float], ...]


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


def outlines(warehouse: Warehouse) -> dict[str, Ring]:
    """Return each district's outline: (longitude, latitude) in ring order."""
    vertices = warehouse.table("dim_outline").sort("area_code", "vertex")
    groups = vertices.group_by("area_code", maintain_order=True)
    return {
        str(code): tuple(ring.select("longitude", "latitude").iter_rows())
        for (code,), ring in groups
    }


def centres(warehouse: Warehouse) -> dict[str, tuple[float, float]]:
    """Return the latitude and longitude of the centre of each small area."""
    small = warehouse.table("dim_small_area")
    rows = small.select("small_area_code", "latitude", "longitude").iter_rows()
    return {code: (latitude, longitude) for code, latitude, longitude in rows}
