"""The grid: every cell of the menu stands in it, with what is known before anyone is counted."""

from datetime import date
from itertools import product
from typing import Any

import polars as pl
import pytest

from pipelines.counting import count_cells
from pipelines.counting.periods import months_of, periods
from pipelines.protection.index import KEYS
from schemas.measures import MEASURES, WAITS
from schemas.menu.values import SPLIT_CODES
from tests.support.accepted_rows import (
    AS_OF,
    REDDITCH,
    RURAL,
    TREE,
    accepted,
    case,
    referral,
    the,
    update,
)

YEAR = [referral(date(2025, 4, 1)), referral(date(2026, 3, 31))]
CASES = [case(date(2025, 4, 1)), case(date(2026, 3, 31))]


def counted(as_of: date = AS_OF, **tables: Any) -> pl.DataFrame:
    return count_cells(accepted(**tables), as_of=as_of, areas=TREE, rural=RURAL)


def test_periods_are_whole_and_of_four_kinds() -> None:
    found = periods(date(2025, 2, 1), date(2026, 3, 1))
    by_kind = {
        kind: found.filter(pl.col("period_type") == kind).drop("period_type").rows()
        for kind in ("quarter", "year_to_date", "year")
    }
    first, last = date(2025, 4, 1), date(2026, 3, 1)
    assert found.filter(pl.col("period_type") == "month").height == 14
    assert by_kind == {
        "quarter": [
            (first, date(2025, 6, 1)),
            (date(2025, 7, 1), date(2025, 9, 1)),
            (date(2025, 10, 1), date(2025, 12, 1)),
            (date(2026, 1, 1), last),
        ],
        "year_to_date": [(first, date(2025, 9, 1)), (first, date(2025, 12, 1))],
        "year": [(first, last)],
    }


def test_a_period_is_made_of_its_months() -> None:
    found = months_of(periods(date(2025, 4, 1), date(2025, 6, 1)))
    quarter = found.filter(pl.col("period_type") == "quarter")
    assert quarter["month"].to_list() == [date(2025, month, 1) for month in (4, 5, 6)]


def test_every_combination_of_the_menu_has_one_cell() -> None:
    cells = counted(referrals=YEAR, code_cases=CASES)
    services = {"provider_id": ("P1", "P2"), "service_id": ("S1", "S2", "S3")}
    values = {split: tuple(codes) for split, codes in SPLIT_CODES.items()} | services
    places = {"force": 1, "partnership": 1, "district": 5}
    span = periods(date(2025, 4, 1), date(2026, 3, 1))
    lengths = dict(span.group_by("period_type").len().iter_rows())
    settled = [each for each in MEASURES if each.table in ("referrals", "code_cases")]
    for measure in (each for each in settled if not each.settles):
        allowed = values | dict(measure.only)
        expected = sum(
            len(list(product(*(allowed[split] for split in view.splits))))
            * sum(places[area] * lengths[period] for area, period in view.levels)
            for view in measure.views
        )
        assert cells.filter(pl.col("measure") == measure.key).height == expected, measure.key
    assert cells.select(KEYS).is_unique().all()
    assert not cells.null_count().sum_horizontal().sum()


def test_sources_without_rows_have_no_cells() -> None:
    assert set(counted(code_cases=CASES)["measure"]) == {
        each.key for each in MEASURES if each.table == "code_cases"
    }
    assert counted().is_empty()


@pytest.mark.parametrize(
    ("as_of", "last"), [(date(2026, 3, 31), date(2026, 2, 1)), (date(2026, 4, 1), date(2026, 3, 1))]
)
def test_the_grid_ends_with_the_last_whole_month(as_of: date, last: date) -> None:
    assert counted(as_of, code_cases=CASES)["last_month"].max() == last


def test_a_month_without_rows_between_others_counts_nobody() -> None:
    assert the(counted(code_cases=CASES), "code_victims", date(2025, 9, 1)) == 0


def test_a_service_that_left_the_directory_keeps_its_cells() -> None:
    gone = referral(date(2025, 5, 5), service_id="S9", provider_id="P9")
    cells = counted(referrals=[*YEAR, gone])
    year = (date(2025, 4, 1), date(2026, 3, 1))
    assert the(cells, "referrals", *year, service_id="S9") == 1
    assert the(cells, "referrals", *year, provider_id="P9") == 1


def service(**fields: Any) -> list[dict[str, Any]]:
    other = {"service_id": "S2", "provider_id": "P1", "contract_start": date(2020, 4, 1)}
    return [{"service_id": "S1", "provider_id": "P1"} | fields, other]


def structural(cells: pl.DataFrame, measure: str, quarter: date, **splits: str) -> bool:
    last = pl.select(pl.lit(quarter).dt.offset_by("2mo")).item()
    found: bool = the(cells, measure, quarter, last, column="is_structural", **splits)
    return found


