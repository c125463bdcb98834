"""The sums that readers can do with published cells, as rows `low ≤ Σ ±cell ≤ high`."""

from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
import polars as pl
from scipy import sparse
from scipy.sparse.csgraph import connected_components

from pipelines.protection.areas import AreaTree
from pipelines.protection.index import Bools, Index, Ints
from pipelines.protection.relations import PART_OF, Relation, relations
from pipelines.protection.years import Rows, year_rows
from schemas.cells import Measure

INFINITE: Final = 10**9
"""More than any count; far from the limits of Int64, so that sums of it stay sums."""


@dataclass(frozen=True)
class Equations:
    """Rows over the variables: first the cells, then the rests of parts.

    start: where each row begins among the entries; each begins with its whole. column, sign: one
    per entry. low, high: one per row. is_split: rows that are a margin and its split.
    rest_part, rest_whole: the cells whose difference each rest is. true: one per variable.
    not_kept: sums that the true cells themselves do not keep, so that nobody can use them.
    """

    start: Ints
    column: Ints
    sign: Ints
    low: Ints
    high: Ints
    is_split: Bools
    rest_part: Ints
    rest_whole: Ints
    true: Ints
    not_kept: int

    @cached_property
    def row(self) -> Ints:
        """Return the row of each entry."""
        return np.repeat(np.arange(len(self.low)), np.diff(self.start))

    @cached_property
    def by_variable(self) -> tuple[Ints, Ints]:
        """Return the entries by variable, and where each variable's begin."""
        order = np.argsort(self.column, kind="stable")
        return order, np.searchsorted(self.column[order], np.arange(len(self.true) + 1))

    @cached_property
    def parts(self) -> tuple[Ints, Ints]:
        """Return for each row, and for each variable, the part that no chain of rows leaves."""
        rows, size = len(self.low), len(self.low) + len(self.true)
        entries = (np.ones(len(self.row)), (self.row, rows + self.column))
        joined = sparse.coo_array(entries, shape=(size, size))
        part: Ints = connected_components(joined, directed=False)[1].astype(np.int64)
        return part[:rows], part[rows:]


def equations(
    index: Index, menu: tuple[Measure, ...], *, areas: AreaTree, threshold: int
) -> Equations:
    """Return every sum of published cells that holds, from the declared relations.

    A sum that the true cells do not keep (people who move between areas, say) is weakened to the
    inequalities that they do keep. Readers cannot tell which sums hold, so assuming that they
    know is the worst case.
    """
    adds = {measure.key: measure.adds_up for measure in menu}
    found = [_cell_pairs(index, relation, adds) for relation in relations(index, menu, areas=areas)]
    pairs = _without_needless_fallbacks(pl.concat(found) if found else _no_pairs())
    is_part_of = pl.col("tag") == PART_OF
    years = year_rows(index, _flags(index, adds), threshold=threshold)
    return _assembled(pairs.filter(~is_part_of), pairs.filter(is_part_of), years, index.true)


def _flags(index: Index, adds: dict[str, bool]) -> Bools:
    flags: Bools = index.cells["measure"].replace_strict(adds, return_dtype=pl.Boolean).to_numpy()
    return flags


def _no_pairs() -> pl.DataFrame:
    numbers = {"whole": pl.Int64, "part": pl.Int64, "expected": pl.Int64, "tag": pl.String}
    flags = ("can_sum", "adds_up", "is_split", "is_fallback")
    return pl.DataFrame(
        schema=numbers | dict.fromkeys(flags, pl.Boolean) | {"dimension": pl.String}
    )


def _cell_pairs(index: Index, relation: Relation, adds: dict[str, bool]) -> pl.DataFrame:
    """Return one row per whole and part among the cells."""
    number = {"series": index.series_of, "area": index.area_of, "period": index.period_of}
    cells = pl.DataFrame(
        {
            "cell": np.arange(len(index.key)),
            "part": number[relation.dimension],
            "adds_up": index.cells["measure"].replace_strict(adds, return_dtype=pl.Boolean),
        }
    )
    joined = cells.join(relation.pairs, on="part", how="inner")
    cell = joined["cell"].to_numpy()
    moved = {name: numbers[cell] for name, numbers in number.items()}
    moved[relation.dimension] = joined["whole"].to_numpy()
    whole = index.find(moved["series"], moved["area"], moved["period"])
    always = pl.lit(relation.dimension != "period")
    return (
        joined.select(
            "expected",
            whole=pl.Series(whole, dtype=pl.Int64),
            part="cell",
            tag=pl.lit(relation.tag),
            can_sum=pl.lit(relation.adds_up),
            adds_up=pl.lit(relation.adds_up) & (pl.col("adds_up") | always),
            is_split=pl.lit(relation.is_split),
            is_fallback=pl.lit(relation.is_fallback),
            dimension=pl.lit(relation.dimension),
        )
        .filter(pl.col("whole") >= 0)
        .select(_no_pairs().columns)
    )


