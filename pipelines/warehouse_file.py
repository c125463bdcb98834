"""Writes the published DuckDB file by its contract, and verifies it before anyone sees it."""

from collections.abc import Mapping
from pathlib import Path
from typing import Final

import duckdb
import polars as pl

from pipelines.errors import PipelineError
from schemas.published import TABLES, enum_ddl
from schemas.published_table import Table

_FACTS: Final = Path(__file__).parent / "facts"


class VerificationFailed(PipelineError):
    """The file just built does not hold what was loaded. Nothing is published."""

    exit_code = 3


def write_warehouse(path: Path, tally: pl.DataFrame, tables: Mapping[str, pl.DataFrame]) -> None:
    """Write a new file at `path`: `tables` as they are, and the cubes counted from `tally`.

    `tables` holds every table of the contract that has no SQL file in `facts/`, with the
    contract's columns. Leaves no write-ahead log beside the file.
    """
    # One thread: a few hundred thousand cells are not worth handing between several.
    with duckdb.connect(str(path), config={"threads": 1}) as connection:
        # One transaction: as many as there are tables take a third of a small load.
        layout = (*enum_ddl(), *(table.ddl() for table in TABLES))
        connection.execute(";".join(("begin", *layout, "commit")))
        connection.register("tally", tally)
        for table in TABLES:
            _fill(connection, table, tables.get(table.name))
        connection.execute("checkpoint")


def verify_warehouse(path: Path, tables: Mapping[str, pl.DataFrame]) -> None:
    """Reopen the file read-only and hold it against what was loaded.

    Raises:
        VerificationFailed: a table, a column or a count is not as it must be.
    """
    if path.with_name(f"{path.name}.wal").exists():
        raise VerificationFailed(f"{path.name} was left with a .wal file; build again.")
    with duckdb.connect(str(path), read_only=True) as connection:
        for table in TABLES:
            _check_columns(connection, table)
        for name, frame in tables.items():
            _check(f"{name}: rows", _number(connection, f"select count(*) from {name}"), len(frame))
        for check, query in _RECONCILIATIONS.items():
            _check(check, _number(connection, query), 0)


_RECONCILIATIONS: Final[dict[str, str]] = {
    "rows counted in the crime cube less rows loaded": """
        select
            coalesce((select sum(record_count) from cube_crime), 0)
            - coalesce((select sum(rows_loaded) from meta_file_month where is_current), 0)
    """,
    "force-months where the crime cube differs from the rows loaded": """
        with counted as (
            select force_code, month, sum(record_count) as row_count
            from cube_crime
            group by all
        )
        select count(*)
        from meta_file_month as loaded
        full join counted using (force_code, month)
        where coalesce(loaded.is_current, true)
            and counted.row_count is distinct from loaded.rows_loaded
    """,
    "files whose rows read are not rows loaded plus rows set aside": """
        select count(*)
        from meta_file
        where status <> 'refused' and rows_read <> rows_loaded + rows_set_aside
    """,
    "rows in the outcome cube that are not in the crime cube": """
        select greatest(0,
            coalesce((select sum(record_count) from cube_outcome), 0)
            - coalesce((select sum(record_count) from cube_crime), 0))
    """,
    "rows in the small area cube that are not in a district": """
        select
            coalesce((select sum(record_count) from cube_small_area), 0)
            - coalesce((
                select sum(record_count) from cube_crime where partnership_code is not null
            ), 0)
    """,
}


def _fill(connection: duckdb.DuckDBPyConnection, table: Table, frame: pl.DataFrame | None) -> None:
    if frame is not None and frame.is_empty():
        return
    if frame is None:
        query = (_FACTS / f"{table.name}.sql").read_text(encoding="utf-8")
    else:
        connection.register("given", frame)
        query = f"select {', '.join(column.name for column in table.columns)} from given"
    connection.execute(f"insert into {table.name} by name {query}")


def _check_columns(connection: duckdb.DuckDBPyConnection, table: Table) -> None:
    found = [row[0] for row in connection.execute(f"describe {table.name}").fetchall()]
    expected = [column.name for column in table.columns]
    if found != expected:
        raise VerificationFailed(f"{table.name} has the columns {found}, expected {expected}.")


def _number(connection: duckdb.DuckDBPyConnection, query: str) -> int:
    row = connection.execute(query).fetchone()
    return int(row[0]) if row else 0


def _check(what: str, found: int, expected: int) -> None:
    if found != expected:
        raise VerificationFailed(
            f"The new file failed its check ({what}: found {found:,}, expected {expected:,}). "
            "Nothing was published; please tell the maintainer."
        )
