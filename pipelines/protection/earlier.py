"""What all earlier releases said of each cell, and what of it still holds."""

from dataclasses import dataclass

import numpy as np
import polars as pl

from pipelines.protection.equations import INFINITE
from pipelines.protection.index import KEYS, TOLD, Bools, Index, Ints


@dataclass(frozen=True)
class EarlierCells:
    """What earlier releases said of each variable; rests of parts were never published.

    base: the rounding to begin with; 0 where it was never published. is_hidden: it stood there
    without a count, and no count that was ever shown still holds. was_dropped: it was hidden with
    its whole split. low, high: what still holds; told_base: the finest rounding of that, 0 where
    nothing does.
    """

    base: Ints
    is_hidden: Bools
    was_dropped: Bools
    low: Ints
    high: Ints
    told_base: Ints


def earlier_cells(
    index: Index, told: pl.DataFrame | None, dropped: pl.DataFrame | None, *, rests: int
) -> EarlierCells:
    """Return what earlier releases said, in the order of the variables.

    `told`: TOLD of all of them. `dropped`: KEYS of cells that were hidden with their whole split.
    A count that was shown holds where the true count still lies in its window: then nothing may
    have changed, the worst case, and all that hold are known together. Where it does not, people
    were added or taken since, and that count says nothing.
    """
    size = len(index.cells) + rests
    numbers = [np.zeros(size, dtype=np.int64) for _ in range(3)]
    flags = np.zeros((2, size), dtype=bool)
    said = EarlierCells(
        numbers[0], flags[0], flags[1], low=numbers[1], high=np.full(size, INFINITE),
        told_base=numbers[2],
    )  # fmt: skip
    if told is None:
        return said
    known = _known(index, told)
    cell = known["cell"].to_numpy()
    for name, missing in (("base", 0), ("low", 0), ("high", INFINITE), ("told_base", 0)):
        getattr(said, name)[cell] = known[name].cast(pl.Int64).fill_null(missing).to_numpy()
    said.is_hidden[cell] = known["is_hidden"].to_numpy()
    if dropped is not None:
        numbered = index.cells.select(KEYS).with_row_index("cell")
        said.was_dropped[numbered.join(dropped, on=KEYS, how="semi")["cell"].to_numpy()] = True
    return said


def _known(index: Index, told: pl.DataFrame) -> pl.DataFrame:
    """Return one row per cell that was ever published.

    What was told once is told as closely again, and nothing more closely: who reads both versions
    learns nothing by it, and a release that was a mistake leaves no gap for good.
    """
    low = pl.col("count") - pl.col("rounding") // 2
    holds = pl.col("true_count").is_between("low", "high")
    numbered = index.cells.select(*KEYS, "true_count").with_row_index("cell")
    return (
        numbered.join(told.select(TOLD), on=KEYS, how="inner")
        .with_columns(low=pl.max_horizontal(low, "threshold"), high=low + pl.col("rounding") - 1)
        .group_by("cell")
        .agg(
            widest=pl.col("rounding").max(),
            was_hidden=pl.col("count").is_null().any(),
            low=pl.col("low").filter(holds).max(),
            high=pl.col("high").filter(holds).min(),
            told_base=pl.col("rounding").filter(holds).min(),
        )
        .with_columns(
            base=pl.coalesce("told_base", "widest"),
            is_hidden=pl.col("was_hidden") & pl.col("told_base").is_null(),
        )
    )
