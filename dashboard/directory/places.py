"""Sites that lie close together, as one place: on a map of three counties they cover each other."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from dashboard.directory.service import Service, Site

NEAR_KM: Final = 3.0
_KM_PER_DEGREE: Final = 111.2


@dataclass(frozen=True)
class Place:
    """Sites near one another, with their services; it stands where the first of them does."""

    longitude: float
    latitude: float
    sites: tuple[tuple[Service, Site], ...]

    @property
    def services(self) -> tuple[Service, ...]:
        """The services that see people there, each once."""
        return tuple({each.record["service_id"]: each for each, _ in self.sites}.values())


def places(services: Iterable[Service]) -> tuple[Place, ...]:
    """Return the places of all sites that have a position, the one with most services first."""
    found: list[list[tuple[Service, Site]]] = []
    for service in services:
        for site in service.sites:
            if site.latitude is not None:
                _place_for(site, found).append((service, site))
    made = [_place(sites) for sites in found]
    return tuple(sorted(made, key=lambda each: -len(each.services)))


def _place_for(site: Site, found: list[list[tuple[Service, Site]]]) -> list[tuple[Service, Site]]:
    near = next((sites for sites in found if _distance_km(site, sites[0][1]) <= NEAR_KM), None)
    if near is not None:
        return near
    found.append([])
    return found[-1]


def _place(sites: Sequence[tuple[Service, Site]]) -> Place:
    first = sites[0][1]
    return Place(first.longitude or 0.0, first.latitude or 0.0, tuple(sites))


def _distance_km(one: Site, other: Site) -> float:
    """Return the distance of two sites that have a position; on this scale the earth is flat."""
    north = (one.latitude or 0.0) - (other.latitude or 0.0)
    east = (one.longitude or 0.0) - (other.longitude or 0.0)
    narrowed = east * math.cos(math.radians(one.latitude or 0.0))
    return _KM_PER_DEGREE * math.hypot(north, narrowed)
