"""What lies over a map of need: places where services see people, help from afar, towns."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Final

import numpy as np
import polars as pl

from dashboard.charts.chart import Series
from dashboard.charts.geography import Point, inner_point, inside
from dashboard.directory.places import places
from dashboard.directory.service import Service
from dashboard.metrics.areas import Outlines

TOWNS_CREDIT: Final = "Towns: GeoNames, CC BY 4.0."
_OUTREACH: Final = "OUTREACH"
_MOST_TOWNS: Final = 12
_APART: Final = (0.24, 0.07)
"""Degrees east and north by which names of towns keep from one another."""

_BELOW: Final = 0.035
"""Degrees by which the number of services from afar stands below the middle of a district."""


def fixed_sites(services: Iterable[Service]) -> tuple[Series, ...]:
    """Return the offices and centres; confidential places have no position, and so no point."""
    return _sites(services, "Office or centre where people are seen", is_outreach=False)


def outreach_sites(services: Iterable[Service]) -> tuple[Series, ...]:
    """Return the places of outreach."""
    return _sites(services, "Place of outreach", is_outreach=True)


def remote_services(
    by_district: Mapping[str, Sequence[Service]], outlines: Outlines
) -> tuple[Series, ...]:
    """Return how many services by telephone or online only there are for each district."""
    held = {code: found for code, found in by_district.items() if found and code in outlines}
    points = [inner_point(outlines[code]) for code in held]
    if not held:
        return ()
    return (
        Series(
            name="Services by telephone or online only",
            x=tuple(longitude for longitude, _ in points),
            y=tuple(latitude - _BELOW for _, latitude in points),
            tone="third",
            labels=tuple(
                f"{', '.join(each.name for each in found)}: {len(found)}" for found in held.values()
            ),
            mark="count",
        ),
    )


def town_names(
    towns: pl.DataFrame, districts: Collection[str] = (), *, taken: Iterable[Point] = ()
) -> tuple[Series, ...]:
    """Return the names of the largest towns that leave one another room, without namesakes.

    districts: names that stand on the map already; taken: the places where they stand.
    """
    kept: dict[str, Point] = {}
    for name, *point in towns.select("town_name", "longitude", "latitude").iter_rows():
        is_free = all(_is_apart(point, each) for each in (*taken, *kept.values()))
        if is_free and name not in districts and len(kept) < _MOST_TOWNS:
            kept[name] = (point[0], point[1])
    if not kept:
        return ()
    longitudes, latitudes = zip(*kept.values(), strict=True)
    names = tuple(kept)
    return (Series("Towns", longitudes, latitudes, tone="context", labels=names, mark="name"),)


def _is_apart(one: Sequence[float], other: Sequence[float]) -> bool:
    return abs(one[0] - other[0]) > _APART[0] or abs(one[1] - other[1]) > _APART[1]


def seen_in(services: Iterable[Service], outlines: Outlines) -> dict[str, tuple[str, ...]]:
    """Return by district the names of the services with a place in it that may be shown."""
    held = [
        (service.name, (site.longitude, site.latitude))
        for service in services
        for site in service.sites
        if site.latitude is not None and site.longitude is not None
    ]
    points = [point for _, point in held]
    return {
        code: tuple(dict.fromkeys(held[at][0] for at in np.flatnonzero(inside(rings, points))))
        for code, rings in outlines.items()
    }


def _sites(services: Iterable[Service], name: str, *, is_outreach: bool) -> tuple[Series, ...]:
    held = [
        (place, {service.name: None for service, _ in kept})
        for place in places(services)
        if (kept := [e for e in place.sites if (e[1].site_type == _OUTREACH) == is_outreach])
    ]
    if not held:
        return ()
    return (
        Series(
            name=name,
            x=tuple(place.longitude for place, _ in held),
            y=tuple(place.latitude for place, _ in held),
            tone="second" if is_outreach else "fourth",
            labels=tuple(f"{name}: {', '.join(names)}" for _, names in held),
        ),
    )
