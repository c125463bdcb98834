"""Watches the inbox and loads what is put there, until it is told to stop."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

POLL_SECONDS: Final = 2.0
FIRST_PAUSE: Final = 10.0
LONGEST_PAUSE: Final = 1800.0
"""Seconds until a load that failed is tried again: twice as long after each, up to this."""

_State = frozenset[tuple[str, int, int]]


def watch(
    inbox: Path,
    load: Callable[[], bool],
    *,
    tell: Callable[[str], None],
    seconds: float | None = None,
    poll_seconds: float = POLL_SECONDS,
    first_pause: float = FIRST_PAUSE,
    wait: Callable[[float], None] = time.sleep,
) -> None:
    """Call `load` whenever the inbox has changed and then stayed the same for one poll.

    A file still being copied grows between two polls, and so is left until it is complete; a
    folder that is missing is waited for. `load` tells of its own failures and returns False when
    it is to be tried again. Ends after `seconds`, else never.
    """
    started = time.monotonic()
    is_pending, due, pause = True, started, first_pause
    seen = _state(inbox)
    while seconds is None or time.monotonic() - started < seconds:
        wait(poll_seconds)
        now = _state(inbox)
        if now != seen:
            tell(_news(inbox, seen, now))
            is_pending, due, pause = True, 0.0, first_pause
        elif is_pending and now is not None and time.monotonic() >= due:
            is_pending = not load()
            if is_pending:
                tell(f"Trying again in {pause:.0f} seconds, or as soon as the inbox changes.")
            due, pause = time.monotonic() + pause, min(2 * pause, LONGEST_PAUSE)
        seen = now


def _state(inbox: Path) -> _State | None:
    """Return path, size and time of change of every file in the inbox; None where it is missing."""
    try:
        if not inbox.exists():
            return None
        paths = [inbox] if inbox.is_file() else list(inbox.rglob("*"))
    except OSError:
        return None
    return frozenset(filter(None, map(_file_state, paths)))


def _file_state(path: Path) -> tuple[str, int, int] | None:
    try:
        state = path.stat()
        return (str(path), state.st_size, state.st_mtime_ns) if path.is_file() else None
    except OSError:
        return None  # taken away while we looked; the next poll sees the rest


def _news(inbox: Path, before: _State | None, now: _State | None) -> str:
    if now is None:
        return f"{inbox} is missing or cannot be read; waiting for it."
    if before is None:
        return f"{inbox} is there again."
    changed = len({path for path, *_ in before ^ now})
    are = "1 file has" if changed == 1 else f"{changed:,} files have"
    return f"{are} changed; loading once nothing changes any more."
