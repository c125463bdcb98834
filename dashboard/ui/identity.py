"""Who is reading. Without sign-in nobody is known, and an unknown reader is denied."""

from dataclasses import dataclass
from typing import Final

from dashboard.access import STAFF
from dashboard.settings import Settings


@dataclass(frozen=True)
class Reader:
    """The person at the screen; no role means that nothing opens.

    `key` tells one person from another for good: it owns what is saved and stands in the audit
    log. `name` is for the screen only.
    """

    key: str
    name: str
    role: str | None = None


NOBODY: Final = Reader("", "Nobody signed in")
DEVELOPER: Final = Reader("development", "Development viewer", STAFF)


def current_reader(settings: Settings) -> Reader:
    """Return the named staff viewer in development mode, and nobody otherwise."""
    return DEVELOPER if settings.mode == "development" else NOBODY
