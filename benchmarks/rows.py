"""Generated police.uk rows: one file for the plain dashboard, and our published file of them."""

from dataclasses import dataclass
from pathlib import Path

import duckdb
import polars as pl

from benchmarks.shares import crime_types, outcomes, points, slots
from benchmarks.warehouse import Months, sql, write_warehouse
from pipelines.reference import HOME_FORCE_CODE


@dataclass(frozen=True)
class GeneratedRows:
    """The same rows twice: `rows_path` as Parquet, `data_dir` as our published file."""

    row_count: int
    months: Months
    rows_path: Path
    data_dir: Path


def generate_rows(folder: Path, *, row_count: int, months: Months) -> GeneratedRows:
    """Write the rows and the published file counted from them; keep what is there already."""
    place = folder / f"rows-{row_count}"
    made = GeneratedRows(row_count, months, place / "rows.parquet", place)
    if not (place / "published" / "CURRENT").exists():
        place.mkdir(parents=True, exist_ok=True)
        _write_rows(made)
        write_warehouse(place, months=months, fill=lambda open_file: _fill(open_file, made))
    return made


def _write_rows(made: GeneratedRows) -> None:
    with duckdb.connect() as connection:
        connection.register("point", points())
        connection.register("crime_type", slots(crime_types()))
        connection.register("outcome", slots(outcomes()))
        connection.execute(
            f"copy ({sql('generated_rows')}) to $rows_path (format parquet)",
            {
                "row_count": made.row_count,
                "month_count": made.months.count,
                "first_month": made.months.first,
                "point_count": len(points()),
                "rows_path": str(made.rows_path),
            },
        )


def _fill(connection: duckdb.DuckDBPyConnection, made: GeneratedRows) -> None:
    located = points().drop_nulls().unique(["longitude", "latitude"], maintain_order=True)
    connection.register("place", located.select(pl.exclude("slot")))
    connection.execute(
        f"create temp table counted as {sql('counted_rows')}", {"rows_path": str(made.rows_path)}
    )
    for cube in ("crime", "outcome", "small_area", "hexagon"):
        connection.execute(sql(f"fill_{cube}"), {"force_code": HOME_FORCE_CODE})
    connection.unregister("place")
