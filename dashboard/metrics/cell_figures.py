"""Counts, rates, waits and mean changes from protected cells, and the notes beside them."""

from typing import Final

import numpy as np
import polars as pl

from dashboard.metrics.cell_numbers import SmallNumbers
from dashboard.metrics.cell_shares import smallest_base
from dashboard.metrics.metric import Metric, Period
from dashboard.metrics.period import months_in_words
from dashboard.metrics.statistics import count_limits, rate_limits
from schemas.codes import HIDDEN, NEARLY_ALL, VERY_FEW

_NONE: Final = pl.lit(None, pl.Float64)


def counts(cells: pl.DataFrame) -> pl.DataFrame:
    """Return counts with their limits; one row per cell."""
    count = cells["count"].cast(pl.Float64)
    lower, upper = count_limits(count.fill_null(np.nan).to_numpy())
    return cells.with_columns(
        pl.Series("lower", lower, nan_to_null=True),
        pl.Series("upper", upper, nan_to_null=True),
        numerator="count",
        denominator=_NONE,
        value=count,
        marker=_hidden_unless(pl.col("count").is_not_null()),
    )


def waits(cells: pl.DataFrame) -> pl.DataFrame:
    """Return waits in working days; they have no limits and no count beside them."""
    return cells.with_columns(
        numerator=pl.lit(None, pl.Int64),
        denominator=_NONE,
        value=pl.col("working_days").cast(pl.Float64),
        lower=_NONE,
        upper=_NONE,
    )


def rates(cells: pl.DataFrame, metric: Metric, numbers: SmallNumbers) -> pl.DataFrame:
    """Return how many of one count there are per so many of another, with limits.

    Hidden where the one is, or where the other is hidden or small.
    """
    is_said = pl.col("count").is_not_null() & (pl.col("whole") >= smallest_base(metric, numbers))
    held = cells.with_columns(
        numerator=pl.when(is_said.fill_null(value=False)).then("count"),
        denominator=pl.col("whole").cast(pl.Float64),
    )
    part, whole = (
        held[name].cast(pl.Float64).fill_null(np.nan).to_numpy()
        for name in ("numerator", "denominator")
    )
    lower, upper = rate_limits(part, whole, per=metric.per)
    return held.with_columns(
        pl.Series("lower", lower, nan_to_null=True),
        pl.Series("upper", upper, nan_to_null=True),
        value=metric.per * pl.col("numerator") / pl.col("denominator"),
        marker=_hidden_unless(pl.col("numerator").is_not_null()),
    )


def changes(cells: pl.DataFrame) -> pl.DataFrame:
    """Return mean changes in score with their 95% limits as published; no count beside them."""
    return cells.with_columns(
        numerator=pl.lit(None, pl.Int64), denominator=_NONE, value=pl.col("mean_change")
    )


def _hidden_unless(condition: pl.Expr) -> pl.Expr:
    return pl.when(condition).then(pl.lit("")).otherwise(pl.lit(HIDDEN))


def _most_moved(numbers: SmallNumbers) -> int:
    # Part and whole may be rounded opposite ways.
    return round(100 * 2 * (numbers.rounding_base // 2) / numbers.percentage_base)


def notes(metric: Metric, period: Period, numbers: SmallNumbers) -> tuple[str, ...]:
    """Return what a reader must know beside a figure about people, in whole sentences."""
    missing = (
        (f"Not published: {months_in_words(period.missing)}. Missing is not zero.",)
        if period.missing
        else ()
    )
    if metric.kind == "wait":
        return (
            *missing,
            f"Waits are given in whole working days, with enough people behind them; {HIDDEN} "
            "marks one hidden to protect people.",
        )
    if metric.kind == "mean":
        return (
            *missing,
            f"Means are given where enough pairs of scores stand behind them; {HIDDEN} marks one "
            "hidden to protect people. Each tool has points of its own: they are never averaged.",
        )
    rounded = (
        f"Counts of people are rounded to the nearest {numbers.rounding_base} and hidden below "
        f"{numbers.threshold}, and may not add up; {HIDDEN} marks a count hidden to protect people."
    )
    if metric.kind == "count":
        return (*missing, rounded)
    if metric.kind == "rate":
        return (*missing, rounded, "Rates come from the rounded counts.")
    return (
        *missing,
        rounded,
        f"Shares come from the rounded counts: {VERY_FEW} means at most, {NEARLY_ALL} at least. "
        f"A share of fewer than {numbers.percentage_base} is not given; of so few, rounding moves "
        f"it by up to {_most_moved(numbers)} points.",
    )
