"""Crimes that the force flagged as rural, by the month in which they were recorded."""

from datetime import date

import polars as pl

from pipelines.counting.events import Events, Rows, covered, known


def rural_events(rows: Rows, *, as_of: date) -> list[Events]:
    """Return what the flagged crimes count towards."""
    months = covered(rows["rural_crimes"], "month_recorded", as_of=as_of)
    if months is None:
        return []
    return [
        Events(
            rows=rows["rural_crimes"].select(
                pl.col("month_recorded").alias("month"),
                pl.col("la_code").alias("area_code"),
                known("rural_theme"),
                pl.lit(value=True).alias("rural_flagged"),
            ),
            measures=("rural_flagged",),
            first=months.first,
            last=months.last,
        )
    ]
