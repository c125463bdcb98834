"""Puts a checked file where the loader takes it from, and never over another one."""

import os
import secrets
import stat
from collections.abc import Iterator
from itertools import count
from pathlib import Path, PurePosixPath

from dashboard.ui.safe_name import safe_name


def put_into_inbox(content: bytes, name: str, *, data_dir: Path) -> str:
    """Write the file whole and return the name that it got.

    Its owner only may read it, and the loader's account too where the folder hands on its group.
    Until it is complete it has a hidden name, which the loader passes over. A file of the same
    name stays as it is: the new one gets a number.

    Raises:
        OSError: the inbox cannot be written to.
    """
    inbox = data_dir / "inbox"
    inbox.mkdir(parents=True, exist_ok=True, mode=0o700)
    partial = inbox / f".{secrets.token_hex(8)}.partial"
    try:
        _write(partial, content)
        return _named(partial, safe_name(name))
    finally:
        partial.unlink(missing_ok=True)


def _write(path: Path, content: bytes) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    if path.parent.stat().st_mode & stat.S_ISGID:
        os.fchmod(handle, 0o640)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _named(partial: Path, name: str) -> str:
    """Give the file the first name that is free. A link, unlike a move, replaces nothing."""
    for wanted in _names(name):
        try:
            partial.with_name(wanted).hardlink_to(partial)
        except FileExistsError:
            continue
        return wanted
    raise AssertionError("numbers do not end")


def _names(name: str) -> Iterator[str]:
    yield name
    wanted = PurePosixPath(name)
    yield from (f"{wanted.stem}-{number}{wanted.suffix}" for number in count(2))
