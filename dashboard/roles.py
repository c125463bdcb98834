"""Who has which role: a file that the office keeps, outside the program and its repository.

The file decides for everyone or for nobody: where any of it cannot be trusted, all are denied.
"""

import logging
import tomllib
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from dashboard.access import EVERYONE

TABLE: Final = "readers"
"""The table of the file: one line for each reader, `"key" = "role"`."""

_LOG: Final = logging.getLogger("dashboard")
_NOBODY: Final[Mapping[str, str]] = {}

# Tells one state of the file from another: its age to the nanosecond, length and place on disk.
_Stamp = tuple[int, int, int] | None


def role_of(key: str, roles_file: Path | None) -> str | None:
    """Return the role that the file gives a reader now; None for who is not named in it."""
    if not key:
        return None
    return _read(roles_file, _stamp(roles_file)).get(key)


def _stamp(roles_file: Path | None) -> _Stamp:
    try:
        found = roles_file.stat() if roles_file else None
    except OSError:
        return None
    return (found.st_mtime_ns, found.st_size, found.st_ino) if found else None


@lru_cache(maxsize=4)
def _read(roles_file: Path | None, stamp: _Stamp) -> Mapping[str, str]:
    """Return all roles; nobody has one, and the log says why, where the file cannot be trusted."""
    if roles_file is None:
        return _nobody("WM_ROLES_FILE is not set")
    if stamp is None:
        # Not looked into, should it have come meanwhile: what is kept must not outlive the file.
        return _nobody("it is missing, or may not be looked at")
    try:
        held = tomllib.loads(roles_file.read_text(encoding="utf-8")).get(TABLE, {})
    except OSError as error:
        return _nobody(error.strerror or "no such file")
    except (ValueError, RecursionError):
        return _nobody("it is not TOML in UTF-8")
    return _checked(held)


def _checked(held: Any) -> Mapping[str, str]:
    if not isinstance(held, dict) or not held:
        return _nobody(f"it names nobody under [{TABLE}]")
    for number, role in enumerate(held.values(), start=1):
        if not isinstance(role, str) or role not in EVERYONE:
            # Not the word itself: where key and role were swapped, it would name a person.
            return _nobody(f"reader {number} has an unknown role; known: {_known()}")
    return dict(held)


def _known() -> str:
    return ", ".join(sorted(EVERYONE))


def _nobody(why: str) -> Mapping[str, str]:
    _LOG.error("role file not readable: %s. Everyone is denied.", why)
    return _NOBODY
