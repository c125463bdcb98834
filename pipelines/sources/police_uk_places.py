"""Where accepted street rows belong: partnership, district, small area, hexagon."""

from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final

import h3
import polars as pl

from pipelines.reference import HOME_FORCE_CODE, Reference
from schemas.codes import FORCE_ONLY, NO_LOCATION, OUTSIDE_FORCE

HEXAGON_RESOLUTION: Final = 8
HEXAGON_WIDE_RESOLUTION: Final = 7

_NUMBER_OF_AREA: Final = 5
"""Characters of " 012A", which follows the district in the name of a small area."""

_POINTS_REMEMBERED: Final = 100_000
"""Map points are few (about 30,000 in the force's area) and recur every month."""

_IS_HOME: Final = pl.col("force_code") == HOME_FORCE_CODE
_HAS_CODE: Final = pl.col("LSOA code").is_not_null()
_POINT: Final = ("longitude", "latitude")


def place(rows: pl.DataFrame, reference: Reference) -> pl.DataFrame:
    """Return one row for each of the accepted rows, in any order: what is counted, and where.

    Columns: force_code, month, crime_type, outcome; partnership_code, area_code,
    small_area_code, hexagon, hexagon_wide (null where they do not apply); is_zeroed (coordinates
    0, 0), is_outside (located in the area of another force) and is_unknown (small area known
    neither by code nor by the district in its name). Only rows of the home force are placed more
    finely than the force.
    """
    placed = _placed(rows, _tables(reference))
    if not placed["is_inside"].any():
        return placed.with_columns(
            hexagon=pl.lit(None, pl.String), hexagon_wide=pl.lit(None, pl.String)
        )
    if placed["is_split"].any():
        placed = _with_nearest_small_area(placed, _tables(reference).parts)
    return _with_hexagons(placed)


@dataclass(frozen=True)
class _Tables:
    """The reference tables as they are joined to rows.

    small_areas: one row per code of 2011 or 2021; its small area is null where it was split.
    parts: one row per part of a small area that was split, with its centre.
    districts: one row per district name.
    partnerships: district code → partnership code, in the home force.
    covered: forces that have districts; the transport police, for one, has none.
    """

    small_areas: pl.LazyFrame
    parts: pl.DataFrame
    districts: pl.LazyFrame
    partnerships: dict[str, str]
    covered: tuple[str, ...]


@cache
def _tables(reference: Reference) -> _Tables:
    areas = reference.areas.filter(
        (pl.col("area_type") == "district") & (pl.col("force_code") == HOME_FORCE_CODE)
    )
    parts = reference.small_areas_2011.join(reference.small_areas, on="small_area_code").select(
        pl.col("small_area_2011_code").alias("LSOA code"),
        pl.col("small_area_code").alias("nearest"),
        pl.col("area_code").alias("small_area_district"),
        part_latitude="latitude",
        part_longitude="longitude",
    )
    return _Tables(
        small_areas=_small_areas(reference, parts).lazy(),
        parts=parts,
        districts=reference.districts.lazy().select(
            pl.col("district_name").alias("named_district"),
            "district_code",
            pl.col("force_code").alias("district_force"),
        ),
        partnerships=dict(areas.select("area_code", "partnership_code").iter_rows()),
        covered=tuple(reference.districts["force_code"].unique()),
    )


def _small_areas(reference: Reference, parts: pl.DataFrame) -> pl.DataFrame:
    of_2021 = reference.small_areas.select(
        pl.col("small_area_code").alias("LSOA code"),
        "small_area_code",
        pl.col("area_code").alias("small_area_district"),
        is_split=pl.lit(value=False),
    )
    of_2011 = (
        parts.join(of_2021, on="LSOA code", how="anti")
        .group_by("LSOA code")
        .agg(
            pl.when(pl.len() == 1).then(pl.col("nearest").first()).alias("small_area_code"),
            pl.col("small_area_district").first(),
            is_split=pl.len() > 1,
        )
    )
    return pl.concat([of_2021, of_2011])


