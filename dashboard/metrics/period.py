"""Periods: the months a figure covers, the named ones, and how they are said."""

from collections.abc import Sequence
from datetime import date
from typing import Final, Literal

import polars as pl

from dashboard.errors import UnknownChoice, WarehouseUnavailable
from dashboard.metrics.metric import Choice, Period
from dashboard.metrics.places import home_force, scope_of
from dashboard.warehouse import Warehouse

Step = Literal["month", "quarter"]
"""By what a trend goes."""

PERIOD_CHOICES: Final[dict[str, str]] = {
    "latest_12_months": "Latest 12 months",
    "financial_year_to_date": "Financial year to date",
    "last_financial_year": "Last financial year",
    "latest_quarter": "Latest quarter",
    "custom": "Custom",
}
"""Named periods with their labels; a custom one has its own first and last month."""

USUAL_MONTHS: Final = 12
_APRIL: Final = 4


def resolve_period(choice: Choice, warehouse: Warehouse) -> Period:
    """Return the months chosen, with those not supplied by the forces concerned.

    Without months it is the default period; an open end is the first or latest month held.
    Raises UnknownChoice when the first month is after the last.
    """
    forces = scope_of(choice, warehouse).force_codes
    if choice.first_month is None and choice.last_month is None:
        return default_period(warehouse, forces)
    held = months_held(warehouse, forces)
    first = choice.first_month or held[0]
    last = choice.last_month or held[-1]
    return period_between(first, last, warehouse=warehouse, force_codes=forces)


def period_between(
    first: date, last: date, *, warehouse: Warehouse, force_codes: tuple[str, ...] = ()
) -> Period:
    """Return the period between two months, both included, naming the months not supplied."""
    first, last = first.replace(day=1), last.replace(day=1)
    if first > last:
        raise UnknownChoice(
            f"The first month ({first:%Y-%m}) is after the last ({last:%Y-%m}). Swap them."
        )
    missing = missing_months(warehouse, months_between(first, last), force_codes)
    return Period(first, last, tuple(sorted({month for _, month in missing})))


def default_period(warehouse: Warehouse, force_codes: tuple[str, ...] = ()) -> Period:
    """Return the latest twelve months without a gap, or the run that ends at the latest month."""
    return latest_run(months_held(warehouse, force_codes))


def latest_run(held: Sequence[date]) -> Period:
    """Return the latest twelve of these months without a gap, or the run that ends at the last."""
    first = last = held[-1]
    supplied = set(held)
    while months_in(first, last) < USUAL_MONTHS and add_months(first, -1) in supplied:
        first = add_months(first, -1)
    return Period(first, last)


def named_period(key: str, warehouse: Warehouse, held: Sequence[date] = ()) -> Period:
    """Return one of PERIOD_CHOICES up to the last of the months held, oldest first.

    Without them they are those of the home force's crime. Raises UnknownChoice for another key.
    """
    held = held or months_held(warehouse)
    latest = held[-1]
    year_start = add_months(latest, -((latest.month - _APRIL) % 12))
    if key in ("latest_12_months", "custom"):
        return latest_run(held)
    if key == "financial_year_to_date":
        return _of_those_held(year_start, latest, held)
    if key == "last_financial_year":
        ended = latest if latest.month == _APRIL - 1 else add_months(year_start, -1)
        return _of_those_held(add_months(ended, -11), ended, held)
    if key == "latest_quarter":
        ended = add_months(latest, -(latest.month % 3))
        return _of_those_held(add_months(ended, -2), ended, held)
    raise UnknownChoice(f"There is no period {key!r}. Choose one of: {', '.join(PERIOD_CHOICES)}.")


def _of_those_held(first: date, last: date, held: Sequence[date]) -> Period:
    missing = (month for month in months_between(first, last) if month not in held)
    return Period(first, last, tuple(missing))


def same_period_last_year(period: Period) -> Period:
    """Return the same months a year earlier, before anyone looks which of them are supplied."""
    return Period(add_months(period.first_month, -12), add_months(period.last_month, -12))


def previous_period(period: Period) -> Period:
    """Return as many months, ending just before the period begins."""
    length = months_in(period.first_month, period.last_month)
    return Period(add_months(period.first_month, -length), add_months(period.first_month, -1))


def months_held(warehouse: Warehouse, force_codes: tuple[str, ...] = ()) -> list[date]:
    """Return the months that every one of these forces supplied, oldest first.

    No codes means the home force. Raises WarehouseUnavailable when there is none.
    """
    forces = force_codes or (home_force(warehouse),)
    supplied = warehouse.once(_supplied)
    months = set.intersection(*({m for f, m in supplied if f == force} for force in forces))
    if not months:
        raise WarehouseUnavailable("No month is loaded for these areas.")
    return sorted(months)


def missing_months(
    warehouse: Warehouse, months: list[date], force_codes: tuple[str, ...] = ()
) -> list[tuple[str, date]]:
    """Return each force and month that is not supplied. No codes means the home force."""
    forces = force_codes or (home_force(warehouse),)
    supplied = warehouse.once(_supplied)
    return [(force, m) for force in forces for m in months if (force, m) not in supplied]


def _supplied(warehouse: Warehouse) -> set[tuple[str, date]]:
    coverage = warehouse.table("meta_coverage").filter("is_supplied")
    return set(coverage.select("force_code", pl.col("month")).iter_rows())


def months_between(first: date, last: date) -> list[date]:
    """Return the first day of each month from first to last, both included."""
    return [add_months(first, step) for step in range(months_in(first, last))]


def months_in(first: date, last: date) -> int:
    """Return how many months lie between two months, both included."""
    return (last.year - first.year) * 12 + last.month - first.month + 1


def add_months(month: date, count: int) -> date:
    """Return the first day of the month so many months later."""
    year, index = divmod(month.year * 12 + month.month - 1 + count, 12)
    return date(year, index + 1, 1)


def in_words(period: Period) -> str:
    """Return the period as people say it: 'January to October 2025'."""
    first, last = period.first_month, period.last_month
    if first == last:
        return f"{first:%B %Y}"
    if first.year == last.year:
        return f"{first:%B} to {last:%B %Y}"
    return f"{first:%B %Y} to {last:%B %Y}"


def months_in_words(months: tuple[date, ...]) -> str:
    """Return months as people say them, runs joined: 'May to December 2024, March 2025'."""
    runs: list[Period] = []
    for month in months:
        if runs and add_months(runs[-1].last_month, 1) == month:
            runs[-1] = Period(runs[-1].first_month, month)
        else:
            runs.append(Period(month, month))
    return ", ".join(map(in_words, runs))
