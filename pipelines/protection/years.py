"""What overlapping years tell: two of them differ by the quarters that they do not share."""

from typing import Final

import numpy as np
import numpy.typing as npt
import polars as pl

from pipelines.protection.index import Bools, Index, Ints

_QUARTER: Final = 3
_YEAR: Final = 4

Rows = tuple[Ints, Ints, bool]
"""Columns, one line per row; the signs of each line; whether the rows are 0, or else at most 0."""


def year_rows(index: Index, adds_up: Bools, *, threshold: int) -> list[Rows]:
    """Return rows over twelve-month cells.

    Where quarters are published: a year less the next one is its first quarter less the next
    one's last. Where they are not: two years together are no less than one that they cover.
    `adds_up`: cells of measures whose periods add up.
    """
    cells = np.flatnonzero(adds_up & (_kind(index) == "year")[index.period_of])
    return [*_differences(index, cells), *_covers(index, cells, threshold=threshold)]


def _kind(index: Index) -> npt.NDArray[np.object_]:
    kinds: npt.NDArray[np.object_] = index.periods["period_type"].to_numpy()
    return kinds


def _months(column: pl.Series) -> Ints:
    months: Ints = (column.dt.year().cast(pl.Int64) * 12 + column.dt.month()).to_numpy()
    return months


def _shifted(index: Index, kind: str, *, quarters: int) -> Ints:
    """Return for each period the number of the one of this kind that begins so much later."""
    first = _months(index.periods["first_month"])
    kinds = _kind(index)
    number = {month: place for place, month in enumerate(first) if kinds[place] == kind}
    later = first + quarters * _QUARTER
    return np.array([number.get(int(month), -1) for month in later], dtype=np.int64)


def _found(index: Index, cells: Ints, kind: str, *, quarters: int) -> Ints:
    period = _shifted(index, kind, quarters=quarters)[index.period_of[cells]]
    found = index.find(index.series_of[cells], index.area_of[cells], period)
    return np.where(period >= 0, found, -1)


def _differences(index: Index, cells: Ints) -> list[Rows]:
    columns = np.column_stack(
        (
            cells,
            _found(index, cells, "year", quarters=1),
            _found(index, cells, "quarter", quarters=0),
            _found(index, cells, "quarter", quarters=_YEAR),
        )
    )
    columns = columns[(columns >= 0).all(axis=1)]
    signs = np.array([1, -1, -1, 1])
    return [(columns[index.true[columns] @ signs == 0], signs, True)]


def _covers(index: Index, cells: Ints, *, threshold: int) -> list[Rows]:
    """Return middle years less the two around them, where that can tell something hidden."""
    cells = cells[_found(index, cells, "quarter", quarters=0) < 0]
    signs = np.array([1, -1, -1])
    found = []
    for span in range(2, _YEAR + 1):
        last = _found(index, cells, "year", quarters=span)
        for step in range(1, span):
            columns = np.column_stack((_found(index, cells, "year", quarters=step), cells, last))
            columns = columns[(columns >= 0).all(axis=1)]
            true = index.true[columns]
            tells = (true[:, 0] >= threshold) & (
                true[:, 1:].min(axis=1, initial=threshold) < threshold
            )
            found.append((columns[tells & (true @ signs <= 0)], signs, False))
    return found
