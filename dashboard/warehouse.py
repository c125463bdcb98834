"""The published file, opened read-only behind one gateway for queries."""

import json
import logging
import re
import threading
from collections.abc import Callable, Hashable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Final, TypeVar

import duckdb
import polars as pl

from dashboard.errors import QueryTooSlow, VersionNotKept, VersionRefused, WarehouseUnavailable
from dashboard.version import BuildInfo, open_version, read_build
from schemas.published import (
    FILE_PATTERN,
    LAST_LOAD_NAME,
    POINTER_NAME,
    TABLES,
    VERSION_PATTERN,
)

T = TypeVar("T")

LONGEST_QUERY_SECONDS: Final = 5.0

_log = logging.getLogger(__name__)


class Warehouse:
    """One opened version. `problem` is the banner's text when it is not the one named."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, *, build: BuildInfo) -> None:
        self._connection = connection
        self._kept: dict[object, Any] = {}
        self.build = build
        self.version = build.version_name
        self.problem: str | None = None
        self.problem_detail: str | None = None

    def query(self, sql: str, **values: object) -> pl.DataFrame:
        """Return the rows of one statement with its named parameters filled in.

        Each call has a cursor of its own: a connection shared by threads hands one thread the
        answer of another. Raises QueryTooSlow after five seconds.
        """
        cursor = self._connection.cursor()
        try:
            with _time_limit(cursor, seconds=LONGEST_QUERY_SECONDS):
                return cursor.execute(sql, values or None).pl()
        except duckdb.InterruptException:
            raise QueryTooSlow(
                f"This took longer than {LONGEST_QUERY_SECONDS:.0f} seconds and was stopped. "
                "Choose fewer areas, months or crime types."
            ) from None
        finally:
            cursor.close()

    def table(self, name: str) -> pl.DataFrame:
        """Return a whole `dim_` or `meta_` table, read once: the file never changes.

        Raises KeyError for any other table.
        """
        if name not in _SMALL_TABLES:
            raise KeyError(name)
        if name not in self._kept:
            self._kept[name] = self.query(f"from {name}")
        kept: pl.DataFrame = self._kept[name]
        return kept

    def is_invented(self, *source_keys: str) -> bool:
        """Return True when one of the sources holds the invented sample; any source by default."""
        held = self.table("meta_source").filter("is_invented")["source_key"]
        return bool(held.is_in(source_keys).any()) if source_keys else not held.is_empty()

    def once(self, make: Callable[..., T], *of: Hashable) -> T:
        """Return `make(self, *of)`, worked out once: the file never changes. Never alter it."""
        if (make, of) not in self._kept:
            self._kept[make, of] = make(self, *of)
        kept: T = self._kept[make, of]
        return kept

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()


_SMALL_TABLES: Final = frozenset(
    table.name for table in TABLES if table.name.startswith(("dim_", "meta_"))
)


@contextmanager
def _time_limit(cursor: duckdb.DuckDBPyConnection, *, seconds: float) -> Iterator[None]:
    timer = threading.Timer(seconds, cursor.interrupt)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
        timer.join()


def current_version(data_dir: Path) -> str:
    """Return the name, without its ending, of the version being served.

    Raises WarehouseUnavailable when nothing is published or the pointer cannot be read.
    """
    pointer = data_dir / "published" / POINTER_NAME
    try:
        name = pointer.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        _log.warning("%s cannot be read: %s", pointer, error)
        raise WarehouseUnavailable("Nothing is published yet.", last_known(data_dir)) from None
    if not re.fullmatch(FILE_PATTERN, name):
        _log.warning("%s does not name a published file", pointer)
        raise WarehouseUnavailable(
            "The pointer to the published file is damaged.", last_known(data_dir)
        )
    return name.removesuffix(".duckdb")


def open_warehouse(data_dir: Path, version: str | None = None) -> Warehouse:
    """Return the named version (the current one by default), opened read-only and checked.

    When that version fails its checks, the newest older version that passes is returned with
    `problem` set. Raises WarehouseUnavailable when the file is missing or may not be read, or
    when no version passes.
    """
    wanted = _path(data_dir, version or current_version(data_dir))
    _refuse_unreadable(wanted, data_dir)
    try:
        return _open(wanted)
    except VersionRefused as refusal:
        _log.error("%s refused: %s", wanted, refusal)
        return _last_good(wanted, refusal)


def open_kept(data_dir: Path, version: str) -> Warehouse:
    """Return this very version, opened read-only and checked; no other ever takes its place.

    Raises VersionNotKept when it is not kept here, or cannot be read by this dashboard.
    """
    path = _path(data_dir, version)
    if not is_kept(data_dir, version):
        raise VersionNotKept("is not kept here")
    try:
        warehouse = _open(path)
    except VersionRefused as refusal:
        _log.warning("%s refused: %s", path, refusal)
        raise VersionNotKept("cannot be read by this dashboard") from None
    if warehouse.version != version:
        warehouse.close()
        raise VersionNotKept("cannot be read by this dashboard")
    return warehouse


def is_kept(data_dir: Path, version: str) -> bool:
    """Return True for the name of a version whose file lies here."""
    is_name = re.fullmatch(VERSION_PATTERN, version) is not None
    return is_name and _path(data_dir, version).is_file()


def kept_versions(data_dir: Path) -> list[str]:
    """Return the names of the versions whose files lie here, newest first."""
    return [path.stem for path in _kept_files(data_dir / "published")]


def build_of(data_dir: Path, version: str) -> BuildInfo | None:
    """Return what a kept version says of itself; None for one that cannot be read."""
    try:
        build = read_build(_path(data_dir, version))
    except VersionRefused:
        return None
    return build if build.version_name == version else None


def number_of(version: str) -> int:
    """Return the number in the name of a version; it counts up by one with each."""
    return _number(Path(f"{version}.duckdb"))


def _path(data_dir: Path, version: str) -> Path:
    return data_dir / "published" / f"{version}.duckdb"


def _refuse_unreadable(path: Path, data_dir: Path) -> None:
    try:
        path.open("rb").close()
    except OSError as error:
        _log.error("%s cannot be opened: errno %s, %s", path, error.errno, error.strerror)
        raise WarehouseUnavailable(
            "The published file is missing or may not be read.", last_known(data_dir)
        ) from None


def _open(path: Path) -> Warehouse:
    connection, build = open_version(path)
    return Warehouse(connection, build=build)


def _last_good(failed: Path, refusal: VersionRefused) -> Warehouse:
    for path in _kept_files(failed.parent):
        if _number(path) >= _number(failed):
            continue
        warehouse = _open_or_none(path)
        if warehouse:
            warehouse.problem = _problem(failed, warehouse)
            warehouse.problem_detail = str(refusal)
            return warehouse
    raise WarehouseUnavailable(f"The published file failed its checks: {refusal}")


def _kept_files(published: Path) -> list[Path]:
    """Newest first; none when the folder may not be read."""
    try:
        files = [path for path in published.iterdir() if re.fullmatch(FILE_PATTERN, path.name)]
    except OSError:
        return []
    return sorted(files, key=_number, reverse=True)


def _number(path: Path) -> int:
    match = re.fullmatch(FILE_PATTERN, path.name)
    return int(match[1]) if match else 0


def _open_or_none(path: Path) -> Warehouse | None:
    try:
        return _open(path)
    except VersionRefused as refusal:
        _log.error("%s refused: %s", path, refusal)
        return None


def _problem(failed: Path, served: Warehouse) -> str:
    updated = datetime.fromtimestamp(failed.stat().st_mtime, tz=UTC).date()
    shown_to = served.build.data_to or served.build.as_of_date
    return f"Update of {_day(updated)} failed its checks; showing data to {_day(shown_to)}"


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def last_known(data_dir: Path) -> date | None:
    """Return the last day covered by the newest kept version that can be read, if any.

    Each open page asks every second and a half while nothing is served, so no block is checked.
    """
    builds = (build_of(data_dir, version) for version in kept_versions(data_dir))
    return next((build.data_to for build in builds if build), None)


def last_load(data_dir: Path) -> Mapping[str, object] | None:
    """Return how the latest load ended, as the pipelines wrote it, or None when unknown."""
    try:
        text = (data_dir / "published" / LAST_LOAD_NAME).read_text(encoding="utf-8")
        told = json.loads(text)
    except (OSError, ValueError):
        return None
    return told if isinstance(told, dict) else None
