"""Where services see people, and how their capacity is spread over their sites and beside them."""

from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
import polars as pl
from numpy.typing import NDArray

from dashboard.directory.service import Service
from dashboard.directory.service import Site as Listed
from dashboard.metrics.access_services import Serving
from dashboard.metrics.statistics import Array
from dashboard.metrics.travel import straight_km

Layer = Literal["outreach", "confidential", "remote"]
"""Help that is tied to no place on the map: remote is by telephone or online only."""

FIXED: Final = frozenset({"OFFICE", "SARC"})
"""Kinds of site that people travel to."""

OUTREACH: Final = "OUTREACH"


@dataclass(frozen=True, kw_only=True)
class Site:
    """A place that people travel to, and how many people of the group it can help in a year.

    `districts` are those whose residents it is for, None for everybody, beyond the border too.
    """

    service_id: str
    service_name: str
    site_id: str
    latitude: float
    longitude: float
    capacity: float
    districts: frozenset[str] | None
    is_specialist: bool


@dataclass(frozen=True, kw_only=True)
class Apart:
    """What a service can do in a year that is tied to no place on the map."""

    service_id: str
    service_name: str
    layer: Layer
    capacity: float
    districts: frozenset[str] | None
    is_specialist: bool


def nearest_km(small: pl.DataFrame, services: Iterable[Service], kinds: Container[str]) -> Array:
    """Return straight kilometres from each small area to the nearest site of some kinds.

    A site counts where its service is for residents of the district and its place is known; it is
    infinitely far where there is none. `small` has area_code, latitude and longitude.
    """
    nearest = np.full(small.height, np.inf)
    for service in services:
        is_open = is_open_to(service, small["area_code"])
        for site in service.sites:
            if site.site_type in kinds and site.latitude is not None:
                to = ([site.latitude], [site.longitude or 0.0])
                km = straight_km(small["latitude"], small["longitude"], to=to)[:, 0]
                nearest = np.where(is_open, np.minimum(nearest, km), nearest)
    return nearest


def is_open_to(service: Service, districts: pl.Series) -> NDArray[np.bool_]:
    """Return for which of these districts a service is."""
    own = districts_of(service)
    if own is None:
        return np.ones(districts.len(), dtype=np.bool_)
    return districts.is_in(sorted(own)).to_numpy()


def sites_of(held: Serving) -> Iterator[Site]:
    """Yield the sites of a service that people travel to; none without a stated capacity."""
    for part, listed in _parts(held):
        if listed.site_type in FIXED and listed.latitude is not None:
            yield Site(
                service_id=held.service.record["service_id"],
                service_name=held.service.name,
                site_id=listed.site_id,
                latitude=listed.latitude,
                longitude=listed.longitude or 0.0,
                capacity=part,
                districts=districts_of(held.service),
                is_specialist=held.is_specialist,
            )


def apart_of(held: Serving) -> Iterator[Apart]:
    """Yield what a service does elsewhere than at its sites, added up for each layer."""
    layers: dict[Layer, float] = {}
    for part, listed in _parts(held):
        layer = _layer(listed)
        if layer:
            layers[layer] = layers.get(layer, 0.0) + part
    if not held.service.sites and held.capacity is not None:
        layers["remote"] = held.capacity
    for layer, capacity in layers.items():
        yield Apart(
            service_id=held.service.record["service_id"],
            service_name=held.service.name,
            layer=layer,
            capacity=capacity,
            districts=districts_of(held.service),
            is_specialist=held.is_specialist,
        )


def _parts(held: Serving) -> Iterator[tuple[float, Listed]]:
    """Yield the part of a service's capacity at each site: by its days a week, else equally."""
    sites = held.service.sites
    if held.capacity is None or not sites:
        return
    days = [each.days_per_week or 0.0 for each in sites]
    shares = days if all(days) else [1.0] * len(sites)
    for share, each in zip(shares, sites, strict=True):
        yield held.capacity * share / sum(shares), each


def _layer(listed: Listed) -> Layer | None:
    if listed.site_type == OUTREACH:
        return "outreach"
    return "confidential" if listed.latitude is None else None


def districts_of(service: Service) -> frozenset[str] | None:
    """Return the districts whose residents a service is for; None for everybody."""
    return None if service.is_everywhere else frozenset(service.areas)
