"""Where a site could be: the towns of the force area, and where services see people today."""

from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np

from dashboard.metrics.access_services import running
from dashboard.metrics.travel import straight_km
from dashboard.planning.today import Spot, key_of
from dashboard.warehouse import Warehouse

NEAR_KM: Final = 3.0
"""A site this near a town counts as in the town, and is no place of its own to choose."""


def spots(warehouse: Warehouse) -> tuple[Spot, ...]:
    """Return every town, the largest first, then today's sites that are away from all towns."""
    found = list(_towns(warehouse))
    for service in running(warehouse):
        for site in service.sites:
            if site.latitude is None or site.longitude is None:
                continue
            near = nearest(site.latitude, site.longitude, found)
            if near is None or near[1] > NEAR_KM:
                found.append(
                    Spot(
                        key=f"at-{key_of(site.site_id)}",
                        name=f"Where {service.name} is today",
                        district=near[0].district if near else "",
                        latitude=site.latitude,
                        longitude=site.longitude,
                    )
                )
    return tuple(found)


def nearest(latitude: float, longitude: float, among: Sequence[Spot]) -> tuple[Spot, float] | None:
    """Return the nearest spot and its distance in kilometres; None where there is no spot."""
    if not among:
        return None
    to = ([each.latitude for each in among], [each.longitude for each in among])
    km = straight_km([latitude], [longitude], to=to)[0]
    place = int(np.argmin(km))
    return among[place], float(km[place])


def _towns(warehouse: Warehouse) -> Iterator[Spot]:
    held = warehouse.table("dim_town").sort("sort_order")
    for row in held.iter_rows(named=True):
        yield Spot(
            key=key_of(row["town_name"]),
            name=row["town_name"],
            district=row["area_code"],
            latitude=row["latitude"],
            longitude=row["longitude"],
        )
