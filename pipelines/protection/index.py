"""Numbers for cells: series (what is counted), area and period, so that parents are found fast."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
import polars as pl

Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

SERIES: Final = ("measure", "split_1", "value_1", "split_2", "value_2")
AREA: Final = ("area_type", "area_code")
PERIOD: Final = ("period_type", "first_month", "last_month")
KEYS: Final = (*SERIES, *AREA, *PERIOD)
TOLD: Final = (*KEYS, "count", "rounding", "threshold")
"""Columns of what was told: one row for each way in which a release gave a cell.

count: null where it was hidden. threshold: of the policy in force then.
"""


@dataclass(frozen=True)
class Index:
    """The cells in the order of their keys, one position per cell.

    series, areas, periods: one row per distinct value, in the order of its number.
    series_of, area_of, period_of: the number for each cell. key: one ascending number per cell.
    """

    cells: pl.DataFrame
    series: pl.DataFrame
    areas: pl.DataFrame
    periods: pl.DataFrame
    series_of: Ints
    area_of: Ints
    period_of: Ints
    key: Ints

    @property
    def true(self) -> Ints:
        """Return the true counts, one per cell."""
        return self.cells["true_count"].to_numpy().astype(np.int64)

    def find(self, series: Ints, area: Ints, period: Ints) -> Ints:
        """Return the positions of the cells with these numbers; −1 where there is none."""
        wanted = (series * len(self.areas) + area) * len(self.periods) + period
        place = np.minimum(np.searchsorted(self.key, wanted), len(self.key) - 1)
        return np.where(self.key[place] == wanted, place, -1)


def index_cells(cells: pl.DataFrame) -> Index:
    """Return the cells sorted by their keys and numbered. The order of the rows does not matter."""
    ordered = cells.sort(KEYS)
    series, series_of = _numbered(ordered, SERIES)
    areas, area_of = _numbered(ordered, AREA)
    periods, period_of = _numbered(ordered, PERIOD)
    key = (series_of * len(areas) + area_of) * len(periods) + period_of
    return Index(ordered, series, areas, periods, series_of, area_of, period_of, key)


def _numbered(cells: pl.DataFrame, columns: tuple[str, ...]) -> tuple[pl.DataFrame, Ints]:
    """Return the distinct values of the columns in their order, and the number of each cell's."""
    known = cells.select(columns).unique().sort(columns)
    numbers = cells.select(columns).join(
        known.with_row_index("number"), on=columns, how="left", maintain_order="left"
    )
    return known, numbers["number"].to_numpy().astype(np.int64)
