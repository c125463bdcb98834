"""Working days of England and Wales: Monday to Friday less bank holidays. No day is guessed.

The day of an event is day 0, so what is due within n working days is due at the end of the nth
working day after it. After an event on another day the next working day is day 1.
"""

from datetime import date
from functools import cache
from typing import Final

import holidays
import numpy as np
import numpy.typing as npt
import polars as pl

FIRST_DAY: Final = date(2019, 1, 1)
LAST_DAY: Final = date(2028, 12, 31)
"""The last day of the last confirmed year.

The library works out holidays until 2100, but Parliament and the Crown add days and move others
(2020, 2022, 2023). Confirmed are the years whose days stand in the government's own list, against
which a test holds the library; a new year is added here together with its days in that list.
"""

_Days = npt.NDArray[np.datetime64]


class OutsideCalendar(ValueError):
    """A day lies before or after the confirmed calendar, so that no working day can be told."""


@cache
def bank_holidays() -> tuple[date, ...]:
    """Return the bank holidays of England and Wales that fall on a weekday, in order."""
    years = range(FIRST_DAY.year, LAST_DAY.year + 1)
    england = holidays.country_holidays("GB", subdiv="ENG", years=years)
    return tuple(sorted(day for day in england if day.weekday() < 5))


def is_covered(days: pl.Series) -> pl.Series:
    """Return whether each day lies in the confirmed calendar; false where there is no day."""
    return days.is_between(FIRST_DAY, LAST_DAY).fill_null(value=False)


def due_date(events: pl.Series, days: pl.Series | int) -> pl.Series:
    """Return the day at whose end something is due, `days` working days after each event.

    events: dates. days: working days, at least 0. Null where a date or a number is missing, and
    where the event or the due day lies outside the confirmed calendar: nothing is then claimed.
    """
    numbers = days if isinstance(days, pl.Series) else pl.repeat(days, len(events), eager=True)
    usable = is_covered(events) & numbers.is_not_null()
    from_days, counts = _numpy(events, usable), numbers.fill_null(0).to_numpy().astype(np.int64)
    # Rolled back, a weekend's event has the working day before it as day 0, and the next as day 1.
    due = np.busday_offset(from_days, counts, roll="backward", holidays=_holidays())
    due = np.where(counts > 0, due, from_days)
    found = pl.Series(events.name, due.astype("datetime64[D]")).cast(pl.Date)
    return _kept(found, usable & is_covered(found))


def working_days_between(starts: pl.Series, ends: pl.Series) -> pl.Series:
    """Return how many working days passed: 0 when both are the same day, 1 on the next.

    Counts the working days after `starts`, up to and with `ends`; negative when `ends` is the
    earlier. Null where a date is missing or lies outside the confirmed calendar.
    """
    usable = is_covered(starts) & is_covered(ends)
    one = np.timedelta64(1, "D")
    first, last = _numpy(starts, usable) + one, _numpy(ends, usable) + one
    passed = np.busday_count(np.minimum(first, last), np.maximum(first, last), holidays=_holidays())
    return _kept(pl.Series(starts.name, np.where(first <= last, passed, -passed)), usable)


def due_after(event: date, days: int) -> date:
    """Return the day at whose end something is due, for one event.

    Raises:
        OutsideCalendar: the event or the due day lies outside the confirmed calendar.
    """
    due: date | None = due_date(pl.Series([event], dtype=pl.Date), days).item()
    if due is None:
        raise OutsideCalendar(
            f"{days} working days after {event}: expected days from {FIRST_DAY} to {LAST_DAY}, "
            "whose bank holidays are confirmed. Leave the measure out for this day."
        )
    return due


def _holidays() -> _Days:
    return np.array(bank_holidays(), dtype="datetime64[D]")


def _numpy(days: pl.Series, usable: pl.Series) -> _Days:
    """Return the days for numpy, with a day that is thrown away again where there is no use."""
    known = days.cast(pl.Date).zip_with(usable, pl.repeat(FIRST_DAY, len(days), eager=True))
    return known.to_numpy().astype("datetime64[D]")


def _kept(values: pl.Series, usable: pl.Series) -> pl.Series:
    return pl.select(pl.when(usable).then(values).alias(values.name)).to_series()
