"""The periods for which counts are published, and the months each is made of."""

from collections.abc import Iterator
from datetime import date
from typing import Final

import polars as pl

from schemas.cells import PeriodType

_SCHEMA: Final = {"period_type": pl.String, "first_month": pl.Date, "last_month": pl.Date}


def periods(first: date, last: date) -> pl.DataFrame:
    """Return every period that lies wholly between two months, both included.

    One row per period: `period_type`, `first_month`, `last_month`.
    """
    months = _months(first, last)
    found = [
        (kind, months[end - length + 1], months[end])
        for end, month in enumerate(months)
        for kind, length in _ending_with(month)
        if length <= end + 1
    ]
    return pl.DataFrame(found, schema=_SCHEMA, orient="row")


def months_of(table: pl.DataFrame) -> pl.DataFrame:
    """Return one row per period and month of it: the period's columns and `month`."""
    return table.with_columns(
        month=pl.date_ranges("first_month", "last_month", interval="1mo")
    ).explode("month")


def _ending_with(month: date) -> Iterator[tuple[PeriodType, int]]:
    """Yield the types of the periods that end with a month, and their lengths in months."""
    yield "month", 1
    if month.month % 3 == 0:
        yield "quarter", 3
        yield "year", 12
        # The first quarter to date is the quarter, and the fourth the year.
        if month.month in (9, 12):
            yield "year_to_date", month.month - 3


def _months(first: date, last: date) -> list[date]:
    return pl.date_range(first, last, interval="1mo", eager=True).to_list()
