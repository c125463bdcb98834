"""Estimated victims and need: every figure is worked out by hand, promises hold for any number."""

from dataclasses import replace

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.errors import UnknownChoice
from dashboard.metrics.assumptions import Range
from dashboard.metrics.evaluate import evaluate
from dashboard.metrics.metric import Choice, Metric
from dashboard.metrics.needs import ESTIMATED_NEED, ESTIMATED_VICTIMS, UNREPORTED
from dashboard.warehouse import Warehouse
from tests.support.tiny_warehouse import BROMSGROVE, HOME, NORTH, OTHER, REDDITCH

Figures = tuple[float | None, float | None, float | None]


def found(
    tiny: Warehouse, metric: Metric, *by: str, choice: Choice | None = None
) -> dict[str, Figures]:
    """Return low, central and high by the last of the breakdowns."""
    result = evaluate(metric, choice or Choice(), warehouse=tiny, by=by)
    rows = result.frame.select(by[-1], "lower", "value", "upper").iter_rows()
    return {code: (low, central, high) for code, low, central, high in rows}


def test_estimated_victims_are_residents_of_the_base_times_the_rate(tiny: Warehouse) -> None:
    by_group = found(tiny, ESTIMATED_VICTIMS, "crime_group")
    # 30,000 people aged 16 and over; 5%, 10%, 20%.
    assert by_group["DA"] == pytest.approx((1_500, 3_000, 6_000))
    # Women: half of 10,000 and two thirds of 20,000 are 18,333.3; 1%, 2%, 3%.
    assert by_group["RASSO"] == pytest.approx((183.33, 366.67, 550), abs=0.01)


def test_fraud_is_incidents_shared_out_by_residents(tiny: Warehouse) -> None:
    # 6 million among 60 million residents is one in ten of 12,000 + 24,000.
    by_group = found(tiny, ESTIMATED_VICTIMS, "crime_group")
    assert by_group["FRAUD"] == pytest.approx((1_800, 3_600, 7_200))


def test_a_group_without_a_rate_is_marked_and_not_zero(tiny: Warehouse) -> None:
    result = evaluate(ESTIMATED_VICTIMS, Choice(), warehouse=tiny, by=("crime_group",))
    marked = result.frame.filter(pl.col("marker") == "[x]")
    # No published estimate; retired; of people that no table counts.
    assert {"MSHT", "VEH", "CSA"} <= set(marked["crime_group"])
    assert marked["value"].null_count() == marked.height
    assert set(marked["status"]) == {""}


def test_without_a_breakdown_it_is_the_combined_measure_and_never_a_sum(tiny: Warehouse) -> None:
    result = evaluate(replace(ESTIMATED_VICTIMS, default_by=()), Choice(), warehouse=tiny)
    assert result.frame["value"].to_list() == pytest.approx([3_600])


def test_a_priority_group_of_several_crimes_has_their_largest_and_at_most_their_sum(
    tiny: Warehouse,
) -> None:
    by_flag = found(tiny, ESTIMATED_VICTIMS, "priority_flag")
    # Stalking 300, 600, 1,200 and harassment 600, 1,200, 2,400: some are victims of both.
    assert by_flag["STALK"] == pytest.approx((600, 1_200, 3_600))
    assert by_flag["DA"] == pytest.approx((1_500, 3_000, 6_000))
    assert by_flag["LD"] == (None, None, None)


def test_one_priority_group_is_asked_for_by_name(tiny: Warehouse) -> None:
    stalking = replace(ESTIMATED_VICTIMS, of=(("priority_flag", "STALK"),))
    by_area = found(tiny, stalking, "area_code")
    assert by_area[BROMSGROVE] == pytest.approx((200, 400, 1_200))
    nobody = replace(ESTIMATED_VICTIMS, of=(("priority_flag", "LD"),))
    assert found(tiny, nobody, "area_code")[BROMSGROVE] == (None, None, None)


def test_one_crime_group_is_asked_for_by_name(tiny: Warehouse) -> None:
    fraud = replace(ESTIMATED_VICTIMS, of=(("crime_group", "FRAUD"),))
    assert found(tiny, fraud, "area_code")[REDDITCH] == pytest.approx((1_200, 2_400, 4_800))


def test_need_is_low_by_low_central_by_central_high_by_high(tiny: Warehouse) -> None:
    by_group = found(tiny, ESTIMATED_NEED, "crime_group")
    # Victims 1,500, 3,000, 6,000; of whom 20%, 40%, 50%.
    assert by_group["DA"] == pytest.approx((300, 1_200, 3_000))
    # Harassment has no share of its own: that of other crime, 10%.
    assert by_group["HARASS"] == pytest.approx((60, 120, 240))


def test_the_status_is_that_of_the_weakest_assumption(tiny: Warehouse) -> None:
    def status(metric: Metric, choice: Choice) -> str:
        result = evaluate(metric, choice, warehouse=tiny, by=("crime_group",))
        return str(result.frame.filter(pl.col("crime_group") == "DA")["status"].item())

    tried = Choice(assumptions=(("PREVALENCE_DA", 20.0),))
    assert status(ESTIMATED_VICTIMS, Choice()) == "AGREED"
    assert status(ESTIMATED_NEED, Choice()) == "DRAFT"
    assert status(ESTIMATED_NEED, tried) == "TRIED"


