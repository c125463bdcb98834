"""The auditor's bounds: what a reader knows of each cell alone, and from single sums."""

from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import numpy.typing as npt
import polars as pl

from pipelines.protection.audit_sums import CELL, Numbers, Places, Sums
from schemas.codes import HIDDEN
from schemas.protection import Protection

Flags = npt.NDArray[np.bool_]
_MOST_SWEEPS: Final = 30
ENDLESS: Final = 1e9


@dataclass(frozen=True)
class Puzzle:
    """All that a reader has: sums, and the smallest and largest value of each unknown.

    true: the right answer. is_hidden: the unknowns that must not be told.
    """

    sums: Sums
    low: Numbers
    high: Numbers
    true: Numbers
    is_hidden: Flags


def puzzle(
    published: pl.DataFrame,
    sums: Sums,
    *,
    true: Numbers,
    size_unknown: Flags,
    told_before: pl.DataFrame | None,
    policy: Protection,
) -> Puzzle:
    """Return what the published cells say, each alone.

    Of a hidden count the reader is taken to know whether it is below the threshold, the worst
    case, unless it stands in a split that was dropped and its marker does not say.
    """
    count = len(true)
    structural = published["is_structural"].to_numpy()
    is_hidden = np.array(published["marker"].to_numpy() != "")
    unsaid = size_unknown & (published["marker"].to_numpy() == HIDDEN)
    truth = np.concatenate((true, true[sums.whole] - true[sums.part]))
    is_few = truth < policy.threshold
    unknown = np.concatenate((unsaid, unsaid[sums.part] | structural[sums.part]))
    low = np.where(is_few | unknown, 0.0, policy.threshold)
    high = np.where(is_few & ~unknown, policy.threshold - 1.0, ENDLESS)
    shown = np.flatnonzero(~is_hidden)
    windows = published.select(_shown_windows(pl.lit(policy.threshold)))
    low[shown], high[shown] = (windows[name].to_numpy()[shown] for name in windows.columns)
    if told_before is not None:
        told = _narrow_by_earlier(low, high, published, told_before, true=true)
        is_hidden[told] = False
    is_secret_rest = is_few[count:] & ~structural[sums.part]
    return Puzzle(sums, low, high, truth, np.concatenate((is_hidden, is_secret_rest)))


def _shown_windows(threshold: pl.Expr) -> list[pl.Expr]:
    """Return `least` and `most`, the smallest and largest count shown so; null where hidden."""
    low = pl.col("count") - pl.col("rounding") // 2
    ends = {"least": pl.max_horizontal(low, threshold), "most": low + pl.col("rounding") - 1}
    shown = pl.when(pl.col("count") > 0)
    # Nothing is shown as 0 but what cannot occur.
    return [
        shown.then(end).when(pl.col("count") == 0).then(0).cast(pl.Float64).alias(name)
        for name, end in ends.items()
    ]


def _narrow_by_earlier(
    low: Numbers,
    high: Numbers,
    published: pl.DataFrame,
    told_before: pl.DataFrame,
    *,
    true: Numbers,
) -> Places:
    """Narrow the windows by all earlier ones, wherever the true count still lies in them.

    Where it does not, people were added or taken since, and the earlier count says nothing.
    Returns the cells where one does: they were told then, and are no secret now.
    """
    shown = told_before.filter(pl.col("count") > 0)
    windows = shown.select(*CELL, *_shown_windows(pl.col("threshold")))
    cells = published.select(CELL).with_row_index("cell").with_columns(true=true)
    holding = (
        cells.join(windows, on=CELL, how="inner")
        .filter(pl.col("true").is_between("least", "most"))
        .group_by("cell")
        .agg(pl.col("least").max(), pl.col("most").min())
    )
    holds = holding["cell"].to_numpy().astype(np.int64)
    low[holds] = np.maximum(low[holds], holding["least"].to_numpy())
    high[holds] = np.minimum(high[holds], holding["most"].to_numpy())
    return holds


def binding(puzzle: Puzzle) -> Puzzle:
    """Return the puzzle with only the sums that say more than the windows of their unknowns do."""
    sums = puzzle.sums
    plus, minus = sums.matrix.maximum(0), sums.matrix.minimum(0)
    least = plus @ puzzle.low + minus @ puzzle.high
    most = plus @ puzzle.high + minus @ puzzle.low
    says = np.flatnonzero((least < sums.low) | (most > sums.high))
    kept = replace(sums, matrix=sums.matrix[says], low=sums.low[says], high=sums.high[says])
    return replace(puzzle, sums=kept)


def narrowed(puzzle: Puzzle) -> Puzzle:
    """Return the puzzle with windows that no answer leaves, sum by sum, until nothing changes."""
    low, high = puzzle.low.copy(), puzzle.high.copy()
    entries = puzzle.sums.matrix.tocoo()
    row, column, sign = entries.row, entries.col, entries.data
    rows = len(puzzle.sums.low)
    for _ in range(_MOST_SWEEPS):
        least = np.where(sign > 0, low[column], -high[column])
        most = np.where(sign > 0, high[column], -low[column])
        others_least = np.bincount(row, least, rows)[row] - least
        others_most = np.bincount(row, most, rows)[row] - most
        up = puzzle.sums.high[row] - others_least
        down = puzzle.sums.low[row] - others_most
        new_low, new_high = low.copy(), high.copy()
        least, most = np.where(sign > 0, down, -up), np.where(sign > 0, up, -down)
        # What follows from an unknown without an end is no bound.
        said = np.abs(least) < ENDLESS / 2
        np.maximum.at(new_low, column[said], least[said])
        said = np.abs(most) < ENDLESS / 2
        np.minimum.at(new_high, column[said], most[said])
        if np.array_equal(new_low, low) and np.array_equal(new_high, high):
            break
        low, high = new_low, new_high
    return replace(puzzle, low=low, high=high)
