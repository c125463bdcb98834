"""Figures worked out by hand from the tiny published file."""

from datetime import date

import polars as pl
import pytest

from dashboard.errors import UnknownChoice
from dashboard.metrics.catalogue import metric
from dashboard.metrics.evaluate import evaluate
from dashboard.metrics.metric import Choice, Result
from dashboard.warehouse import Warehouse
from schemas.codes import ANTISOCIAL_BEHAVIOUR
from tests.support.tiny_warehouse import BROMSGROVE, GAP, NORTH, OTHER, REDDITCH

YEAR = Choice(first_month=date(2025, 10, 1), last_month=date(2026, 9, 1))
QUARTER = Choice(first_month=date(2026, 7, 1), last_month=date(2026, 9, 1))
ACROSS_GAP = Choice(first_month=date(2025, 1, 1), last_month=date(2025, 3, 1))
SHOPLIFTING = 4 * 5 + 8 * 9


def ask(warehouse: Warehouse, key: str, choice: Choice = YEAR, *by: str) -> Result:
    return evaluate(metric(key), choice, warehouse=warehouse, by=by)


def column(result: Result, name: str) -> dict[object, object]:
    """One column of a result by its key columns."""
    keys = result.frame.select(result.by).rows()
    return {
        key if len(key) > 1 else key[0]: value
        for key, value in zip(keys, result.frame[name].to_list(), strict=True)
    }


def test_force_total_keeps_rows_without_place_and_leaves_antisocial_behaviour_out(
    tiny: Warehouse,
) -> None:
    result = ask(tiny, "recorded_crime")
    assert result.frame["numerator"].item() == 12 * (10 + 20 + 2 + 1) + SHOPLIFTING
    assert result.frame["value"].item() == result.frame["numerator"].item()


def test_districts_and_places_without_district(tiny: Warehouse) -> None:
    result = ask(tiny, "recorded_crime", YEAR, "area_code")
    expected = {BROMSGROVE: 120 + SHOPLIFTING, REDDITCH: 240, "OUTSIDE": 12, "NONE": 24}
    assert column(result, "numerator") == expected
    assert result.names[BROMSGROVE] == "Bromsgrove"
    assert result.names["NONE"] == "No location recorded"


def test_rate_is_per_thousand_residents_a_year(tiny: Warehouse) -> None:
    result = ask(tiny, "recorded_crime_rate", YEAR, "area_code")
    assert column(result, "value") == {
        BROMSGROVE: pytest.approx(1000 * (120 + SHOPLIFTING) / 12_000),
        REDDITCH: pytest.approx(10.0),
        "OUTSIDE": None,
        "NONE": None,
    }
    assert column(result, "marker")["NONE"] == "[z]"


def test_quarter_is_scaled_to_a_year_and_says_so(tiny: Warehouse) -> None:
    result = ask(tiny, "recorded_crime_rate", QUARTER, "area_code")
    assert column(result, "denominator")[REDDITCH] == 24_000 * 3 / 12
    assert column(result, "value")[REDDITCH] == pytest.approx(10.0)
    assert "Rates are for a year: 3 months scaled to twelve." in result.notes


def test_rate_limits_are_byars_from_ten(tiny: Warehouse) -> None:
    row = ask(tiny, "recorded_crime_rate", YEAR, "area_code").frame.row(1, named=True)
    assert row["area_code"] == REDDITCH
    lower = 240 * (1 - 1 / (9 * 240) - 1.959964 / (3 * 240**0.5)) ** 3
    upper = 241 * (1 - 1 / (9 * 241) + 1.959964 / (3 * 241**0.5)) ** 3
    assert row["lower"] == pytest.approx(1000 * lower / 24_000, rel=1e-6)
    assert row["upper"] == pytest.approx(1000 * upper / 24_000, rel=1e-6)


def test_force_average_is_sum_over_sum(tiny: Warehouse) -> None:
    result = ask(tiny, "recorded_crime_rate", Choice(**{**vars(YEAR), "areas": (NORTH,)}))
    assert result.frame["denominator"].item() == 36_000
    assert result.frame["numerator"].item() == 360 + SHOPLIFTING


def test_every_force_by_force_code_with_its_basis(tiny: Warehouse) -> None:
    result = ask(tiny, "recorded_crime_rate", YEAR, "force_code")
    assert column(result, "value")[OTHER] == pytest.approx(1000 * 103 * 12 / 100_000)
    assert any("mid-2020 estimate" in note for note in result.notes)


def test_combinations_without_rows_are_zero(tiny: Warehouse) -> None:
    result = ask(tiny, "recorded_crime", QUARTER, "month", "area_code", "crime_type")
    assert result.frame.height == 3 * 4 * 13
    assert column(result, "value")[(date(2026, 8, 1), REDDITCH, "Shoplifting")] == 0
    assert set(result.frame["marker"]) == {""}


def test_small_areas_are_completed_and_empty_ones_have_no_rate(tiny: Warehouse) -> None:
    result = ask(tiny, "recorded_crime_rate", YEAR, "small_area_code")
    assert column(result, "numerator")["E01000004"] == 0
    assert column(result, "marker")["E01000004"] == "[z]"
    assert any("have no location" in note for note in result.notes)


