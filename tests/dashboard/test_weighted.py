"""Crime weighted by harm and by cost, worked out by hand from the tiny version.

A year holds 396 burglaries in the force, 120 of them in Bromsgrove and 240 in Redditch, and 92
shopliftings, all in Bromsgrove.
"""

from datetime import date

import pytest

from dashboard.metrics.evaluate import evaluate
from dashboard.metrics.harm import COST, HARM
from dashboard.metrics.metric import Choice
from dashboard.warehouse import Warehouse
from tests.support.tiny_warehouse import BROMSGROVE, REDDITCH

_FIGURES = ("lower", "value", "upper")


def test_harm_is_crimes_times_weights_for_each_thousand_residents(tiny: Warehouse) -> None:
    frame = evaluate(HARM, Choice(), warehouse=tiny, by=("area_code",)).frame
    rows = {row["area_code"]: row for row in frame.iter_rows(named=True)}
    # Burglary weighs 20 (10 to 40), shoplifting 2 (1 to 3); 12,000 and 24,000 residents.
    expected = [(120 * 10 + 92) / 12, (120 * 20 + 92 * 2) / 12, (120 * 40 + 92 * 3) / 12]
    assert [rows[BROMSGROVE][each] for each in _FIGURES] == pytest.approx(expected)
    assert [rows[REDDITCH][each] for each in _FIGURES] == pytest.approx([100, 200, 400])
    assert rows["NONE"]["marker"] == "[z]"
    assert rows[BROMSGROVE]["status"] == "DRAFT"


def test_the_force_holds_what_lies_in_no_district_too(tiny: Warehouse) -> None:
    frame = evaluate(HARM, Choice(), warehouse=tiny).frame
    assert frame["value"].item() == pytest.approx((396 * 20 + 92 * 2) / 36)


def test_types_without_a_weight_are_left_out_and_named(tiny: Warehouse) -> None:
    result = evaluate(HARM, Choice(), warehouse=tiny, by=("crime_type",))
    rows = {row["crime_type"]: row for row in result.frame.iter_rows(named=True)}
    assert (rows["Robbery"]["value"], rows["Robbery"]["marker"]) == (None, "[x]")
    assert rows["Burglary"]["value"] == pytest.approx(396 * 20 / 36)
    assert any("Left out" in note and "Robbery" in note for note in result.notes)


def test_a_chosen_type_alone_is_weighted(tiny: Warehouse) -> None:
    shoplifting = Choice(crime_types=("Shoplifting",))
    frame = evaluate(HARM, shoplifting, warehouse=tiny).frame
    assert frame["value"].item() == pytest.approx(92 * 2 / 36)


def test_small_areas_have_harm_since_crime_is_open(tiny: Warehouse) -> None:
    frame = evaluate(HARM, Choice(), warehouse=tiny, by=("small_area_code",)).frame
    values = dict(frame.select("small_area_code", "value").iter_rows())
    assert values["E01000001"] == pytest.approx(4 * 12 * 20 / 4)


def test_cost_is_crimes_times_unit_cost_times_prices(tiny: Warehouse) -> None:
    frame = evaluate(COST, Choice(), warehouse=tiny, by=("crime_type",)).frame
    rows = {row["crime_type"]: row for row in frame.iter_rows(named=True)}
    # 1,000 pounds a burglary, prices 1.5 (1 to 2) times those of the cost.
    expected = [0.396, 0.594, 0.792]
    assert [rows["Burglary"][each] for each in _FIGURES] == pytest.approx(expected)
    assert rows["Shoplifting"]["marker"] == "[x]"


def test_a_missing_month_gives_no_figure(tiny: Warehouse) -> None:
    gap = Choice(first_month=date(2025, 1, 1), last_month=date(2025, 12, 1))
    for metric in (HARM, COST):
        frame = evaluate(metric, gap, warehouse=tiny, by=("area_code",)).frame
        assert frame["value"].null_count() == frame.height
        assert set(frame["marker"]) <= {"[x]", "[z]"}


def test_a_weight_that_is_tried_changes_the_score(tiny: Warehouse) -> None:
    tried = Choice(assumptions=(("SEVERITY_BURGLARY", 40.0),))
    result = evaluate(HARM, tried, warehouse=tiny, by=("area_code",))
    values = dict(result.frame.select("area_code", "value").iter_rows())
    assert values[REDDITCH] == pytest.approx(400)
    assert "TRIED" in set(result.frame["status"])
