"""Need, access, need per place, unmet need and reach, worked out by hand from `tiny_gap.py`."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from dashboard.charts.comparisons import bars
from dashboard.errors import UnknownChoice
from dashboard.metrics.access_hexagons import hexagons
from dashboard.metrics.assumptions import Range
from dashboard.metrics.evaluate import evaluate
from dashboard.metrics.gap_map import (
    ACCESS,
    BEYOND_REACH,
    MODELLED_NEED,
    NEED_PER_PLACE,
    UNMET_NEED,
)
from dashboard.metrics.metric import Choice, Metric, Result
from dashboard.metrics.needs import TAKE_UP, about
from dashboard.metrics.unmet import unmet
from dashboard.warehouse import Warehouse, open_warehouse
from tests.support.tiny_cells import cell
from tests.support.tiny_directory import remove_directory
from tests.support.tiny_gap import add_gap
from tests.support.tiny_warehouse import BROMSGROVE, HOME, OTHER, REDDITCH, write_version

SOUTH, NORTH = "E01000001", "E01000002"
EACH = 100 / (400 / 3 + 0.68 * (800 / 3 + 800 + 200))
"""What the advocates' office does for each in need beside it."""
HELPLINE = 500 * 1200 / (1200 + 36 + 2 / 3 + 60 + 120 + 60 + 120 + 360)
_CELLS = [
    cell("people_supported", HOME, 900),
    cell("people_supported", REDDITCH, 90),
    cell("people_supported", HOME, 400, "crime_group", "DA"),
    cell("people_supported", HOME, None, "crime_group", "STALK"),
    cell("people_supported", BROMSGROVE, 20, "crime_group", "DA"),
    cell("people_supported", REDDITCH, None, "crime_group", "DA"),
]


@pytest.fixture(scope="module")
def gap(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Warehouse]:
    data_dir = tmp_path_factory.mktemp("gap_metrics")
    add_gap(write_version(data_dir, cells=_CELLS))
    warehouse = open_warehouse(data_dir)
    yield warehouse
    warehouse.close()


def of(metric: Metric, crime: str = "DA") -> Metric:
    return about(metric, "crime_group", crime)


def ask(warehouse: Warehouse, metric: Metric, *by: str, choice: Choice | None = None) -> Result:
    return evaluate(metric, choice or Choice(), warehouse=warehouse, by=by)


def rows(result: Result) -> Mapping[str, dict[str, Any]]:
    """The rows of a result by the last of its breakdowns."""
    return {row[result.by[-1]]: row for row in result.frame.iter_rows(named=True)}


def figures(row: Mapping[str, Any]) -> tuple[Any, Any, Any]:
    return row["lower"], row["value"], row["upper"]


# Modelled need


def test_modelled_need_is_shared_out_by_residents(gap: Warehouse) -> None:
    by_place = rows(ask(gap, of(MODELLED_NEED), "small_area_code"))
    assert figures(by_place[SOUTH]) == pytest.approx((100 / 3, 400 / 3, 1000 / 3))
    assert by_place["E01000004"]["value"] == 0
    by_district = rows(ask(gap, of(MODELLED_NEED), "area_code"))
    assert figures(by_district[REDDITCH]) == pytest.approx((200, 800, 2000))


def test_by_hexagon_nobody_in_need_is_lost(gap: Warehouse) -> None:
    by_hexagon = ask(gap, of(MODELLED_NEED), "hexagon_wide")
    assert by_hexagon.frame["value"].sum() == pytest.approx(1200)
    parts = hexagons(gap)
    held = parts.group_by("small_area_code").agg(pl.sum("part"))
    assert held["part"].to_list() == pytest.approx([1.0] * 4)


def test_a_group_without_an_estimate_has_none_anywhere(gap: Warehouse) -> None:
    for metric in (MODELLED_NEED, ACCESS, NEED_PER_PLACE):
        frame = ask(gap, of(metric, "RURAL"), "area_code").frame
        assert set(frame["marker"]) == {"[x]"}
        assert frame["value"].null_count() == frame.height


# Access


def test_access_of_small_areas(gap: Warehouse) -> None:
    by_place = rows(ask(gap, of(ACCESS), "small_area_code"))
    assert by_place[SOUTH]["value"] == pytest.approx(1000 * EACH)
    assert by_place[NORTH]["value"] == pytest.approx(680 * EACH)
    # Of a place with nobody in need nothing can be said.
    assert (by_place["E01000004"]["value"], by_place["E01000004"]["marker"]) == (None, "[z]")


