"""What is counted held against what is estimated or resident: each figure worked out by hand.

Estimated victims of the tiny version: domestic abuse 3,000 (1,500 to 6,000), sexual assault 366.7,
stalking 600, harassment 1,200, burglary 1,200, other theft 600, fraud 3,600: 10,566.7 in all.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest

from dashboard.errors import UnknownChoice
from dashboard.metrics.evaluate import evaluate
from dashboard.metrics.metric import Choice, Metric
from dashboard.metrics.needs import (
    ESTIMATE_SHARE,
    REPORTED_TO_ESTIMATE,
    REPRESENTATION,
    SHARE_RATIO,
    TAKE_UP,
)
from dashboard.metrics.statistics import wilson_limits
from dashboard.warehouse import Warehouse, open_warehouse
from schemas.codes import VERY_FEW
from tests.support.tiny_cells import cell
from tests.support.tiny_warehouse import BROMSGROVE, HOME, REDDITCH, write_version

Row = dict[str, float | str | None]

_CELLS = [
    cell("people_supported", HOME, 600),
    cell("people_supported", HOME, 120, "crime_group", "DA"),
    cell("people_supported", HOME, None, "crime_group", "STALK"),
    cell("people_supported", HOME, 40, "crime_group", "MSHT"),
    cell("people_supported", HOME, 150, "priority_flag", "DA"),
    cell("people_supported", BROMSGROVE, 20, "priority_flag", "DA"),
    cell("people_supported", REDDITCH, None, "priority_flag", "DA"),
    cell("people_supported", "OUT", 10, "priority_flag", "DA"),
    cell("people_supported", HOME, 400, "sex", "F"),
    cell("people_supported", HOME, None, "sex", "M", marker=VERY_FEW),
    cell("people_supported", HOME, 30, "sex", "NK"),
    cell("referrals", HOME, 1200),
    cell("referrals", HOME, 300, "priority_flag", "DA"),
    cell("referrals", HOME, None, "priority_flag", "STALK"),
    cell("referrals", HOME, 60, "priority_flag", "LD"),
]


@pytest.fixture(scope="module")
def helped(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Warehouse]:
    """The tiny version with people who came for help."""
    folder = tmp_path_factory.mktemp("helped")
    write_version(folder, cells=_CELLS)
    warehouse = open_warehouse(folder)
    yield warehouse
    warehouse.close()


def found(
    warehouse: Warehouse, metric: Metric, *by: str, choice: Choice | None = None
) -> dict[str, Row]:
    """Return the rows of a result by the last of the breakdowns."""
    frame = evaluate(metric, choice or Choice(), warehouse=warehouse, by=by).frame
    return {str(row[by[-1]]): row for row in frame.iter_rows(named=True)}


def figures(row: Row) -> tuple[float | str | None, ...]:
    return row["lower"], row["value"], row["upper"]


def test_take_up_is_people_supported_over_the_estimated_need(helped: Warehouse) -> None:
    abuse = found(helped, TAKE_UP, "crime_group")["DA"]
    # 120 of 1,200 in need (300 to 3,000): the low share comes from the high need.
    assert figures(abuse) == pytest.approx((4, 10, 40))
    assert (abuse["numerator"], abuse["denominator"]) == pytest.approx((120, 1_200))


def test_a_hidden_count_stays_hidden_and_no_estimate_is_not_available(helped: Warehouse) -> None:
    by_group = found(helped, TAKE_UP, "crime_group")
    assert (by_group["STALK"]["value"], by_group["STALK"]["marker"]) == (None, "[c]")
    assert (by_group["MSHT"]["value"], by_group["MSHT"]["marker"]) == (None, "[x]")


def test_take_up_of_one_priority_group_by_district(helped: Warehouse) -> None:
    abuse = replace(TAKE_UP, key="one", of=(("priority_flag", "DA"),))
    by_area = found(helped, abuse, "area_code")
    # Bromsgrove: 10,000 × 10% × 40% are 400 in need. Who lives outside has no residents.
    assert by_area[BROMSGROVE]["value"] == pytest.approx(5)
    assert by_area[REDDITCH]["marker"] == "[c]"
    assert set(by_area) == {BROMSGROVE, REDDITCH}


def test_what_is_not_published_is_said_and_not_raised(helped: Warehouse) -> None:
    both = Choice(areas=(BROMSGROVE, REDDITCH))
    result = evaluate(TAKE_UP, both, warehouse=helped, by=("priority_flag",))
    assert set(result.frame["marker"]) == {"[x]"}
    assert any("never summed" in note for note in result.notes)


def test_other_months_take_the_nearest_published_year(helped: Warehouse) -> None:
    months = Choice(first_month=date(2025, 9, 1), last_month=date(2026, 8, 1))
    result = evaluate(TAKE_UP, months, warehouse=helped, by=("crime_group",))
    assert result.period.last_month == date(2026, 9, 1)


def test_recorded_against_estimate_is_for_types_of_their_own(tiny: Warehouse) -> None:
    by_group = found(tiny, REPORTED_TO_ESTIMATE, "crime_group")
    # Shoplifting: 5 a month four times, 9 a month eight times, of 600 (300 to 1,200).
    assert figures(by_group["THEFT_OTH"]) == pytest.approx((9200 / 1200, 9200 / 600, 9200 / 300))
    for code in ("DA", "RASSO", "STALK", "BURG_RES", "FRAUD"):
        assert (by_group[code]["value"], by_group[code]["marker"]) == (None, "[x]")


def test_recorded_against_estimate_of_one_crime_by_district(tiny: Warehouse) -> None:
    theft = replace(REPORTED_TO_ESTIMATE, key="one", of=(("crime_group", "THEFT_OTH"),))
    by_area = found(tiny, theft, "area_code")
    assert by_area[BROMSGROVE]["value"] == pytest.approx(100 * 92 / 200)
    assert by_area[REDDITCH]["value"] == 0


def test_recorded_against_estimate_is_of_a_year_whatever_the_months(tiny: Warehouse) -> None:
    half = Choice(first_month=date(2026, 4, 1), last_month=date(2026, 9, 1))
    by_group = found(tiny, REPORTED_TO_ESTIMATE, "crime_group", choice=half)
    assert by_group["THEFT_OTH"]["value"] == pytest.approx(100 * 9 * 12 / 600)
    gap = Choice(first_month=date(2025, 1, 1), last_month=date(2025, 12, 1))
    missing = found(tiny, REPORTED_TO_ESTIMATE, "crime_group", choice=gap)["THEFT_OTH"]
    assert (missing["value"], missing["marker"]) == (None, "[x]")


def test_the_share_of_the_estimate_is_among_all_crimes_that_have_one(tiny: Warehouse) -> None:
    by_flag = found(tiny, ESTIMATE_SHARE, "priority_flag")
    # Low: 1,500 beside the highs of the others, 14,950. High: 6,000 beside their lows, 3,783.3.
    expected = (100 * 1500 / 16450, 100 * 3000 / 10566.667, 100 * 6000 / 9783.333)
    assert figures(by_flag["DA"]) == pytest.approx(expected)
    assert by_flag["LD"]["marker"] == "[x]"


def test_a_group_is_missing_where_its_share_of_referrals_is_below_that_of_the_estimate(
    helped: Warehouse,
) -> None:
    by_flag = found(helped, SHARE_RATIO, "priority_flag")
    least, share, most = (100 * 1500 / 16450, 100 * 3000 / 10566.667, 100 * 6000 / 9783.333)
    low, high = wilson_limits([300], [1200])
    expected = (100 * low[0] / most, 25 / share, 100 * high[0] / least)
    assert figures(by_flag["DA"]) == pytest.approx(expected)
    assert by_flag["STALK"]["marker"] == "[c]"
    assert by_flag["LD"]["marker"] == "[x]"


def test_people_supported_are_held_against_residents_and_unknowns_stand_apart(
    helped: Warehouse,
) -> None:
    by_sex = found(helped, REPRESENTATION, "sex")
    # 400 of 600, and 22,000 of 36,000 residents.
    assert by_sex["F"]["value"] == pytest.approx((400 / 600) / (22 / 36))
    assert (by_sex["M"]["value"], by_sex["M"]["marker"]) == (None, "at most 0.05 times")
    assert (by_sex["NK"]["value"], by_sex["NK"]["marker"]) == (None, "[z]")


def test_representation_is_by_one_characteristic(helped: Warehouse) -> None:
    with pytest.raises(UnknownChoice, match="Break down by one of"):
        evaluate(REPRESENTATION, Choice(), warehouse=helped, by=("sex", "age_band"))
