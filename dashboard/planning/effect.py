"""What a scenario does to unmet need, access and reach, by district and in the force area."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from dashboard.metrics.assumptions import Range
from dashboard.metrics.statistics import Array
from dashboard.planning.change import Change
from dashboard.planning.plan import Plan, plan
from dashboard.planning.supply import access_of, delivered, is_near, of_network
from dashboard.planning.today import Before, Today


@dataclass(frozen=True, kw_only=True)
class Line:
    """One district, or the force area, before and after.

    gained: people a year more that capacity is for. access: capacity of sites in reach for 1,000
    people in need, None where nobody has a site within reach. near: residents within half an hour
    of a site. Each of the last two holds before and after.
    """

    code: str
    before: Before
    gained: float
    access: tuple[float | None, float | None]
    near: tuple[float, float]
    residents: float

    @property
    def after(self) -> Range:
        """The unmet need after the changes: low, central, high."""
        return lessened(self.before.unmet, self.gained)


@dataclass(frozen=True, kw_only=True)
class Effect:
    """What a scenario does for one priority group.

    capacity: people of the group a year that services can help more, or fewer. beyond: how many of
    these are for people beyond the border; idle: for nobody, since nobody is within reach. cost:
    pounds a year of the whole scenario. problems: changes that are not counted, and why.
    """

    group: str
    districts: tuple[Line, ...]
    force: Line
    capacity: float
    beyond: float
    idle: float
    cost: float
    problems: tuple[str, ...]


def lessened(unmet: Range, by: float) -> Range:
    """Return a range that lies lower by so much; without a figure there is none."""
    return Range(
        *(None if each is None else each - by for each in (unmet.low, unmet.central, unmet.high))
    )


def effect(today: Today, changes: Sequence[Change]) -> Effect:
    """Return what these changes do; without any, everything is after as before."""
    made = plan(today, changes)
    before, after = _State(today, _unchanged(today)), _State(today, made)
    gained = after.delivered - before.delivered
    home = today.network.places.is_home
    capacity = sum(each.capacity for each in made.supplies) - before.capacity
    return Effect(
        group=today.group,
        districts=tuple(
            _line(code, held, today.network.places.districts == code, before, after)
            for code, held in today.districts.items()
        ),
        force=_line("", today.force, home, before, after),
        capacity=capacity,
        beyond=float(gained[~home].sum()),
        idle=capacity - float(gained.sum()),
        cost=made.cost,
        problems=made.problems,
    )


def _unchanged(today: Today) -> Plan:
    return Plan(supplies=of_network(today.network, today.outreach), cost=0.0, problems=())


class _State:
    """What capacity does at each place, before the changes or after them."""

    def __init__(self, today: Today, made: Plan) -> None:
        self.places = today.network.places
        self.need = today.network.need.central
        self.capacity = sum(each.capacity for each in made.supplies)
        self.delivered = delivered(made.supplies, self.need)
        self.access = access_of(made.supplies, self.need)
        self.near = is_near(made.supplies, today.near_minutes, places=len(self.need))

    def access_in(self, here: np.ndarray) -> float | None:
        """Return the access score of some places together: a mean weighted by need."""
        need, score = self.need[here], self.access[here]
        if np.isnan(score).all() or not need.sum():
            return None
        return float(1_000 * (need * np.nan_to_num(score)).sum() / need.sum())

    def near_in(self, here: np.ndarray) -> float:
        """Return the residents of some places who are near a site."""
        return float(self.places.residents[here & self.near].sum())


def _line(code: str, held: Before, here: np.ndarray, before: _State, after: _State) -> Line:
    gained: Array = after.delivered[here] - before.delivered[here]
    return Line(
        code=code,
        before=held,
        gained=float(gained.sum()),
        access=(before.access_in(here), after.access_in(here)),
        near=(before.near_in(here), after.near_in(here)),
        residents=float(before.places.residents[here].sum()),
    )
