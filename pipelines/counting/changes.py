"""Mean changes in score from entry to exit, with 95% limits, where enough pairs stand behind.

Each tool and domain stands alone: points of one tool are no points of another.
"""

from typing import Final

import numpy as np
import polars as pl
from scipy.special import stdtrit

from pipelines.counting.events import Rows
from pipelines.counting.grid import in_splits
from pipelines.counting.periods import months_of
from pipelines.counting.scores import score_pairs
from pipelines.counting.totals import wanted_levels
from pipelines.protection.areas import AreaTree
from pipelines.protection.index import KEYS, PERIOD
from schemas.cells import View
from schemas.codes import HIDDEN, NEARLY_ALL
from schemas.measures import CHANGES
from schemas.protection import Protection

FIGURES: Final = ("mean_change", "lower", "upper")
_SCALE: Final = "scale"
_UPPER_TAIL: Final = 0.975


def count_changes(
    rows: Rows, *, areas: AreaTree, protected: pl.DataFrame, policy: Protection
) -> pl.DataFrame:
    """Return one row per change, scale and cell, with the columns of `cube_protected_change`.

    A change is given where the count of the pairs that it is of is shown, or said to be nearly all
    of a count that is, where `wait_base` pairs are of this scale, and where they are not all alike:
    what holds of everybody tells of each. Figures have one decimal, so that nobody can work out
    from a mean how many stand behind it.

    Args:
        rows: the accepted rows that count, by table, each field typed.
        areas: as for the counts; scores are of the whole force.
        protected: the protected cells, with `count` and `marker`.
        policy: the small-number policy in force.
    """
    pairs = score_pairs(rows).with_columns(scale=pl.concat_str("tool", "domain", separator="."))
    found = [
        _cells(view, change.people, pairs, protected, policy).with_columns(
            measure=pl.lit(change.key)
        )
        for change in CHANGES
        for view in change.views
    ]
    force = pl.col("area_code") == areas.force
    return pl.concat(found).filter(force).select(*KEYS, *FIGURES, "marker")


def _cells(
    view: View, people: str, pairs: pl.DataFrame, protected: pl.DataFrame, policy: Protection
) -> pl.DataFrame:
    """Return a row for each cell of people and each scale that any of its pairs ever had."""
    behind = _behind(view)
    held = protected.join(
        wanted_levels([view]), on=["area_type", "period_type"], how="semi"
    ).filter(pl.col("measure") == people, in_splits([behind]))
    scales = pairs.select(pl.col(behind).alias("value_1"), _SCALE).unique()
    cells = held.join(scales, on="value_1").with_columns(
        is_shown=pl.col("marker").is_in(["", NEARLY_ALL])
    )
    changes = _figures(pairs, behind, cells.select(PERIOD).unique(), policy)
    joined = cells.join(changes, on=["value_1", _SCALE, *PERIOD], how="left")
    return _named(_shown(joined), view).sort(*KEYS[1:])


def _behind(view: View) -> str:
    """Return the split by which the people behind a view are counted."""
    return "domain" if view.splits == (_SCALE,) else view.splits[0]


def _figures(
    pairs: pl.DataFrame, behind: str, span: pl.DataFrame, policy: Protection
) -> pl.DataFrame:
    asked = pairs.join(months_of(span), on="month")
    change = pl.col("change")
    found = asked.group_by(pl.col(behind).alias("value_1"), _SCALE, *PERIOD).agg(
        pairs=pl.len(), mean_change=change.mean(), spread=change.std()
    )
    enough = found.filter(pl.col("pairs") >= policy.wait_base, pl.col("spread") > 0)
    count = enough["pairs"].to_numpy()
    reach = stdtrit(count - 1, _UPPER_TAIL) * enough["spread"].to_numpy() / np.sqrt(count)
    return enough.with_columns(pl.Series("reach", reach)).with_columns(
        lower=pl.col("mean_change") - pl.col("reach"), upper=pl.col("mean_change") + pl.col("reach")
    )


def _shown(cells: pl.DataFrame) -> pl.DataFrame:
    figures = pl.col(*FIGURES).round(1)
    return cells.with_columns(pl.when("is_shown").then(figures)).with_columns(
        marker=pl.when(pl.col("mean_change").is_null()).then(pl.lit(HIDDEN)).otherwise(pl.lit(""))
    )


def _named(cells: pl.DataFrame, view: View) -> pl.DataFrame:
    """Name each cell by its splits; of one split, the scale takes the place of its domain."""
    if len(view.splits) == 1:
        return cells.with_columns(split_1=pl.lit(_SCALE), value_1=pl.col(_SCALE))
    return cells.with_columns(split_2=pl.lit(_SCALE), value_2=pl.col(_SCALE))