def _without_needless_fallbacks(pairs: pl.DataFrame) -> pl.DataFrame:
    """Leave out a longer way from part to whole where cells on the shorter way are published."""
    direct = pairs.filter(~pl.col("is_fallback") & ~pl.col("tag").str.starts_with(PART_OF))
    linked = direct.select("part", "dimension").unique()
    fallback = pairs.filter("is_fallback").join(linked, on=("part", "dimension"), how="anti")
    return pl.concat([pairs.filter(~pl.col("is_fallback")), fallback])


def _with_gaps(pairs: pl.DataFrame, true: Ints) -> pl.DataFrame:
    """Return the pairs with `gap`, the whole less its parts, and which of the sums are kept."""
    group = ("tag", "whole")
    counted = pairs.with_columns(
        true_whole=pl.Series(true[pairs["whole"].to_numpy()], dtype=pl.Int64),
        true_part=pl.Series(true[pairs["part"].to_numpy()], dtype=pl.Int64),
    ).with_columns(
        gap=pl.col("true_whole") - pl.col("true_part").sum().over(group),
        is_complete=pl.len().over(group) >= pl.col("expected"),
    )
    equal = pl.col("adds_up") & pl.col("is_complete") & (pl.col("gap") == 0)
    at_most = pl.col("adds_up") & (pl.col("gap") >= 0)
    at_least = pl.col("can_sum") & pl.col("is_complete") & (pl.col("gap") <= 0) & ~at_most
    return counted.with_columns(
        low=pl.when(at_most).then(0).otherwise(-INFINITE),
        high=pl.when(equal | at_least).then(0).otherwise(INFINITE),
        is_not_kept=pl.col("adds_up") & (pl.col("gap") != 0) & pl.col("is_complete"),
    )


def _assembled(
    pairs: pl.DataFrame, parts: pl.DataFrame, years: list[Rows], true: Ints
) -> Equations:
    """Return the rows: sums first, then single parts of wholes, then parts with their rests."""
    known = _with_gaps(pairs, true)
    is_sum = (pl.col("low") == 0) | (pl.col("high") == 0)
    sums = known.filter(is_sum).sort("tag", "whole", "part")
    alone = known.filter((pl.col("low") != 0) & (pl.col("true_part") <= pl.col("true_whole")))
    alone = alone.sort("tag", "whole", "part")
    first = sums.select("tag", "whole", "low", "high", "is_split", "is_not_kept").unique(
        ("tag", "whole"), keep="first", maintain_order=True
    )
    sizes = sums.group_by("tag", "whole", maintain_order=True).len()["len"].to_numpy()
    parts = parts.filter(
        pl.Series(true[parts["part"].to_numpy()] <= true[parts["whole"].to_numpy()])
    ).sort("part")
    whole, part = (parts[name].to_numpy() for name in ("whole", "part"))
    rests = len(true) + np.arange(len(parts))
    blocks = (
        _sum_rows(first["whole"].to_numpy(), sums["part"].to_numpy(), sizes),
        _sum_rows(alone["whole"].to_numpy(), alone["part"].to_numpy(), np.ones(len(alone), int)),
        _sum_rows(whole, np.column_stack((part, rests)).ravel(), np.full(len(parts), 2)),
        *(
            (np.full(len(lines), len(signs)), lines.ravel(), np.tile(signs, len(lines)))
            for lines, signs, _ in years
        ),
    )
    lengths = np.concatenate([length for length, _, _ in blocks])
    none = np.zeros(len(alone) + len(parts), dtype=np.int64)
    open_high = np.full(len(alone), INFINITE)
    year_low = [np.full(len(lines), 0 if equal else -INFINITE) for lines, _, equal in years]
    year_zero = np.zeros(sum(len(lines) for lines, _, _ in years), dtype=np.int64)
    return Equations(
        start=np.concatenate(([0], np.cumsum(lengths))),
        column=np.concatenate([column for _, column, _ in blocks]),
        sign=np.concatenate([sign for _, _, sign in blocks]),
        low=np.concatenate((first["low"].to_numpy(), none, *year_low)),
        high=np.concatenate((first["high"].to_numpy(), open_high, none[len(alone) :], year_zero)),
        is_split=np.concatenate(
            (first["is_split"].to_numpy(), none.astype(bool), year_zero.astype(bool))
        ),
        rest_part=part,
        rest_whole=whole,
        true=np.concatenate((true, true[whole] - true[part])),
        not_kept=int(first["is_not_kept"].sum()),
    )


def _sum_rows(whole: Ints, parts: Ints, sizes: Ints) -> tuple[Ints, Ints, Ints]:
    """Return lengths, columns and signs of rows that are a whole less its parts."""
    lengths = sizes + 1
    first = np.concatenate(([0], np.cumsum(lengths)))[:-1].astype(np.int64)
    column = np.zeros(int(lengths.sum()), dtype=np.int64)
    sign = np.full(len(column), -1, dtype=np.int64)
    is_part = np.ones(len(column), dtype=bool)
    is_part[first] = False
    column[first], sign[first], column[is_part] = whole, 1, parts
    return lengths, column, sign
