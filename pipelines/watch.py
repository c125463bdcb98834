"""Watches the inbox and loads what is put there."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

POLL_SECONDS: Final = 2.0

_State = frozenset[tuple[str, int, int]]


def watch(
    inbox: Path,
    load: Callable[[], None],
    *,
    seconds: float | None = None,
    poll_seconds: float = POLL_SECONDS,
) -> None:
    """Call `load` whenever the inbox has changed and then stayed the same for one poll.

    A file still being copied grows between two polls, and so is left until it is complete.
    `load` tells of its own failures; the watch goes on. Ends after `seconds`, else never.
    """
    started = time.monotonic()
    loaded: _State | None = None
    seen = _state(inbox)
    while seconds is None or time.monotonic() - started < seconds:
        time.sleep(poll_seconds)
        now = _state(inbox)
        if now == seen and now != loaded:
            load()
            loaded = now
        seen = now


def _state(inbox: Path) -> _State:
    """Return the path, size and time of change of every file under the inbox."""
    found = set()
    for path in inbox.rglob("*"):
        try:
            state = path.stat()
        except OSError:
            continue  # taken away while we looked; the next poll sees the rest
        if path.is_file():
            found.add((str(path), state.st_size, state.st_mtime_ns))
    return frozenset(found)
