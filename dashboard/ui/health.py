"""Whether data can be served, for those who watch the server."""

from dataclasses import dataclass
from pathlib import Path

from dashboard.errors import DashboardError
from dashboard.ui.cache import warehouse


@dataclass(frozen=True)
class Health:
    """Ready or not, with one line that says why."""

    is_ready: bool
    words: str


def check(data_dir: Path) -> Health:
    """Return the state of the published data; asked anew each time, so it recovers by itself."""
    try:
        served = warehouse(data_dir)
    except DashboardError as error:
        return Health(False, f"not ready: {error}\n")
    problem = f" ({served.problem})" if served.problem else ""
    return Health(True, f"ready: {served.version}{problem}\n")