def test_access_of_districts_is_what_comes_to_all_over_all_in_need(gap: Warehouse) -> None:
    by_district = rows(ask(gap, of(ACCESS), "area_code"))
    comes = EACH * (400 / 3 + 0.68 * 800 / 3)
    assert by_district[BROMSGROVE]["numerator"] == pytest.approx(comes)
    expected = (1000 * comes / 1000, 1000 * comes / 400, 1000 * comes / 100)
    assert figures(by_district[BROMSGROVE]) == pytest.approx(expected)
    assert by_district[REDDITCH]["value"] == pytest.approx(1000 * (0.68 * EACH + 36 / 800))


def test_what_goes_beyond_the_border_is_said_and_can_be_left_out(gap: Warehouse) -> None:
    whole = ask(gap, of(ACCESS), "force_code")
    (row,) = whole.frame.iter_rows(named=True)
    beyond = EACH * 0.68 * 200
    assert row["numerator"] == pytest.approx(136 - beyond)
    assert any(
        f"{beyond / 136:.0%} of what these can do goes there" in each for each in whole.notes
    )
    without = Choice(assumptions=(("TRAVEL_BORDER", 0.0),))
    (alone,) = ask(gap, of(ACCESS), "force_code", choice=without).frame.iter_rows(named=True)
    assert alone["numerator"] == pytest.approx(136)


def test_where_nothing_is_within_reach_there_is_no_score_and_not_zero(gap: Warehouse) -> None:
    result = ask(gap, of(ACCESS, "RASSO"), "area_code")
    assert set(result.frame["marker"]) == {"[z]"}
    assert result.frame["value"].null_count() == result.frame.height
    assert any("not a score of zero" in note for note in result.notes)


def test_by_group_each_has_rows_and_without_one_it_is_the_combined_measure(
    gap: Warehouse,
) -> None:
    by_crime = rows(ask(gap, ACCESS, "crime_group"))
    assert by_crime["DA"]["value"] == pytest.approx(1000 * (136 - EACH * 136) / 1200)
    # The tiny version assumes nothing of how many of all these people need support.
    assert set(ask(gap, ACCESS, "area_code").frame["marker"]) == {"[x]"}


def test_groups_are_not_crossed_and_other_forces_have_none(gap: Warehouse) -> None:
    with pytest.raises(UnknownChoice, match="one is made of the other"):
        ask(gap, ACCESS, "crime_group", "priority_flag")
    with pytest.raises(UnknownChoice, match="home force"):
        ask(gap, of(ACCESS), "area_code", choice=Choice(areas=(OTHER,)))


# Need per place


def test_need_per_place_shares_services_by_need_in_whatever_way_they_help(gap: Warehouse) -> None:
    by_district = rows(ask(gap, of(NEED_PER_PLACE), "area_code"))
    can_help = (100 + HELPLINE) / 3 + 30
    expected = (100 / can_help, 400 / can_help, 1000 / can_help)
    assert figures(by_district[BROMSGROVE]) == pytest.approx(expected)
    assert by_district[REDDITCH]["value"] == pytest.approx(800 / ((100 + HELPLINE) * 2 / 3 + 60))
    (whole,) = ask(gap, of(NEED_PER_PLACE), "force_code").frame.iter_rows(named=True)
    assert whole["value"] == pytest.approx(1200 / (100 + HELPLINE + 30 + 60))


def test_a_service_without_a_stated_capacity_is_named(gap: Warehouse) -> None:
    notes = ask(gap, of(NEED_PER_PLACE), "area_code").notes
    assert "Left out, since the directory states no capacity: Circle." in notes


# Unmet need


def test_unmet_need_is_need_less_people_supported(gap: Warehouse) -> None:
    by_district = rows(ask(gap, of(UNMET_NEED), "area_code"))
    assert figures(by_district[BROMSGROVE]) == pytest.approx((80, 380, 980))
    assert (by_district[BROMSGROVE]["numerator"], by_district[BROMSGROVE]["denominator"]) == (
        20,
        pytest.approx(400),
    )


def test_a_hidden_count_gives_bounds_and_no_central_value(gap: Warehouse) -> None:
    result = ask(gap, of(UNMET_NEED), "area_code")
    redditch = rows(result)[REDDITCH]
    # From nobody to the 90 supported in Redditch for whatever crime, who may be 95 unrounded.
    assert figures(redditch) == (pytest.approx(200 - 95), None, pytest.approx(2000))
    assert (redditch["numerator"], redditch["marker"]) == (None, "[c]")
    assert any("hidden to protect" in note for note in result.notes)


