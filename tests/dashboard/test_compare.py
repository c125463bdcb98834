"""A figure held against another time or place, with the answer in words."""

from datetime import date

import pytest

from dashboard.metrics.catalogue import metric
from dashboard.metrics.compare import (
    change_on_previous_twelve_months,
    change_on_same_quarter,
    compare,
)
from dashboard.metrics.metric import Choice, Comparison
from dashboard.warehouse import Warehouse
from tests.support.tiny_warehouse import BROMSGROVE, REDDITCH


def quarter(compare_with: Comparison, **more: tuple[str, ...]) -> Choice:
    months = {"first_month": date(2026, 7, 1), "last_month": date(2026, 9, 1)}
    return Choice(compare_with=compare_with, **months, **more)  # type: ignore[arg-type]


def test_same_period_last_year(tiny: Warehouse) -> None:
    found = compare(metric("OV01"), quarter("same_period_last_year"), warehouse=tiny)
    assert (found.now, found.before, found.change) == (126, 114, 12)
    assert found.percent == pytest.approx(100 * 12 / 114)
    assert found.words == "Up 10.5% on the same period last year (126 against 114)."


def test_period_before(tiny: Warehouse) -> None:
    found = compare(metric("OV01"), quarter("previous_period"), warehouse=tiny)
    assert found.words == "Much the same as the period before (126 against 126)."


def test_percentage_is_hidden_on_a_small_base(tiny: Warehouse) -> None:
    choice = quarter("same_period_last_year", areas=(BROMSGROVE,), crime_types=("Shoplifting",))
    found = compare(metric("OV01"), choice, warehouse=tiny)
    assert (found.now, found.before, found.percent) == (27, 15, None)
    assert found.words == (
        "Up 12 on the same period last year (27 against 15); too few for a percentage."
    )


def test_missing_months_are_named(tiny: Warehouse) -> None:
    found = change_on_previous_twelve_months(metric("OV01"), Choice(), warehouse=tiny)
    assert not found.available
    assert found.words == "No comparison: February 2025 not supplied."
    assert (found.before, found.change, found.percent) == (None, None, None)


def test_same_quarter_last_year(tiny: Warehouse) -> None:
    found = change_on_same_quarter(metric("OV01"), Choice(), warehouse=tiny)
    assert (found.now, found.before) == (126, 114)


def test_district_against_the_force(tiny: Warehouse) -> None:
    choice = quarter("force_average", areas=(REDDITCH,))
    found = compare(metric("OV02"), choice, warehouse=tiny)
    assert found.now == pytest.approx(10)
    assert found.before == pytest.approx(1000 * 126 / 9_000)
    assert found.words == "28.6% below the force average (10.0 against 14.0)."


def test_force_against_similar_forces(tiny: Warehouse) -> None:
    found = compare(metric("OV02"), quarter("similar_forces"), warehouse=tiny)
    assert found.before == pytest.approx(1000 * 309 / 25_000)


def test_shares_change_in_percentage_points(tiny: Warehouse) -> None:
    found = compare(metric("CX07"), quarter("same_period_last_year"), warehouse=tiny)
    assert found.percent is None
    assert found.words == (
        "Down 0.3 percentage points on the same period last year (3.8% against 4.2%)."
    )


def test_what_makes_no_sense_says_why(tiny: Warehouse) -> None:
    said = compare(metric("OV01"), quarter("force_average"), warehouse=tiny).words
    assert said == "Counts are not held against the force average; see the rate."
    said = compare(metric("OV02"), quarter("force_average"), warehouse=tiny).words
    assert said == "This is the whole force, which is its own average."
    said = compare(metric("RU02"), quarter("similar_forces"), warehouse=tiny).words
    assert said.startswith("Other forces are held as a whole")
