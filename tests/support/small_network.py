"""Today, in a line: six places a quarter of an hour's journey apart, two districts and a border.

North has the first three places, South the next two; the last lies beyond the border. Each place
has 1,000 residents, of whom 100 are in need in a year (50 at least, 200 at most). Three services:

- Office: one site at the first place, 60 people a year, £60,000, for everybody.
- Two sites: at the second and at the fourth place, 20 people a year each, £30,000, for North only.
- Telephone: 100 people a year of whom half are of the group, no cost stated, for the force area.

A site counts for 1 at its own place and the next, for 0.5 two places away, for nothing beyond.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import numpy as np

from dashboard.metrics.access_network import Need, Network, Places
from dashboard.metrics.access_sites import Apart, Site
from dashboard.metrics.assumptions import Range
from dashboard.metrics.statistics import Array
from dashboard.planning.today import Before, Districts, Running, Spot, Today

NORTH, SOUTH = "N", "S"
OFFICE, TWO_SITES, TELEPHONE = "S-1", "S-2", "S-3"
WHERE: Final = np.array([NORTH, NORTH, NORTH, SOUTH, SOUTH, ""])
SPOTS: Final = ("alton", "brill", "coln", "dene", "ely", "far")
_NEED: Final = Range(50.0, 100.0, 200.0)


def spot(place: int) -> Spot:
    return Spot(
        key=SPOTS[place],
        name=SPOTS[place].title(),
        district=str(WHERE[place]),
        latitude=0.0,
        longitude=float(place),
    )


def reach(goal: Spot, districts: Districts) -> tuple[Array, Array]:
    """Return minutes and weights of each place to a spot, for residents of some districts."""
    steps = np.abs(np.arange(6) - goal.longitude)
    is_open = np.ones(6, bool) if districts is None else np.isin(WHERE, sorted(districts))
    weights = np.select([steps <= 1, steps <= 2], [1.0, 0.5], 0.0)
    return np.where(is_open, 15 * steps, np.inf), np.where(is_open, weights, 0.0)


def site(service: str, place: int, capacity: float, districts: Districts = None) -> Site:
    return Site(
        service_id=service,
        service_name=service,
        site_id=f"{service}-{place}",
        latitude=0.0,
        longitude=float(place),
        capacity=capacity,
        districts=districts,
        is_specialist=True,
    )


def network(sites: Sequence[Site], need: Sequence[float] = (100.0,) * 6) -> Network:
    """Return the network of six places with these sites and the telephone service."""
    ways = [reach(spot(int(each.longitude)), each.districts) for each in sites]
    minutes, weights = (
        np.stack([way[which] for way in ways], axis=1) if ways else np.empty((6, 0))
        for which in range(2)
    )
    central = np.array(need)
    return Network(
        places=Places(
            codes=tuple(f"E0100000{place}" for place in range(6)),
            districts=WHERE,
            latitudes=np.zeros(6),
            longitudes=np.arange(6.0),
            is_rural=np.zeros(6, bool),
            residents=np.full(6, 1_000.0),
        ),
        need=Need(low=central / 2, central=central, high=2 * central),
        sites=tuple(sites),
        apart=(
            Apart(
                service_id=TELEPHONE,
                service_name="Telephone",
                layer="remote",
                capacity=50.0,
                districts=None,
                is_specialist=False,
            ),
        ),
        minutes=minutes,
        weights=weights,
        served_by=(),
    )


def today() -> Today:
    """Return where the three services stand; 60 people are supported in North, 40 in South."""
    north = frozenset({NORTH})
    sites = (
        site(OFFICE, 0, 60.0),
        site(TWO_SITES, 1, 20.0, north),
        site(TWO_SITES, 3, 20.0, north),
    )

    def running(code: str, name: str, capacity: float, **others: object) -> Running:
        held = {"part": 1.0, "cost": None, "districts": None, "sites": {}, **others}
        return Running(service_id=code, name=name, capacity=capacity, **held)  # type: ignore[arg-type]

    return Today(
        group="DA",
        network=network(sites),
        districts={
            NORTH: Before(name="North", need=_times(_NEED, 3), unmet=Range(90.0, 240.0, 540.0)),
            SOUTH: Before(name="South", need=_times(_NEED, 2), unmet=Range(60.0, 160.0, 360.0)),
        },
        force=Before(name="West Mercia", need=_times(_NEED, 5), unmet=Range(150.0, 400.0, 900.0)),
        services={
            OFFICE: running(OFFICE, "Office", 60.0, cost=60_000.0, sites={"S-1-0": "Alton"}),
            TWO_SITES: running(
                TWO_SITES,
                "Two sites",
                40.0,
                cost=30_000.0,
                districts=north,
                sites={"S-2-1": "Brill", "S-2-3": "Dene"},
            ),
            TELEPHONE: running(TELEPHONE, "Telephone", 100.0, part=0.5),
        },
        spots={SPOTS[place]: spot(place) for place in range(5)},
        needs={"DA": 300.0, "RASSO": 100.0},
        reach=reach,
        near_minutes=30.0,
    )


def hidden_today() -> Today:
    """Return the same with the people supported in South hidden, so that there is no figure."""
    held = today()
    south = replace(held.districts[SOUTH], unmet=Range(None, None, None), marker="[c]")
    return replace(held, districts={**held.districts, SOUTH: south})


def _times(one: Range, by: float) -> Range:
    return one.times(by)
