"""How far the residents of a district are from the nearest place of some services."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import polars as pl

from dashboard.directory.service import Service
from dashboard.metrics.access_sites import FIXED
from dashboard.metrics.metric import Choice
from dashboard.metrics.places import places, scope_of
from dashboard.metrics.statistics import Array
from dashboard.metrics.travel import straight_km, travel, travel_minutes
from dashboard.warehouse import Warehouse


@dataclass(frozen=True, kw_only=True)
class Nearest:
    """The service whose office or centre is the nearest for most residents, and the journeys.

    share: for what part of residents it is the nearest, 0 to 1. minutes: half of the residents
    live no further than this from the office or centre that is nearest to them.
    """

    service: str
    share: float
    minutes: float


def nearest_help(
    warehouse: Warehouse, choice: Choice, *, services: Iterable[Service], district: str
) -> Nearest | None:
    """Return the nearest of the services' offices and centres; None where they have none.

    services: those that take residents of the district. Confidential places and places of outreach
    do not count. Of the choice only what is assumed of journeys bears on it.
    """
    sites = [
        (service.name, site.latitude, site.longitude)
        for service in services
        for site in service.sites
        if site.site_type in FIXED and site.latitude is not None and site.longitude is not None
    ]
    small = places(scope_of(Choice(areas=(district,)), warehouse), warehouse, small=True)
    homes = small.filter(pl.col("residents") > 0)
    if not sites or homes.is_empty():
        return None
    names, latitudes, longitudes = zip(*sites, strict=True)
    km = straight_km(homes["latitude"], homes["longitude"], to=(latitudes, longitudes))
    is_rural = (homes["rural_class"] == "Rural").to_numpy()
    minutes = travel_minutes(km, is_rural=is_rural, assumed=travel(warehouse, choice))
    residents = homes["residents"].cast(pl.Float64).to_numpy()
    closest = np.bincount(minutes.argmin(axis=1), weights=residents, minlength=len(sites))
    return Nearest(
        service=names[int(closest.argmax())],
        share=float(closest.max() / residents.sum()),
        minutes=_half(minutes.min(axis=1), residents),
    )


def _half(minutes: Array, residents: Array) -> float:
    """Return the minutes within which half of the residents live."""
    order = minutes.argsort()
    running = residents[order].cumsum()
    return float(minutes[order][np.searchsorted(running, running[-1] / 2)])
