"""Each metric keeps to the months of its own source, and a page survives what is not published."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import polars as pl
import pytest

from dashboard.metrics.catalogue import metric
from dashboard.metrics.crime import RECORDED_CRIME
from dashboard.metrics.metric import Choice, Period
from dashboard.ui import cards
from dashboard.ui.numbers import Numbers
from dashboard.warehouse import open_warehouse
from tests.support.tiny_cells import cell
from tests.support.tiny_warehouse import BROMSGROVE, HOME, REDDITCH, write_version

REFERRALS = metric("referrals")
SUMMER = Choice().during(date(2026, 6, 1), date(2026, 8, 1))
YEAR_BEFORE = (date(2024, 10, 1), date(2025, 9, 1))


@pytest.fixture(scope="module")
def numbers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Numbers]:
    """Crime to September 2026; referrals by month of 2025 only, and for its middle half."""
    data_dir = tmp_path_factory.mktemp("numbers")
    months = [date(2025, number, 1) for number in range(1, 13) if number != 6]
    cells = [
        *(
            cell("referrals", HOME, 100 + 5 * n, period=("month", m, m))
            for n, m in enumerate(months)
        ),
        cell("referrals", HOME, 600, period=("quarter", date(2025, 4, 1), date(2025, 6, 1))),
        cell("referrals", HOME, 1200, period=("year", date(2025, 1, 1), date(2025, 12, 1))),
        cell("referrals", BROMSGROVE, 300, period=("year", date(2025, 1, 1), date(2025, 12, 1))),
    ]
    write_version(data_dir, 14, cells=cells)
    warehouse = open_warehouse(data_dir)
    yield Numbers(warehouse)
    warehouse.close()


def test_a_named_period_ends_with_the_months_of_the_metric(numbers: Numbers) -> None:
    assert numbers.named_period("latest_12_months") == Period(date(2025, 10, 1), date(2026, 9, 1))
    assert numbers.named_period("latest_12_months", REFERRALS) == Period(
        date(2025, 1, 1), date(2025, 12, 1)
    )


def test_a_trend_goes_no_further_than_the_months_of_the_metric(numbers: Numbers) -> None:
    crime, people = numbers.trend(SUMMER), numbers.trend(SUMMER, REFERRALS)
    assert (crime.first_month, crime.last_month) == (date(2024, 10, 1), date(2026, 8, 1))
    assert (people.first_month, people.last_month) == (date(2025, 1, 1), date(2025, 12, 1))


def test_a_series_keeps_the_place_of_a_month_that_is_not_published(numbers: Numbers) -> None:
    values = (100, 105, 110, 115, 120, None, 125, 130, 135, 140, 145, 150)
    assert numbers.series(REFERRALS, SUMMER) == values


def test_the_nearest_published_period_stands_in_and_is_named(numbers: Numbers) -> None:
    shown = numbers.result(REFERRALS, SUMMER)
    assert shown.frame["numerator"][0] == 150
    assert shown.notes[0] == (
        "Counts of people are not published for June to August 2026; the nearest published "
        "period is shown: December 2025."
    )
    assert cards.measure(REFERRALS)(numbers, SUMMER).change.startswith("December 2025 is shown. ")


def test_a_published_period_needs_no_note(numbers: Numbers) -> None:
    spring = Choice().during(date(2025, 4, 1), date(2025, 6, 1))
    shown = numbers.result(REFERRALS, spring)
    assert shown.frame["numerator"][0] == 600
    assert not shown.notes[0].startswith("Counts of people are not published")
    assert "is shown" not in cards.measure(REFERRALS)(numbers, spring).change


def test_crime_types_bear_on_crime_alone(numbers: Numbers) -> None:
    burglary = Choice(crime_types=("Burglary",))
    assert numbers.fit(burglary, RECORDED_CRIME).crime_types == ("Burglary",)
    assert numbers.fit(burglary, REFERRALS).crime_types == ()


def test_what_would_have_to_be_summed_is_refused_on_its_card(numbers: Numbers) -> None:
    card = cards.measure(REFERRALS)(numbers, Choice(areas=(BROMSGROVE, REDDITCH)))
    assert card.number == "Not available"
    assert "never summed" in card.change


def test_a_card_says_what_the_figure_is_held_to_and_what_to_expect(numbers: Numbers) -> None:
    card = cards.measure(metric("crime_without_location"))(numbers, Choice())
    # Two of 43 to 47 rows a month have no location: never as few as 2 %.
    assert card.target == (
        "Target 2.0% (proposed locally, until the office sets it): will reliably miss it"
    )
    assert card.verdict


def test_a_bound_stands_on_a_card_once(numbers: Numbers) -> None:
    found = numbers.result(metric("crime_without_location"), Choice())
    bound = found.frame.with_columns(value=pl.lit(None, pl.Float64), marker=pl.lit("at least 95%"))
    shown = replace(found, frame=bound)
    assert (cards.number(shown), cards.unit(shown)) == ("at least 95%", "of rows")


def test_what_has_no_series_has_no_verdict(numbers: Numbers) -> None:
    card = cards.measure(metric("estimated_victims"))(numbers, Choice())
    assert (card.spark, card.verdict) == ((), "")


def test_a_change_on_fewer_than_fifty_is_given_in_counts(numbers: Numbers) -> None:
    shoplifting = Choice(areas=(BROMSGROVE,), crime_types=("Shoplifting",))
    # Three months at nine beside three at five; a year at five and then nine is 92 beside 55.
    quarter = cards.quarterly_change(RECORDED_CRIME)(numbers, shoplifting)
    assert (quarter.number, quarter.unit) == ("+12", "July to September 2026")
    assert "too few for a percentage" in quarter.change
