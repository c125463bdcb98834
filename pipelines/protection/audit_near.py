"""The sums near an unknown, and what they leave to the unknowns within reach."""

from typing import Final

import numpy as np
from scipy import sparse

from pipelines.protection.audit_bounds import ENDLESS, Puzzle
from pipelines.protection.audit_sums import Numbers, Places

LINKS: Final = 2
"""How far an attack reaches at least: what shares a sum with the unknown, and with that."""

_FURTHER: Final = 200
"""Unknowns within reach below which an attack on what is exposed reaches one link further."""

Limits = tuple[sparse.csc_array, Numbers, Numbers]
"""Sums of some unknowns, one column each: the matrix, the least and the most of each sum."""


def within_reach(
    puzzle: Puzzle, by_column: sparse.csc_array, target: int, *, is_far: bool = False
) -> Places:
    """Return the unknowns that a few sums link to the target, in order."""
    moving: Places = np.array([target], dtype=np.int64)
    for link in range(LINKS + is_far):
        if link == LINKS and len(moving) > _FURTHER:
            break
        beside = entries(puzzle.sums.matrix, sums_of(by_column, moving))
        moving = np.union1d(moving, beside)
    return moving


def sums_of(by_column: sparse.csc_array, unknowns: Places) -> Places:
    """Return the sums in which any of the unknowns stands."""
    rows: Places = np.unique(entries(by_column, unknowns))
    return rows


def entries(matrix: sparse.csr_array | sparse.csc_array, lines: Places) -> Places:
    """Return what stands in these rows of a matrix by row, or columns of one by column."""
    found: Places = matrix.indices[_places(matrix, lines)].astype(np.int64)
    return found


def limits(puzzle: Puzzle, rows: Places, moving: Places) -> Limits:
    """Return what the sums leave to the moving unknowns, the others anywhere in their windows."""
    sums = puzzle.sums
    places = _places(sums.matrix, rows)
    column, sign = sums.matrix.indices[places], sums.matrix.data[places]
    row = np.repeat(np.arange(len(rows)), np.diff(sums.matrix.indptr)[rows])
    low, high = puzzle.low[column], puzzle.high[column]
    place = np.minimum(np.searchsorted(moving, column), len(moving) - 1)
    is_moving = moving[place] == column
    least = np.where(is_moving, 0.0, np.where(sign > 0, low, -high))
    most = np.where(is_moving, 0.0, np.where(sign > 0, high, -low))
    ends = (
        sums.low[rows] - np.bincount(row, most, len(rows)),
        sums.high[rows] - np.bincount(row, least, len(rows)),
    )
    kept = (sign[is_moving], (row[is_moving], place[is_moving]))
    return (
        sparse.csc_array(kept, shape=(len(rows), len(moving))),
        np.where(ends[0] < -ENDLESS / 2, -np.inf, ends[0]),
        np.where(ends[1] > ENDLESS / 2, np.inf, ends[1]),
    )


def _places(matrix: sparse.csr_array | sparse.csc_array, lines: Places) -> Places:
    start, stop = matrix.indptr[lines].astype(np.int64), matrix.indptr[lines + 1]
    first = np.cumsum(stop - start) - (stop - start)
    places: Places = np.arange(int((stop - start).sum())) + np.repeat(start - first, stop - start)
    return places
