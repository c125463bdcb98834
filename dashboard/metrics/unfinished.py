"""Cohorts too young for a step: what they come to so far is no figure yet."""

from datetime import date

import polars as pl

from dashboard.metrics.metric import Metric, Period
from dashboard.metrics.period import add_months
from schemas.codes import NOT_AVAILABLE


def first_unfinished(settles: int, as_of: date) -> date:
    """Return the first month whose cohort has not had so many months to settle."""
    return add_months(as_of.replace(day=1), -settles)


def without_unfinished(
    figures: pl.DataFrame, metric: Metric, as_of: date, *, months: int
) -> pl.DataFrame:
    """Return a series whose unfinished cohorts have no value; their counts so far stay.

    `figures` has the columns `value`, `lower`, `upper`, `marker` and `first_month`, each row being
    of so many `months`.
    """
    if not metric.settles:
        return figures
    last_month = pl.col("first_month").dt.offset_by(f"{months - 1}mo")
    is_young = last_month >= first_unfinished(metric.settles, as_of)
    is_told = is_young & pl.col("value").is_not_null()
    return figures.with_columns(
        pl.when(~is_young).then(pl.col("value", "lower", "upper")),
        marker=pl.when(is_told).then(pl.lit(NOT_AVAILABLE)).otherwise("marker"),
    )


def unfinished_note(metric: Metric, period: Period, as_of: date) -> tuple[str, ...]:
    """Return which cohorts of the period are unfinished, as a sentence; none when all are done."""
    first = first_unfinished(metric.settles, as_of)
    if not metric.settles or period.last_month < first:
        return ()
    since = max(first, period.first_month)
    length = "a month" if metric.settles == 1 else f"{metric.settles} months"
    return (
        f"Unfinished: referrals received since {since:%B %Y} had less than {length} to come this "
        "far. No reading is made of them alone, and a figure that holds them can still change.",
    )
