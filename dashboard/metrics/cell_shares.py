"""Shares of protected cells, and what may be said where a part of one is hidden."""

from typing import Final

import numpy as np
import polars as pl

from dashboard.metrics.cell_numbers import SmallNumbers
from dashboard.metrics.metric import Metric
from dashboard.metrics.statistics import wilson_limits
from schemas.codes import HIDDEN, NEARLY_ALL, NOT_APPLICABLE, VERY_FEW

_NEITHER: Final = {VERY_FEW: NEARLY_ALL, NEARLY_ALL: VERY_FEW}
"""What is said of a part says the opposite of its rest."""


def shares(
    cells: pl.DataFrame, metric: Metric, numbers: SmallNumbers, *, is_direct: bool
) -> pl.DataFrame:
    """Return shares in whole numbers, or what they are at least or at most; one row per cell.

    `whole` is what it is a share of, `above` the measure of which the count is the next part: a
    part said to be nearly all of `above` lacks fewer than the threshold of it, and one of an
    `above` that is few is few, too. Both are the same when the share `is_direct`.
    """
    is_more = pl.col("count") > pl.col("whole")
    bounded = cells.with_columns(
        part=pl.when(is_more).then("whole").otherwise("count").cast(pl.Float64),
        of=pl.col("whole").cast(pl.Float64),
        fewest_of=pl.col("whole"),
        least=_least(metric, numbers, is_direct=is_direct),
        most=(metric.per * (numbers.threshold - 1) / _low("whole")).ceil(),
        marker=pl.when(_is_of_few()).then(pl.lit(VERY_FEW)).otherwise("marker"),
    )
    if metric.is_rest:
        bounded = _rest(bounded, metric)
    if metric.is_rest_of_above:
        bounded = _rest_of_above(bounded)
    if metric.is_within_rest:
        bounded = _within_rest(bounded, metric, numbers)
    return _with_limits(_with_marker(_valued(bounded, metric, numbers)), metric)


def _is_of_few() -> pl.Expr:
    return (pl.col("marker") == HIDDEN) & (pl.col("above_marker") == VERY_FEW)


def _valued(bounded: pl.DataFrame, metric: Metric, numbers: SmallNumbers) -> pl.DataFrame:
    """Return the share of `part` in `of`, or its bound, where `fewest_of` is large enough."""
    is_large = (pl.col("fewest_of") >= smallest_base(metric, numbers)).fill_null(value=False)
    # What is left of two shown counts may be as small as one that is hidden.
    is_left = metric.is_rest or metric.is_rest_of_above or metric.is_within_rest
    is_said = pl.lit(not is_left) | (pl.col("part") >= numbers.threshold)
    share = (metric.per * pl.col("part") / pl.col("of")).round()
    return bounded.with_columns(
        value=pl.when(is_large).then(
            pl.when(pl.col("marker") == NEARLY_ALL)
            .then("least")
            .when(pl.col("marker") == VERY_FEW)
            .then("most")
            .when(is_said.fill_null(value=False))
            .then(share)
        ),
        numerator=pl.when(is_said.fill_null(value=False)).then(pl.col("part")).cast(pl.Int64),
        denominator="of",
    )


def smallest_base(metric: Metric, numbers: SmallNumbers) -> pl.Expr:
    """Return the smallest whole of which a share is given: more where one is rounded wider."""
    needs_above = metric.is_within_rest or metric.is_rest_of_above
    above = ("above_rounding",) if needs_above else ()
    widest = pl.max_horizontal("rounding", "whole_rounding", *above) / numbers.rounding_base
    return numbers.percentage_base * widest


def _low(name: str) -> pl.Expr:
    """Return the smallest count that is shown so."""
    return pl.col(name) - pl.col(f"{name}_rounding") // 2


def _high(name: str) -> pl.Expr:
    """Return the largest count that is shown so."""
    return _low(name) + pl.col(f"{name}_rounding") - 1


