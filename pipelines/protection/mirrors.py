"""Hides counts that count the same people by another way wherever the first way hides them."""

from dataclasses import replace

import numpy as np

from pipelines.protection.hiding import MIRROR, SHOWN
from pipelines.protection.index import Index, Ints
from pipelines.protection.windows import State
from schemas.cells import Measure


def mirrored(index: Index, menu: tuple[Measure, ...], state: State) -> State:
    """Return the state with cells hidden whose mirror is hidden, or rounded to another base.

    Where the two agree, a cell that is still shown says exactly what its mirror says: the same
    count, rounded alike. A mirror that has no such cell says nothing that could be read across.
    """
    mirror = _mirrors(index, menu)
    size = len(mirror)
    reason, base = state.reason[:size], state.base[:size]
    is_same = (reason[mirror] == SHOWN) & (base[mirror] == base)
    hidden = state.reason.copy()
    hidden[np.flatnonzero((mirror >= 0) & (reason == SHOWN) & ~is_same)] = MIRROR
    return replace(state, reason=hidden)


def _mirrors(index: Index, menu: tuple[Measure, ...]) -> Ints:
    """Return the place of each cell's mirror, −1 where it has none."""
    of = {measure.key: measure.mirrors for measure in menu if measure.mirrors}
    number = {row: place for place, row in enumerate(index.series.iter_rows())}
    series = np.array([number.get((of.get(row[0]), *row[1:]), -1) for row in number])
    wanted = series[index.series_of]
    found = index.find(np.maximum(wanted, 0), index.area_of, index.period_of)
    return np.where(wanted >= 0, found, -1)
