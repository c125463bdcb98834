"""The way from report to recovery and its cohorts, worked out by hand."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from dashboard.charts.cohorts import cohorts
from dashboard.charts.endings import endings
from dashboard.charts.flow import flow
from dashboard.charts.wait_bands import wait_bands
from dashboard.charts.waits import waits
from dashboard.errors import UnknownChoice
from dashboard.metrics.evaluate import evaluate
from dashboard.metrics.journey import JOURNEY, STEPS
from dashboard.metrics.metric import Choice, Metric, Result
from dashboard.metrics.referral import (
    COMPLETED,
    DECLINED,
    ENDED_BEFORE_SUPPORT,
    HANDED_ON,
    LED_TO_SUPPORT,
    NO_CAPACITY,
    NOT_FROM_POLICE,
    NOT_REACHED,
)
from dashboard.metrics.waiting import (
    CONTACTED_IN_TIME,
    REFERRAL_TO_CONTACT,
    REFERRAL_TO_CONTACT_90TH,
    WAITING,
)
from dashboard.warehouse import Warehouse, open_warehouse
from tests.support.journey_cells import COUNTS, WAITS
from tests.support.tiny_warehouse import BROMSGROVE, write_version

LAST = date(2026, 9, 1)


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Warehouse]:
    """The cells of the way, published."""
    data_dir = tmp_path_factory.mktemp("journey")
    write_version(data_dir, cells=COUNTS, waits=WAITS)
    warehouse = open_warehouse(data_dir)
    yield warehouse
    warehouse.close()


def asked(held: Warehouse, metric: Metric, *by: str, **choice: Any) -> Result:
    return evaluate(metric, Choice(**choice), warehouse=held, by=by)


def test_each_step_is_a_share_of_the_step_before_in_its_part(held: Warehouse) -> None:
    frame = asked(held, JOURNEY).frame
    assert frame.select("step", "numerator", "denominator", "value").rows() == [
        ("REPORTED", 1000, None, None),
        ("NEEDS", 900, 1000, 90),
        ("AGREED", 400, 1000, 40),
        ("RECEIVED", 500, None, None),
        ("CONTACTED", 450, 500, 90),
        ("ASSESSED", 360, 450, 80),
        ("STARTED", 300, 360, 83),
        ("COMPLETED", 150, 300, 50),
        ("PAIRED", 200, None, None),
        ("IMPROVED", 150, 200, 75),
    ]


def test_steps_that_are_not_published_are_left_out_and_named(held: Warehouse) -> None:
    result = asked(held, JOURNEY, areas=(BROMSGROVE,))
    assert result.frame["step"].to_list() == ["RECEIVED", "CONTACTED"]
    assert result.notes[0].startswith("Not published for this choice: reported to the police")


def test_a_hidden_step_has_no_number(held: Warehouse) -> None:
    frame = asked(held, JOURNEY, "service_id", "step").frame
    assert frame.select("step", "numerator", "marker").rows() == [
        ("RECEIVED", 100, "[z]"),
        ("CONTACTED", 80, ""),
        ("STARTED", None, "[c]"),
    ]


def test_the_way_is_asked_for_by_step(held: Warehouse) -> None:
    with pytest.raises(UnknownChoice, match="break it down by step"):
        asked(held, JOURNEY, "quarter")


def test_the_periods_unfinished_cohorts_are_named(held: Warehouse) -> None:
    said = " ".join(asked(held, JOURNEY).notes)
    assert "those since August 2026 had less than 3 months to start support" in said
    assert "those since May 2026 had less than 6 months to complete it" in said


def test_a_cohort_too_young_for_a_step_has_no_value_but_its_counts(held: Warehouse) -> None:
    result = asked(held, LED_TO_SUPPORT, "quarter")
    assert result.frame.select("numerator", "denominator", "value", "marker").rows() == [
        (75, 125, 60, ""),
        (75, 125, 60, ""),
        (75, 125, 60, ""),
        (40, 125, None, "[x]"),
    ]
    assert result.notes[0].startswith("Unfinished: referrals received since August 2026")


def test_a_period_before_the_young_cohorts_is_finished(held: Warehouse) -> None:
    early = Choice().during(date(2026, 4, 1), date(2026, 6, 1))
    result = evaluate(LED_TO_SUPPORT, early, warehouse=held)
    assert result.frame["value"].to_list() == [60]
    assert not any(note.startswith("Unfinished") for note in result.notes)


@pytest.mark.parametrize(
    ("metric", "numerator", "value"),
    [
        (LED_TO_SUPPORT, 300, 60),
        (COMPLETED, 150, 50),
        (DECLINED, 100, 20),
        (NOT_REACHED, 50, 10),
        (NO_CAPACITY, 10, 2),
        (NOT_FROM_POLICE, 200, 40),
        (HANDED_ON, 50, 10),
        (CONTACTED_IN_TIME, 400, 80),
    ],
    ids=lambda each: each.key if isinstance(each, Metric) else "",
)
def test_shares_of_the_way(held: Warehouse, metric: Metric, numerator: int, value: int) -> None:
    row = asked(held, metric).frame.row(0, named=True)
    assert (row["numerator"], row["value"]) == (numerator, value)


def test_the_flow_says_the_same_in_headline_table_and_words(held: Warehouse) -> None:
    chart = flow(asked(held, JOURNEY))
    assert chart.headline == (
        "60% of 500 referrals led to support; most fell out before: needs assessed by the service"
    )
    assert chart.series[0].y[4] == 450
    assert chart.series[0].x[4] == "Contact made, 90%"
    assert chart.table.rows[4] == ("Contact made", "Referrals", 450, "90%", "Referred to a service")
    assert "Referrals: referred to a service 500, contact made 450 (90%)" in chart.alt
    assert len(set(chart.series[0].tones)) == 3


def test_the_flow_of_a_service_names_what_is_hidden(held: Warehouse) -> None:
    result = asked(held, JOURNEY, "service_id", "step")
    chart = flow(replace(result, by=("step",)), title="The service")
    assert chart.headline == "How far people came on the way to support in The service"
    assert chart.notes[0] == "Hidden to protect people: support started."
    assert chart.table.rows[-1][2] == "[c]"


def test_young_cohorts_are_hatched_and_said_to_be_unfinished(held: Warehouse) -> None:
    chart = cohorts(asked(held, LED_TO_SUPPORT, "quarter"))
    assert chart.headline == "Referrals that led to support: 60% of 2026-27 Q1, 60% of 2025-26 Q3"
    assert chart.series[0].tones == ("main", "main", "main", "context")
    assert chart.series[0].labels[-1] == "2026-27 Q2, unfinished: 32% so far"
    assert chart.table.rows[-1] == ("2026-27 Q2", 32, 40, 125, "unfinished")


def test_choice_stands_before_failure_and_neither_is_added(held: Warehouse) -> None:
    chart = endings(asked(held, ENDED_BEFORE_SUPPORT, "end_reason"))
    assert chart.headline == (
        "Of all referrals 20% declined support, 10% could not be reached and 2% found no capacity"
    )
    assert chart.series[0].x == ("Choice: declined", "Failure: not reached", "Failure: no capacity")
    assert chart.series[0].tones == ("second", "main", "main")
    assert chart.notes[0] == "Hidden to protect people: died."
    assert [row[1] for row in chart.table.rows] == ["Choice", "Failure", "Failure", "Other"]


def test_bands_of_waiting_keep_their_order(held: Warehouse) -> None:
    chart = wait_bands(asked(held, WAITING, "wait_band", first_month=LAST, last_month=LAST))
    assert chart.series[0].y == (40, 20)
    assert chart.notes[0] == "Hidden to protect people: over ninety days."
    assert chart.table.rows[-1] == ("Over ninety days", "[c]")


def test_waits_show_median_and_ninetieth_percentile(held: Warehouse) -> None:
    by = ("service_id",)
    chart = waits(
        evaluate(REFERRAL_TO_CONTACT, Choice(), warehouse=held, by=by),
        evaluate(REFERRAL_TO_CONTACT_90TH, Choice(), warehouse=held, by=by),
        allowed={"S1": 3},
    )
    assert [series.y for series in chart.series] == [(4, 1), (15, None)]
    assert chart.table.rows == (
        ("The service", 4, 15, 3),
        ("S2", 1, "[c]", None),
        ("S3", "[c]", "[c]", None),
    )
    assert chart.notes[0] == "One service too small to be shown."


def test_every_step_is_of_the_menu() -> None:
    for step in STEPS:
        assert step.metric.breakdowns, step.key
