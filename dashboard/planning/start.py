"""Reads where services stand today from a published version, for one priority group."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

import polars as pl

from dashboard.directory.read import directory
from dashboard.directory.service import Service
from dashboard.errors import UnknownChoice
from dashboard.metrics.access_network import Network, journeys, network
from dashboard.metrics.access_services import capacity_notes, people_a_year, running
from dashboard.metrics.access_sites import OUTREACH, Site, districts_of
from dashboard.metrics.assumptions import Range, assumptions
from dashboard.metrics.evaluate import evaluate
from dashboard.metrics.gap_map import UNMET_NEED
from dashboard.metrics.metric import Choice, Metric
from dashboard.metrics.needs import ESTIMATED_NEED, about
from dashboard.metrics.statistics import Array
from dashboard.metrics.travel import travel
from dashboard.planning.spots import nearest, spots
from dashboard.planning.today import Before, Districts, Running, Spot, Today
from dashboard.warehouse import Warehouse

_LIMIT: Final = "TRAVEL_LIMIT"
_WHOLE: Final = Choice()


def today_of(warehouse: Warehouse, group: str) -> Today:
    """Return where services stand today for a priority group, by its code; read once a version.

    Raises UnknownChoice for a group whose need is not estimated: there is nothing to lessen.
    """
    return warehouse.once(_today, group)


def _today(warehouse: Warehouse, group: str) -> Today:
    held = network(warehouse, _WHOLE, ("priority_flag", group))
    if not held.is_estimated:
        raise UnknownChoice(
            "There is no published estimate of how many people of this group are in need, so "
            "that nothing can be said of its unmet need. Choose another priority group."
        )
    places = warehouse.once(spots)

    def reach(spot: Spot, districts: Districts) -> tuple[Array, Array]:
        goal = _goal("", spot.latitude, spot.longitude, districts)
        minutes, weights = journeys(held.places, [goal], warehouse=warehouse, choice=_WHOLE)
        return minutes[:, 0], weights[:, 0]

    return Today(
        group=group,
        network=held,
        districts=_districts(warehouse, group),
        force=_force(warehouse, group),
        services={each.service_id: each for each in _services(warehouse, held, places)},
        spots={each.key: each for each in places},
        needs=_needs(warehouse),
        reach=reach,
        outreach=dict(_outreach(warehouse, held)),
        near_minutes=_minutes(warehouse),
        notes=(
            *capacity_notes(warehouse, _WHOLE, held.served_by),
            travel(warehouse).in_words,
        ),
    )


def _minutes(warehouse: Warehouse) -> float:
    limit = assumptions(warehouse).get(_LIMIT)
    return (limit.values.central if limit else None) or Today.near_minutes


def _districts(warehouse: Warehouse, group: str) -> dict[str, Before]:
    need, unmet = (
        evaluate(_for(metric, group), _WHOLE, warehouse=warehouse, by=("area_code",)).frame
        for metric in (ESTIMATED_NEED, UNMET_NEED)
    )
    needs = {row["area_code"]: _range(row) for row in need.iter_rows(named=True)}
    held = {row["area_code"]: row for row in unmet.iter_rows(named=True)}
    return {
        code: Before(
            name=name,
            need=needs[code],
            unmet=_range(held[code]),
            marker=str(held[code]["marker"]),
        )
        for code, name in directory(warehouse).districts.items()
        if code in held
    }


def _force(warehouse: Warehouse, group: str) -> Before:
    need, unmet = (
        evaluate(_for(metric, group), _WHOLE, warehouse=warehouse)
        for metric in (ESTIMATED_NEED, UNMET_NEED)
    )
    (row,) = unmet.frame.iter_rows(named=True)
    (needed,) = need.frame.iter_rows(named=True)
    return Before(
        name=next(iter(unmet.names.values())),
        need=_range(needed),
        unmet=_range(row),
        marker=str(row["marker"]),
    )


def _for(metric: Metric, group: str) -> Metric:
    return about(metric, "priority_flag", group)


def _range(row: Mapping[str, Any]) -> Range:
    return Range(row["lower"], row["value"], row["upper"])


def _needs(warehouse: Warehouse) -> dict[str, float]:
    found = evaluate(ESTIMATED_NEED, _WHOLE, warehouse=warehouse, by=("crime_group",)).frame
    known = found.filter(pl.col("value").is_not_null())
    return dict(known.select("crime_group", "value").iter_rows())


def _services(warehouse: Warehouse, held: Network, places: Sequence[Spot]) -> Iterator[Running]:
    a_year = people_a_year(warehouse, _WHOLE)
    mine = {each.service.record["service_id"]: each.capacity for each in held.served_by}
    for each in running(warehouse):
        code = str(each.record["service_id"])
        capacity = _capacity(each, a_year)
        yield Running(
            service_id=code,
            name=each.name,
            capacity=capacity,
            part=(mine.get(code) or 0.0) / capacity if capacity else 0.0,
            cost=each.record["annual_value_gbp"],
            districts=districts_of(each),
            sites=_sites(held, code, places),
        )


def _capacity(service: Service, a_year: Mapping[str, float]) -> float | None:
    """Return the people that a service can help in a year; None where it is not stated."""
    value, unit = service.record["capacity_value"], service.record["capacity_unit"]
    return None if value is None or unit not in a_year else float(value * a_year[unit])


def _sites(held: Network, service: str, places: Sequence[Spot]) -> dict[str, str]:
    """Return the sites of a service that people travel to, by code, named after the town."""
    found = {}
    for site in held.sites:
        near = nearest(site.latitude, site.longitude, places)
        if site.service_id == service and near:
            found[site.site_id] = near[0].name
    return found


def _outreach(warehouse: Warehouse, held: Network) -> Iterator[tuple[str, Array]]:
    """Yield by service the minutes from each place to its nearest place of outreach."""
    for each in held.served_by:
        goals = [
            _goal(site.site_id, site.latitude, site.longitude, districts_of(each.service))
            for site in each.service.sites
            if site.site_type == OUTREACH and site.latitude is not None and site.longitude
        ]
        if goals:
            minutes, _ = journeys(held.places, goals, warehouse=warehouse, choice=_WHOLE)
            yield each.service.record["service_id"], minutes.min(axis=1)


def _goal(code: str, latitude: float, longitude: float, districts: Districts) -> Site:
    """Return somewhere to travel to, as `journeys` takes it."""
    return Site(
        service_id="",
        service_name="",
        site_id=code,
        latitude=latitude,
        longitude=longitude,
        capacity=0.0,
        districts=districts,
        is_specialist=False,
    )
