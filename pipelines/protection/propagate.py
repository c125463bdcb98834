"""Narrows windows by every row until nothing changes: bounds in closed form, row by row."""

from typing import Final

import numpy as np

from pipelines.protection.equations import INFINITE, Equations
from pipelines.protection.index import Bools, Ints

_MOST_SWEEPS: Final = 40
"""Bounds are true after any number of sweeps; later ones narrow little, and the audit is exact."""


Windows = tuple[Ints, Ints]
"""The smallest and the largest count of each variable."""


def propagated(
    rows: Equations, known: Windows, *, last: tuple[Windows, Windows] | None = None
) -> Windows:
    """Return windows that no possible table leaves: the narrowest that single rows give.

    `last`: what was known before, and what that gave. Parts of the table of which as much is
    known as then are taken from it.
    """
    low, high, dirty = _begun(rows, known, last)
    entry_of, first = rows.by_variable
    for _ in range(_MOST_SWEEPS):
        entries = np.flatnonzero(dirty[rows.row])
        column = rows.column[entries]
        least, most = row_bounds(rows, low, high, entries=entries)
        before = low.copy(), high.copy()
        np.maximum.at(low, column, least)
        np.minimum.at(high, column, most)
        moved = np.flatnonzero((low != before[0]) | (high != before[1]))
        if not len(moved):
            break
        touched = entry_of[_ranges(first[moved], first[moved + 1])]
        dirty = np.zeros(len(rows.low), dtype=bool)
        dirty[rows.row[touched]] = True
    return low, high


def _begun(
    rows: Equations, known: Windows, last: tuple[Windows, Windows] | None
) -> tuple[Ints, Ints, Bools]:
    """Return the windows to begin with, and the rows that may narrow them."""
    low, high = known[0].copy(), known[1].copy()
    if last is None:
        return low, high, np.ones(len(rows.low), dtype=bool)
    before, found = last
    part_of_row, part_of_variable = rows.parts
    has_changed = np.zeros(int(part_of_variable.max(initial=-1)) + 1, dtype=bool)
    has_changed[part_of_variable[(before[0] != low) | (before[1] != high)]] = True
    is_same = ~has_changed[part_of_variable]
    low[is_same], high[is_same] = found[0][is_same], found[1][is_same]
    return low, high, has_changed[part_of_row]


def row_bounds(rows: Equations, low: Ints, high: Ints, *, entries: Ints) -> tuple[Ints, Ints]:
    """Return what the row of each entry alone says of it, given the windows of the others.

    `entries` must hold whole rows, in order.
    """
    column, sign = rows.column[entries], rows.sign[entries]
    row = rows.row[entries]
    is_whole = sign > 0
    least = np.where(is_whole, low[column], -high[column])
    most = np.where(is_whole, high[column], -low[column])
    start = np.flatnonzero(np.diff(row, prepend=-1))
    sizes = np.diff(np.r_[start, len(row)])
    if not len(row):
        return least, most
    other_least = np.repeat(np.add.reduceat(least, start), sizes) - least
    other_most = np.repeat(np.add.reduceat(most, start), sizes) - most
    up = _bounded(rows.high[row] - other_least)
    down = _bounded(rows.low[row] - other_most)
    return np.where(is_whole, down, -up), np.where(is_whole, up, -down)


def _bounded(values: Ints) -> Ints:
    """Return the values, infinite where an infinite one went into the sum."""
    half = INFINITE // 2
    return np.where(values > half, INFINITE, np.where(values < -half, -INFINITE, values))


def _ranges(start: Ints, stop: Ints) -> Ints:
    """Return the numbers from each start up to its stop, one after another."""
    sizes = stop - start
    shift = np.repeat(start - np.r_[0, np.cumsum(sizes)[:-1]], sizes)
    numbers: Ints = np.arange(int(sizes.sum())) + shift
    return numbers
