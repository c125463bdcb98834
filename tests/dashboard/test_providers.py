"""Use, cost, returns, contracts and spend of commissioned services, worked out by hand."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from dashboard.charts.capacity import capacity
from dashboard.charts.improved import improved
from dashboard.charts.score_changes import score_changes
from dashboard.charts.side_by_side import Pair, side_by_side
from dashboard.errors import UnknownChoice
from dashboard.metrics.evaluate import evaluate
from dashboard.metrics.funding import SPEND
from dashboard.metrics.metric import Choice, Metric, Result
from dashboard.metrics.outcome import BETTER_AT_EXIT, PAIRED, SCORE_CHANGE
from dashboard.metrics.people import PEOPLE_SUPPORTED
from dashboard.metrics.provider import (
    CONTRACTS_ENDING,
    CONTRACTS_ENDING_SOON,
    COST_PER_IMPROVED,
    COST_PER_PERSON,
    PROVIDER_METRICS,
    RETURNS_ON_TIME,
    USE_OF_CAPACITY,
    VALUE_ENDING,
)
from dashboard.warehouse import Warehouse, open_warehouse
from tests.support.provider_rows import write_providers
from tests.support.tiny_directory import HELPLINE, SAFE_HOUSE
from tests.support.tiny_warehouse import BROMSGROVE, REDDITCH


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Warehouse]:
    """Two commissioned services, published."""
    data_dir = tmp_path_factory.mktemp("providers")
    write_providers(data_dir)
    warehouse = open_warehouse(data_dir)
    yield warehouse
    warehouse.close()


def asked(held: Warehouse, metric: Metric, *by: str, **choice: Any) -> Result:
    return evaluate(metric, Choice(**choice), warehouse=held, by=by)


def by_code(result: Result) -> dict[str, Any]:
    (column,) = result.by
    return {
        row[column]: row["value"] if row["value"] is not None else row["marker"]
        for row in result.frame.iter_rows(named=True)
    }


def test_use_of_capacity_is_of_contracts_for_a_caseload(held: Warehouse) -> None:
    # 95 of 100; beds are no caseload.
    result = asked(held, USE_OF_CAPACITY)
    assert by_code(result) == {HELPLINE: 95, SAFE_HOUSE: "[z]"}
    assert (result.period.first_month, result.period.last_month) == (
        date(2026, 7, 1),
        date(2026, 9, 1),
    )


def test_cost_is_actual_spend_over_the_rounded_count(held: Warehouse) -> None:
    # 60,000 / 200 people, 60,000 / 120 scores; of the safe house the people are hidden.
    assert by_code(asked(held, COST_PER_PERSON)) == {HELPLINE: 300, SAFE_HOUSE: "[c]"}
    assert by_code(asked(held, COST_PER_IMPROVED)) == {HELPLINE: 500}


def test_what_pays_for_no_one_service_is_left_out_of_costs_and_said(held: Warehouse) -> None:
    result = asked(held, COST_PER_PERSON)
    assert result.notes[0] == (
        "Left out: £10,000 spent in 2025-26 from funds that pay for no one service."
    )
    assert result.period.first_month == date(2025, 4, 1)


def test_a_year_without_published_people_has_no_cost(held: Warehouse) -> None:
    years = asked(held, COST_PER_PERSON, "financial_year", "service_id").frame["financial_year"]
    assert set(years) == {"2025-26"}


def test_returns_in_time_are_of_those_due_in_four_quarters(held: Warehouse) -> None:
    # From October 2025: late, on time, refused, on time, on time.
    row = asked(held, RETURNS_ON_TIME).frame.row(0, named=True)
    assert (row["numerator"], row["denominator"], row["value"]) == (3, 5, 60)
    by_provider = by_code(asked(held, RETURNS_ON_TIME, "provider_id"))
    assert by_provider == {"P-1": 50, "P-2": pytest.approx(100 * 2 / 3)}


def test_returns_before_any_was_due_are_refused(held: Warehouse) -> None:
    with pytest.raises(UnknownChoice, match="no return is due yet"):
        asked(held, RETURNS_ON_TIME, first_month=date(2024, 1, 1), last_month=date(2024, 3, 1))


@pytest.mark.parametrize(
    ("metric", "value"),
    [(CONTRACTS_ENDING, 2), (CONTRACTS_ENDING_SOON, 1), (VALUE_ENDING, 100_000)],
)
def test_contracts_that_end_are_those_of_commissioned_services(
    held: Warehouse, metric: Metric, value: float
) -> None:
    # The helpline ends in March 2027, the safe house in September; court help and friends are
    # paid for by others, and the safe house names no value.
    assert asked(held, metric).frame["value"].to_list() == [value]


def test_spend_is_of_the_latest_year_that_has_ended(held: Warehouse) -> None:
    assert asked(held, SPEND).frame["value"].to_list() == [100]
    earlier = asked(held, SPEND, first_month=date(2025, 1, 1), last_month=date(2025, 6, 1))
    assert earlier.frame["value"].to_list() == [50]
    years = asked(held, SPEND, "financial_year").frame
    assert years.select("financial_year", "value").rows() == [
        ("2024-25", 50),
        ("2025-26", 100),
    ]


@pytest.mark.parametrize(
    ("by", "expected"),
    [
        ("stream", {"MOJ_CORE": 60, "LA": 30, "PCC_LOCAL": 10}),
        ("objective", {"A": 60, "C": 30, "NO_SERVICE": 10}),
        ("crime_group", {"SEVERAL": 60, "DA": 30, "NO_SERVICE": 10}),
        ("service_id", {HELPLINE: 60, SAFE_HOUSE: 30, "NO_SERVICE": 10}),
    ],
)
def test_spend_adds_up_however_it_is_split(
    held: Warehouse, by: str, expected: dict[str, float]
) -> None:
    assert by_code(asked(held, SPEND, by)) == expected


def test_spend_is_shared_among_districts_by_the_rule_of_its_fund(held: Warehouse) -> None:
    # By residents 12,000 : 24,000; the safe house works in Redditch; by the crimes of the year
    # 120 burglaries and 68 shopliftings in Bromsgrove : 240 burglaries in Redditch.
    found = by_code(asked(held, SPEND, "area_code"))
    assert found == {
        REDDITCH: pytest.approx(40 + 30 + 10 * 240 / 428),
        BROMSGROVE: pytest.approx(20 + 10 * 188 / 428),
    }
    assert sum(found.values()) == pytest.approx(100)


@pytest.mark.parametrize("metric", [*PROVIDER_METRICS, SPEND], ids=lambda each: each.key)
def test_services_are_not_held_by_area(held: Warehouse, metric: Metric) -> None:
    with pytest.raises(UnknownChoice, match="not held by area"):
        asked(held, metric, areas=(REDDITCH,))


def test_mean_changes_are_never_averaged_over_tools(held: Warehouse) -> None:
    result = asked(held, SCORE_CHANGE)
    assert by_code(result) == {"OUTCOME_STAR.COPE": 1.8, "CORE10.WHOLE": 0.4, "PHQ9.WHOLE": "[c]"}
    bare = SCORE_CHANGE.__class__(**{**SCORE_CHANGE.__dict__, "default_by": ()})
    with pytest.raises(UnknownChoice, match="is not published"):
        evaluate(bare, Choice(), warehouse=held)


def test_a_change_whose_limits_hold_zero_is_not_clear(held: Warehouse) -> None:
    chart = score_changes(asked(held, SCORE_CHANGE))
    assert chart.headline == "One of 2 scales clearly better at exit"
    assert chart.series[0].tones == ("main", "context")
    assert chart.notes[0] == "One scale has too few pairs to be shown."
    assert "Better able to cope (Outcome star) +1.8 (+1.6 to +2.0)" in chart.alt
    assert chart.table.rows[-1][1:] == ("[c]", None, None)


def test_a_share_that_improved_is_grey_under_half_paired(held: Warehouse) -> None:
    by = ("service_id",)
    chart = improved(
        evaluate(BETTER_AT_EXIT, Choice(), warehouse=held, by=by),
        evaluate(PAIRED, Choice(), warehouse=held, by=by),
    )
    assert chart.series[0].x == ("Helpline, 70% paired", "Safe house, 40% paired")
    assert chart.series[0].tones == ("main", "context")
    assert [row[-1] for row in chart.table.rows] == ["safe to read", "unsafe"]
    assert chart.headline == "One of 2 services shown pair half of their scores: 75% improved"


def test_use_of_capacity_is_read_against_its_band(held: Warehouse) -> None:
    chart = capacity(asked(held, USE_OF_CAPACITY))
    assert chart.headline == (
        "Of 1 service, none above, one within and none below the band of 80 to 100%"
    )
    assert [level.value for level in chart.levels] == [80, 100]
    assert chart.table.rows[0] == ("Helpline", 95, 100, 95, "within")


def test_two_counts_stand_side_by_side_with_their_gap(held: Warehouse) -> None:
    result = asked(held, PEOPLE_SUPPORTED, "service_id")
    pairs = [Pair("One", 300, 320), Pair("Two", 50, None, second_marker="[c]")]
    chart = side_by_side(
        result, pairs, names=("Counted", "Returned"), headline="H", subtitle="S", unit="People"
    )
    assert chart.table.rows == (("One", 300, 320, 20), ("Two", 50, "[c]", None))
    assert [series.y for series in chart.series] == [(300, 50), (320, None)]
    assert "One 300 and 320; Two 50 and [c]" in chart.alt
