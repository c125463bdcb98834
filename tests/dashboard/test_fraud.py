"""Reports of fraud, worked out by hand on the tiny snapshots."""

from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.errors import UnknownChoice
from dashboard.metrics.compare import compare
from dashboard.metrics.evaluate import evaluate
from dashboard.metrics.fraud import (
    FRAUD_LOSS,
    FRAUD_MEDIAN_LOSS,
    FRAUD_METRICS,
    FRAUD_REPORT_RATE,
    FRAUD_REPORTS,
)
from dashboard.metrics.fraud_counted import Asked, counted
from dashboard.metrics.metric import Choice, Metric, Period
from dashboard.metrics.months import months_of
from dashboard.warehouse import Warehouse, open_warehouse
from schemas.codes import HIDDEN, NOT_APPLICABLE, NOT_AVAILABLE
from schemas.supplied.fraud_report import FRAUD_TYPE
from tests.support.tiny_fraud import AUGUST, JULY, REPORTS, SEPTEMBER
from tests.support.tiny_warehouse import BROMSGROVE, HOME, OTHER, write_version

QUARTER = Choice()
LATEST = Choice().during(SEPTEMBER, SEPTEMBER)


def _rows(
    warehouse: Warehouse, metric: Metric, choice: Choice = QUARTER, *, by: tuple[str, ...] = ()
) -> list[tuple[Any, ...]]:
    frame = evaluate(metric, choice, warehouse=warehouse, by=by).frame
    return frame.select(*by, "value", "marker").rows()


def _notes(warehouse: Warehouse, metric: Metric, choice: Choice = QUARTER, *by: str) -> str:
    return " ".join(evaluate(metric, choice, warehouse=warehouse, by=by).notes)


def test_each_month_counts_as_its_latest_snapshot_gives_it(tiny: Warehouse) -> None:
    found = _rows(tiny, FRAUD_REPORTS, by=("month",))
    assert found == [(JULY, 14, ""), (AUGUST, 23, ""), (SEPTEMBER, 28, "")]
    assert _rows(tiny, FRAUD_REPORTS) == [(65, "")]


def test_its_months_are_those_that_snapshots_hold(tiny: Warehouse) -> None:
    assert months_of(FRAUD_REPORTS, tiny) == [JULY, AUGUST, SEPTEMBER]
    assert evaluate(FRAUD_REPORTS, QUARTER, warehouse=tiny).period == Period(JULY, SEPTEMBER)


def test_types_without_reports_are_zero_and_all_add_up(tiny: Warehouse) -> None:
    by_type = {code: value for code, value, _ in _rows(tiny, FRAUD_REPORTS, by=("fraud_type",))}
    assert by_type == {
        **dict.fromkeys(FRAUD_TYPE, 0),
        "DATING": 50,
        "VIRUS": 12,
        "SHOPPING_AUCTION": 3,
    }
    by_victim = _rows(tiny, FRAUD_REPORTS, by=("victim_type",))
    assert by_victim == [("INDIVIDUAL", 60, ""), ("ORGANISATION", 5, "")]


def test_ages_are_those_of_people_and_blank_is_not_known(tiny: Warehouse) -> None:
    found = _rows(tiny, FRAUD_REPORTS, by=("age_band",))
    assert found == [("25-34", 12, ""), ("65-74", 4, ""), ("75+", 39, ""), ("NK", 5, "")]
    assert "their 5 reports are left out" in _notes(tiny, FRAUD_REPORTS, QUARTER, "age_band")


def test_a_month_in_no_snapshot_is_missing_and_not_zero(tiny: Warehouse) -> None:
    spring = Choice().during(date(2026, 6, 1), AUGUST)
    assert _rows(tiny, FRAUD_REPORTS, spring) == [(None, NOT_AVAILABLE)]
    by_month = _rows(tiny, FRAUD_REPORTS, spring, by=("month",))
    assert by_month[0] == (date(2026, 6, 1), None, NOT_AVAILABLE)
    assert by_month[1:] == [(JULY, 14, ""), (AUGUST, 23, "")]
    assert "In no snapshot: June 2026. Missing is not zero." in _notes(tiny, FRAUD_REPORTS, spring)


def test_rates_are_over_person_years_of_every_resident(tiny: Warehouse) -> None:
    ((value, marker),) = _rows(tiny, FRAUD_REPORT_RATE)
    assert (value, marker) == (pytest.approx(1000 * 65 / (36_000 * 3 / 12)), "")
    notes = _notes(tiny, FRAUD_REPORT_RATE)
    assert "Rates are for a year: 3 months scaled to twelve." in notes
    assert "Residents are of every age" in notes


def test_forces_are_found_by_name_and_stand_side_by_side(tiny: Warehouse) -> None:
    found = _rows(tiny, FRAUD_REPORT_RATE, LATEST, by=("force_code",))
    assert found == [
        (HOME, pytest.approx(1000 * 28 / 3_000), ""),
        (OTHER, pytest.approx(1000 * 50 / (100_000 / 12)), ""),
    ]
    whole = _rows(tiny, FRAUD_REPORT_RATE, by=("force_code",))
    assert whole[1] == (OTHER, None, NOT_AVAILABLE)


