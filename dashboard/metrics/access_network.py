"""Who lives where, which sites help them, and how far the one is from the other."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

from dashboard.metrics.access_services import Part, Serving, serving
from dashboard.metrics.access_sites import Apart, Site, apart_of, sites_of
from dashboard.metrics.assumptions import assumptions
from dashboard.metrics.estimate import evaluate_estimate
from dashboard.metrics.metric import Choice
from dashboard.metrics.needs import ESTIMATED_NEED
from dashboard.metrics.places import places as small_areas
from dashboard.metrics.places import scope_of
from dashboard.metrics.statistics import Array
from dashboard.metrics.travel import band_weights, bands, straight_km, travel, travel_minutes
from dashboard.warehouse import Warehouse

BORDER: Final = "TRAVEL_BORDER"
"""Assumption: the part of the need beyond the border that services of the whole force area meet."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Places:
    """Small areas in one order, those of the force first, then those beyond its border.

    `districts` holds the code of the district, or '' beyond the border.
    """

    codes: tuple[str, ...]
    districts: NDArray[np.str_]
    latitudes: Array
    longitudes: Array
    is_rural: NDArray[np.bool_]
    residents: Array

    @property
    def is_home(self) -> NDArray[np.bool_]:
        """True for the places of the force."""
        return np.asarray(self.districts != "")


@dataclass(frozen=True, kw_only=True)
class Need:
    """People in need in a year at each place: low, central, high; NaN where not estimated."""

    low: Array
    central: Array
    high: Array


@dataclass(frozen=True, kw_only=True, eq=False)
class Network:
    """Places and the sites for a group, with the minutes and weights from place (row) to site.

    `minutes` are infinite, and `weights` 0, where a site is not for residents of the place.
    """

    places: Places
    need: Need
    sites: tuple[Site, ...]
    apart: tuple[Apart, ...]
    minutes: Array
    weights: Array
    served_by: tuple[Serving, ...]

    @property
    def capacity(self) -> Array:
        """The capacity of each site, in people of the group in a year."""
        return np.array([each.capacity for each in self.sites], dtype=np.float64)

    @property
    def is_estimated(self) -> bool:
        """True when the group's need is estimated; without it nothing can be shared out."""
        return not np.isnan(self.need.central).any()


def network(warehouse: Warehouse, choice: Choice, group: Part | None) -> Network:
    """Return the places and sites for a group, or for the surveys' combined measure.

    Of the choice only what a reader assumes bears on it: access to a place depends on all others.
    """
    if choice.assumptions:
        return _network(warehouse, group, Choice(assumptions=choice.assumptions))
    return warehouse.once(_network, group, Choice())


def journeys(
    places: Places, sites: Sequence[Site], *, warehouse: Warehouse, choice: Choice
) -> tuple[Array, Array]:
    """Return the minutes and the weights from each place (row) to each site (column)."""
    if not sites:
        return np.empty((len(places.codes), 0)), np.empty((len(places.codes), 0))
    to = ([each.latitude for each in sites], [each.longitude for each in sites])
    km = straight_km(places.latitudes, places.longitudes, to=to)
    needed = travel_minutes(km, is_rural=places.is_rural, assumed=travel(warehouse, choice))
    is_open = np.stack([_is_open(each, places) for each in sites], axis=1)
    reached = np.where(is_open, needed, np.inf)
    return reached, band_weights(reached, bands(warehouse, choice))


def _network(warehouse: Warehouse, group: Part | None, choice: Choice) -> Network:
    held = serving(warehouse, choice, group)
    places = all_places(warehouse)
    sites = tuple(site for each in held for site in sites_of(each))
    minutes, weights = journeys(places, sites, warehouse=warehouse, choice=choice)
    return Network(
        places=places,
        need=need_at(places, group, warehouse=warehouse, choice=choice),
        sites=sites,
        apart=tuple(part for each in held for part in apart_of(each)),
        minutes=minutes,
        weights=weights,
        served_by=held,
    )


def need_at(places: Places, group: Part | None, *, warehouse: Warehouse, choice: Choice) -> Need:
    """Return a group's need at each place: a district's, shared out by residents.

    Beyond the border it is that of as many residents of the force, times the part that counts.
    """
    metric = replace(ESTIMATED_NEED, of=(group,) if group else ())
    whole = Choice(assumptions=choice.assumptions)
    found = evaluate_estimate(metric, whole, warehouse=warehouse, by=("area_code",)).frame
    border = assumptions(warehouse, choice).get(BORDER)
    part = 1.0 if border is None or border.values.central is None else border.values.central
    low, central, high = (
        _shared_out(dict(found.select("area_code", each).iter_rows()), places, border=part)
        for each in ("lower", "value", "upper")
    )
    return Need(low=low, central=central, high=high)


def _shared_out(need: Mapping[str, float | None], places: Places, *, border: float) -> Array:
    """Return the need of each district shared out by residents, and beyond the border like it."""
    rates = np.full(len(places.codes), np.nan)
    for code, value in need.items():
        here = places.districts == code
        rates[here] = (np.nan if value is None else value) / max(places.residents[here].sum(), 1)
    home = places.is_home
    rates[~home] = border * (rates * places.residents)[home].sum() / places.residents[home].sum()
    return rates * places.residents


def all_places(warehouse: Warehouse) -> Places:
    """Return the small areas of the force by their codes, then those beyond its border."""
    return warehouse.once(_places)


def _places(warehouse: Warehouse) -> Places:
    home = small_areas(scope_of(Choice(), warehouse), warehouse, small=True).select(
        *("small_area_code", "area_code", "latitude", "longitude", "residents"),
        is_rural=pl.col("rural_class") == "Rural",
    )
    beyond = warehouse.table("dim_border_area").with_columns(area_code=pl.lit(""))
    both = pl.concat([home, beyond.select(home.columns)])
    return Places(
        codes=tuple(both["small_area_code"]),
        districts=np.array(both["area_code"].to_list(), dtype=np.str_),
        latitudes=both["latitude"].to_numpy(),
        longitudes=both["longitude"].to_numpy(),
        is_rural=both["is_rural"].to_numpy(),
        residents=both["residents"].cast(pl.Float64).to_numpy(),
    )


def _is_open(site: Site, places: Places) -> NDArray[np.bool_]:
    """Return for which places a site is: for residents of its districts, or for everybody."""
    if site.districts is None:
        return np.ones(len(places.codes), dtype=np.bool_)
    return np.isin(places.districts, sorted(site.districts))