def test_a_range_that_includes_zero_says_so(gap: Warehouse) -> None:
    result = ask(gap, UNMET_NEED, "crime_group")
    abuse = rows(result)["DA"]
    assert figures(abuse) == pytest.approx((300 - 400, 1200 - 400, 3000 - 400))
    assert result.notes[0].startswith("The range includes zero for: Domestic abuse")
    assert rows(result)["RURAL"]["marker"] == "[x]"


@pytest.mark.parametrize("metric", [UNMET_NEED, TAKE_UP])
def test_people_supported_of_every_crime_are_not_held_against_a_few(
    metric: Metric, gap: Warehouse
) -> None:
    with pytest.raises(UnknownChoice, match="one crime group or priority group at a time"):
        ask(gap, metric, "area_code")


def test_unmet_need_stops_at_the_district(gap: Warehouse) -> None:
    with pytest.raises(UnknownChoice, match="cannot be broken down by 'small_area_code'"):
        ask(gap, UNMET_NEED, "small_area_code")
    with pytest.raises(UnknownChoice, match="Choose a district"):
        ask(gap, of(UNMET_NEED), "area_code", choice=Choice(areas=(SOUTH,)))


PEOPLE = st.floats(0, 1e6)
RANGES = st.tuples(PEOPLE, PEOPLE, PEOPLE).map(lambda three: Range(*sorted(three)))


@given(RANGES, RANGES)
def test_low_is_never_above_central_nor_central_above_high(need: Range, supported: Range) -> None:
    left = unmet(need, supported)
    ends = [each for each in (left.low, left.central, left.high) if each is not None]
    assert len(ends) == 3
    assert ends == sorted(ends)


@given(RANGES, PEOPLE, PEOPLE)
def test_supporting_more_people_never_raises_unmet_need(
    need: Range, count: float, more: float
) -> None:
    assume(more > 0)
    before = unmet(need, Range(count, count, count))
    after = unmet(need, Range(*[count + more] * 3))
    pairs = ((after.low, before.low), (after.central, before.central), (after.high, before.high))
    assert all(later is not None and now is not None and later <= now for later, now in pairs)


# Reach


def test_residents_beyond_reach_by_district(gap: Warehouse) -> None:
    result = ask(gap, of(BEYOND_REACH), "area_code")
    by_district = rows(result)
    # The 8,000 in the north of Bromsgrove: 28.9 minutes, and the near office is for Redditch.
    assert by_district[BROMSGROVE]["numerator"] == 8_000
    assert by_district[BROMSGROVE]["value"] == pytest.approx(100 * 8 / 12)
    assert by_district[REDDITCH]["value"] == 0
    assert result.metric.unit == "% of residents, over 20 minutes away (DRAFT)"


def test_each_kind_of_help_stands_with_those_before_it(gap: Warehouse) -> None:
    by_layer = rows(ask(gap, of(BEYOND_REACH, "RASSO"), "help_layer"))
    assert {layer: row["numerator"] for layer, row in by_layer.items()} == {
        "FIXED": 36_000,
        "OUTREACH": 0,
        "REMOTE": 0,
    }
    shorter = Choice(assumptions=(("TRAVEL_LIMIT", 15.0),))
    nearer = rows(ask(gap, of(BEYOND_REACH, "RASSO"), "help_layer", choice=shorter))
    assert nearer["OUTREACH"]["numerator"] == 4_000
    assert nearer["REMOTE"]["numerator"] == 0


def test_kinds_of_help_that_hold_one_another_have_no_average(gap: Warehouse) -> None:
    metric = of(BEYOND_REACH, "RASSO")
    assert bars(ask(gap, metric, "help_layer")).levels == ()
    assert [level.label for level in bars(ask(gap, metric, "area_code")).levels] != []


def test_a_group_for_which_nobody_works_nearby_is_beyond_reach(gap: Warehouse) -> None:
    result = ask(gap, BEYOND_REACH, "crime_group")
    assert rows(result)["RURAL"]["value"] == 100
    assert result.names["RURAL"] == "Farm and rural theft"


def test_without_a_directory_nothing_is_said_of_reach(tmp_path: Path) -> None:
    remove_directory(write_version(tmp_path))
    result = ask(open_warehouse(tmp_path), BEYOND_REACH, "area_code")
    assert set(result.frame["marker"]) == {"[x]"}
    assert any("No running service is listed" in note for note in result.notes)
