"""What is rounded, as a control chart reads it: shares by their counts, waits with their step."""

import polars as pl

from dashboard.metrics.metric import Metric


def as_counted(metric: Metric, rows: pl.DataFrame) -> pl.DataFrame:
    """Return the rows of a metric, with shares of people as their published counts give them.

    They are shown as whole numbers. Of these many are equal, and seven months at 83 round an
    average of 83.2 would stand on one side of it and be called a signal.
    """
    if metric.way != "protected" or metric.kind != "proportion":
        return rows
    share = metric.per * pl.col("numerator") / pl.col("denominator")
    known = pl.coalesce(share, "value")
    return rows.with_columns(value=pl.when(pl.col("value").is_not_null()).then(known))


def step_of(metric: Metric) -> float:
    """Return the step to which values are rounded and cannot be had otherwise: waits, to days.

    A wait of 3 days month after month, and once of 4, lies on its average and is no run below it.
    """
    return 1.0 if metric.way == "protected" and metric.kind == "wait" else 0.0