def test_a_rate_is_held_against_other_forces_and_never_against_itself(tiny: Warehouse) -> None:
    others = Choice(compare_with="similar_forces").during(SEPTEMBER, SEPTEMBER)
    found = compare(FRAUD_REPORT_RATE, others, warehouse=tiny)
    assert found.available
    assert found.before == pytest.approx(6.0)
    average = Choice(areas=(BROMSGROVE,), compare_with="force_average")
    assert "whole forces only" in compare(FRAUD_REPORT_RATE, average, warehouse=tiny).words


def test_a_median_is_of_one_month_type_and_kind_of_victim(tiny: Warehouse) -> None:
    by_type = {code: rest for code, *rest in _rows(tiny, FRAUD_MEDIAN_LOSS, by=("fraud_type",))}
    assert by_type["DATING"] == [1_200, ""]
    assert by_type["VIRUS"] == [None, NOT_APPLICABLE]
    assert "the latest month is shown, September 2026" in _notes(
        tiny, FRAUD_MEDIAN_LOSS, QUARTER, "fraud_type"
    )
    by_month = _rows(tiny, FRAUD_MEDIAN_LOSS, by=("month",))
    assert by_month == [(JULY, 900, ""), (AUGUST, None, NOT_APPLICABLE), (SEPTEMBER, 1_200, "")]


def test_a_median_that_differs_by_age_stands_for_nobody(tmp_path: Path) -> None:
    ages = (("65-74", 100.0), ("75+", 900.0))
    rows = [
        (SEPTEMBER, SEPTEMBER, "West Mercia", "DATING", "INDIVIDUAL", age, 30, 9_000.0, median)
        for age, median in ages
    ]
    write_version(tmp_path, fraud=rows)
    found = _rows(open_warehouse(tmp_path), FRAUD_MEDIAN_LOSS, by=("fraud_type",))
    assert all(marker == NOT_APPLICABLE for _, _, marker in found)


def test_losses_add_up_and_those_of_few_reports_are_hidden(tiny: Warehouse) -> None:
    assert _rows(tiny, FRAUD_LOSS) == [(77_400, "")]
    by_type = {code: rest for code, *rest in _rows(tiny, FRAUD_LOSS, by=("fraud_type",))}
    assert by_type["DATING"] == [76_500, ""]
    assert by_type["VIRUS"] == [600, ""]
    assert by_type["SHOPPING_AUCTION"] == [None, HIDDEN]
    assert by_type["INVESTMENT"] == [0, ""]
    assert "fewer than 10 reports" in _notes(tiny, FRAUD_LOSS, QUARTER, "fraud_type")
    assert "fewer than" not in _notes(tiny, FRAUD_LOSS)


def test_a_loss_that_was_not_given_is_not_zero(tmp_path: Path) -> None:
    rows = [(*each[:7], None, None) for each in REPORTS]
    write_version(tmp_path, fraud=rows)
    warehouse = open_warehouse(tmp_path)
    assert _rows(warehouse, FRAUD_LOSS) == [(None, NOT_AVAILABLE)]
    assert _rows(warehouse, FRAUD_REPORTS) == [(65, "")]


def test_a_first_count_says_by_how_much_such_counts_grew(tiny: Warehouse) -> None:
    assert "September 2026 is a first count: later snapshots have raised such counts by 130.0%" in (
        _notes(tiny, FRAUD_REPORTS)
    )
    assert "first count" not in _notes(tiny, FRAUD_REPORTS, Choice().during(JULY, AUGUST))
    assert "2 snapshots are kept, of August to September 2026" in _notes(tiny, FRAUD_REPORTS)


def test_smaller_areas_give_way_to_the_force(tiny: Warehouse) -> None:
    found = evaluate(FRAUD_REPORTS, Choice(areas=(BROMSGROVE,)), warehouse=tiny)
    assert found.frame["value"].to_list() == [65]
    assert found.choice.areas == ()
    assert found.notes[0].startswith("Reports are held for whole forces only")


def test_what_cannot_be_asked_is_said(tiny: Warehouse, tmp_path: Path) -> None:
    with pytest.raises(UnknownChoice, match="Break down by fraud_type"):
        evaluate(FRAUD_REPORTS, Choice(crime_types=("Burglary",)), warehouse=tiny)
    with pytest.raises(UnknownChoice, match="after the last"):
        evaluate(FRAUD_REPORTS, Choice().during(SEPTEMBER, JULY), warehouse=tiny)
    write_version(tmp_path, fraud=())
    for each in FRAUD_METRICS:
        with pytest.raises(UnknownChoice, match="not loaded"):
            evaluate(each, QUARTER, warehouse=open_warehouse(tmp_path))


@settings(max_examples=25)
@given(
    by=st.permutations(["month", "fraud_type", "victim_type", "force_code"]),
    length=st.integers(1, 4),
)
def test_breakdowns_add_up_to_the_whole(tiny: Warehouse, by: list[str], length: int) -> None:
    asked = Asked(
        metric=FRAUD_LOSS,
        by=tuple(by[:length]),
        forces=(HOME, OTHER),
        period=Period(JULY, SEPTEMBER),
    )
    parts = counted(asked, tiny).select(pl.col("reports", "loss").sum())
    assert parts.row(0) == (65 + 50, 77_400 + 5_000)
