"""Whether data can be served, for those who watch the server, and how it was started."""

import logging
from dataclasses import dataclass
from typing import Final

from dashboard.errors import DashboardError
from dashboard.settings import load_settings
from dashboard.ui.cache import warehouse

DEVELOPMENT_NOTICE: Final = (
    "Development mode (WM_MODE=development): everyone who reaches this address is treated as "
    "staff. Never use it on a server that others can reach."
)


@dataclass(frozen=True)
class Health:
    """Ready or not, with one line that says why."""

    is_ready: bool
    words: str


def check() -> Health:
    """Return the state of the published data; asked anew each time, so it recovers by itself."""
    try:
        served = warehouse(load_settings().data_dir)
    except DashboardError as error:
        return Health(False, f"not ready: {error}")
    problem = f" ({served.problem})" if served.problem else ""
    return Health(True, f"ready: {served.version}{problem}")


def tell_mode() -> None:
    """Write a warning to the server's log when it runs in development mode."""
    if load_settings().mode == "development":
        logging.getLogger("streamlit").warning(DEVELOPMENT_NOTICE)
