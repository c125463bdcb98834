"""One load at a time, and one watch."""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock, Timeout

from pipelines.errors import PipelineError
from pipelines.places import Places


class AnotherRunning(PipelineError):
    """A load or a watch holds its lock. The message says which process, and since when."""

    exit_code = 4


@contextmanager
def load_lock(places: Places) -> Iterator[None]:
    """Hold the right to load, for the whole run. The system lets go of it when a process dies.

    Raises:
        AnotherRunning: at once, without waiting.
    """
    with _lock(places, "load"):
        yield


@contextmanager
def watch_lock(places: Places) -> Iterator[None]:
    """Hold the right to watch; loads by hand take the other lock. Raises AnotherRunning."""
    with _lock(places, "watch"):
        yield


@contextmanager
def _lock(places: Places, kind: str) -> Iterator[None]:
    places.create()
    lock = FileLock(places.restricted / f"{kind}.lock", timeout=0)
    named = places.restricted / f"{kind}-owner.json"
    try:
        lock.acquire()
    except Timeout:
        raise AnotherRunning(
            f"Another {kind} is running ({_owner(named)}). Wait until it ends, then try again."
        ) from None
    try:
        owner = {"pid": os.getpid(), "since": f"{datetime.now(UTC):%Y-%m-%d %H:%M:%S} UTC"}
        named.write_text(json.dumps(owner), encoding="utf-8")
        yield
    finally:
        lock.release()


def _owner(named: Path) -> str:
    try:
        owner = json.loads(named.read_text(encoding="utf-8"))
        return f"pid {owner['pid']}, since {owner['since']}"
    except (OSError, ValueError, KeyError):
        return "it has only just begun"
