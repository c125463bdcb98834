"""The audit log: one line for each file that leaves, each denial, each signing in and out.

Lines are chained by hash (`schemas/audit_chain.py`), across the files of the years. A line is on
the disk before what it tells of happens; where it cannot be written, that does not happen.
"""

import hashlib
import json
import logging
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from filelock import FileLock

from dashboard.audit_event import Event, content
from dashboard.errors import DashboardError
from schemas.audit_chain import START, BrokenLine, Link, link_of, seal

HEAD: Final = "head.json"
"""Holds the number and hash of the last line, so that lines cut off the end are missed."""

_PATIENCE_SECONDS: Final = 5.0
_POLL_SECONDS: Final = 0.005
_LONGEST_LINE: Final = 16_384
_END: Final = 2 * _LONGEST_LINE
"""Bytes at the end of a file that hold its last line, also before one that was cut short."""

_log = logging.getLogger(__name__)


class NotRecorded(DashboardError):
    """What was to be recorded could not be, and so must not be done."""

    exit_code = 3


def append(
    data_dir: Path, event: Event, *, now: Callable[[], datetime] = lambda: datetime.now(UTC)
) -> Link:
    """Write the event as the next line, wait until it is on the disk, and return its link.

    Raises:
        NotRecorded: it could not be written, or the log is not as it was left.
    """
    with holding(data_dir) as folder:
        last = _say_what_was_torn(folder, _last(folder), now())
        return _write(folder, event, now(), after=last)


def check(data_dir: Path) -> None:
    """Find out whether a line could be written now.

    Raises:
        NotRecorded: it could not.
    """
    with holding(data_dir) as folder:
        # Writing the head anew also finds a full disk, or a folder that nobody may write to.
        _write_head(folder, _last(folder))


@contextmanager
def holding(data_dir: Path) -> Iterator[Path]:
    """Yield the folder of the log while no other process or thread writes to it.

    Raises:
        NotRecorded: it cannot be held.
    """
    folder = audit_folder(data_dir)
    try:
        folder.parent.mkdir(mode=0o750, parents=True, exist_ok=True)
        folder.mkdir(mode=0o700, exist_ok=True)
        lock = FileLock(
            folder / "lock", timeout=_PATIENCE_SECONDS, poll_interval=_POLL_SECONDS, mode=0o600
        )
        with lock:
            yield folder
    except (OSError, NotImplementedError, BrokenLine) as error:
        _log.error("the audit log in %s cannot be written: %s", folder, error)
        raise NotRecorded("The export could not be recorded, so it was not made.") from None


def audit_folder(data_dir: Path) -> Path:
    """Return the folder of the log: the dashboard's account alone enters it."""
    return data_dir / "audit" / "dashboard"


def audit_files(folder: Path) -> list[Path]:
    """Return the files of the log, the oldest first."""
    return sorted(folder.glob("exports-[0-9][0-9][0-9][0-9].jsonl"))


def read_head(folder: Path) -> Link | None:
    """Return the link of the last line as the head says; None where there is no head.

    Raises BrokenLine for a head that cannot be read.
    """
    try:
        held = json.loads((folder / HEAD).read_bytes())
        return Link(int(held["number"]), str(held["hash"]))
    except FileNotFoundError:
        return None
    except (ValueError, TypeError, KeyError, ArithmeticError, RecursionError):
        raise BrokenLine(f"{HEAD} cannot be read") from None


def lines_of(path: Path) -> tuple[list[str], bytes]:
    """Return the whole lines of a file of the log, and what stands after the last line end."""
    *lines, rest = path.read_bytes().split(b"\n")
    return [line.decode("ascii", "replace") for line in lines], rest


def _last(folder: Path) -> Link:
    """Return the link of the last whole line, which must be the one that was written last."""
    last = next(filter(None, map(_last_line, reversed(audit_files(folder)))), "")
    link = link_of(last) if last else START
    head = read_head(folder) or START
    # Of two that are killed between line and head, the head is one line behind; never ahead.
    if head.number > link.number or (head.number == link.number and head != link):
        raise BrokenLine(f"its last line is {link.number}, and not the one that {HEAD} names")
    return link


def _last_line(path: Path) -> str:
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - _END))
        *lines, _ = file.read().split(b"\n")
    return lines[-1].decode("ascii", "replace") if lines else ""


def _say_what_was_torn(folder: Path, last: Link, now: datetime) -> Link:
    """Take a line that a crash cut short out of the log, keep it aside, and write that down."""
    aside = folder / f"torn-{last.number + 1}.part"
    for path in audit_files(folder)[-1:]:
        _set_aside(path, aside)
    if not aside.exists():
        return last
    _log.warning("a line of the audit log was cut short; it is kept as %s", aside.name)
    sha256 = hashlib.sha256(aside.read_bytes()).hexdigest()
    torn = Event(action="torn_line_set_aside", reader="", role=None, what=aside.name, sha256=sha256)
    return _write(folder, torn, now, after=last)


def _set_aside(path: Path, aside: Path) -> None:
    with path.open("r+b") as file:
        start = max(0, path.stat().st_size - _END)
        file.seek(start)
        end = file.read()
        torn = end[end.rfind(b"\n") + 1 :]
        if torn:
            _write_whole(aside, torn)
            file.truncate(start + len(end) - len(torn))
            os.fsync(file.fileno())


def _write(folder: Path, event: Event, now: datetime, *, after: Link) -> Link:
    line, link = seal(content(event, now=now), after=after)
    if len(line) >= _LONGEST_LINE:
        # Another, such as of an address with a thousand areas, would be taken for a broken one.
        raise OSError("the line is too long")
    # A clock that was set back does not make lines go to a file before the last one.
    path = max([folder / f"exports-{now.year}.jsonl", *audit_files(folder)[-1:]])
    with open(path, "ab", buffering=0, opener=_private) as file:
        if file.write(f"{line}\n".encode("ascii")) != len(line) + 1:
            raise OSError("the line was not written whole")
        os.fsync(file.fileno())
    _write_head(folder, link)
    return link


def _write_head(folder: Path, link: Link) -> None:
    text = json.dumps({"number": link.number, "hash": link.hash})
    _write_whole(folder / HEAD, text.encode())


def _write_whole(path: Path, content: bytes) -> None:
    beside = path.with_suffix(".new")
    with open(beside, "wb", opener=_private) as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)
    _sync_folder(path.parent)


def _sync_folder(folder: Path) -> None:
    """Wait until the names in it are on the disk. Windows has no such call."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, mode=0o600)