def test_a_service_cannot_receive_anyone_before_its_contract_or_after_the_days_of_grace() -> None:
    # Ends on 30 June; ninety days later it is 28 September.
    terms = {"contract_start": date(2025, 5, 10), "contract_end": date(2025, 6, 30)}
    rows = [{**each, "service_id": "S2"} for each in YEAR]
    cells = counted(referrals=rows, services=service(**terms))
    quarters = [date(2025, 4, 1), date(2025, 7, 1), date(2025, 10, 1)]
    found = [structural(cells, "referrals", each, service_id="S1") for each in quarters]
    assert found == [False, False, True]
    assert not structural(cells, "people_supported", quarters[2], service_id="S1")
    assert not structural(cells, "referrals", quarters[2], provider_id="P1")
    later = {"contract_start": date(2025, 7, 1)}
    cells = counted(referrals=rows, services=service(**later))
    assert structural(cells, "referrals", quarters[0], service_id="S1")
    assert not structural(cells, "referrals", quarters[1], service_id="S1")


def test_rows_of_an_earlier_contract_widen_what_is_possible() -> None:
    terms = {"contract_start": date(2025, 10, 1)}
    cells = counted(referrals=YEAR, services=service(**terms))
    assert not structural(cells, "referrals", date(2025, 7, 1), service_id="S1")


def test_updates_cannot_be_due_where_no_standard_names_event_and_agency() -> None:
    updates = [update(date(2025, 4, 1)), update(date(2025, 6, 30))]
    cells = counted(case_updates=updates)
    quarter = date(2025, 4, 1)
    assert not structural(cells, "key_event_due", quarter, event="ARREST")
    assert structural(cells, "key_event_due", quarter, event="BAIL")
    assert not structural(cells, "key_event_due", quarter, owner="POLICE")
    assert structural(cells, "key_event_due", quarter, owner="WCU")
    assert not structural(cells, "hearing_due", quarter, owner="WCU")
    without = counted(case_updates=updates, ref_code_standard=[])
    assert not without["is_structural"].any(), "nothing is known without standards"


def test_nothing_else_is_impossible() -> None:
    cells = counted(referrals=YEAR, code_cases=CASES)
    assert not cells["is_structural"].any()


def test_very_small_groups_are_rare_but_for_the_force_and_a_year() -> None:
    refuge = {"service_id": "S3", "provider_id": "P2", "support_types": ["ACCOMMODATION"]}
    cells = counted(
        referrals=YEAR,
        services=[*service(support_types=["EMOTIONAL"]), refuge],
        service_groups=[
            {"service_id": "S2", "crime_group": "HOMICIDE"},
            {"service_id": "S1", "crime_group": "HOMICIDE"},
            {"service_id": "S1", "crime_group": "DA"},
        ],
    )
    rare = cells.filter("is_rare")
    named = {tuple(row) for row in rare.select("split_1", "value_1").iter_rows()}
    assert named == {
        ("crime_group", "HOMICIDE"),
        ("crime_group", "FGM_HBA"),
        ("provider_id", "P2"),
        ("service_id", "S2"),
        ("service_id", "S3"),
    }
    assert rare.filter(pl.col("area_type") == "force", pl.col("period_type") == "year").is_empty()
    district = the(
        cells,
        "referrals",
        date(2025, 4, 1),
        date(2026, 3, 1),
        area=REDDITCH,
        column="is_rare",
        crime_group="HOMICIDE",
    )
    assert district


def test_what_mirrors_a_measure_has_no_view_that_this_has_not() -> None:
    levels = {(each.key, view.splits): view.levels for each in MEASURES for view in each.views}
    twins = [(each.mirrors, view) for each in MEASURES if each.mirrors for view in each.views]
    assert twins
    for mirror, view in twins:
        assert set(view.levels) <= set(levels[(mirror, view.splits)])


def test_the_menu_holds_together() -> None:
    measures = {each.key: each for each in MEASURES}
    views = [(each.key, view) for each in MEASURES for view in each.views]
    views += [(each.key, view) for each in WAITS for view in each.views]
    levels = {(key, view.splits): set(view.levels) for key, view in views}
    for (key, splits), held in levels.items():
        measure = measures.get(key)
        for split in splits:
            assert (key, (split,)) in levels, "a view of two splits needs a view of each"
        if splits:
            assert held <= levels[key, ()], "a view with splits needs the view without them"
        if measure and measure.part_of and (measure.part_of, splits) in levels:
            assert held <= levels[measure.part_of, splits], f"{key} lacks its whole"
        if measure and measure.part_of:
            places = [each.key for each in MEASURES]
            assert places.index(measure.part_of) < places.index(key)
    assert len(measures) == len(MEASURES)
    for wait in WAITS:
        for view in wait.views:
            assert set(view.levels) <= levels[wait.people, view.splits]
