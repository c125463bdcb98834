"""One change to services: what kind it is, what it needs, and how it is written in an address."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Final, Literal

from dashboard.errors import DashboardError
from schemas.supplied.lists import PRIORITY_FLAG

Kind = Literal["add", "move", "area", "grow", "shrink", "end"]
Mode = Literal["site", "remote"]
"""A place that people travel to; or help by telephone, online or at home, for whole districts."""

KINDS: Final[Mapping[Kind, str]] = MappingProxyType(
    {
        "add": "Add a service",
        "move": "Move a service's site",
        "area": "Move help that comes to people to another area",
        "grow": "Give a service more places",
        "shrink": "Give a service fewer places",
        "end": "End a service",
    }
)
MODES: Final[Mapping[Mode, str]] = MappingProxyType(
    {"site": "At a place that people travel to", "remote": "By telephone, online or at home"}
)
MOST_CAPACITY: Final = 20_000
MOST_COST: Final = 20_000_000
MOST_CHANGES: Final = 12

_ID: Final = re.compile(r"[A-Za-z0-9_-]{1,60}")
_FIELDS: Final[Mapping[Kind, tuple[str, ...]]] = MappingProxyType(
    {
        "add": ("mode", "spot", "groups", "capacity", "cost"),
        "move": ("service", "site", "spot", "cost"),
        "area": ("mode", "service", "spot", "cost"),
        "grow": ("service", "capacity", "cost"),
        "shrink": ("service", "capacity", "cost"),
        "end": ("service",),
    }
)
"""What each kind says, in the order in which an address says it."""


class NotAChange(DashboardError):
    """What a form, an address or a file asks for is no change that can be made."""

    exit_code = 2


@dataclass(frozen=True, kw_only=True)
class Change:
    """One change. What its kind does not need is left empty.

    service, site: codes of the directory. spot: the key of a town or of today's site; of remote
    help the district, or '' for the whole force area. groups: priority groups of a new service.
    capacity: people a year, more or fewer. cost: pounds a year that it costs, or saves.
    """

    kind: Kind
    service: str = ""
    site: str = ""
    mode: Mode = "site"
    spot: str = ""
    groups: tuple[str, ...] = ()
    capacity: int = 0
    cost: int = 0


def written(change: Change) -> str:
    """Return a change as an address holds it: 'add.site.ludlow.DA-SV.120.85000'."""
    said = (getattr(change, each) for each in _FIELDS[change.kind])
    parts = ("-".join(each) if isinstance(each, tuple) else str(each) for each in said)
    return ".".join((change.kind, *parts))


def read(text: str) -> Change:
    """Return the change that an address says. Raises NotAChange."""
    kind, *parts = text.split(".")
    fields = _FIELDS.get(kind)  # type: ignore[call-overload]
    if fields is None or len(parts) != len(fields):
        raise NotAChange("A change in the address is not understood and was left out.")
    return from_fields({"kind": kind, **dict(zip(fields, parts, strict=True))})


def from_fields(said: Mapping[str, object]) -> Change:
    """Return the change of these fields, as an address or a file gives them. Raises NotAChange."""
    known = _FIELDS.get(said.get("kind"))  # type: ignore[call-overload]
    if known is None:
        raise NotAChange("A change of a kind that is not known was left out.")
    groups = said.get("groups") or ()
    change = Change(
        kind=said["kind"],  # type: ignore[arg-type]
        service=str(said.get("service") or ""),
        site=str(said.get("site") or ""),
        mode=said.get("mode") or "site",  # type: ignore[arg-type]
        spot=str(said.get("spot") or ""),
        groups=_groups(groups),
        capacity=_whole(said.get("capacity") or 0, "places"),
        cost=_whole(said.get("cost") or 0, "cost"),
    )
    return checked(change)


def checked(change: Change) -> Change:
    """Return the change without what its kind does not need. Raises NotAChange with all faults."""
    faults = list(_faults(change))
    if faults:
        raise NotAChange(" ".join(faults))
    kept = {each: getattr(change, each) for each in _FIELDS[change.kind]}
    return replace(Change(kind=change.kind), **kept)


def _faults(change: Change) -> Sequence[str]:
    needed = _FIELDS[change.kind]
    is_named = {each: bool(_ID.fullmatch(getattr(change, each))) for each in ("service", "site")}
    wrong = {
        "Choose a service.": "service" in needed and not is_named["service"],
        "Choose the site that moves.": "site" in needed and not is_named["site"],
        "Choose a place.": "spot" in needed and not _has_spot(change),
        "Choose how the service helps.": change.mode not in MODES
        or (change.kind == "area" and change.mode != "remote"),
        "Choose at least one priority group.": "groups" in needed
        and (not change.groups or not set(change.groups) <= set(PRIORITY_FLAG)),
        f"Places must be from 1 to {MOST_CAPACITY:,} people a year.": "capacity" in needed
        and not 1 <= change.capacity <= MOST_CAPACITY,
        f"The cost must be from £0 to £{MOST_COST:,} a year.": not 0 <= change.cost <= MOST_COST,
    }
    return [said for said, is_wrong in wrong.items() if is_wrong]


def _has_spot(change: Change) -> bool:
    is_everywhere = change.mode == "remote" and not change.spot
    return is_everywhere or bool(_ID.fullmatch(change.spot))


def _groups(said: object) -> tuple[str, ...]:
    """Return priority groups in the order of the strategy, each once; unknown ones as they are."""
    named = said.split("-") if isinstance(said, str) else said
    if not isinstance(named, list | tuple):
        raise NotAChange("The priority groups of a change are not understood.")
    asked = {str(each) for each in named}
    return (*(each for each in PRIORITY_FLAG if each in asked), *sorted(asked - set(PRIORITY_FLAG)))


def _whole(said: object, name: str) -> int:
    is_whole = isinstance(said, int) and not isinstance(said, bool)
    if not is_whole and not (isinstance(said, str) and re.fullmatch(r"[0-9]{1,9}", said)):
        raise NotAChange(f"The {name} of a change must be a whole number.")
    return int(said)  # type: ignore[call-overload,no-any-return]
