"""One published file: opened read-only, hardened, and checked before anything is served."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Final

import duckdb

from dashboard.errors import VersionRefused
from schemas.codes import SUBJECTS
from schemas.published import SCHEMA_VERSION, TABLES
from schemas.published_table import Table

_HARDENED: Final[dict[str, str | bool | int | float | list[str]]] = {
    "enable_external_access": False,
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
    "allow_community_extensions": False,
    "memory_limit": "1GB",
    "threads": 2,
    "lock_configuration": True,
}
"""What a query may not do: reach files, the network, extensions or these settings."""


@dataclass(frozen=True)
class Subject:
    """What some sources are about, such as crime, and the last day that they cover."""

    name: str
    is_invented: bool
    data_to: date | None


@dataclass(frozen=True, kw_only=True)
class BuildInfo:
    """What the published file says of itself, over all and of each subject of its sources."""

    version_name: str
    built_at: datetime
    as_of_date: date
    subjects: tuple[Subject, ...]

    @property
    def is_invented(self) -> bool:
        """True when the figures of some subject are the invented sample."""
        return any(subject.is_invented for subject in self.subjects)

    @property
    def data_to(self) -> date | None:
        """The last day that any source covers; None when nothing is loaded."""
        return max((each.data_to for each in self.subjects if each.data_to), default=None)


def open_version(path: Path) -> tuple[duckdb.DuckDBPyConnection, BuildInfo]:
    """Return a read-only connection to one published file, with what it says of itself.

    Raises VersionRefused when a `.wal` lies beside it, its schema version or tables are not
    those of the contract, or any block of it is damaged.
    """
    with _checked(path) as connection:
        _read_every_block(connection)
        return connection, _build_info(connection)


def read_build(path: Path) -> BuildInfo:
    """Return what one published file says of itself; its blocks are left unread.

    Raises VersionRefused as `open_version` does, but for damage that only reading all would find.
    """
    with _checked(path) as connection:
        build = _build_info(connection)
    connection.close()
    return build


@contextmanager
def _checked(path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """Yield a connection whose tables are those of the contract; closed where anything fails."""
    _refuse_wal(path)
    try:
        connection = duckdb.connect(str(path), read_only=True, config=_HARDENED)
    except (duckdb.Error, OSError, ValueError) as error:
        raise VersionRefused(f"{path.name} is not a readable data file.") from error
    try:
        _check_schema_version(connection)
        _check_tables(connection)
        yield connection
    except duckdb.Error as error:
        connection.close()
        raise VersionRefused(f"{path.name} is damaged.") from error
    except VersionRefused:
        connection.close()
        raise


def _refuse_wal(path: Path) -> None:
    # DuckDB replays a stale write-ahead log into the file without a word, even read-only.
    if path.with_name(path.name + ".wal").exists():
        raise VersionRefused(f"unexpected .wal beside {path.name}. Remove it.")


def _check_schema_version(connection: duckdb.DuckDBPyConnection) -> None:
    row = connection.execute("select schema_version from meta_build").fetchone()
    found = row[0] if row else None
    if found == SCHEMA_VERSION:
        return
    if found is not None and found > SCHEMA_VERSION:
        raise VersionRefused(
            f"data version {found} needs a newer app; this one reads data version "
            f"{SCHEMA_VERSION}. Update the app."
        )
    raise VersionRefused(
        f"data version {found} is older than this app reads ({SCHEMA_VERSION}). "
        "Build the data again."
    )


def _check_tables(connection: duckdb.DuckDBPyConnection) -> None:
    rows = connection.execute(
        "select table_name, list(column_name order by column_index)"
        " from duckdb_columns() group by table_name"
    ).fetchall()
    found: dict[str, list[str]] = dict(rows)
    for table in TABLES:
        expected = [column.name for column in table.columns]
        if found.get(table.name) != expected:
            raise VersionRefused(f"{table.name} is missing or has other columns than expected.")


def _read_every_block(connection: duckdb.DuckDBPyConnection) -> None:
    # DuckDB checks a block's checksum when it reads the block, so every block is read once.
    for statement in map(_digest, TABLES):
        connection.execute(statement).fetchall()


def _digest(table: Table) -> str:
    columns = ", ".join(column.name for column in table.columns)
    return f"select bit_xor(hash({columns})) from {table.name}"


def _build_info(connection: duckdb.DuckDBPyConnection) -> BuildInfo:
    build = connection.execute(
        "select version_name, built_at, as_of_date from meta_build"
    ).fetchone()
    if build is None:
        raise VersionRefused("the file does not say when it was built.")
    version_name, built_at, as_of_date = build
    return BuildInfo(
        version_name=version_name,
        built_at=built_at,
        as_of_date=as_of_date,
        subjects=_subjects(connection),
    )


def _subjects(connection: duckdb.DuckDBPyConnection) -> tuple[Subject, ...]:
    # A budget for the year that runs reaches beyond the day of the build; data does not.
    rows = connection.execute(
        "select subject, bool_or(is_invented), max(period_to) filter (period_to <= as_of_date)"
        " from meta_source, meta_build group by subject"
    ).fetchall()
    found = (Subject(name, is_invented, _last_day(month)) for name, is_invented, month in rows)
    return tuple(sorted(found, key=lambda each: SUBJECTS.index(each.name)))


def _last_day(month: date | None) -> date | None:
    if month is None:
        return None
    return (month.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
