"""Every combination that a breakdown asks for, so that what was not recorded shows as zero."""

from collections.abc import Sequence
from math import prod
from typing import Final

import polars as pl

from dashboard.metrics.metric import Period
from dashboard.metrics.period import months_between
from dashboard.metrics.places import PLACE_DIMENSIONS
from schemas.codes import OUTCOME_GROUPS

LARGEST_GRID: Final = 50_000
"""Above this many combinations only those with rows are listed."""

_OUTCOME_DIMENSIONS: Final = ("outcome_group", "outcome")
_HEXAGONS: Final = frozenset({"hexagon", "hexagon_wide"})


def complete(
    counted: pl.DataFrame,
    *,
    by: tuple[str, ...],
    period: Period,
    places: pl.DataFrame,
    crime_types: Sequence[str],
) -> pl.DataFrame:
    """Return the counted rows with a zero for every combination that had none, in list order.

    One row per combination of `by`. Hexagons and very large grids are left as counted: nobody
    needs a zero for each empty hexagon.
    """
    axes = _axes(by, period=period, places=places, crime_types=crime_types)
    if not by or _HEXAGONS & set(by) or prod(axis.height for axis in axes) > LARGEST_GRID:
        return counted.sort(by) if by else counted
    grid = axes[0]
    for axis in axes[1:]:
        grid = grid.join(axis, how="cross", maintain_order="left_right")
    filled = grid.join(counted, on=list(by), how="left", maintain_order="left")
    return filled.with_columns(pl.exclude(by).fill_null(0))


def _axes(
    by: tuple[str, ...], *, period: Period, places: pl.DataFrame, crime_types: Sequence[str]
) -> list[pl.DataFrame]:
    months = months_between(period.first_month, period.last_month)
    outcomes = [(group, each) for group, members in OUTCOME_GROUPS.items() for each in members]
    possible = (
        pl.DataFrame({"month": months}),
        places.select(each for each in PLACE_DIMENSIONS if each in places.columns),
        pl.DataFrame({"crime_type": crime_types}, schema={"crime_type": pl.String}),
        pl.DataFrame(outcomes, schema=_OUTCOME_DIMENSIONS, orient="row"),
    )
    wanted = (axis.select(each for each in axis.columns if each in by) for axis in possible)
    return [axis.unique(maintain_order=True) for axis in wanted if axis.width]
