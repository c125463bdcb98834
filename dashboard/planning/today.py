"""Where services stand today, for one priority group: what a scenario starts from."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from dashboard.metrics.access_network import Network
from dashboard.metrics.assumptions import Range
from dashboard.metrics.statistics import Array

Districts = frozenset[str] | None
Reach = Callable[["Spot", Districts], tuple[Array, Array]]


@dataclass(frozen=True, kw_only=True)
class Spot:
    """A town, or a place where a service sees people today: somewhere that a site could be."""

    key: str
    name: str
    district: str
    latitude: float
    longitude: float


@dataclass(frozen=True, kw_only=True)
class Running:
    """A service that runs today.

    capacity: the people that it can help in a year, of all its groups; None where the directory
    does not state it. part: how much of that is for the group. cost: pounds a year, None where it
    is not stated. districts: whose residents it is for, None for everybody. sites: those that
    people travel to, by code, with their names.
    """

    service_id: str
    name: str
    capacity: float | None
    part: float
    cost: float | None
    districts: Districts
    sites: Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class Before:
    """Need and unmet need of a district or of the force today, people a year, and its residents.

    Without a figure the unmet need has a marker.
    """

    name: str
    need: Range
    unmet: Range
    marker: str = ""


@dataclass(frozen=True, kw_only=True, eq=False)
class Today:
    """Everything that a scenario for one priority group starts from.

    districts: by code, in their order. needs: by crime group, estimated need of the force.
    reach: minutes and weights from each place to a spot, for residents of some districts.
    outreach: by service, minutes from each place to its nearest place of outreach. near_minutes:
    the longest journey that counts as within reach. notes: what all of it rests on, in sentences.
    """

    group: str
    network: Network
    districts: Mapping[str, Before]
    force: Before
    services: Mapping[str, Running]
    spots: Mapping[str, Spot]
    needs: Mapping[str, float]
    reach: Reach
    outreach: Mapping[str, Array] = field(default_factory=dict)
    near_minutes: float = 30.0
    notes: tuple[str, ...] = ()


def key_of(name: str) -> str:
    """Return the key of a town: 'bishops-castle'."""
    return re.sub(r"[^a-z0-9]+", "-", name.lower().replace("'", "").replace("’", "")).strip("-")