def test_missing_month_is_not_zero(tiny: Warehouse) -> None:
    result = ask(tiny, "recorded_crime", ACROSS_GAP, "month")
    assert column(result, "value") == {date(2025, 1, 1): 38.0, GAP: None, date(2025, 3, 1): 38.0}
    assert column(result, "marker")[GAP] == "[x]"


def test_period_with_a_missing_month_has_no_figure_and_names_it(tiny: Warehouse) -> None:
    result = ask(tiny, "recorded_crime", ACROSS_GAP)
    row = result.frame.row(0, named=True)
    assert row == dict.fromkeys(row) | {"marker": "[x]"}
    assert result.period.missing == (GAP,)
    assert result.notes[0].startswith("Not supplied for West Mercia: February 2025.")


def test_missing_month_of_one_force_leaves_the_others(tiny: Warehouse) -> None:
    markers = column(ask(tiny, "recorded_crime", ACROSS_GAP, "force_code"), "marker")
    assert markers == {"E23000016": "[x]", OTHER: ""}


def test_antisocial_behaviour_is_its_own_measure(tiny: Warehouse) -> None:
    assert ask(tiny, "antisocial_behaviour").frame["value"].item() == 12 * 10
    chosen = Choice(**{**vars(YEAR), "crime_types": (ANTISOCIAL_BEHAVIOUR,)})
    result = ask(tiny, "recorded_crime", chosen)
    assert result.frame["marker"].item() == "[z]"
    assert any("is not crime" in note for note in result.notes)


def test_share_without_location_is_of_all_rows(tiny: Warehouse) -> None:
    result = ask(tiny, "crime_without_location", QUARTER, "month")
    assert result.frame["numerator"].to_list() == [2, 2, 2]
    assert result.frame["denominator"].to_list() == [52.0, 52.0, 52.0]
    assert result.frame["value"][0] == pytest.approx(100 * 2 / 52)


def test_outcome_shares_add_up_to_a_hundred(tiny: Warehouse) -> None:
    result = ask(tiny, "outcome_share", YEAR, "area_code", "outcome_group")
    totals = result.frame.group_by("area_code").agg(pl.col("value").sum())
    assert totals["value"].to_list() == pytest.approx([100.0] * 4)
    shares = column(result, "value")
    charged = 100 * 24 / (120 + SHOPLIFTING)
    assert shares[(BROMSGROVE, "Charged or sent to court")] == pytest.approx(charged)


def test_unable_to_prosecute_leaves_open_cases_out(tiny: Warehouse) -> None:
    result = ask(tiny, "unable_to_prosecute", YEAR, "area_code")
    share = 100 * 60 / (120 + SHOPLIFTING - 36)
    assert column(result, "value")[BROMSGROVE] == pytest.approx(share)


def test_rural_and_urban_rates(tiny: Warehouse) -> None:
    result = ask(tiny, "rural_urban_rate")
    assert column(result, "value") == {
        "Rural": pytest.approx(1000 * 48 / 4_000),
        "Urban": pytest.approx(1000 * (72 + SHOPLIFTING + 240) / 32_000),
    }
    chosen = Choice(**{**vars(YEAR), "crime_types": (ANTISOCIAL_BEHAVIOUR,)})
    assert column(ask(tiny, "rural_urban_rate", chosen), "numerator") == {"Rural": 48, "Urban": 72}


def test_hexagons_are_listed_as_counted(tiny: Warehouse) -> None:
    result = ask(tiny, "recorded_crime", YEAR, "hexagon")
    assert column(result, "value")["88E01000003"] == 240


def test_default_period_is_the_latest_twelve_months(tiny: Warehouse) -> None:
    period = ask(tiny, "recorded_crime", Choice()).period
    assert (period.first_month, period.last_month) == (YEAR.first_month, YEAR.last_month)


@pytest.mark.parametrize(
    ("choice", "by", "words"),
    [
        (Choice(areas=("E99999999",)), (), "no area with the code 'E99999999'"),
        (Choice(crime_types=("Fraud",)), (), "no crime type 'Fraud'"),
        (YEAR, ("colour",), "cannot be broken down by 'colour'"),
        (YEAR, ("month", "month"), "named twice"),
        (YEAR, ("hexagon", "small_area_code"), "cannot be crossed"),
        (Choice(areas=(OTHER,)), ("hexagon",), "home force only"),
        (Choice(first_month=date(2026, 2, 1), last_month=date(2026, 1, 1)), (), "is after"),
    ],
)
def test_what_does_not_exist_is_said(
    tiny: Warehouse, choice: Choice, by: tuple[str, ...], words: str
) -> None:
    with pytest.raises(UnknownChoice, match=words):
        ask(tiny, "recorded_crime", choice, *by)


def test_value_follows_from_numerator_and_denominator_everywhere(tiny: Warehouse) -> None:
    for key in ("recorded_crime_rate", "outcome_share", "crime_without_location"):
        result = ask(tiny, key, YEAR, "month", "crime_type")
        known = result.frame.drop_nulls("value")
        quotient = result.metric.per * known["numerator"] / known["denominator"]
        assert known["value"].to_list() == pytest.approx(quotient.to_list())
        assert ((known["lower"] <= known["value"]) & (known["value"] <= known["upper"])).all()
