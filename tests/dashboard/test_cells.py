"""Figures about people: published cells are selected, bounded, and never summed."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest

from dashboard.errors import UnknownChoice
from dashboard.metrics.crime import RECORDED_CRIME
from dashboard.metrics.evaluate import evaluate
from dashboard.metrics.metric import Choice, Metric
from dashboard.warehouse import Warehouse
from schemas.codes import HIDDEN, NEARLY_ALL, VERY_FEW
from schemas.published import table
from tests.support.tiny_cells import YEAR
from tests.support.tiny_warehouse import BROMSGROVE, HOME, REDDITCH

REFERRALS = replace(
    RECORDED_CRIME,
    key="referrals",
    kind="count",
    measure="referrals",
    breakdowns=("month", "quarter", "area_code", "crime_group", "sex"),
)
ON_TIME = replace(
    REFERRALS,
    key="referred_on_time",
    kind="proportion",
    measure="referral_on_time",
    whole="referral_due",
    per=100,
)


def _rows(metric: Metric, choice: Choice, warehouse: Warehouse, *by: str) -> list[dict[str, Any]]:
    return evaluate(metric, choice, warehouse=warehouse, by=by).frame.to_dicts()


def test_without_a_choice_the_latest_twelve_months_of_the_force_are_given(tiny: Warehouse) -> None:
    result = evaluate(REFERRALS, Choice(), warehouse=tiny)
    assert (result.period.first_month, result.period.last_month) == YEAR
    assert result.frame["numerator"].to_list() == [1200]
    assert result.frame["marker"].to_list() == [""]


def test_a_hidden_count_has_its_marker_and_no_figure(tiny: Warehouse) -> None:
    rows = {row["crime_group"]: row for row in _rows(REFERRALS, Choice(), tiny, "crime_group")}
    assert rows["DA"]["value"] == 1150
    hidden = rows["FGM_HBA"]
    assert hidden["marker"] == HIDDEN
    assert {hidden[name] for name in ("numerator", "value", "lower", "upper")} == {None}


def test_districts_stand_side_by_side(tiny: Warehouse) -> None:
    choice = Choice(areas=(BROMSGROVE, REDDITCH))
    rows = _rows(REFERRALS, choice, tiny, "area_code")
    assert {row["area_code"]: row["value"] for row in rows} == {BROMSGROVE: 600, REDDITCH: 45}


def test_several_areas_are_never_summed(tiny: Warehouse) -> None:
    with pytest.raises(UnknownChoice, match="never summed"):
        _rows(REFERRALS, Choice(areas=(BROMSGROVE, REDDITCH)), tiny)


def test_a_share_is_a_whole_number_from_the_rounded_counts(tiny: Warehouse) -> None:
    row = _rows(ON_TIME, Choice(), tiny)[0]
    assert (row["numerator"], row["denominator"], row["value"]) == (450, 500, 90)
    assert row["lower"] < 90 < row["upper"]


@pytest.mark.parametrize(
    ("area", "marker", "value"),
    [
        # At most 9 of at least 198 are not on time: at least 95.45 %.
        (BROMSGROVE, NEARLY_ALL, 95),
        # At most 9 of at least 98 are on time: at most 9.18 %.
        (REDDITCH, VERY_FEW, 10),
        # 45 is fewer than the 50 of which a share is given.
        ("OUT", HIDDEN, None),
        # The whole is hidden.
        ("NK", HIDDEN, None),
    ],
)
def test_a_share_is_bounded_or_hidden(
    tiny: Warehouse, area: str, marker: str, value: float | None
) -> None:
    rows = {row["area_code"]: row for row in _rows(ON_TIME, Choice(), tiny, "area_code")}
    assert (rows[area]["marker"], rows[area]["value"]) == (marker, value)
    assert rows[area]["lower"] is None


def test_months_of_the_period_are_given_one_by_one(tiny: Warehouse) -> None:
    rows = _rows(REFERRALS, Choice(), tiny, "month")
    assert [row["month"] for row in rows] == [date(2026, month, 1) for month in (7, 8, 9)]


def test_a_period_that_is_not_declared_is_refused(tiny: Warehouse) -> None:
    two_months = Choice().during(date(2026, 8, 1), date(2026, 9, 1))
    with pytest.raises(UnknownChoice, match="August to September 2026 is none of those held"):
        _rows(REFERRALS, two_months, tiny)


def test_a_split_that_is_not_published_is_refused_with_the_reason(tiny: Warehouse) -> None:
    with pytest.raises(UnknownChoice, match="groups would be too small"):
        _rows(REFERRALS, Choice(), tiny, "sex", "area_code")


def test_a_crime_type_of_police_uk_cannot_be_asked_of_people(tiny: Warehouse) -> None:
    with pytest.raises(UnknownChoice, match=r"never by police\.uk crime type"):
        _rows(REFERRALS, Choice(crime_types=("Burglary",)), tiny)


def test_a_measure_that_is_not_loaded_says_so(tiny: Warehouse) -> None:
    with pytest.raises(UnknownChoice, match="is not loaded"):
        _rows(replace(REFERRALS, measure="reviews"), Choice(), tiny)


@pytest.mark.parametrize(
    ("count", "marker", "is_structural"),
    [(9, "", False), (12, "", False), (0, "", False), (None, "", False), (15, HIDDEN, False)],
)
def test_the_database_itself_refuses_a_cell_that_is_not_protected(
    tmp_path: Path, count: int | None, marker: str, *, is_structural: bool
) -> None:
    keys = ("referrals", "", "", "", "", "force", HOME, "year", *YEAR)
    with duckdb.connect(str(tmp_path / "cells.duckdb")) as connection:
        connection.execute(table("cube_protected_count").ddl())
        insert = f"insert into cube_protected_count values ({', '.join('?' * 14)})"
        connection.execute(insert, [*keys, 15, 5, False, ""])
        with pytest.raises(duckdb.ConstraintException):
            connection.execute(insert, [*keys, count, 5, is_structural, marker])
