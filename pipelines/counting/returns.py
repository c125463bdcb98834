"""Counts of people as providers return them, in the first month of their quarter."""

from datetime import date
from typing import Final

import polars as pl

from pipelines.counting.events import Events, Rows, covered, month_of
from schemas.supplied.provider_return_rules import ALL

_MEASURES: Final = {"returned_new_people": "NEW_PEOPLE", "returned_active_end": "ACTIVE_END"}


def return_events(rows: Rows, *, as_of: date) -> list[Events]:
    """Return what the returns count towards: whole figures, none of their breakdowns."""
    months = covered(rows["provider_returns"], "quarter", as_of=as_of, months=3)
    if months is None:
        return []
    people = pl.col("value").round().cast(pl.Int64)
    return [
        Events(
            rows=rows["provider_returns"]
            .filter(pl.col("breakdown") == ALL, pl.col("measure").is_in(_MEASURES.values()))
            .select(
                month_of("quarter"),
                pl.lit(None, pl.String).alias("area_code"),
                "provider_id",
                "service_id",
                **{
                    key: pl.when(pl.col("measure") == name).then(people).otherwise(0)
                    for key, name in _MEASURES.items()
                },
            ),
            measures=tuple(_MEASURES),
            first=months.first,
            last=months.last,
        )
    ]
