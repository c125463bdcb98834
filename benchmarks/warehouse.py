"""Write a published file by its contract, with cubes that somebody else fills."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Final

import duckdb
import polars as pl

from pipelines.boundaries.log import BoundaryLog, boundary_tables
from pipelines.reference import load_reference
from schemas.codes import ANTISOCIAL_BEHAVIOUR, OUTCOME_GROUPS, ROW_TYPES
from schemas.published import POINTER_NAME, SCHEMA_VERSION, TABLES, enum_ddl

LAST_MONTH: Final = date(2026, 9, 1)
_NAME: Final = "wh-1-00000000"
_SQL: Final = Path(__file__).parent / "sql"


@dataclass(frozen=True)
class Months:
    """A run of months that ends with LAST_MONTH."""

    count: int

    @property
    def first(self) -> date:
        """The first month."""
        number = LAST_MONTH.year * 12 + LAST_MONTH.month - self.count
        return date(number // 12, number % 12 + 1, 1)


def sql(name: str) -> str:
    """Return the statement of one file in `benchmarks/sql`."""
    return (_SQL / f"{name}.sql").read_text(encoding="utf-8")


def write_warehouse(
    data_dir: Path, *, months: Months, fill: Callable[[duckdb.DuckDBPyConnection], None]
) -> Path:
    """Publish a file in `data_dir` whose cubes `fill` writes; return its path.

    The dimensions are the product's own. Every month counts as supplied.
    """
    published = data_dir / "published"
    published.mkdir(parents=True, exist_ok=True)
    path = published / f"{_NAME}.duckdb"
    path.unlink(missing_ok=True)
    with duckdb.connect(str(path)) as connection:
        _create(connection)
        fill(connection)
        _record(connection, months)
        connection.execute("checkpoint")
    (published / POINTER_NAME).write_text(f"{path.name}\n", encoding="utf-8")
    return path


def _create(connection: duckdb.DuckDBPyConnection) -> None:
    for statement in enum_ddl():
        connection.execute(statement)
    for table in TABLES:
        connection.execute(table.ddl())
    reference = load_reference()
    _insert(connection, "dim_area", reference.areas)
    _insert(connection, "dim_small_area", reference.small_areas)
    for name, frame in boundary_tables(BoundaryLog(), reference.outlines).items():
        _insert(connection, name, frame)
    _insert(connection, "dim_population", reference.population)
    _insert(connection, "dim_crime_type", _crime_types())
    _insert(connection, "dim_outcome", _outcomes())


def _insert(connection: duckdb.DuckDBPyConnection, table: str, frame: pl.DataFrame) -> None:
    connection.register("incoming", frame)
    connection.execute(f"insert into {table} by name select * from incoming")
    connection.unregister("incoming")


def _crime_types() -> pl.DataFrame:
    rows = [(name, name != ANTISOCIAL_BEHAVIOUR, place) for place, name in enumerate(ROW_TYPES)]
    return pl.DataFrame(rows, schema=["crime_type", "is_crime", "sort_order"], orient="row")


def _outcomes() -> pl.DataFrame:
    pairs = [(name, group) for group, names in OUTCOME_GROUPS.items() for name in names]
    rows = [(*pair, place) for place, pair in enumerate(pairs)]
    return pl.DataFrame(rows, schema=["outcome", "outcome_group", "sort_order"], orient="row")


def _record(connection: duckdb.DuckDBPyConnection, months: Months) -> None:
    built_at = datetime.now(UTC).replace(tzinfo=None)
    as_of = date(LAST_MONTH.year, LAST_MONTH.month + 2, 1)
    connection.execute(
        "insert into meta_build values (1, ?, ?, ?, ?, ?, 0, ?)",
        [_NAME, SCHEMA_VERSION, built_at, as_of, "0" * 64, "0" * 64],
    )
    connection.execute(
        "insert into meta_source values"
        " ('police_uk', 'crime', 'Generated rows', 'Nobody', 'None', true, ?, ?, ?, null)",
        [months.first, LAST_MONTH, built_at],
    )
    connection.execute(sql("coverage"))
