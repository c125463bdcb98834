"""Published cubes for 60 million rows: England and Wales over fifteen years, generated."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

import duckdb
import polars as pl

from benchmarks.shares import crime_types, national_places, outcomes
from benchmarks.warehouse import Months, sql, write_warehouse


@dataclass(frozen=True)
class Scale:
    """How much is generated."""

    row_count: int = 60_000_000
    districts: int = 330
    month_count: int = 180
    small_areas_per_district: int = 108


NATIONAL: Final = Scale()


def generate_national(folder: Path, scale: Scale = NATIONAL) -> Path:
    """Write the published file of that scale, unless it is there; return its data folder."""
    data_dir = folder / f"national-{scale.row_count}"
    if not (data_dir / "published" / "CURRENT").exists():
        months = Months(scale.month_count)
        write_warehouse(
            data_dir, months=months, fill=lambda open_file: _fill(open_file, scale, months)
        )
    return data_dir


def _fill(connection: duckdb.DuckDBPyConnection, scale: Scale, months: Months) -> None:
    places = national_places(
        districts=scale.districts, small_areas_per_district=scale.small_areas_per_district
    )
    connection.register("place", places)
    connection.register("crime_type", crime_types())
    connection.register("outcome", outcomes())
    for force_code in places["force_code"].unique().sort():
        _fill_force(connection, force_code, _values(scale, months, places))
    for name in ("place", "crime_type", "outcome"):
        connection.unregister(name)


def _values(scale: Scale, months: Months, places: pl.DataFrame) -> dict[str, object]:
    """Give the mean that, with the one record added in each district cell, makes the total."""
    added = places["area_code"].n_unique() * scale.month_count * len(crime_types())
    return {
        "month_count": scale.month_count,
        "first_month": months.first,
        "mean_count": (scale.row_count - added) / (len(places) * scale.month_count),
    }


def _fill_force(
    connection: duckdb.DuckDBPyConnection, force_code: str, values: dict[str, object]
) -> None:
    named = {"force_code": force_code}
    connection.execute(
        f"create or replace temp table counted as {sql('national_counts')}", {**named, **values}
    )
    for statement in ("fill_crime", "national_outcomes", "fill_small_area", "fill_hexagon"):
        connection.execute(sql(statement), named)
