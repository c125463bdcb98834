"""What services can do, piece by piece, and what is left of it after each change."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

import numpy as np

from dashboard.metrics.access_network import Network
from dashboard.metrics.catchment import access, shares
from dashboard.metrics.statistics import Array


@dataclass(frozen=True, kw_only=True, eq=False)
class Supply:
    """What one site of a service can do in a year, or what it does elsewhere than at its sites.

    weights: how much it counts at each place. minutes: how far it is from each place; None for
    help that nobody travels to. is_fixed: it is at one site, and so counts in the access score.
    """

    service: str
    site: str
    capacity: float
    weights: Array
    minutes: Array | None
    is_fixed: bool = False


def of_network(
    network: Network, outreach: Mapping[str, Array] = MappingProxyType({})
) -> tuple[Supply, ...]:
    """Return what services can do today: each site, then what is tied to no site.

    `outreach`: by service, minutes from each place to its nearest place of outreach.
    """
    sites = [
        Supply(
            service=each.service_id,
            site=each.site_id,
            capacity=each.capacity,
            weights=network.weights[:, place],
            minutes=network.minutes[:, place],
            is_fixed=True,
        )
        for place, each in enumerate(network.sites)
    ]
    apart = [
        Supply(
            service=each.service_id,
            site="",
            capacity=each.capacity,
            weights=anywhere(network, each.districts),
            minutes=outreach.get(each.service_id) if each.layer == "outreach" else None,
        )
        for each in network.apart
    ]
    return (*sites, *apart)


def anywhere(network: Network, districts: frozenset[str] | None) -> Array:
    """Return weights of help that comes to people, in some districts or in the force area."""
    places = network.places
    here = places.is_home if districts is None else np.isin(places.districts, sorted(districts))
    return here.astype(np.float64)


def scaled(supplies: Iterable[Supply], service: str, by: float) -> tuple[Supply, ...]:
    """Return the supplies with those of one service times a factor."""
    return tuple(
        replace(each, capacity=each.capacity * by) if each.service == service else each
        for each in supplies
    )


def delivered(supplies: Iterable[Supply], need: Array) -> Array:
    """Return the people a year that capacity is for at each place.

    Each piece goes to the places that it is open to, in proportion to need times weight: so no
    piece takes from another, and more of one is never less for anybody.
    """
    held = [each for each in supplies if each.capacity]
    if not held:
        return np.zeros(len(need))
    return np.asarray(shares(need, _weights(held)) @ _capacity(held))


def access_of(supplies: Iterable[Supply], need: Array) -> Array:
    """Return the access score of each place: capacity of sites in reach for each person in need.

    NaN where no site is within reach.
    """
    sites = [each for each in supplies if each.capacity and each.is_fixed]
    if not sites:
        return np.full(len(need), np.nan)
    return access(need, _capacity(sites), _weights(sites))


def is_near(supplies: Iterable[Supply], minutes: float, *, places: int) -> np.ndarray:
    """Return for each place whether a site, or a place of outreach, is within so many minutes."""
    near = np.zeros(places, dtype=np.bool_)
    for each in supplies:
        if each.capacity and each.minutes is not None:
            near |= each.minutes <= minutes
    return near


def _weights(supplies: list[Supply]) -> Array:
    return np.stack([each.weights for each in supplies], axis=1)


def _capacity(supplies: list[Supply]) -> Array:
    return np.array([each.capacity for each in supplies], dtype=np.float64)
