"""Every family of metrics about people, worked out by hand on the tiny cells."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from dashboard.errors import UnknownChoice
from dashboard.metrics.catalogue import METRICS, metric
from dashboard.metrics.evaluate import evaluate
from dashboard.metrics.menu import combinations, levels, part_of, whole_splits
from dashboard.metrics.metric import Choice, Metric
from dashboard.warehouse import Warehouse, open_warehouse
from schemas.cells import SPLITS
from schemas.codes import HIDDEN, NEARLY_ALL, VERY_FEW
from schemas.measures import MEASURES, WAITS
from schemas.supplied.contracts import CONTRACTS
from tests.support import declared_cells
from tests.support.tiny_cells import cell
from tests.support.tiny_warehouse import BROMSGROVE, HOME, NORTH, REDDITCH, write_version

ABOUT_PEOPLE = [each for each in METRICS if each.way == "protected"]


@pytest.fixture(scope="module")
def declared_hidden(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Warehouse]:
    """A version in which every cell is hidden."""
    data_dir = tmp_path_factory.mktemp("hidden")
    write_version(
        data_dir,
        cells=declared_cells.counts(None),
        waits=declared_cells.waits(None),
        changes=declared_cells.changes(None),
    )
    warehouse = open_warehouse(data_dir)
    yield warehouse
    warehouse.close()


def _row(key: str, warehouse: Warehouse, area: str = HOME, **part: str) -> dict[str, Any]:
    result = evaluate(metric(key), Choice(areas=(area,)), warehouse=warehouse, by=tuple(part))
    rows = result.frame.to_dicts()
    return next(row for row in rows if part.items() <= row.items())


def _said(row: dict[str, Any]) -> tuple[Any, ...]:
    return row["numerator"], row["denominator"], row["value"], row["marker"]


def test_a_share_is_a_whole_number_from_the_rounded_counts(tiny: Warehouse) -> None:
    row = _row("referral_no_record", tiny)
    assert _said(row) == (100, 500, 20, "")
    assert row["lower"] < 20 < row["upper"]


def test_a_part_that_rounding_made_larger_than_its_whole_is_all_of_it(tmp_path: Path) -> None:
    cells = [cell("referrals", HOME, 100), cell("contacted", HOME, 105)]
    write_version(tmp_path, cells=cells)
    assert _said(_row("step_contacted", open_warehouse(tmp_path))) == (100, 100, 100, "")


def test_a_hidden_cell_has_no_figure(declared_hidden: Warehouse) -> None:
    for each in ABOUT_PEOPLE:
        frame = evaluate(each, Choice(), warehouse=declared_hidden).frame
        assert set(frame["marker"]) == {HIDDEN}, each.key
        assert frame.select("numerator", "value", "lower", "upper").null_count().row(0) == (
            (frame.height,) * 4
        ), each.key


def test_a_whole_that_is_rounded_wider_has_to_be_larger(tmp_path: Path) -> None:
    wide = [(*cell("referrals", HOME, 90)[:-3], 10, False, ""), cell("contacted", HOME, 60)]
    write_version(tmp_path, cells=wide)
    assert _said(_row("step_contacted", open_warehouse(tmp_path))) == (60, 90, None, HIDDEN)


def test_a_share_of_an_empty_kind_is_nothing_and_has_no_marker(tiny: Warehouse) -> None:
    assert _said(_row("ended_before_support", tiny, end_reason="NO_CAPACITY")) == (0, 1200, 0, "")


@pytest.mark.parametrize(
    ("key", "area", "marker", "value"),
    [
        # At most 9 of at least 98 due are missed: at least 90.8 % are on time.
        ("referral_on_time", REDDITCH, NEARLY_ALL, 90),
        # So at most 9 of at least 98 have no record: at most 9.18 %.
        ("referral_no_record", REDDITCH, VERY_FEW, 10),
        # At most 9 of those with a record are late, and these are 98 where all 9 are.
        ("referral_on_time_of_recorded", REDDITCH, NEARLY_ALL, 90),
        # At most 9 of at least 98 due are on time: at most 9.18 %.
        ("referral_on_time", "NK", VERY_FEW, 10),
        # How many are on time, of the 20 with a record, is hidden.
        ("referral_on_time_of_recorded", "NK", HIDDEN, None),
        # At most 9 of at least 18 missed have a record: at least 9 of at most 202 have none, 4.5 %.
        ("referral_no_record", BROMSGROVE, NEARLY_ALL, 4),
        # At least 198 - 22 = 176 are on time and at most 9 late: at least 95.1 %.
        ("referral_on_time_of_recorded", BROMSGROVE, NEARLY_ALL, 95),
        # 45 is fewer than the 50 of which a share is given.
        ("referral_on_time", "OUT", HIDDEN, None),
        ("referral_on_time_of_recorded", "OUT", HIDDEN, None),
        # At most 9 of at least 98 due are late, be they with a record or among few missed.
        ("referral_late", REDDITCH, VERY_FEW, 10),
        # Nearly all of the missed have no record: at most 9 of at least 198 are late, 4.5 %.
        ("referral_late", BROMSGROVE, VERY_FEW, 5),
        ("referral_late", "NK", HIDDEN, None),
        # The whole is hidden.
        ("referral_on_time", NORTH, HIDDEN, None),
        ("referral_no_record", NORTH, HIDDEN, None),
        ("referral_on_time_of_recorded", NORTH, HIDDEN, None),
    ],
)
def test_a_share_is_bounded_or_hidden(
    tiny: Warehouse, key: str, area: str, marker: str, value: float | None
) -> None:
    row = _row(key, tiny, area)
    assert (row["marker"], row["value"]) == (marker, value)
    assert row["lower"] is None


@pytest.mark.parametrize(
    ("key", "area", "said"),
    [
        ("referral_on_time", HOME, (360, 500, 72, "")),
        ("referral_on_time", BROMSGROVE, (180, 200, 90, "")),
        ("referral_late", HOME, (40, 500, 8, "")),
        ("referral_on_time_of_recorded", HOME, (360, 400, 90, "")),
        ("not_from_police", HOME, (500, 1200, 42, "")),
        # 600 - 595 leaves 5, which may be as few as a hidden count.
        ("not_from_police", BROMSGROVE, (None, 600, None, HIDDEN)),
    ],
)
def test_what_is_left_of_a_whole_is_given_where_it_is_not_small(
    tiny: Warehouse, key: str, area: str, said: tuple[Any, ...]
) -> None:
    assert _said(_row(key, tiny, area)) == said


def test_each_part_is_a_share_of_the_undivided_whole(tiny: Warehouse) -> None:
    assert _said(_row("ended_before_support", tiny, end_reason="DECLINED")) == (120, 1200, 10, "")
    hidden = (None, 1200, None, HIDDEN)
    assert _said(_row("ended_before_support", tiny, end_reason="DECEASED")) == hidden
    assert _said(_row("ways_in", tiny, source="SELF")) == (300, 1200, 25, "")
    assert _said(_row("priority_groups", tiny, priority_flag="DA")) == (10, 1200, 1, "")


def test_who_is_supported_is_said_by_one_characteristic_at_a_time(tiny: Warehouse) -> None:
    assert _said(_row("who_is_supported", tiny, sex="F")) == (400, 600, 67, "")
    assert _said(_row("who_is_supported", tiny, sex="NK")) == (None, 600, None, HIDDEN)
    with pytest.raises(UnknownChoice, match="is not published"):
        evaluate(metric("who_is_supported"), Choice(), warehouse=tiny, by=("area_code",))


def test_victims_of_fraud_are_the_people_of_that_crime_group(tiny: Warehouse) -> None:
    assert _said(_row("fraud_victims_supported", tiny)) == (40, None, 40, "")
    by_age = evaluate(metric("CY05"), Choice(), warehouse=tiny, by=("age_band",))
    assert by_age.frame.select("age_band", "value").rows() == [("75+", 15)]


def test_people_waiting_are_counted_at_the_end_of_the_latest_month(tiny: Warehouse) -> None:
    result = evaluate(metric("waiting"), Choice(), warehouse=tiny)
    assert result.period.first_month == date(2026, 9, 1)
    assert _said(result.frame.to_dicts()[0]) == (None, None, None, HIDDEN)
    july = Choice().during(date(2026, 7, 1), date(2026, 7, 1))
    assert evaluate(metric("waiting"), july, warehouse=tiny).frame["value"].to_list() == [25]


def test_a_wait_is_in_working_days_without_count_or_limits(tiny: Warehouse) -> None:
    assert _said(_row("report_to_referral_median", tiny)) == (None, None, 2, "")
    assert _said(_row("report_to_referral_90th", tiny)) == (None, None, 9, "")
    row = _row("RJ02", tiny, REDDITCH)
    assert _said(row) == (None, None, None, HIDDEN)
    assert row["lower"] is None


@pytest.mark.parametrize("each", ABOUT_PEOPLE, ids=lambda each: each.key)
def test_breakdowns_are_exactly_those_the_menu_publishes(each: Metric) -> None:
    fixed = {split for split, _ in each.of}
    asked = combinations(each)
    offered = {split for splits in asked for split in splits}
    assert offered == set(each.breakdowns).intersection(SPLITS)
    assert not fixed & offered
    held = {level for splits in asked for level in levels(each, splits)}
    assert ("month" in each.breakdowns) == any(period == "month" for _, period in held)
    assert ("area_code" in each.breakdowns) == any(area == "district" for area, _ in held)


@pytest.mark.parametrize("each", ABOUT_PEOPLE, ids=lambda each: each.key)
def test_everything_that_is_offered_is_answered(each: Metric, declared: Warehouse) -> None:
    dimensions = {"district": ("area_code",), "partnership": ("partnership_code",), "force": ()}
    for splits in combinations(each):
        # A split is asked for once; the metric as a whole for every area and period.
        held = sorted(levels(each, splits))
        for area, period in held[:1] if splits else held:
            time = (period,) if period in ("month", "quarter") else ()
            by = (*splits, *dimensions[area], *time)
            if by or not each.default_by:
                result = evaluate(each, Choice(), warehouse=declared, by=by)
                assert result.frame.height > 0, by
                assert result.frame.select(by).is_unique().all(), by


@pytest.mark.parametrize("each", ABOUT_PEOPLE, ids=lambda each: each.key)
def test_a_share_is_of_a_measure_that_holds_its_part(each: Metric) -> None:
    if each.kind != "proportion" or each.whole == each.measure:
        return
    above = each.measure
    while above != each.whole:
        above = part_of(above)
        assert above, f"{each.whole} does not hold {each.measure}"


@pytest.mark.parametrize("each", ABOUT_PEOPLE, ids=lambda each: each.key)
def test_the_source_is_a_supplied_table_about_people(each: Metric) -> None:
    assert each.source in {table.table for table in CONTRACTS if table.is_about_people}


def test_every_measure_of_the_menu_is_in_some_metric() -> None:
    used = {name for each in METRICS for name in (each.measure, each.whole)}
    every = {each.key for each in MEASURES} | {each.key for each in WAITS}
    assert every - used == set()


def test_a_whole_is_divided_as_its_part_is_but_for_shares_of_all() -> None:
    assert whole_splits(metric("RJ05"), ("crime_group", "end_reason")) == {"crime_group"}
    assert whole_splits(metric("VC03"), ("crime_group",)) == {"crime_group"}
