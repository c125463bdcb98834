"""Progress of long work, on the error stream, so that standard output stays clean."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final, Protocol

if TYPE_CHECKING:
    from rich.progress import Progress as RichProgress
    from rich.progress import TaskID

QUIET_SECONDS: Final = 2.0
"""Work shorter than this shows no bar."""


class Progress(Protocol):
    """What long work calls after each step: what it does, steps done, steps in all."""

    def __call__(self, label: str, done: int, total: int) -> None: ...


def no_progress(label: str, done: int, total: int) -> None:
    """Show nothing: for tests and for work that another program watches."""


@contextmanager
def progress_bars() -> Iterator[Progress]:
    """Show a bar a label once the work has taken two seconds; remove the bars at the end."""
    bars = _Bars()
    try:
        yield bars
    finally:
        bars.stop()


class _Bars:
    def __init__(self) -> None:
        self._started = time.monotonic()
        self._rich: RichProgress | None = None
        self._tasks: dict[str, TaskID] = {}

    def __call__(self, label: str, done: int, total: int) -> None:
        if self._rich is None and time.monotonic() - self._started < QUIET_SECONDS:
            return
        rich = self._rich or self._start()
        if label not in self._tasks:
            self._tasks[label] = rich.add_task(label, total=total)
        rich.update(self._tasks[label], completed=done, total=total)

    def _start(self) -> "RichProgress":
        # Imported here: most runs end before a bar is due.
        from rich.console import Console
        from rich.progress import Progress as RichProgress

        self._rich = RichProgress(console=Console(stderr=True), transient=True)
        self._rich.start()
        return self._rich

    def stop(self) -> None:
        if self._rich is not None:
            self._rich.stop()
