"""The file in which readers' work is kept: SQLite, for its owner's eyes only, written whole or not.

Each piece of work opens the file anew: a connection belongs to one thread, and readers have many.
"""

import logging
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Final

from dashboard.errors import DashboardError

FILE_NAME: Final = "workspace.sqlite3"
FORM: Final = 3
"""Number of the tables' form; a file with a higher one was written by a newer dashboard."""

Held = sqlite3.Connection
"""The open file, for the length of one piece of work."""

_PATIENCE_SECONDS: Final = 5.0
_TABLES: Final = (
    """
    create table if not exists scenario (
        scenario_id text primary key,
        owner text not null,
        name text not null,
        content text not null,
        saved_at text not null,
        unique (owner, name)
    ) strict
    """,
    """
    create table if not exists basket (
        owner text primary key,
        title text not null default '',
        introduction text not null default ''
    ) strict
    """,
    """
    create table if not exists basket_figure (
        figure_id text primary key,
        owner text not null,
        place integer not null,
        same_as text not null,
        version text not null,
        heading text not null,
        commentary text not null,
        content text not null,
        unique (owner, same_as)
    ) strict
    """,
    """
    create table if not exists paper (
        paper_id text primary key,
        owner text not null,
        title text not null,
        versions text not null,
        content text not null,
        saved_at text not null,
        unique (owner, title)
    ) strict
    """,
    """
    create table if not exists tried_value (
        owner text not null,
        code text not null,
        value real not null,
        primary key (owner, code)
    ) strict
    """,
    """
    create table if not exists plan_revision (
        number integer primary key,
        saved_at text not null,
        owner text not null,
        version text not null,
        is_invented integer not null,
        entry_id text not null,
        content text not null
    ) strict
    """,
)

_log = logging.getLogger(__name__)


class WorkspaceUnavailable(DashboardError):
    """The workspace cannot be read or written; the message says what to do."""

    exit_code = 3


@contextmanager
def reading(data_dir: Path) -> Iterator[Held | None]:
    """Yield the open file, or None while nothing was ever kept. Raises WorkspaceUnavailable."""
    if not _path(data_dir).exists():
        yield None
        return
    with _opened(data_dir) as connection:
        (form,) = connection.execute("pragma user_version").fetchone()
        if 0 < form < FORM:
            _make_tables(connection)
        yield connection if form else None


@contextmanager
def writing(data_dir: Path) -> Iterator[Held]:
    """Yield the open file, made if need be; all is kept at the end, or nothing on a failure.

    Raises WorkspaceUnavailable.
    """
    try:
        _path(data_dir).parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        _path(data_dir).touch(mode=0o600)
    except OSError as error:
        raise _unavailable(data_dir, error) from None
    with _opened(data_dir) as connection, connection:
        connection.execute("begin immediate")
        _make_tables(connection)
        yield connection


def copy_to(data_dir: Path, target: Path) -> bool:
    """Write all that is kept at this moment into a file of its own, while readers go on.

    Return False while nothing was ever kept. Raises WorkspaceUnavailable.
    """
    if not _path(data_dir).exists():
        return False
    target.touch(mode=0o600)
    with _opened(data_dir) as connection, closing(sqlite3.connect(target)) as copy:
        connection.backup(copy)
        copy.execute("pragma journal_mode = delete")  # one file, and none beside it
    return True


def copy_from(data_dir: Path, source: Path) -> None:
    """Put a copy in the place of all that is kept, at one moment, while readers go on.

    Raises WorkspaceUnavailable, and all is as before.
    """
    with writing(data_dir):
        pass  # makes folder and file where there are none
    with _opened(data_dir) as connection, closing(sqlite3.connect(source)) as copy:
        copy.backup(connection)


def fault_here(data_dir: Path) -> str:
    """Return why what is kept cannot be used; nothing where it can, or where there is nothing."""
    return fault_of(_path(data_dir)) if _path(data_dir).exists() else ""


def fault_of(path: Path) -> str:
    """Return why a file of this kind cannot be used; nothing where it can."""
    try:
        with closing(
            sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)
        ) as connection:
            (found,) = connection.execute("pragma integrity_check(1)").fetchone()
            (form,) = connection.execute("pragma user_version").fetchone()
    except sqlite3.Error:
        return "is damaged"
    if form > FORM:
        return "was written by a newer version of the dashboard"
    return "" if found == "ok" else "is damaged"


@contextmanager
def _opened(data_dir: Path) -> Iterator[Held]:
    try:
        with closing(sqlite3.connect(_path(data_dir), timeout=_PATIENCE_SECONDS)) as connection:
            connection.execute("pragma journal_mode = wal")
            _refuse_newer(connection)
            yield connection
    except (sqlite3.Error, OSError) as error:
        raise _unavailable(data_dir, error) from None


def _make_tables(connection: Held) -> None:
    """Make the tables that are not there; a file of an older form has fewer, and loses nothing."""
    for table in _TABLES:
        connection.execute(table)
    connection.execute(f"pragma user_version = {FORM}")


def _refuse_newer(connection: Held) -> None:
    (form,) = connection.execute("pragma user_version").fetchone()
    if form > FORM:
        raise WorkspaceUnavailable(
            "What readers saved was written by a newer version of the dashboard, which this one "
            "cannot read. Links that carry their changes still open."
        )


def _unavailable(data_dir: Path, error: Exception) -> WorkspaceUnavailable:
    _log.error("%s cannot be used: %s", _path(data_dir), error)
    return WorkspaceUnavailable(
        "What readers saved cannot be read or written now. Links that carry their changes still "
        f"open. Whoever runs the dashboard should look at {FILE_NAME} in the folder workspace, and "
        "restore it from the backup if it is damaged."
    )


def _path(data_dir: Path) -> Path:
    return data_dir / "workspace" / FILE_NAME
