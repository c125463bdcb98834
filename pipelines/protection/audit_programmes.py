"""The auditor's programmes: how far hidden cells can move when several sums hold at once."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np
import numpy.typing as npt
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse.csgraph import connected_components

from pipelines.protection.audit_bounds import ENDLESS, Flags, Puzzle, binding
from pipelines.protection.audit_sums import Numbers

Places = npt.NDArray[np.int64]

_CLOSE: Final = 1e-6
_MANY_MOVING: Final = 3_000
"""Unknowns in one programme that moves a block, about."""

_MOST_NEAR: Final = 300
_MOST_JOINED: Final = 800
"""Unknowns in one programme that attacks a single one: near it, and joined to it by any sums."""

_MOST_WIDE: Final = 300
"""Unknowns attacked although single sums leave them many values: it bounds the time of a build."""


@dataclass
class Search:
    """What the programmes found.

    below, above: answers found, as distances from the truth. told: unknowns that keep too few
    values. attacked: unknowns of which that was asked. programmes: how many were solved.
    """

    puzzle: Puzzle
    values: int
    by_column: sparse.csc_array
    below: Numbers
    above: Numbers
    told: Flags
    attacked: Flags
    programmes: int = 0
    random: np.random.Generator = field(default_factory=lambda: np.random.default_rng(0))

    @property
    def is_proven(self) -> Flags:
        """Return the unknowns that can take enough values, as answers to the whole puzzle show."""
        most, least = np.floor(self.above + _CLOSE), np.ceil(self.below - _CLOSE)
        proven: Flags = most - least >= self.values - 1
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
        ends = (
            np.where(low < -ENDLESS / 2, -np.inf, low),
            np.where(high > ENDLESS / 2, np.inf, high),
        )
        answer = milp(aim, constraints=limits, bounds=Bounds(*ends)).x
        return np.full(len(aim), np.nan) if answer is None else np.asarray(answer)


def begun(puzzle: Puzzle, *, values: int, before: Search | None) -> Search:
    """Return the search before any programme: only unknowns in no sum are free to move.

    `before`: a search of the same sums, which is taken up where no more is known than then: what
    could take enough values still can.
    """
    puzzle = binding(puzzle)
    by_column = puzzle.sums.matrix.tocsc()
    if before and _knows_no_more(puzzle, before.puzzle):
        # Copies: the search goes on in its own, and what was found before stays as it was.
        below, above = before.below.copy(), before.above.copy()
        attacked = before.attacked & ~before.told
    else:
        is_free = np.diff(by_column.indptr) == 0
        below = np.where(is_free, puzzle.low - puzzle.true, 0.0)
        above = np.where(is_free, puzzle.high - puzzle.true, 0.0)
        attacked = np.zeros_like(is_free)
    return Search(puzzle, values, by_column, below, above, np.zeros_like(attacked), attacked)


def _knows_no_more(now: Puzzle, then: Puzzle) -> bool:
    return bool((now.low <= then.low).all() and (now.high >= then.high).all())


def search(done: Search, groupings: Sequence[Places]) -> None:
    """Find what is proven, and what is told: surely fewer values than asked for.

    Other answers are looked for, many unknowns at a time. Of those not proven by them each is
    attacked that single sums narrow to less than twice the values asked for, and then the most
    narrowed of the others. `groupings`: ways to part the unknowns into groups that share many sums.
    """
    puzzle = done.puzzle
    is_narrow = puzzle.is_hidden & (puzzle.high - puzzle.low + 1 < 2 * done.values)
    if not done.attacked.any():  # a search that is taken up has moved them before
        _move_all(done, puzzle.is_hidden, groupings)
    _attack_all(done, is_narrow)
    if not done.told.any():
        _attack_all(done, puzzle.is_hidden, most=_MOST_WIDE)


def _move_all(done: Search, wanted: Flags, groupings: Sequence[Places]) -> None:
    """Move the wanted unknowns block by block, for each way to part them."""
    for groups in groupings:
        for block in _blocks(done, wanted, groups):
            _move(done, block, wanted)


def _blocks(done: Search, wanted: Flags, groups: Places) -> list[Places]:
    """Return sets of unknowns to be moved together.

    What no chain of sums connects moves apart. Of such parts the largest are cut by group, and
    the small ones put together.
    """
    matrix = done.puzzle.sums.matrix
    # One node for each sum, then one for each unknown: an entry of the matrix joins the two.
    rows, size = matrix.shape
    entries = matrix.tocoo()
    ends = (entries.row, rows + entries.col)
    joined = sparse.coo_array((entries.data, ends), shape=(rows + size, rows + size))
    part = connected_components(joined, directed=False)[1][rows:]
    group = np.where(np.bincount(part)[part] > _MANY_MOVING, groups, 0)
    unproven = wanted & ~done.is_proven
    order = np.lexsort((group, part))
    order = order[np.isin(part, part[unproven])[order]]
    is_next = (np.diff(part[order]) != 0) | (np.diff(group[order]) != 0)
    starts = np.append(0, np.flatnonzero(is_next) + 1)
    is_cut = np.diff(starts // _MANY_MOVING) > 0
    return [np.sort(block) for block in np.split(order, starts[1:][is_cut]) if len(block)]


def _move(done: Search, moving: Places, wanted: Flags) -> None:
    """Move what is wanted and not proven up or down, as far as all sums let it, and back.

    All unknowns that do not move stay at the truth, so that each answer is one to the whole.
    """
    sums, true = done.puzzle.sums, done.puzzle.true
    place = np.flatnonzero((wanted & ~done.is_proven)[moving])
    if not len(place):
        return
    rows = done.rows(moving)
    matrix = sums.matrix[rows]
    now = matrix @ true
    limits = LinearConstraint(matrix[:, moving], sums.low[rows] - now, sums.high[rows] - now)
    low, high = done.puzzle.low[moving] - true[moving], done.puzzle.high[moving] - true[moving]
    down = low[place] = np.maximum(low[place], 1 - done.values)
    up = high[place] = np.minimum(high[place], done.values - 1)
    aim = np.zeros(len(moving))
    # What has more room above than below moves up first, with that probability.
    sign = np.where(done.random.random(len(place)) * (up - down) < up, -1.0, 1.0)
    aim[place] = sign * done.random.uniform(0.5, 1, len(place))
    for direction in (aim, -aim):
        answer = done.solved(direction, limits, low, high)
        done.below[moving] = np.fmin(done.below[moving], answer)
        done.above[moving] = np.fmax(done.above[moving], answer)


def _attack_all(done: Search, wanted: Flags, *, most: int | None = None) -> None:
    """Attack the wanted unknowns not proven and not yet attacked: the most narrowed, or all."""
    unproven = np.flatnonzero(wanted & ~done.is_proven & ~done.attacked)
    width = (done.puzzle.high - done.puzzle.low)[unproven]
    for target in unproven[np.argsort(width, kind="stable")][:most]:
        if not done.is_proven[target]:
            _attack(done, target)


def _attack(done: Search, target: np.int64) -> None:
    """Bound the unknown by the sums near it, those farther off as loose as they can be.

    Where nothing lies farther off, the bounds are exact, and the unknown is told or proven.
    """
    moving, is_all = _near(done, target)
    limits = _loose_limits(done, moving)
    aim = (moving == target).astype(float)
    low, high = done.puzzle.low[moving], done.puzzle.high[moving]
    true = done.puzzle.true[target]
    room = np.zeros(2)
    # First the side on which there is more room: where it is enough, the other need not be asked.
    is_up = bool(done.puzzle.high[target] - true >= true - done.puzzle.low[target])
    for side in (int(is_up), int(not is_up)):
        sign = 1.0 - 2.0 * side
        answer = done.solved(sign * aim, limits, low, high) @ aim
        room[side] = np.floor(abs(answer - true) + _CLOSE)
        if room.sum() >= done.values - 1:
            break
    done.told[target] = room.sum() < done.values - 1
    done.attacked[target] = True
    if is_all:
        done.below[target], done.above[target] = -room[0], room[1]


def _near(done: Search, target: np.int64) -> tuple[Places, bool]:
    """Return the unknowns that any sums join to the target, or the near ones of too many."""
    near = moving = np.array([target])
    wider = done.around(moving)
    while len(moving) < len(wider) <= _MOST_JOINED:
        moving, wider = wider, done.around(wider)
        near = moving if len(moving) <= _MOST_NEAR else near
    is_all = len(moving) == len(wider)
    return (moving if is_all else near), is_all


def _loose_limits(done: Search, moving: Places) -> LinearConstraint:
    sums = done.puzzle.sums
    rows = done.rows(moving)
    matrix = sums.matrix[rows]
    known = np.unique(matrix.indices)
    matrix = matrix[:, known]
    is_moving = np.isin(known, moving)
    low = np.where(is_moving, 0.0, done.puzzle.low[known])
    high = np.where(is_moving, 0.0, done.puzzle.high[known])
    plus, minus = matrix.maximum(0), matrix.minimum(0)
    least = sums.low[rows] - plus @ high - minus @ low
    most = sums.high[rows] - plus @ low - minus @ high
    return LinearConstraint(
        matrix[:, is_moving],
        np.where(least < -ENDLESS / 2, -np.inf, least),
        np.where(most > ENDLESS / 2, np.inf, most),
    )