def _placed(rows: pl.DataFrame, tables: _Tables) -> pl.DataFrame:
    # police.uk writes 0, 0 for places over 20 km from any map point.
    is_zeroed = ((pl.col("longitude") == 0) & (pl.col("latitude") == 0)).fill_null(value=False)
    return (
        rows.lazy()
        .select(
            *("force_code", "month", "crime_type", "outcome", "LSOA code"),
            named_district=pl.col("LSOA name").str.head(-_NUMBER_OF_AREA),
            longitude=pl.when(~is_zeroed).then("longitude"),
            latitude=pl.when(~is_zeroed).then("latitude"),
            is_zeroed=is_zeroed,
        )
        .join(tables.small_areas, on="LSOA code", how="left")
        .join(tables.districts, on="named_district", how="left")
        .with_columns(is_outside=_is_outside(tables), is_unknown=_is_unknown())
        .with_columns(
            area_code=_area_code(),
            small_area_code=pl.when(_IS_HOME).then("small_area_code"),
            is_split=_IS_HOME & pl.col("is_split").fill_null(value=False),
        )
        .with_columns(
            partnership_code=pl.col("area_code").replace_strict(
                tables.partnerships, default=None, return_dtype=pl.String
            )
        )
        .with_columns(
            is_inside=pl.col("partnership_code").is_not_null() & pl.col("longitude").is_not_null()
        )
        .collect(engine="in-memory")
    )


def _is_outside(tables: _Tables) -> pl.Expr:
    """Return whether a row lies in another force's area, as far as is known.

    An unknown place counts as outside the home force, whose small areas are all known; of the
    other forces it does not.
    """
    is_elsewhere = (pl.col("district_force") != pl.col("force_code")).fill_null(_IS_HOME)
    is_in_known_small_area = _IS_HOME & pl.col("small_area_district").is_not_null()
    is_covered = pl.col("force_code").is_in(tables.covered)
    return _HAS_CODE & is_covered & is_elsewhere & ~is_in_known_small_area


def _is_unknown() -> pl.Expr:
    by_neither = pl.col("small_area_district").is_null() & pl.col("district_force").is_null()
    return _HAS_CODE & by_neither


def _area_code() -> pl.Expr:
    return (
        pl.when(~_HAS_CODE)
        .then(pl.lit(NO_LOCATION))
        .when(~_IS_HOME)
        .then(pl.lit(FORCE_ONLY))
        .when("is_outside")
        .then(pl.lit(OUTSIDE_FORCE))
        .otherwise(pl.coalesce("small_area_district", "district_code", pl.lit(OUTSIDE_FORCE)))
    )


def _with_nearest_small_area(placed: pl.DataFrame, parts: pl.DataFrame) -> pl.DataFrame:
    """Give rows of a small area that was split the nearest of its parts, by centre point.

    Without a point the district is known but the small area is not.
    """
    keys = ("LSOA code", *_POINT)
    nearest = (
        placed.lazy()
        .filter("is_split", "is_inside")
        .select(keys)
        .unique()
        .join(parts.lazy(), on="LSOA code")
        .sort(_distance(), "nearest")
        .unique(keys, keep="first", maintain_order=True)
        .select(*keys, "nearest")
    )
    return (
        placed.lazy()
        .join(nearest, on=keys, how="left")
        .with_columns(small_area_code=pl.coalesce("small_area_code", "nearest"))
        .collect(engine="in-memory")
    )


def _distance() -> pl.Expr:
    """Squared distance in degrees of latitude: a degree of longitude shrinks with latitude."""
    north = pl.col("part_latitude") - pl.col("latitude")
    east = (pl.col("part_longitude") - pl.col("longitude")) * pl.col("latitude").radians().cos()
    return north**2 + east**2


def _with_hexagons(placed: pl.DataFrame) -> pl.DataFrame:
    points = placed.lazy().filter("is_inside").select(_POINT).unique().collect(engine="in-memory")
    cells = [_hexagons(longitude, latitude) for longitude, latitude in points.iter_rows()]
    hexagons = points.lazy().with_columns(
        hexagon=pl.Series([cell for cell, _ in cells], dtype=pl.String),
        hexagon_wide=pl.Series([wide for _, wide in cells], dtype=pl.String),
        is_inside=pl.lit(value=True),
    )
    # `is_inside` is part of the key: a point may serve rows of other forces, too.
    return (
        placed.lazy()
        .join(hexagons, on=(*_POINT, "is_inside"), how="left")
        .collect(engine="in-memory")
    )


@lru_cache(maxsize=_POINTS_REMEMBERED)
def _hexagons(longitude: float, latitude: float) -> tuple[str, str]:
    cell = h3.latlng_to_cell(latitude, longitude, HEXAGON_RESOLUTION)
    return cell, h3.cell_to_parent(cell, HEXAGON_WIDE_RESOLUTION)
