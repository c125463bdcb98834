"""Where accepted street rows belong: partnership, district, small area, hexagon."""

from functools import lru_cache
from typing import Final

import h3
import polars as pl

from pipelines.reference import HOME_FORCE_CODE, Reference
from schemas.codes import FORCE_ONLY, NO_LOCATION, OUTSIDE_FORCE

HEXAGON_RESOLUTION: Final = 8
HEXAGON_WIDE_RESOLUTION: Final = 7

_NUMBER_OF_AREA: Final = 5
"""Characters of " 012A", which follows the district in the name of a small area."""

_POINT: Final = ("partnership_code", "longitude", "latitude")

_POINTS_REMEMBERED: Final = 100_000
"""Map points are few (about 30,000 in the force's area) and recur every month."""


def place(rows: pl.DataFrame, reference: Reference) -> pl.DataFrame:
    """Return the rows with their place.

    Adds partnership_code, area_code, small_area_code, hexagon, hexagon_wide (null where they do
    not apply), is_outside (located in the area of another force) and is_unknown_place (small
    area known neither by code nor by the district in its name). Only rows of the home force are
    placed more finely than the force.
    """
    placed = _placed(rows, reference).collect()
    if placed["is_split"].any():
        placed = _with_nearest_small_area(placed, reference)
    return _with_hexagons(placed)


def _placed(rows: pl.DataFrame, reference: Reference) -> pl.LazyFrame:
    code = pl.col("LSOA code")
    is_home = pl.col("force_code") == HOME_FORCE_CODE
    is_zeroed = (pl.col("longitude") == 0) & (pl.col("latitude") == 0)
    return (
        rows.lazy()
        .with_columns(
            named_district=pl.col("LSOA name").str.head(-_NUMBER_OF_AREA),
            longitude=pl.when(~is_zeroed).then("longitude"),
            latitude=pl.when(~is_zeroed).then("latitude"),
            is_zeroed=is_zeroed.fill_null(value=False),
        )
        .join(_small_areas(reference), on="LSOA code", how="left", maintain_order="left")
        .join(_districts(reference), on="named_district", how="left", maintain_order="left")
        .with_columns(is_outside=_is_outside(reference), is_unknown_place=_is_unknown())
        .with_columns(
            area_code=pl.when(code.is_null())
            .then(pl.lit(NO_LOCATION))
            .when(~is_home)
            .then(pl.lit(FORCE_ONLY))
            .when(pl.col("is_outside"))
            .then(pl.lit(OUTSIDE_FORCE))
            .otherwise(pl.coalesce("small_area_district", "district_code", pl.lit(OUTSIDE_FORCE))),
            small_area_code=pl.when(is_home).then("small_area_code"),
            is_split=is_home & pl.col("is_split").fill_null(value=False),
        )
        .join(_partnerships(reference), on="area_code", how="left", maintain_order="left")
    )


def _small_areas(reference: Reference) -> pl.LazyFrame:
    """One row per code of 2011 or 2021: its small area of 2021, null where it was split."""
    of_2021 = reference.small_areas.lazy().select(
        pl.col("small_area_code").alias("LSOA code"),
        "small_area_code",
        pl.col("area_code").alias("small_area_district"),
        is_split=pl.lit(value=False),
    )
    of_2011 = (
        reference.small_areas_2011.lazy()
        .join(reference.small_areas.lazy(), on="small_area_code")
        .group_by(pl.col("small_area_2011_code").alias("LSOA code"))
        .agg(
            pl.when(pl.len() == 1).then(pl.col("small_area_code").first()),
            pl.col("area_code").first().alias("small_area_district"),
            is_split=pl.len() > 1,
        )
        .join(of_2021, on="LSOA code", how="anti")
    )
    return pl.concat([of_2021, of_2011])


def _districts(reference: Reference) -> pl.LazyFrame:
    return reference.districts.lazy().select(
        pl.col("district_name").alias("named_district"),
        "district_code",
        pl.col("force_code").alias("district_force"),
    )


def _partnerships(reference: Reference) -> pl.LazyFrame:
    districts = reference.areas.lazy().filter(
        (pl.col("area_type") == "district") & (pl.col("force_code") == HOME_FORCE_CODE)
    )
    return districts.select("area_code", "partnership_code")


def _is_outside(reference: Reference) -> pl.Expr:
    """Return whether a row lies in another force's area, as far as is known.

    An unknown place counts as outside the home force, whose small areas are all known; of the
    other forces it does not. A force without districts, such as the transport police, has no
    outside.
    """
    covered = reference.districts["force_code"].implode()
    is_home = pl.col("force_code") == HOME_FORCE_CODE
    is_elsewhere = (pl.col("district_force") != pl.col("force_code")).fill_null(is_home)
    is_in_known_small_area = is_home & pl.col("small_area_district").is_not_null()
    return (
        pl.col("LSOA code").is_not_null()
        & pl.col("force_code").is_in(covered)
        & ~is_in_known_small_area
        & is_elsewhere
    )


def _is_unknown() -> pl.Expr:
    return (
        pl.col("LSOA code").is_not_null()
        & pl.col("small_area_district").is_null()
        & pl.col("district_force").is_null()
    )


def _with_nearest_small_area(placed: pl.DataFrame, reference: Reference) -> pl.DataFrame:
    """Give rows of a small area that was split the nearest of its parts, by centre point."""
    parts = reference.small_areas_2011.join(
        reference.small_areas.select(
            "small_area_code", part_latitude="latitude", part_longitude="longitude"
        ),
        on="small_area_code",
    ).rename({"small_area_2011_code": "LSOA code", "small_area_code": "nearest"})
    nearest = (
        placed.filter("is_split", pl.col("longitude").is_not_null())
        .select("LSOA code", "longitude", "latitude")
        .unique()
        .join(parts, on="LSOA code")
        .sort(_distance(), "nearest")
        .unique(["LSOA code", "longitude", "latitude"], keep="first", maintain_order=True)
        .select("LSOA code", "longitude", "latitude", "nearest")
    )
    return placed.join(
        nearest, on=["LSOA code", "longitude", "latitude"], how="left", maintain_order="left"
    ).with_columns(
        small_area_code=pl.coalesce("small_area_code", pl.when("is_split").then("nearest"))
    )


def _distance() -> pl.Expr:
    """Squared distance in degrees of latitude: a degree of longitude shrinks with latitude."""
    north = pl.col("part_latitude") - pl.col("latitude")
    east = (pl.col("part_longitude") - pl.col("longitude")) * pl.col("latitude").radians().cos()
    return north**2 + east**2


def _with_hexagons(placed: pl.DataFrame) -> pl.DataFrame:
    inside = (
        pl.col("partnership_code").is_not_null() & pl.col("longitude").is_not_null()
    )
    points = placed.lazy().filter(inside).select(_POINT).unique().collect()
    cells = [_hexagons(latitude, longitude) for _, longitude, latitude in points.iter_rows()]
    hexagons = points.lazy().with_columns(
        hexagon=pl.Series([cell for cell, _ in cells], dtype=pl.String),
        hexagon_wide=pl.Series([wide for _, wide in cells], dtype=pl.String),
    )
    return placed.lazy().join(hexagons, on=_POINT, how="left", maintain_order="left").collect()


@lru_cache(maxsize=_POINTS_REMEMBERED)
def _hexagons(latitude: float, longitude: float) -> tuple[str, str]:
    cell = h3.latlng_to_cell(latitude, longitude, HEXAGON_RESOLUTION)
    return cell, h3.cell_to_parent(cell, HEXAGON_WIDE_RESOLUTION)