def _least(metric: Metric, numbers: SmallNumbers, *, is_direct: bool) -> pl.Expr:
    fewest_hidden = numbers.threshold - 1
    if is_direct:
        least = 1 - fewest_hidden / _low("whole")
    else:
        least = (_low("above") - fewest_hidden) / _high("whole")
    return (metric.per * least).floor().clip(0, metric.per)


def _rest(cells: pl.DataFrame, metric: Metric) -> pl.DataFrame:
    return cells.with_columns(
        part=pl.col("whole") - pl.col("part"),
        least=metric.per - pl.col("most"),
        most=metric.per - pl.col("least"),
        marker=pl.col("marker").replace(_NEITHER),
    )


def _rest_of_above(cells: pl.DataFrame) -> pl.DataFrame:
    """Return what is left of `above`: few where the count is nearly all of it or `above` is few.

    Where the count is few it is nearly all of `above`, and bounded as the count would be.
    """
    said = pl.col("marker").replace(_NEITHER)
    return cells.with_columns(
        part=(pl.col("above") - pl.col("count")).cast(pl.Float64),
        # Three counts are rounded, so that more has to stand behind it for the same exactness.
        fewest_of=pl.col("whole") - pl.col("rounding"),
        marker=pl.when(pl.col("above_marker") == VERY_FEW).then(pl.lit(VERY_FEW)).otherwise(said),
    )


def _within_rest(cells: pl.DataFrame, metric: Metric, numbers: SmallNumbers) -> pl.DataFrame:
    """Return what is left without `above` as a share of what is left without the count.

    Of a whole D, M stands above and U is the count: (D - M) / (D - U), such as on time of those
    with a record, where M was missed and U has no record. Of these M - U = L are late, and with
    D - M = T on time it is T / (T + L), or 1 - L / (D - U). Few are at most F.

    U is nearly all of M, so that L <= F: at least T / (T + F) for the smallest T that D and M
    allow, since it grows with T.
    M is few, so that L <= F - U: at least 1 - (F - U) / (D - U), which grows with U while F < D,
    and so at least 1 - F / D for the smallest D.
    """
    few = numbers.threshold - 1
    fewest_left = _low("whole") - _high("above")
    is_of_few = pl.col("above_marker") == VERY_FEW
    is_nearly_all = pl.col("marker") == NEARLY_ALL
    least = pl.when(is_of_few).then(1 - few / _low("whole"))
    is_shown = pl.col("count").is_not_null()
    return cells.with_columns(
        part=pl.when(is_shown).then(pl.col("whole") - pl.col("above")).cast(pl.Float64),
        of=(pl.col("whole") - pl.col("count")).cast(pl.Float64),
        # Where the count is hidden, it is no more than all of what stands above.
        fewest_of=pl.col("whole") - pl.coalesce("count", "above", pl.lit(few)),
        least=(metric.per * least.otherwise(fewest_left / (fewest_left + few))).floor(),
        marker=pl.when(is_of_few | is_nearly_all)
        .then(pl.lit(NEARLY_ALL))
        .when(is_shown)
        .then(pl.lit(""))
        .otherwise(pl.lit(HIDDEN)),
    )


def _with_marker(valued: pl.DataFrame) -> pl.DataFrame:
    is_nobody = (pl.col("whole") == 0).fill_null(value=False)
    hidden = pl.when(is_nobody).then(pl.lit(NOT_APPLICABLE)).otherwise(pl.lit(HIDDEN))
    return valued.with_columns(
        marker=pl.when(pl.col("value").is_null()).then(hidden).otherwise("marker")
    )


def _with_limits(valued: pl.DataFrame, metric: Metric) -> pl.DataFrame:
    part, whole = (
        valued[name].cast(pl.Float64).fill_null(np.nan).to_numpy()
        for name in ("numerator", "denominator")
    )
    lower, upper = wilson_limits(part, whole)
    return valued.with_columns(
        pl.Series("lower", metric.per * lower, nan_to_null=True),
        pl.Series("upper", metric.per * upper, nan_to_null=True),
    ).with_columns(pl.when(pl.col("marker") == "").then(pl.col("lower", "upper")))
