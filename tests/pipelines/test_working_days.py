"""Working days agree with the government's list, with counting by hand, and with themselves."""

import csv
import random
from datetime import date, timedelta
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.working_days import (
    FIRST_DAY,
    LAST_DAY,
    OutsideCalendar,
    bank_holidays,
    due_after,
    due_date,
    working_days_between,
)

_ORACLES = Path(__file__).resolve().parent.parent / "oracles"
_SPAN = (LAST_DAY - FIRST_DAY).days
DAYS = st.dates(FIRST_DAY, LAST_DAY - timedelta(days=60))


def _oracle(name: str) -> list[dict[str, str]]:
    with (_ORACLES / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _listed() -> frozenset[date]:
    rows = _oracle("bank_holidays_england_wales")
    return frozenset(date.fromisoformat(row["date"]) for row in rows)


def _counted_by_hand(start: date, end: date, *, free: frozenset[date]) -> int:
    days = (start + timedelta(days=number) for number in range(1, (end - start).days + 1))
    return sum(day.weekday() < 5 and day not in free for day in days)


def _dates(*days: date | None) -> pl.Series:
    return pl.Series("day", days, dtype=pl.Date)


def test_bank_holidays_are_those_of_the_governments_list() -> None:
    assert set(bank_holidays()) == _listed()


def test_the_confirmed_calendar_is_that_of_the_list() -> None:
    years = {day.year for day in _listed()}
    assert (date(min(years), 1, 1), date(max(years), 12, 31)) == (FIRST_DAY, LAST_DAY)


@pytest.mark.parametrize("row", _oracle("working_days_elapsed"))
def test_working_days_elapsed_agree_with_the_oracle(row: dict[str, str]) -> None:
    start, end = date.fromisoformat(row["from_date"]), date.fromisoformat(row["to_date"])
    expected = int(row["working_days_elapsed"])
    assert working_days_between(_dates(start), _dates(end)).item() == expected
    assert due_after(start, expected) == end


def test_ten_thousand_pairs_equal_counting_day_by_day() -> None:
    draw, free = random.Random(4), _listed()
    starts = [FIRST_DAY + timedelta(days=draw.randrange(_SPAN - 200)) for _ in range(10_000)]
    ends = [start + timedelta(days=draw.randrange(200)) for start in starts]
    pairs = zip(starts, ends, strict=True)
    expected = [_counted_by_hand(start, end, free=free) for start, end in pairs]
    assert working_days_between(_dates(*starts), _dates(*ends)).to_list() == expected
    assert working_days_between(_dates(*ends), _dates(*starts)).to_list() == [-n for n in expected]


@given(event=DAYS, days=st.integers(1, 30))
def test_due_day_is_the_first_with_so_many_working_days(event: date, days: int) -> None:
    due, free = due_after(event, days), _listed()
    assert _counted_by_hand(event, due, free=free) == days
    assert _counted_by_hand(event, due - timedelta(days=1), free=free) == days - 1


@given(event=DAYS, days=st.integers(0, 30), told=DAYS, later=st.integers(0, 10))
def test_a_duty_is_timely_to_the_end_of_its_due_day_and_a_later_event_is_due_no_sooner(
    event: date, days: int, told: date, later: int
) -> None:
    due = due_after(event, days)
    assert due_after(event + timedelta(days=later), days) >= due
    passed = working_days_between(_dates(event), _dates(told)).item()
    assert (passed <= days) == (told <= max(due, _last_free_day(due)))


def _last_free_day(day: date) -> date:
    """Return the last day before the next working day."""
    free = _listed()
    following = day + timedelta(days=1)
    while following.weekday() > 4 or following in free:
        following += timedelta(days=1)
    return following - timedelta(days=1)


def test_event_on_a_weekend_is_followed_by_day_one() -> None:
    saturday, monday, tuesday = date(2026, 11, 21), date(2026, 11, 23), date(2026, 11, 24)
    assert due_date(_dates(saturday, saturday), pl.Series([1, 2])).to_list() == [monday, tuesday]


def test_b42_days_outside_the_calendar_have_no_due_date_and_the_others_do() -> None:
    days = _dates(date(2018, 12, 31), date(2019, 1, 2), date(2028, 12, 29), date(2029, 1, 2), None)
    assert due_date(days, 1).to_list() == [None, date(2019, 1, 3), None, None, None]
    ends = _dates(*[date(2028, 12, 29)] * 5)
    assert working_days_between(days, ends).is_null().to_list() == [True, False, False, True, True]


def test_b42_one_day_outside_the_calendar_is_refused_with_its_reason() -> None:
    with pytest.raises(OutsideCalendar, match="expected days from 2019-01-01 to 2028-12-31"):
        due_after(date(2028, 12, 28), 2)


def test_no_rows_give_no_rows() -> None:
    assert due_date(_dates(), 2).to_list() == []
    assert working_days_between(_dates(), _dates()).to_list() == []
