"""Asks where new capacity would be best, and how sure the answer is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from dashboard.metrics.assumptions import Range
from dashboard.metrics.catchment import shares
from dashboard.metrics.statistics import Array
from dashboard.planning.best import ALIKE, Goal, Places, best_two, goals
from dashboard.planning.change import Change
from dashboard.planning.plan import plan
from dashboard.planning.puzzle import Aim, Puzzle
from dashboard.planning.supply import delivered, is_near
from dashboard.planning.today import Before, Spot, Today

End = Literal["low", "central", "high"]
_ENDS: tuple[End, ...] = ("low", "central", "high")


@dataclass(frozen=True, kw_only=True)
class Asked:
    """How many new sites, of how many people a year each, for whom, and what is aimed at.

    is_fair: the district with the least share of its need met comes first.
    """

    sites: int
    each: int
    aim: Aim
    is_fair: bool = False


@dataclass(frozen=True, kw_only=True)
class Option:
    """One set of places, and what it brings at the low, the central and the high need."""

    spots: tuple[Spot, ...]
    reach: Range
    unmet: Range
    worst: Range

    def on(self, goal: Goal) -> Range:
        """Return what it brings of one goal."""
        held: Range = getattr(self, goal)
        return held


@dataclass(frozen=True, kw_only=True)
class Answer:
    """The best places and the next best; None where there is no other.

    goal: what is made as large as it can be, first of all. candidates: of how many places.
    """

    asked: Asked
    goal: Goal
    best: Option
    second: Option | None
    candidates: int

    @property
    def gap(self) -> float:
        """How much more of the goal the best places bring than the next best."""
        second = _central(self.second.on(self.goal)) if self.second else 0.0
        return _central(self.best.on(self.goal)) - second

    @property
    def is_tie(self) -> bool:
        """True where the two bring as much, to the nearest person or hundredth of a per cent."""
        return self.second is not None and self.gap < (ALIKE if self.goal == "worst" else 1)

    @property
    def is_unsure(self) -> bool:
        """True where the range of need moves the best places' gain by more than that difference."""
        held = self.best.on(self.goal)
        return self.second is not None and (held.high or 0) - (held.low or 0) > self.gap

    @property
    def turns(self) -> bool:
        """True where at low or at high need the next best places are the better ones."""
        if self.second is None:
            return False
        best, second = self.best.on(self.goal), self.second.on(self.goal)
        pairs = ((best.low, second.low), (best.high, second.high))
        return any((one or 0) < (other or 0) * (1 - ALIKE) for one, other in pairs)


def best_places(today: Today, changes: Sequence[Change], asked: Asked) -> Answer:
    """Return where new sites for the group would be best, once these changes are made.

    Raises NoAnswer when the solver does not come to one.
    """
    spots = tuple(today.spots.values())
    wanted = goals(asked.aim, is_fair=asked.is_fair)
    asked = replace(asked, sites=min(asked.sites, len(spots)))
    puzzles = {end: _puzzle(today, changes, asked, spots, end) for end in _ENDS}
    best, second = best_two(puzzles["central"], wanted)
    return Answer(
        asked=asked,
        goal=wanted[0],
        best=_option(best, spots, puzzles),
        second=None if second is None else _option(second, spots, puzzles),
        candidates=len(spots),
    )


def as_changes(option: Option, asked: Asked, *, group: str, cost: int) -> tuple[Change, ...]:
    """Return the changes that open these sites; `cost` is of each, in pounds a year."""
    return tuple(
        Change(kind="add", spot=each.key, groups=(group,), capacity=asked.each, cost=cost)
        for each in option.spots
    )


def _puzzle(
    today: Today, changes: Sequence[Change], asked: Asked, spots: Sequence[Spot], end: End
) -> Puzzle:
    """Return the puzzle at the low, the central or the high need."""
    places, supplies = today.network.places, plan(today, changes).supplies
    need: Array = getattr(today.network.need, end)
    ways = [today.reach(spot, None) for spot in spots]
    minutes, weights = (np.stack([way[which] for way in ways], axis=1) for which in range(2))
    has_help = is_near(supplies, today.near_minutes, places=len(need))
    before = plan(today, ()).supplies
    gained = delivered(supplies, need) - delivered(before, need)
    here = np.stack([places.districts == code for code in today.districts])
    needed = here @ need
    left = _left(tuple(today.districts.values()), end) - here @ gained
    return Puzzle(
        count=asked.sites,
        each=float(asked.each),
        covers=minutes <= today.near_minutes,
        without=np.where(places.is_home & ~has_help, need, 0.0),
        share=here @ shares(need, weights),
        left=np.where(np.isnan(left), needed, np.clip(left, 0.0, None)),
        need=needed,
        met=needed - left,
    )


def _left(districts: Sequence[Before], end: End) -> Array:
    """Return the unmet need of each district; NaN where it is hidden."""
    held = (getattr(each.unmet, end) for each in districts)
    return np.array([np.nan if each is None else each for each in held], dtype=np.float64)


def _option(found: Places, spots: Sequence[Spot], puzzles: Mapping[End, Puzzle]) -> Option:
    worth = [puzzles[end].worth(found.sites) for end in _ENDS]
    reach, unmet, worst = (
        Range(*(getattr(each, goal) for each in worth)) for goal in ("reach", "unmet", "worst")
    )
    chosen = tuple(spots[each] for each in found.sites)
    return Option(spots=chosen, reach=reach, unmet=unmet, worst=worst)


def _central(held: Range) -> float:
    return held.central or 0.0
