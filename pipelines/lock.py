"""One load at a time."""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from filelock import FileLock, Timeout

from pipelines.errors import PipelineError
from pipelines.places import Places


class AnotherLoadRunning(PipelineError):
    """A load holds the lock. The message says which process, and since when."""

    exit_code = 4


@contextmanager
def load_lock(places: Places) -> Iterator[None]:
    """Hold the right to load, for the whole run. The system lets go of it when a process dies.

    Raises:
        AnotherLoadRunning: at once, without waiting.
    """
    places.create()
    lock = FileLock(places.restricted / "load.lock", timeout=0)
    try:
        lock.acquire()
    except Timeout:
        raise AnotherLoadRunning(_who_is_running(places)) from None
    try:
        owner = {"pid": os.getpid(), "since": f"{datetime.now(UTC):%Y-%m-%d %H:%M:%S} UTC"}
        (places.restricted / "load-owner.json").write_text(json.dumps(owner), encoding="utf-8")
        yield
    finally:
        lock.release()


def _who_is_running(places: Places) -> str:
    try:
        text = (places.restricted / "load-owner.json").read_text(encoding="utf-8")
        owner = json.loads(text)
        who = f"pid {owner['pid']}, since {owner['since']}"
    except (OSError, ValueError, KeyError):
        who = "it has only just begun"
    return f"Another load is running ({who}). Wait until it ends, then try again."
