"""Lets the loader's own check look at a file that somebody dropped, in a process with limits.

This is the one place where the dashboard calls the pipelines: by command line, never by import.
The dashboard holds the bytes and the list of faults; only the other process reads the rows. It
gets no secret (its environment is made here), a folder of its own that only this user may enter
and that is always removed, and limits on time, memory and output. Few run at once, so that many
files dropped together cannot take the machine from those who read.
"""

import json
import os
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from threading import BoundedSemaphore
from typing import Any, Final

import streamlit as st

from dashboard.errors import DashboardError
from dashboard.ui.safe_name import safe_name

_PROJECT: Final = Path(__file__).parents[2]
_LIMITER: Final = Path(__file__).with_name("check_limits.py")
_PREFIX: Final = "victims-insight-check-"
_LEFT_AFTER_SECONDS: Final = 3600
_AT_ONCE: Final = 2
"""Checks that may run at the same time, of whoever asks."""

_UNDERSTOOD: Final = (0, 1)
"""Exit codes of a check that came to its end: no fault, and faults."""


@dataclass(frozen=True, kw_only=True)
class Limits:
    """What one check may use: seconds of work, bytes of memory, bytes of answer.

    By the clock it may take twice as long, for a machine that does other things as well.
    wait_seconds: how long it waits for others to end before it gives up.
    """

    seconds: int = 60
    memory_bytes: int = 2 * 1024**3
    output_bytes: int = 16 * 1024**2
    wait_seconds: int = 15


USUAL: Final = Limits()
"""A workbook of 20,000 rows and 44 columns takes seven seconds of work."""


@dataclass(frozen=True, kw_only=True)
class Fault:
    """One fault in a row: where it is, what was found (never of people), what to do.

    `cell` is the cell of a workbook, such as D14, and empty for CSV.
    """

    line: int | None
    cell: str
    column: str
    value: str
    reason: str
    expected: str
    advice: str


@dataclass(frozen=True, kw_only=True)
class Oddity:
    """A kind of oddity in rows that would be loaded all the same, and how many rows have it."""

    reason: str
    column: str
    row_count: int
    message: str


@dataclass(frozen=True, kw_only=True)
class CheckedFile:
    """What the check found. `refusals` pairs a reason code with its message.

    `table` is the supplied table it was taken for, or "boundaries"; None for a street file or when
    none fits. Row counts are None when the rows could not be read. Rows may be set aside without a
    fault: those of other areas in a national map.
    """

    file_name: str
    table: str | None
    title: str
    refusals: tuple[tuple[str, str], ...]
    rows_read: int | None
    rows_set_aside: int
    is_invented: bool
    faults: tuple[Fault, ...]
    oddities: tuple[Oddity, ...]


class CheckFailed(DashboardError):
    """The check gave no answer; the message says why and what to do, and nothing of the file."""


def check_file(
    content: bytes,
    name: str,
    *,
    data_dir: Path,
    limits: Limits = USUAL,
    as_of: date | None = None,
) -> CheckedFile:
    """Return what the loader would say of a file; nothing of it stays on the disk.

    Args:
        content: the file's bytes.
        name: what its sender calls it; only a safe form of it is used.
        data_dir: the folder whose published lists the file is checked against.
        limits: what the check may use.
        as_of: the day that counts as today; by default that of the server's clock.

    Raises:
        CheckFailed: it took too long, needed too much memory, its answer was too long, or too
            many other files are being checked.
    """
    _remove_leftovers()
    # The folder is made with mode 0700.
    with _turn(limits), tempfile.TemporaryDirectory(prefix=_PREFIX) as folder:
        path = Path(folder, safe_name(name))
        path.write_bytes(content)
        answer = _run(path, data_dir, limits, as_of)
    return _understood(answer, limits)


@contextmanager
def _turn(limits: Limits) -> Iterator[None]:
    """Wait for one of the few turns, and give it back at the end."""
    turns = _turns()
    if not turns.acquire(timeout=limits.wait_seconds):
        raise _busy()
    try:
        yield
    finally:
        turns.release()


@st.cache_resource(show_spinner=False)
def _turns() -> BoundedSemaphore:
    """Return the turns that all who use this server share."""
    return BoundedSemaphore(_AT_ONCE)


def _remove_leftovers() -> None:
    """Remove what a server that was killed during a check could not remove itself."""
    for folder in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"):
        with suppress(FileNotFoundError):  # another check may just have ended
            found = folder.lstat()
            is_ours = stat.S_ISDIR(found.st_mode) and found.st_uid == os.geteuid()
            if is_ours and time.time() - found.st_mtime > _LEFT_AFTER_SECONDS:
                shutil.rmtree(folder, ignore_errors=True)


