"""The sums near an unknown, and the unknowns within reach of it."""

from typing import Final

import numpy as np
from scipy import sparse

from pipelines.protection.audit_bounds import Puzzle
from pipelines.protection.audit_sums import Places

LINKS: Final = 2
"""How far an attack reaches at least: what shares a sum with the unknown, and with that."""

_FURTHER: Final = 200
"""Unknowns within reach below which an attack on what is exposed reaches one link further."""


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
    found: Places = matrix.indices[places_of(matrix, lines)].astype(np.int64)
    return found


def places_of(matrix: sparse.csr_array | sparse.csc_array, lines: Places) -> Places:
    """Return where the entries of these lines stand among all."""
    start, stop = matrix.indptr[lines].astype(np.int64), matrix.indptr[lines + 1]
    first = np.cumsum(stop - start) - (stop - start)
    places: Places = np.arange(int((stop - start).sum())) + np.repeat(start - first, stop - start)
    return places
