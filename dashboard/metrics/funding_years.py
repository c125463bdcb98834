"""Which financial year of funding answers a choice, and what was spent in it."""

from datetime import date
from typing import Final

import polars as pl

from dashboard.errors import UnknownChoice
from dashboard.metrics.metric import Choice, Metric, Period
from dashboard.metrics.period import add_months
from dashboard.metrics.rows import QUERIES
from dashboard.warehouse import Warehouse

_MONTHS: Final = 12
_SQL: Final = (QUERIES / "funding.sql").read_text(encoding="utf-8")


def ended_years(metric: Metric, warehouse: Warehouse) -> list[date]:
    """Return the financial years with spend that have ended, by their first day, oldest first.

    Raises UnknownChoice where there is none.
    """
    years: list[date] = sorted(warehouse.once(_held)["financial_year"].unique())
    ended = [year for year in years if add_months(year, _MONTHS) <= warehouse.build.as_of_date]
    if not ended:
        raise UnknownChoice(f"{metric.label}: no financial year with spend has ended.")
    return ended


def chosen_year(metric: Metric, choice: Choice, warehouse: Warehouse) -> date:
    """Return the latest financial year that ended by the last month chosen, else the first held."""
    ended = ended_years(metric, warehouse)
    last = choice.last_month or warehouse.build.as_of_date
    before = [year for year in ended if months_of_year(year).last_month <= last]
    return before[-1] if before else ended[0]


def months_of_year(year: date) -> Period:
    """Return the months of a financial year."""
    return Period(year, add_months(year, _MONTHS - 1))


def spent(warehouse: Warehouse, years: list[date]) -> pl.DataFrame:
    """Return the rows of funding of some years of which it is known what was spent."""
    return warehouse.once(_held).filter(pl.col("financial_year").is_in(years))


def _held(warehouse: Warehouse) -> pl.DataFrame:
    return warehouse.query(_SQL)


def year_words(year: date) -> str:
    """Return '2025-26'."""
    return f"{year.year}-{(year.year + 1) % 100:02d}"
