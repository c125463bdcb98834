"""What services can do in a year: whom they are for, and how many people their capacity is."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from dashboard.directory.provision import is_for as is_for_flag
from dashboard.directory.read import directory
from dashboard.directory.service import Group, Service
from dashboard.metrics.assumptions import AGREED, assumptions
from dashboard.metrics.estimate import evaluate_estimate
from dashboard.metrics.metric import Choice
from dashboard.metrics.needs import ESTIMATED_NEED
from dashboard.warehouse import Warehouse
from schemas.supplied.lists import CRIME_GROUPS

Part = tuple[str, str]
"""A group of people as `Metric.of` names it: ("crime_group", code) or ("priority_flag", code)."""

_COMBINED: Final = ("DA", "RASSO", "STALK")
"""The crimes of the surveys' combined measure."""
_CRIMES: Final = tuple(each.code for each in CRIME_GROUPS)
_BY_PRIORITY: Final[Mapping[str, tuple[str, ...]]] = {
    flag: tuple(each.code for each in CRIME_GROUPS if each.priority == flag)
    for flag in {each.priority for each in CRIME_GROUPS}
    if flag
}
_REFERRALS: Final = "REFERRALS_YEAR"
_UNITS: Final = {
    "CASELOAD": (2.5, "place on a caseload"),
    "SESSIONS_WEEK": (6.0, "weekly session"),
    "BEDS": (3.0, "bed"),
}
"""People helped in a year by one unit of capacity, where the office assumes nothing; its name."""


@dataclass(frozen=True, kw_only=True)
class Serving:
    """A running service for a group, and how many people of the group it can help in a year.

    `capacity` is None where the directory does not state it.
    """

    service: Service
    capacity: float | None
    is_specialist: bool


def crimes_of(group: Part | None) -> tuple[str, ...]:
    """Return the crime groups that a group is made of; without one, of the combined measure."""
    if group is None:
        return _COMBINED
    split, code = group
    return (code,) if split == "crime_group" else _BY_PRIORITY.get(code, ())


def running(warehouse: Warehouse) -> tuple[Service, ...]:
    """Return the services whose contract has begun and not ended."""
    listed = directory(warehouse).services
    return tuple(each for each in listed if each.has_begun and not each.has_ended)


def is_for(service: Service, group: Part | None) -> bool:
    """Return True when a service is for some people of a group; without a group, always."""
    if group is None:
        return True
    split, code = group
    return is_for_flag(service, code) if split == "priority_flag" else _is_for_crime(service, code)


def serving(warehouse: Warehouse, choice: Choice, group: Part | None) -> tuple[Serving, ...]:
    """Return the running services for the crimes of a group, each with its capacity for them.

    A service for several crimes shares its capacity among them by their estimated need, so that
    no place counts twice; crimes without an estimate get none of it unless all are without.
    """
    crimes = crimes_of(group)
    need = warehouse.once(_need_of_crimes, choice.assumptions)
    a_year = people_a_year(warehouse, choice)
    return tuple(
        Serving(
            service=each,
            capacity=_capacity(each, a_year, part=_part(each, crimes, need)),
            is_specialist=any(_is_for_crime(each, crime, specially=True) for crime in crimes),
        )
        for each in running(warehouse)
        if any(_is_for_crime(each, crime) for crime in crimes)
    )


def people_a_year(warehouse: Warehouse, choice: Choice) -> Mapping[str, float]:
    """Return by unit of capacity how many people one unit helps in a year, as assumed."""
    held = assumptions(warehouse, choice)
    values = {unit: held[_code(unit)].values.central for unit in _UNITS if _code(unit) in held}
    agreed = {unit: value for unit, value in values.items() if value is not None}
    return {_REFERRALS: 1.0, **{unit: usual for unit, (usual, _) in _UNITS.items()}, **agreed}


def capacity_notes(
    warehouse: Warehouse, choice: Choice, counted: Iterable[Serving]
) -> Iterator[str]:
    """Say in sentences how capacity was turned into people, and which services state none."""
    held = assumptions(warehouse, choice)
    a_year = people_a_year(warehouse, choice)
    said = ", ".join(f"{a_year[unit]:g} by each {words}" for unit, (_, words) in _UNITS.items())
    is_agreed = all(_code(each) in held and held[_code(each)].status == AGREED for each in _UNITS)
    status = "agreed" if is_agreed else "DRAFT, not agreed"
    yield f"Capacity is in people helped in a year: {said} ({status})."
    unknown = sorted({each.service.name for each in counted if each.capacity is None})
    if unknown:
        yield f"Left out, since the directory states no capacity: {'; '.join(unknown)}."


def _code(unit: str) -> str:
    return f"CAPACITY_{unit}"


def _need_of_crimes(
    warehouse: Warehouse, assumed: tuple[tuple[str, float], ...]
) -> Mapping[str, float]:
    whole = Choice(assumptions=assumed)
    found = evaluate_estimate(ESTIMATED_NEED, whole, warehouse=warehouse, by=("crime_group",))
    rows = found.frame.select("crime_group", "value").iter_rows()
    return {crime: value for crime, value in rows if value is not None}


def _capacity(service: Service, a_year: Mapping[str, float], *, part: float) -> float | None:
    value, unit = service.record["capacity_value"], service.record["capacity_unit"]
    return None if value is None or unit not in a_year else value * a_year[unit] * part


def _part(service: Service, crimes: Iterable[str], need: Mapping[str, float]) -> float:
    """Return which part of a service is for these crimes, of all that it is for."""
    served = [crime for crime in _CRIMES if _is_for_crime(service, crime)]
    wanted = [crime for crime in crimes if crime in served]
    known = sum(need.get(crime, 0.0) for crime in served)
    if known:
        return sum(need.get(crime, 0.0) for crime in wanted) / known
    return len(wanted) / len(served)


def _is_for_crime(service: Service, crime: str, *, specially: bool = False) -> bool:
    """Return True when a service is for a crime; one that names nobody is for everyone."""
    if not service.groups:
        return not specially
    asked = (each for each in service.groups if each.is_specialist or not specially)
    return any(crime in _crimes_named(each) for each in asked)


def _crimes_named(row: Group) -> tuple[str, ...]:
    """Return the crimes that a row of the directory names, by themselves or by their group."""
    if row.crime_group:
        return (row.crime_group,)
    return _BY_PRIORITY.get(row.priority_flag or "", ())
