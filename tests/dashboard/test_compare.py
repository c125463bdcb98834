"""A figure held against another time or place, with the answer in words."""

from collections.abc import Iterator
from datetime import date

import pytest

from dashboard.metrics.catalogue import metric
from dashboard.metrics.compare import (
    change_on_previous_twelve_months,
    change_on_same_quarter,
    compare,
)
from dashboard.metrics.metric import Choice, Comparison
from dashboard.warehouse import Warehouse, open_warehouse
from tests.support.tiny_cells import cell, wait
from tests.support.tiny_warehouse import BROMSGROVE, HOME, REDDITCH, write_version


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


SPRING = ("quarter", date(2026, 4, 1), date(2026, 6, 1))
SUMMER = ("quarter", date(2026, 7, 1), date(2026, 9, 1))


@pytest.fixture(scope="module")
def two_quarters(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Warehouse]:
    """People in two quarters: 240 and 300 referrals, shares, waits of four and two days."""
    data_dir = tmp_path_factory.mktemp("quarters")
    counts = {"referrals": (240, 300), "contacted": (200, 270), "assessed": (None, 140)}
    write_version(
        data_dir,
        cells=[
            cell(measure, HOME, count, period=period, marker=marker)
            for measure, pair in counts.items()
            for count, period in zip(pair, (SPRING, SUMMER), strict=True)
            for marker in ((">=" if count is None else ""),)
        ],
        waits=[
            wait(measure, HOME, "median", days, period=period)
            for measure, pair in (("report_to_referral", (4, 2)), ("acceptance_to_start", (5, 6)))
            for days, period in zip(pair, (SPRING, SUMMER), strict=True)
        ],
    )
    warehouse = open_warehouse(data_dir)
    yield warehouse
    warehouse.close()


@pytest.mark.parametrize(
    ("key", "words"),
    [
        ("referrals", "Up 25% on the period before (300 against 240)."),
        ("step_contacted", "Up 7 percentage points on the period before (90% against 83%)."),
        ("RJ02", "Down 2 working days on the period before (2 against 4)."),
        ("acceptance_to_start_median", "Up 1 working day on the period before (6 against 5)."),
        # Nearly all of 200 were assessed: at least 95 %, which is no figure to compare.
        ("step_assessed", "There is no figure to compare."),
    ],
)
def test_figures_about_people_are_held_against_the_quarter_before(
    two_quarters: Warehouse, key: str, words: str
) -> None:
    found = compare(metric(key), quarter("previous_period"), warehouse=two_quarters)
    assert found.words == words


def test_a_period_of_people_that_is_not_published_is_no_comparison(two_quarters: Warehouse) -> None:
    found = compare(metric("referrals"), quarter("same_period_last_year"), warehouse=two_quarters)
    assert (found.now, found.available) == (300, False)
    assert "July to September 2025 is none of those held" in found.words
    others = compare(metric("step_contacted"), quarter("similar_forces"), warehouse=two_quarters)
    assert others.words == "Figures about people are held for the home force only."
