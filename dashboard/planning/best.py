"""The best places for new capacity, and the next best, by mixed-integer programming (HiGHS)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, OptimizeResult, milp
from scipy.sparse import block_array, csr_array, eye_array

from dashboard.errors import DashboardError
from dashboard.metrics.statistics import Array
from dashboard.planning.puzzle import Aim, Puzzle, Worth

Goal = Literal["reach", "unmet", "worst"]

ALIKE: Final = 1e-4
"""Sets of sites that differ by less on a goal, as a part of the most there can be, are equal."""
_SECONDS: Final = 10.0


class NoAnswer(DashboardError):
    """The solver found no best places in the time that it has."""


@dataclass(frozen=True)
class Places:
    """Candidates that are chosen, by their columns in order, and what they bring."""

    sites: tuple[int, ...]
    worth: Worth


def goals(aim: Aim, *, is_fair: bool) -> tuple[Goal, ...]:
    """Return what is made as large as it can be, the first before the second, and so on.

    The other aim only decides between sites that are otherwise as good.
    """
    aims: tuple[Goal, ...] = ("reach", "unmet") if aim == "reach" else ("unmet", "reach")
    return ("worst", *aims) if is_fair else aims


def best_two(puzzle: Puzzle, wanted: Sequence[Goal]) -> tuple[Places, Places | None]:
    """Return the best set of sites and the best other one; None where there is no other.

    Raises NoAnswer when the solver does not come to one.
    """
    program = _Program(puzzle)
    first = _best(program, wanted)
    if puzzle.count >= puzzle.candidates:
        return first, None
    return first, _best(program, wanted, program.other_than(first.sites))


def _best(program: "_Program", wanted: Sequence[Goal], *rules: LinearConstraint) -> Places:
    """Return the best set that the rules allow, goal after goal."""
    held = list(rules)
    sites: tuple[int, ...] = ()
    for goal in wanted:
        sites, value = program.most(goal, held)
        held.append(program.at_least(goal, value))
    return Places(sites, program.puzzle.worth(sites))


class _Program:
    """A puzzle as a linear programme.

    Its columns: whether each candidate is chosen, 0 or 1; how far each kind of place comes within
    reach, 0 to 1; the part of each district's need that is newly met; the least part met. All
    goals are parts of a whole, so that one tolerance suits them.
    """

    def __init__(self, puzzle: Puzzle) -> None:
        self.puzzle = puzzle
        covers, without = _kinds_of_place(puzzle)
        held = puzzle.need > 0
        need = np.where(held, puzzle.need, 1.0)
        gain = np.where(held[:, None], puzzle.each * puzzle.share / need[:, None], 0.0)
        self._sizes = (puzzle.candidates, len(without), len(need), 1)
        compared = puzzle.is_compared
        met = puzzle.met[compared] / need[compared]
        self._rules = _rules(puzzle.count, covers, gain, met, compared)
        self._bounds = Bounds(
            0, np.concatenate([np.ones(sum(self._sizes[:2])), puzzle.left / need, [np.inf]])
        )
        self._goals: dict[Goal, Array] = {
            "reach": self._columns(kinds=_parts(without)),
            "unmet": self._columns(districts=np.where(held, need, 0.0) / puzzle.most),
            "worst": self._columns(worst=np.ones(1) if compared.any() else np.zeros(1)),
        }

    def most(self, goal: Goal, rules: Sequence[LinearConstraint]) -> tuple[tuple[int, ...], float]:
        """Return the sites with the most of one goal that the rules allow, and how much."""
        # HiGHS now and then gives up on a case that it has simplified, and solves it as it is.
        for is_simplified in (True, False):
            found = self._solved(goal, rules, is_simplified=is_simplified)
            if found.status == 0:
                chosen = found.x[: self.puzzle.candidates] > 0.5
                return tuple(np.flatnonzero(chosen).tolist()), -float(found.fun)
        raise NoAnswer("No best places were found in the time allowed. Ask for fewer sites.")

    def _solved(
        self, goal: Goal, rules: Sequence[LinearConstraint], *, is_simplified: bool
    ) -> OptimizeResult:
        chosen = np.arange(sum(self._sizes)) < self.puzzle.candidates
        return milp(
            -self._goals[goal],
            integrality=chosen.astype(np.int64),
            bounds=self._bounds,
            constraints=[self._rules, *rules],
            options={"mip_rel_gap": 0.0, "time_limit": _SECONDS, "presolve": is_simplified},
        )

    def at_least(self, goal: Goal, value: float) -> LinearConstraint:
        """Return the rule that a goal keeps what it has reached."""
        return LinearConstraint(self._goals[goal][None, :], lb=value - ALIKE)

    def other_than(self, sites: tuple[int, ...]) -> LinearConstraint:
        """Return the rule that these sites are not all chosen together."""
        row = self._columns()
        row[list(sites)] = 1
        return LinearConstraint(row[None, :], ub=len(sites) - 1)

    def _columns(
        self,
        *,
        kinds: Array | None = None,
        districts: Array | None = None,
        worst: Array | None = None,
    ) -> Array:
        """Return a row over all columns, zero where nothing is given."""
        given = (None, kinds, districts, worst)
        parts = zip(given, self._sizes, strict=True)
        return np.concatenate([np.zeros(size) if part is None else part for part, size in parts])


def _rules(
    count: int, covers: Array, gain: Array, met: Array, compared: np.ndarray
) -> LinearConstraint:
    """Return: so many sites; no reach and no gain but by a site; none has less than the least."""
    kinds, districts = len(covers), len(gain)
    rows: list[list[Any]] = [
        [np.ones((1, covers.shape[1])), None, None, None],
        [-covers, eye_array(kinds), None, None],
        [-gain, None, eye_array(districts), None],
        [None, None, -np.eye(districts)[compared], np.ones((len(met), 1))],
    ]
    most = np.concatenate([[count], np.zeros(kinds + districts), met])
    least = np.concatenate([[count], np.full(len(most) - 1, -np.inf)])
    return LinearConstraint(csr_array(block_array(rows)), least, most)


def _kinds_of_place(puzzle: Puzzle) -> tuple[Array, Array]:
    """Return places that the same candidates cover as one row, and the need that they add up to."""
    wanting = puzzle.without > 0
    if not wanting.any():
        return np.zeros((1, puzzle.candidates)), np.zeros(1)
    kinds, kind = np.unique(puzzle.covers[wanting], axis=0, return_inverse=True)
    without = np.zeros(len(kinds))
    np.add.at(without, kind.ravel(), puzzle.without[wanting])
    return kinds.astype(np.float64), without


def _parts(amounts: Array) -> Array:
    """Return amounts as parts of their sum; zeros where that is zero."""
    return amounts / (amounts.sum() or 1.0)
