"""The auditor's programmes: how far hidden cells can move when several sums hold at once."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

import numpy as np
import numpy.typing as npt
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, milp

from pipelines.protection.audit_bounds import ENDLESS, Flags, Puzzle
from pipelines.protection.audit_sums import Numbers

Places = npt.NDArray[np.int64]

_CLOSE: Final = 1e-6
_MOST_MOVING: Final = 2_500
_MOST_NEAR: Final = 800
"""Unknowns in one programme that moves a group, and in one that attacks a single unknown."""

_MOST_LINKS: Final = 4
"""How far from a group the unknowns may lie that move with it; near ones are tried first."""

_MOST_WORK: Final = 150_000
"""Unknowns in all programmes of one kind: bounds the time of a build. Small grids stay below."""


@dataclass
class Search:
    """What the programmes found.

    below, above: answers found, as distances from the truth. told: unknowns that keep too few
    values. programmes: how many were solved. work: unknowns in them.
    """

    puzzle: Puzzle
    values: int
    by_column: sparse.csc_array
    below: Numbers
    above: Numbers
    told: Flags
    programmes: int = 0
    work: int = 0
    random: np.random.Generator = field(default_factory=lambda: np.random.default_rng(0))

    @property
    def is_proven(self) -> Flags:
        """Return the unknowns that can take enough values, as answers to the whole puzzle show."""
        proven: Flags = self.above - self.below >= self.values - 1 - _CLOSE
        return proven

    def rows(self, unknowns: Places) -> Places:
        """Return the sums in which any of the unknowns stands."""
        return np.unique(self.by_column[:, unknowns].indices)

    def around(self, unknowns: Places) -> Places:
        """Return the unknowns with those that share a sum with any of them."""
        return np.unique(np.append(unknowns, self.puzzle.sums.matrix[self.rows(unknowns)].indices))

    def solved(
        self, aim: Numbers, limits: LinearConstraint, low: Numbers, high: Numbers
    ) -> Numbers:
        """Return the answer that makes `aim` smallest; not a number where there is none."""
        self.programmes += 1
        self.work += len(aim)
        ends = (
            np.where(low < -ENDLESS / 2, -np.inf, low),
            np.where(high > ENDLESS / 2, np.inf, high),
        )
        answer = milp(aim, constraints=limits, bounds=Bounds(*ends)).x
        return np.full(len(aim), np.nan) if answer is None else np.asarray(answer)


def search(puzzle: Puzzle, groups: Places, *, values: int) -> Search:
    """Return what is proven, and what is told: surely fewer than `values`.

    `groups`: of hidden unknowns that are moved together. First other answers are looked for, group
    by group; then the unknowns not proven by them are attacked, the most narrowed first.
    """
    size = len(puzzle.true)
    zero = np.zeros(size)
    by_column = puzzle.sums.matrix.tocsc()
    done = Search(puzzle, values, by_column, zero, zero.copy(), np.zeros(size, dtype=bool))
    for links in range(1, _MOST_LINKS + 1):
        for group in _by_tightness(puzzle, groups):
            targets = group[~done.is_proven[group]]
            moving = targets
            for _ in range(links):
                moving = done.around(moving)
            if len(targets) and len(moving) <= _MOST_MOVING and done.work < _MOST_WORK:
                _move(done, targets, moving)
    width = puzzle.high - puzzle.low
    unproven = np.flatnonzero(puzzle.is_hidden & ~done.is_proven)
    done.work = 0
    for target in unproven[np.argsort(width[unproven], kind="stable")]:
        if done.work >= _MOST_WORK:
            break
        _attack(done, target)
    return done


def _by_tightness(puzzle: Puzzle, groups: Places) -> Iterator[Places]:
    """Yield the hidden unknowns of each group, the group with the most narrowed one first."""
    hidden = np.flatnonzero(puzzle.is_hidden)
    width = (puzzle.high - puzzle.low)[hidden]
    order = np.lexsort((width, groups[hidden]))
    starts = np.flatnonzero(np.diff(groups[hidden][order], prepend=-1))
    parts = np.split(hidden[order], starts[1:])
    for place in np.argsort(width[order][starts], kind="stable"):
        yield np.sort(parts[place])


def _move(done: Search, targets: Places, moving: Places) -> None:
    """Move the targets, some up and others down, as far as all sums let them, and back.

    All unknowns that do not move stay at the truth, so that each answer is one to the whole.
    """
    sums, true = done.puzzle.sums, done.puzzle.true
    rows = done.rows(moving)
    matrix = sums.matrix[rows]
    now = matrix @ true
    limits = LinearConstraint(matrix[:, moving], sums.low[rows] - now, sums.high[rows] - now)
    low, high = done.puzzle.low[moving] - true[moving], done.puzzle.high[moving] - true[moving]
    place = np.searchsorted(moving, targets)
    low[place] = np.maximum(low[place], 1 - done.values)
    high[place] = np.minimum(high[place], done.values - 1)
    aim = np.zeros(len(moving))
    sign = done.random.choice([-1, 1], len(targets))
    aim[place] = sign * done.random.uniform(0.5, 1, len(targets))
    for direction in (aim, -aim):
        answer = done.solved(direction, limits, low, high)
        done.below[moving] = np.fmin(done.below[moving], answer)
        done.above[moving] = np.fmax(done.above[moving], answer)


def _attack(done: Search, target: np.int64) -> None:
    """Bound the unknown by all sums near it, those farther off as loose as they can be.

    Where nothing lies farther off, the bounds are exact, and the unknown is told or proven.
    """
    moving = np.array([target])
    wider = done.around(moving)
    while len(moving) < len(wider) <= _MOST_NEAR:
        moving, wider = wider, done.around(wider)
    limits = _loose_limits(done, moving)
    aim = (moving == target).astype(float)
    low, high = done.puzzle.low[moving], done.puzzle.high[moving]
    least = float(done.solved(aim, limits, low, high) @ aim)
    most = float(done.solved(-aim, limits, low, high) @ aim)
    done.told[target] = np.floor(most + _CLOSE) - np.ceil(least - _CLOSE) + 1 < done.values
    if len(moving) == len(wider):
        done.below[target], done.above[target] = np.array([least, most]) - done.puzzle.true[target]


def _loose_limits(done: Search, moving: Places) -> LinearConstraint:
    sums = done.puzzle.sums
    rows = done.rows(moving)
    matrix = sums.matrix[rows]
    low, high = done.puzzle.low.copy(), done.puzzle.high.copy()
    low[moving] = high[moving] = 0.0
    plus, minus = matrix.maximum(0), matrix.minimum(0)
    least, most = (
        sums.low[rows] - plus @ high - minus @ low,
        sums.high[rows] - plus @ low - minus @ high,
    )
    is_endless = least < -ENDLESS / 2, most > ENDLESS / 2
    return LinearConstraint(
        matrix[:, moving],
        np.where(is_endless[0], -np.inf, least),
        np.where(is_endless[1], np.inf, most),
    )