def test_a_value_that_is_tried_moves_its_range_in_proportion(tiny: Warehouse) -> None:
    tried = Choice(assumptions=(("PREVALENCE_DA", 20.0), ("PREVALENCE_MSHT", 1.0)))
    by_group = found(tiny, ESTIMATED_VICTIMS, "crime_group", choice=tried)
    assert by_group["DA"] == pytest.approx((3_000, 6_000, 12_000))
    assert by_group["MSHT"] == pytest.approx((300, 300, 300))
    result = evaluate(ESTIMATED_VICTIMS, tried, warehouse=tiny, by=("crime_group",))
    assert any("not the agreed value: Assumption PREVALENCE_DA" in note for note in result.notes)


def test_a_value_is_tried_only_for_an_assumption_that_is_in_use(tiny: Warehouse) -> None:
    with pytest.raises(UnknownChoice, match="no assumption 'PREVALENCE_VEH'"):
        evaluate(
            ESTIMATED_VICTIMS,
            Choice(assumptions=(("PREVALENCE_VEH", 5.0),)),
            warehouse=tiny,
            by=("crime_group",),
        )


def test_what_is_not_reported_is_the_rest_of_what_is(tiny: Warehouse) -> None:
    by_group = found(tiny, UNREPORTED, "crime_group")
    assert by_group["DA"] == pytest.approx((60, 80, 90))
    assert by_group["FRAUD"] == (None, 75, None)
    assert by_group["ROB"] == (None, None, None)
    with pytest.raises(UnknownChoice, match="one share for each crime group"):
        evaluate(replace(UNREPORTED, default_by=()), Choice(), warehouse=tiny)


@pytest.mark.parametrize(
    ("code", "said"), [("E01000001", "small areas"), (OTHER, "home force and its parts")]
)
def test_there_is_no_estimate_below_district_or_elsewhere(
    code: str, said: str, tiny: Warehouse
) -> None:
    with pytest.raises(UnknownChoice, match=said):
        evaluate(ESTIMATED_VICTIMS, Choice(areas=(code,)), warehouse=tiny)


def test_crime_groups_and_priority_groups_are_not_crossed(tiny: Warehouse) -> None:
    with pytest.raises(UnknownChoice, match="one is made of the other"):
        evaluate(ESTIMATED_VICTIMS, Choice(), warehouse=tiny, by=("crime_group", "priority_flag"))


@pytest.mark.parametrize("metric", [ESTIMATED_VICTIMS, ESTIMATED_NEED], ids=lambda each: each.key)
@pytest.mark.parametrize("group", ["crime_group", "priority_flag"])
def test_districts_and_partnerships_add_up_to_the_force(
    metric: Metric, group: str, tiny: Warehouse
) -> None:
    whole = found(tiny, metric, group)
    for level in ("area_code", "partnership_code"):
        parts = evaluate(metric, Choice(areas=(HOME,)), warehouse=tiny, by=(level, group)).frame
        for code, figures in whole.items():
            own = parts.filter(pl.col(group) == code)
            sums = [own[each].sum() for each in ("lower", "value", "upper")]
            assert sums == pytest.approx([figure or 0 for figure in figures])


def test_areas_that_are_chosen_are_added_up_once(tiny: Warehouse) -> None:
    twice = Choice(areas=(NORTH, BROMSGROVE))
    assert found(tiny, ESTIMATED_VICTIMS, "crime_group", choice=twice)["DA"][1] == 3_000


# Promises

_PERCENT = st.floats(0.01, 50)
_PLACES = st.lists(st.sampled_from((BROMSGROVE, REDDITCH, NORTH, HOME)), max_size=4).map(tuple)
_ADULTS = {BROMSGROVE: 10_000, REDDITCH: 20_000}


def victims(
    tiny: Warehouse, central: float, places: tuple[str, ...] = ()
) -> dict[str, tuple[float, float, float]]:
    """Return low, central and high of domestic abuse by district, when a rate is tried."""
    choice = Choice(areas=places, assumptions=(("PREVALENCE_DA", central),))
    abuse = replace(ESTIMATED_VICTIMS, of=(("crime_group", "DA"),))
    frame = evaluate(abuse, choice, warehouse=tiny, by=("area_code",)).frame
    columns = frame.select("area_code", "lower", "value", "upper")
    return {area: (low, middle, high) for area, low, middle, high in columns.iter_rows()}


@settings(deadline=None)
@given(central=_PERCENT, places=_PLACES)
def test_victims_are_linear_in_residents_and_in_order_in_every_area(
    central: float, places: tuple[str, ...], tiny: Warehouse
) -> None:
    for area, (low, middle, high) in victims(tiny, central, places).items():
        assert middle == pytest.approx(_ADULTS[area] * central / 100)
        assert low <= middle <= high


@settings(deadline=None)
@given(central=_PERCENT, factor=st.floats(1.001, 10))
def test_victims_grow_with_the_rate(central: float, factor: float, tiny: Warehouse) -> None:
    few, many = victims(tiny, central), victims(tiny, central * factor)
    for area in _ADULTS:
        pairs = zip(few[area], many[area], strict=True)
        assert all(less < more for less, more in pairs)


@given(
    values=st.lists(_PERCENT, min_size=3, max_size=3).map(sorted),
    others=st.lists(_PERCENT, min_size=3, max_size=3).map(sorted),
)
def test_products_and_rests_of_ranges_stay_in_order(
    values: list[float], others: list[float]
) -> None:
    one, other = Range(*values), Range(*others)
    for made in (one.by(other), one.times(0.3), one.rest_of(100)):
        assert made.low is not None
        assert made.central is not None
        assert made.high is not None
        assert made.low <= made.central <= made.high
