"""One fetch at a time into an inbox, and one clear line when the disk does not let it."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from pipelines.fetching.faults import ANOTHER_RUNS, FAILED, FetchError


@contextmanager
def alone_in(inbox: Path) -> Iterator[None]:
    """Hold the inbox for one fetch; a full disk or a forbidden folder becomes one clear line."""
    try:
        inbox.mkdir(parents=True, exist_ok=True)
        with FileLock(inbox / ".fetch.lock", timeout=0):
            yield
    except Timeout as fault:
        raise FetchError(
            f"Another fetch into {inbox} is running. Wait until it ends.", exit_code=ANOTHER_RUNS
        ) from fault
    except OSError as fault:
        raise FetchError(
            f"Could not write into {fault.filename or inbox}: {fault.strerror}. Make room or give "
            "this account the right to write there, and run the same command again.",
            exit_code=FAILED,
        ) from fault