def _run(path: Path, data_dir: Path, limits: Limits, as_of: date | None) -> bytes:
    """Return what the check printed. What it says on the error stream may quote rows: unread."""
    with tempfile.TemporaryFile() as answer:  # has no name, so none that the file could have
        try:
            ended = subprocess.run(  # noqa: S603
                _command(path, data_dir, limits, as_of),
                cwd=path.parent,
                env=_environment(path.parent),
                stdin=subprocess.DEVNULL,
                stdout=answer,
                stderr=subprocess.DEVNULL,
                timeout=2 * limits.seconds,
                check=False,
            )
        except subprocess.TimeoutExpired:
            raise _too_slow(limits) from None
        if ended.returncode == -signal.SIGXCPU:
            raise _too_slow(limits)
        if answer.seek(0, os.SEEK_END) >= limits.output_bytes:
            raise _too_many_faults()
        if ended.returncode not in _UNDERSTOOD:
            raise _ended_early(limits)
        answer.seek(0)
        return answer.read()


def _command(path: Path, data_dir: Path, limits: Limits, as_of: date | None) -> list[str]:
    most = (limits.seconds, limits.memory_bytes, limits.output_bytes)
    limiter = [sys.executable, "-I", "-S", str(_LIMITER), *map(str, most)]
    # -P: the folder of the file is no place to import from.
    check = [sys.executable, "-P", "-m", "pipelines", "check", "--json"]
    today = ["--as-of", as_of.isoformat()] if as_of else []
    return [*limiter, *check, *today, "--data-dir", str(data_dir.resolve()), str(path)]


def _environment(folder: Path) -> dict[str, str]:
    return {
        "PYTHONPATH": str(_PROJECT),
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONUTF8": "1",
        "HOME": str(folder),
        "TMPDIR": str(folder),
        # More threads take memory, and the file is small.
        "POLARS_MAX_THREADS": "1",
        "OPENBLAS_NUM_THREADS": "1",
    }


def _understood(answer: bytes, limits: Limits) -> CheckedFile:
    try:
        (told,) = json.loads(answer)
        return _checked(told)
    except (ValueError, TypeError, KeyError) as error:
        raise _ended_early(limits) from error


def _checked(told: dict[str, Any]) -> CheckedFile:
    return CheckedFile(
        file_name=str(told["file_name"]),
        table=told.get("table"),
        title=str(told.get("title") or ""),
        refusals=tuple((str(each["reason"]), str(each["message"])) for each in told["refusals"]),
        rows_read=told["rows_read"],
        rows_set_aside=int(told["rows_set_aside"] or 0),
        is_invented=bool(told["is_invented"]),
        faults=tuple(_fault(each) for each in told["set_aside"]),
        oddities=tuple(_oddity(each) for each in told["warnings"]),
    )


def _fault(told: dict[str, Any]) -> Fault:
    return Fault(
        line=told["line"],
        cell=str(told.get("cell") or ""),
        column=str(told["column_name"] or ""),
        value=str(told["value"] or ""),
        reason=str(told["reason"]),
        expected=str(told["expected"] or ""),
        advice=str(told["advice"] or ""),
    )


def _oddity(told: dict[str, Any]) -> Oddity:
    return Oddity(
        reason=str(told["reason"]),
        column=str(told["detail"] or ""),
        row_count=int(told["row_count"]),
        message=str(told["message"] or ""),
    )


def _busy() -> CheckFailed:
    return CheckFailed(
        "The server is busy with other files. Nothing is wrong with this one, as far as is known: "
        "take it out of the box, and drop it again in a minute."
    )


def _too_slow(limits: Limits) -> CheckFailed:
    return CheckFailed(
        f"The check took longer than {limits.seconds} seconds and was stopped. "
        "Split the file by period and check each part."
    )


def _too_many_faults() -> CheckFailed:
    return CheckFailed(
        "The file has so many faults that their list is too long to show. Check that line 1 is "
        "the header of the template and that each column holds what its heading says."
    )


def _ended_early(limits: Limits) -> CheckFailed:
    return CheckFailed(
        f"The check ended without an answer: it may use {limits.seconds} seconds and "
        f"{limits.memory_bytes // 1024**2:,} MB of memory. Split the file by period and check "
        "each part."
    )
