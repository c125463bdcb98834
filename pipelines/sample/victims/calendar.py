"""Days of the sample: working days, quarters and financial years."""

from datetime import date
from typing import Final

import numpy as np
import polars as pl

from pipelines.sample.ladder import Indexes
from pipelines.sample.victims.plan import LAST_KNOWN_DAY, Days
from pipelines.working_days import bank_holidays

_HOLIDAYS: Final = np.array(bank_holidays(), dtype="datetime64[D]")


def day(when: date) -> np.datetime64:
    """Return the day as numpy counts days."""
    return np.datetime64(when, "D")


def working_days_after(days: Days, count: Indexes | int) -> Days:
    """Return the day `count` working days later; the day itself when `count` is 0.

    A day that is not a working day counts as day 0 too: the next working day is day 1.
    """
    moved = np.busday_offset(days, count, roll="backward", holidays=_HOLIDAYS)
    return np.where(np.asarray(count) > 0, moved, days)


def working_days_before(days: Days, count: Indexes | int) -> Days:
    """Return the working day `count` working days earlier."""
    moved: Days = np.busday_offset(days, -np.asarray(count), roll="backward", holidays=_HOLIDAYS)
    return moved


def in_month(first_days: Days, random: np.random.Generator, *, any_day: float) -> Days:
    """Return a day in each month, a working day but for the share `any_day`."""
    lengths = (first_days.astype("datetime64[M]") + 1).astype("datetime64[D]") - first_days
    count = len(first_days)
    days: Days = first_days + np.floor(random.random(count) * lengths.astype(int)).astype(int)
    worked = np.busday_offset(days, 0, roll="modifiedpreceding", holidays=_HOLIDAYS)
    chosen: Days = np.where(random.random(count) < any_day, days, worked)
    return chosen


def is_known(days: Days) -> "np.ndarray[tuple[int], np.dtype[np.bool_]]":
    """Return whether each day has come; false where there is none."""
    return np.asarray(days <= day(LAST_KNOWN_DAY))


def known(days: Days) -> Days:
    """Return the days, none where they are still to come."""
    return np.where(is_known(days), days, np.datetime64("NaT", "D"))


def quarter(days: pl.Expr) -> pl.Expr:
    """Return the quarter of dates, such as `2026-27 Q2`."""
    number = (days.dt.month().cast(pl.Int32) + 8) % 12 // 3 + 1
    return pl.format("{} Q{}", financial_year(days), number)


def financial_year(days: pl.Expr) -> pl.Expr:
    """Return the financial year of dates, such as `2026-27`."""
    first = days.dt.year() - (days.dt.month() < 4).cast(pl.Int32)
    return pl.format("{}-{}", first, (first + 1).cast(pl.String).str.slice(2))


def quarter_starts(first: date, last: date) -> list[date]:
    """Return the first days of the quarters that begin from `first` to `last`."""
    months = [(year, month) for year in range(first.year, last.year + 1) for month in (1, 4, 7, 10)]
    return [start for year, month in months if first <= (start := date(year, month, 1)) <= last]
