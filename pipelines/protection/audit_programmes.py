"""The auditor's linear programmes: how far unknowns can move from the truth, as sums let them.

Every unknown counts as two, its way up and its way down, so that a programme begins at the truth,
which keeps all sums, and moves only what must give way. It ends sooner, and few unknowns move.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
from highspy import _core
from scipy import sparse

from pipelines.protection.audit_bounds import ENDLESS, Puzzle
from pipelines.protection.audit_near import places_of
from pipelines.protection.audit_sums import Numbers, Places

_OPTIONS: Final = (
    ("output_flag", False),
    ("solver", "simplex"),
    ("presolve", "off"),  # to simplify such programmes costs more than it saves
    ("threads", 1),
)
_BY_COLUMN: Final = 1
_SMALLEST: Final = 1


@dataclass(frozen=True)
class Room:
    """How far everything may move from the truth: `low` is at most 0, `high` at least 0.

    low, high: of each unknown. sum_low, sum_high: of each sum. all_low, all_high: how far all the
    unknowns of a sum together could move it.
    """

    by_column: sparse.csc_array
    low: Numbers
    high: Numbers
    sum_low: Numbers
    sum_high: Numbers
    all_low: Numbers
    all_high: Numbers


@dataclass(frozen=True)
class Programme:
    """Sums of two or more moving unknowns, entry by entry, by unknown.

    start: where the entries of each unknown begin. row, sign: one per entry. least, most: of each
    sum. low, high: of each unknown.
    """

    start: Places
    row: Places
    sign: Numbers
    least: Numbers
    most: Numbers
    low: Numbers
    high: Numbers


def room(puzzle: Puzzle, by_column: sparse.csc_array) -> Room:
    """Return how far the puzzle lets everything move from the right answer."""
    sums = puzzle.sums
    low, high = puzzle.low - puzzle.true, puzzle.high - puzzle.true
    plus, minus = sums.matrix.maximum(0), sums.matrix.minimum(0)
    now = sums.matrix @ puzzle.true
    return Room(
        by_column,
        low,
        high,
        sums.low - now,
        sums.high - now,
        plus @ low + minus @ high,
        plus @ high + minus @ low,
    )


def programme(room: Room, moving: Places, *, do_others_move: bool) -> Programme:
    """Return every sum in which a moving unknown stands.

    The others stay at the truth, or else are anywhere in their windows, each sum for itself. A sum
    of one moving unknown is a window of it.
    """
    places = places_of(room.by_column, moving)
    rows, row = np.unique(room.by_column.indices[places], return_inverse=True)
    sign = room.by_column.data[places]
    start = room.by_column.indptr
    count = start[moving + 1] - start[moving]
    column = np.repeat(np.arange(len(moving)), count)
    low, high = room.low[moving], room.high[moving]
    least, most = room.sum_low[rows], room.sum_high[rows]
    if do_others_move:
        down = np.where(sign > 0, low[column], -high[column])
        up = np.where(sign > 0, high[column], -low[column])
        least = least - (room.all_high[rows] - np.bincount(row, up, len(rows)))
        most = most - (room.all_low[rows] - np.bincount(row, down, len(rows)))
    is_single = np.bincount(row, minlength=len(rows)) == 1
    alone = is_single[row]
    one, where, is_plus = column[alone], row[alone], sign[alone] > 0
    np.maximum.at(low, one, np.where(is_plus, least[where], -most[where]))
    np.minimum.at(high, one, np.where(is_plus, most[where], -least[where]))
    number = np.cumsum(~is_single) - 1
    return Programme(
        np.append(0, np.cumsum(np.bincount(column[~alone], minlength=len(moving)))),
        number[row[~alone]],
        sign[~alone],
        _endless(least[~is_single]),
        _endless(most[~is_single]),
        _endless(low),
        _endless(high),
    )


def _endless(ends: Numbers) -> Numbers:
    return np.where(np.abs(ends) > ENDLESS / 2, np.copysign(np.inf, ends), ends)


class Solver:
    """Solves one programme after another."""

    def __init__(self) -> None:
        # Not `Highs`, which adds callbacks that nobody needs and greets on the screen.
        self._highs = _core._Highs()
        for name, value in _OPTIONS:
            self._highs.setOptionValue(name, value)

    def solved(
        self, made: Programme, aim: Numbers, *, low: Numbers, high: Numbers
    ) -> Numbers | None:
        """Return the moves within `low` and `high` that make `aim` smallest; None: there are none.

        What is aimed at must have ends.
        """
        size, entries = len(aim), len(made.sign)
        self._highs.passModel(
            2 * size,
            len(made.least),
            2 * entries,
            _BY_COLUMN,
            _SMALLEST,
            0.0,
            np.concatenate((aim, -aim)),
            np.concatenate((np.maximum(low, 0.0), np.maximum(-high, 0.0))),
            np.concatenate((np.maximum(high, 0.0), np.maximum(-low, 0.0))),
            made.least,
            made.most,
            _whole(np.concatenate((made.start, made.start[1:] + entries))),
            _whole(np.concatenate((made.row, made.row))),
            np.concatenate((made.sign, -made.sign)),
            np.zeros(2 * size, dtype=np.int32),
        )
        self._highs.run()
        if self._highs.getModelStatus() != _core.HighsModelStatus.kOptimal:
            return None
        found = np.array(self._highs.getSolution().col_value)
        moves: Numbers = found[:size] - found[size:]
        return moves


def _whole(numbers: Places) -> npt.NDArray[np.int32]:
    return numbers.astype(np.int32)
