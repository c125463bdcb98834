"""Periods: named ones, the default, and how months are said."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.errors import UnknownChoice
from dashboard.metrics import period
from dashboard.metrics.metric import Choice, Period
from dashboard.warehouse import Warehouse
from tests.support.tiny_warehouse import GAP, MONTHS


def months(first: str, last: str) -> tuple[date, date]:
    return date.fromisoformat(f"{first}-01"), date.fromisoformat(f"{last}-01")


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ("latest_12_months", months("2025-10", "2026-09")),
        ("financial_year_to_date", months("2026-04", "2026-09")),
        ("last_financial_year", months("2025-04", "2026-03")),
        ("latest_quarter", months("2026-07", "2026-09")),
    ],
)
def test_named_periods(tiny: Warehouse, key: str, expected: tuple[date, date]) -> None:
    found = period.named_period(key, tiny)
    assert (found.first_month, found.last_month, found.missing) == (*expected, ())


def test_unknown_period_is_said(tiny: Warehouse) -> None:
    with pytest.raises(UnknownChoice, match="no period 'fortnight'"):
        period.named_period("fortnight", tiny)


def test_open_ends_reach_to_what_is_held(tiny: Warehouse) -> None:
    found = period.resolve_period(Choice(first_month=date(2026, 1, 1)), tiny)
    assert (found.first_month, found.last_month) == months("2026-01", "2026-09")
    found = period.resolve_period(Choice(last_month=date(2025, 3, 1)), tiny)
    assert (found.first_month, found.last_month) == months("2024-10", "2025-03")
    assert found.missing == (GAP,)


def test_months_held_leave_the_gap_out(tiny: Warehouse) -> None:
    assert period.months_held(tiny) == [month for month in MONTHS if month != GAP]


def test_same_period_last_year_and_the_period_before() -> None:
    quarter = Period(*months("2026-01", "2026-03"))
    assert period.same_period_last_year(quarter) == Period(*months("2025-01", "2025-03"))
    assert period.previous_period(quarter) == Period(*months("2025-10", "2025-12"))


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        ("2025-01", "2025-10", "January to October 2025"),
        ("2024-10", "2025-09", "October 2024 to September 2025"),
        ("2025-02", "2025-02", "February 2025"),
    ],
)
def test_periods_in_words(first: str, last: str, words: str) -> None:
    assert period.in_words(Period(*months(first, last))) == words


def test_runs_of_months_are_joined() -> None:
    some = (*months("2024-05", "2024-06"), date(2025, 3, 1))
    assert period.months_in_words(some) == "May to June 2024, March 2025"


@given(st.dates(date(2000, 1, 1), date(2050, 12, 31)), st.integers(-500, 500))
def test_adding_months_counts_them(day: date, count: int) -> None:
    month = day.replace(day=1)
    later = period.add_months(month, count)
    assert period.months_in(month, later) == count + 1
    assert period.add_months(later, -count) == month
