"""What services would do after a list of changes, one after the other."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Final

from dashboard.metrics.access_services import crimes_of
from dashboard.planning.change import Change, Kind
from dashboard.planning.supply import Supply, anywhere, of_network, scaled
from dashboard.planning.today import Running, Spot, Today

Supplies = tuple[Supply, ...]


@dataclass(frozen=True, kw_only=True, eq=False)
class Plan:
    """What services could do after the changes, for the group, and what changes a year in cost.

    problems: changes that cannot be made today, each in a sentence; they count for nothing.
    """

    supplies: Supplies
    cost: float
    problems: tuple[str, ...]


class _CannotBeMade(Exception):
    """A change that today's services or places do not allow; the message says why."""


def plan(today: Today, changes: Sequence[Change]) -> Plan:
    """Return what services could do after these changes; without any, what they do today."""
    supplies, cost, problems = of_network(today.network, today.outreach), 0.0, []
    for number, change in enumerate(changes, start=1):
        try:
            supplies = _MAKE[change.kind](today, change, supplies, number)
            cost += cost_of(today, change)
        except _CannotBeMade as why:
            problems.append(f"Change {number} is not counted: {why}")
    return Plan(supplies=supplies, cost=cost, problems=tuple(problems))


def cost_of(today: Today, change: Change) -> float:
    """Return the pounds a year that a change costs; less than zero where it saves."""
    if change.kind == "end":
        held = today.services.get(change.service)
        return -(held.cost or 0.0) if held else 0.0
    return -float(change.cost) if change.kind == "shrink" else float(change.cost)


def part_for(today: Today, groups: Sequence[str]) -> float:
    """Return how much of a new service for these groups is for the group that is looked at.

    A service shares its capacity among its crimes by their estimated need, as those of today do.
    """
    crimes = {each for group in groups for each in crimes_of(("priority_flag", group))}
    wanted = crimes & set(crimes_of(("priority_flag", today.group)))
    known = sum(today.needs.get(each, 0.0) for each in crimes)
    return sum(today.needs.get(each, 0.0) for each in wanted) / known if known else 0.0


def _add(today: Today, change: Change, supplies: Supplies, number: int) -> Supplies:
    capacity = change.capacity * part_for(today, change.groups)
    service = f"new-{number}"
    if change.mode == "remote":
        weights = anywhere(today.network, _district(today, change.spot))
        added = Supply(service=service, site="", capacity=capacity, weights=weights, minutes=None)
    else:
        minutes, weights = today.reach(_spot(today, change), None)
        added = Supply(
            service=service,
            site="1",
            capacity=capacity,
            weights=weights,
            minutes=minutes,
            is_fixed=True,
        )
    return (*supplies, added)


def _move(today: Today, change: Change, supplies: Supplies, number: int) -> Supplies:
    held = _service(today, change)
    if change.site not in held.sites:
        raise _CannotBeMade(f"{held.name} has no such site that people travel to today.")
    minutes, weights = today.reach(_spot(today, change), held.districts)
    return tuple(
        replace(each, minutes=minutes, weights=weights)
        if (each.service, each.site) == (change.service, change.site)
        else each
        for each in supplies
    )


def _area(today: Today, change: Change, supplies: Supplies, number: int) -> Supplies:
    held = _service(today, change)
    if not any(each.service == held.service_id and not each.site for each in supplies):
        raise _CannotBeMade(f"{held.name} does nothing for this group away from its sites.")
    weights = anywhere(today.network, _district(today, change.spot))
    # Where outreach will stop in its new area is not known: it brings nobody within reach.
    return tuple(
        replace(each, weights=weights, minutes=None)
        if each.service == held.service_id and not each.site
        else each
        for each in supplies
    )


def _grow(today: Today, change: Change, supplies: Supplies, number: int) -> Supplies:
    return _resized(today, change, supplies, by=change.capacity)


def _shrink(today: Today, change: Change, supplies: Supplies, number: int) -> Supplies:
    return _resized(today, change, supplies, by=-change.capacity)


def _end(today: Today, change: Change, supplies: Supplies, number: int) -> Supplies:
    held = _service(today, change)
    return scaled(supplies, held.service_id, 0.0)


def _resized(today: Today, change: Change, supplies: Supplies, *, by: int) -> Supplies:
    held = _service(today, change)
    if not held.capacity:
        raise _CannotBeMade(
            f"{held.name} states no capacity in the directory. Add a service instead."
        )
    return scaled(supplies, held.service_id, max(0.0, held.capacity + by) / held.capacity)


_Make = Callable[[Today, Change, Supplies, int], Supplies]
_MAKE: Final[Mapping[Kind, _Make]] = MappingProxyType(
    {"add": _add, "move": _move, "area": _area, "grow": _grow, "shrink": _shrink, "end": _end}
)


def _service(today: Today, change: Change) -> Running:
    held = today.services.get(change.service)
    if held is None:
        raise _CannotBeMade(f"no service {change.service} runs today.")
    return held


def _spot(today: Today, change: Change) -> Spot:
    spot = today.spots.get(change.spot)
    if spot is None:
        raise _CannotBeMade("its place is not among the towns and sites of today.")
    return spot


def _district(today: Today, code: str) -> frozenset[str] | None:
    if not code:
        return None
    if code not in today.districts:
        raise _CannotBeMade("its district is not one of the force area.")
    return frozenset({code})
