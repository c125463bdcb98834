"""Which published cells tell what the auditor found out: those whose rounding bounds it."""

from typing import Final

import numpy as np
from scipy import sparse
from scipy.optimize import linprog

from pipelines.protection.audit_bounds import ENDLESS, Puzzle
from pipelines.protection.audit_near import entries, sums_of, within_reach
from pipelines.protection.audit_sums import Numbers, Places

_LEAST_PRICE: Final = 1e-6


def tellers(alone: Puzzle, by_column: sparse.csc_array, told: int) -> Places:
    """Return the unknowns whose own windows bound this one, by the prices of both programmes.

    `alone`: what is known of each unknown by itself, so that no price falls on what follows.
    """
    rows = sums_of(by_column, within_reach(alone, by_column, told, is_far=True))
    known = np.unique(entries(alone.sums.matrix, rows))
    price = sum(_prices(alone, rows, known, sign * (known == told)) for sign in (1.0, -1.0))
    found: Places = known[price > _LEAST_PRICE]
    return found


def _prices(alone: Puzzle, rows: Places, known: Places, aim: Numbers) -> Numbers:
    """Return how much the bound would move with the window of each unknown."""
    sums = alone.sums
    by_row, least, most = sums.matrix[rows][:, known], sums.low[rows], sums.high[rows]
    is_equal = least == most
    above, below = ~is_equal & np.isfinite(most), ~is_equal & np.isfinite(least)
    high = np.where(alone.high[known] > ENDLESS / 2, np.inf, alone.high[known])
    answer = linprog(  # type: ignore[call-overload]
        aim,
        A_ub=sparse.vstack((by_row[above], -by_row[below])),
        b_ub=np.concatenate((most[above], -least[below])),
        A_eq=by_row[is_equal],
        b_eq=least[is_equal],
        bounds=np.column_stack((alone.low[known], high)),
        method="highs-ds",
    )
    if answer.x is None:
        return np.zeros(len(known))
    prices: Numbers = np.abs(np.asarray(answer.lower.marginals + answer.upper.marginals))
    return prices
