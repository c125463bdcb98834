"""Which help there is: for each priority group and district, the services that take its people."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Final

from dashboard.directory.eligibility import Seeker, bands_of, not_taken, takes
from dashboard.directory.service import Directory, Group, Service
from schemas.supplied.lists import CRIME_GROUPS, PRIORITY_FLAG

Cell = tuple[str, str]
"""A priority group and a district, by their codes."""

NONE: Final = "none"
REMOTE: Final = "remote"
GENERAL: Final = "general"
SPECIALIST: Final = "specialist"
LEVELS: Final[Mapping[str, str]] = {
    NONE: "None",
    REMOTE: "Remote only",
    GENERAL: "General",
    SPECIALIST: "Specialist",
}
"""How much help there is, least first."""

_PRIORITY_OF: Final = {each.code: each.priority for each in CRIME_GROUPS if each.priority}
_BY_CRIME: Final = frozenset(_PRIORITY_OF.values())
"""Priority groups that are victims of some crimes; the others are kinds of people."""


@dataclass(frozen=True, kw_only=True)
class Help:
    """The services for one priority group in one district, each by name in one of three lists.

    specialist: made for the group, and seeing people. general: for the group among others, and
    seeing people. remote: by telephone or online only, whether made for the group or not.
    without: whom of the group the best of these leaves out, in words; '' for nobody.
    """

    specialist: tuple[Service, ...] = ()
    general: tuple[Service, ...] = ()
    remote: tuple[Service, ...] = ()
    without: str = ""

    @property
    def level(self) -> str:
        """The code of the best of LEVELS that there is."""
        held = ((SPECIALIST, self.specialist), (GENERAL, self.general), (REMOTE, self.remote))
        return next((level for level, services in held if services), NONE)

    @property
    def services(self) -> tuple[Service, ...]:
        """All of them, the specialists first."""
        return (*self.specialist, *self.general, *self.remote)


def provision(directory: Directory, seeker: Seeker | None = None) -> dict[Cell, Help]:
    """Return the help in every district for every priority group that the seeker can be of.

    A service counts where it works in the district, its contract has begun and not ended, it is
    for the group and takes some of its people. Nothing is said of how far away it is.
    """
    whom = seeker or Seeker()
    running = [each for each in directory.services if each.has_begun and not each.has_ended]
    return {
        (flag, district): _help(running, flag, district, whom)
        for flag in PRIORITY_FLAG
        if bands_of(flag, whom)
        for district in directory.districts
    }


def is_made_for(service: Service, flag: str) -> bool:
    """Return True when the service is a specialist for a priority group or a crime against it."""
    return any(each.is_specialist and flag in _flags(each) for each in service.groups)


def is_for(service: Service, flag: str) -> bool:
    """Return True when the service is for a priority group, alone or among others.

    One that names nobody is for everyone. One that is made for nobody in particular is for every
    kind of people, since its list of crimes shuts none of them out.
    """
    if not service.groups or any(flag in _flags(each) for each in service.groups):
        return True
    is_open = not any(each.is_specialist or each.priority_flag for each in service.groups)
    return flag not in _BY_CRIME and is_open


def _help(services: Iterable[Service], flag: str, district: str, seeker: Seeker) -> Help:
    held = [
        each
        for each in services
        if (each.is_everywhere or district in each.areas)
        and is_for(each, flag)
        and takes(each, flag, seeker)
    ]
    seen = [each for each in held if each.sites]
    found = Help(
        specialist=tuple(each for each in seen if is_made_for(each, flag)),
        general=tuple(each for each in seen if not is_made_for(each, flag)),
        remote=tuple(each for each in held if not each.sites),
    )
    best = found.specialist or found.general or found.remote
    return replace(found, without=not_taken(best, flag, seeker)) if best else found


def _flags(group: Group) -> tuple[str, ...]:
    by_crime = _PRIORITY_OF.get(group.crime_group or "")
    return tuple(filter(None, (group.priority_flag, by_crime)))
