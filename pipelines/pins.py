"""Which versions are kept whatever their age: those that saved papers name.

In doubt more is kept, never less: a list that is lost or damaged pins every version.
"""

import re
from dataclasses import dataclass
from typing import Final

from pipelines.places import Places
from schemas.published import PINS_PATH, VERSION_PATTERN

_ALL_KEPT: Final = (
    "No version was removed: the list of those that papers name, {path}, {fault}. "
    "Saving a scenario or a paper writes it anew."
)


@dataclass(frozen=True)
class Pins:
    """Names of the pinned versions; with a `problem` every version counts as pinned."""

    names: frozenset[str] = frozenset()
    problem: str = ""

    def hold(self, name: str) -> bool:
        """Return True for a version that must not be removed."""
        return bool(self.problem) or name in self.names


def read_pins(places: Places) -> Pins:
    """Return the pinned versions; none while there is no workspace, so that none can be named."""
    try:
        if not places.pins.parent.is_dir():
            return Pins()
        names = places.pins.read_text(encoding="utf-8").split()
    except FileNotFoundError:
        return _all("is missing")
    except OSError as fault:
        return _all(f"cannot be read ({fault.strerror})")
    except UnicodeDecodeError:
        return _all("is damaged")
    if not all(re.fullmatch(VERSION_PATTERN, name) for name in names):
        return _all("is damaged")
    return Pins(frozenset(names))


def _all(fault: str) -> Pins:
    return Pins(problem=_ALL_KEPT.format(path=PINS_PATH, fault=fault))
