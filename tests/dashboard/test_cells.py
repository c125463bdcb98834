"""Figures about people: cells are selected by declared areas and periods, never summed."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest

from dashboard.errors import UnknownChoice
from dashboard.metrics.catalogue import metric
from dashboard.metrics.evaluate import evaluate
from dashboard.metrics.metric import Choice
from dashboard.warehouse import Warehouse, open_warehouse
from schemas.codes import HIDDEN
from schemas.published import table
from tests.support.tiny_cells import LAST_QUARTER, YEAR, cell
from tests.support.tiny_warehouse import BROMSGROVE, HOME, NORTH, OTHER, REDDITCH, write_version

REFERRALS = metric("referrals")
HEREFORDSHIRE, ITS_DISTRICT = "E22000074", "E06000019"


def _rows(choice: Choice, warehouse: Warehouse, *by: str) -> list[dict[str, Any]]:
    return evaluate(REFERRALS, choice, warehouse=warehouse, by=by).frame.to_dicts()


def _values(choice: Choice, warehouse: Warehouse, by: str) -> dict[str, float | None]:
    return {row[by]: row["value"] for row in _rows(choice, warehouse, by)}


@pytest.fixture(scope="module")
def with_herefordshire(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Warehouse]:
    """The tiny version and a partnership that is one district, with 80 referrals."""
    data_dir = tmp_path_factory.mktemp("herefordshire")
    path = write_version(data_dir)
    with duckdb.connect(str(path)) as connection:
        for code, kind in ((HEREFORDSHIRE, "partnership"), (ITS_DISTRICT, "district")):
            connection.execute(
                "insert into dim_area by name select * replace (? as area_code,"
                " ? as partnership_code, 'Herefordshire' as area_name, 9 as sort_order)"
                " from dim_area where area_type = ? limit 1",
                [code, HEREFORDSHIRE, kind],
            )
        insert = f"insert into cube_protected_count values ({', '.join('?' * 14)})"
        district = cell("referrals", ITS_DISTRICT, 80)
        connection.execute(insert, [*district])
    warehouse = open_warehouse(data_dir)
    yield warehouse
    warehouse.close()


def test_without_a_choice_the_latest_twelve_months_of_the_force_are_given(tiny: Warehouse) -> None:
    result = evaluate(REFERRALS, Choice(), warehouse=tiny)
    assert (result.period.first_month, result.period.last_month) == YEAR
    assert result.frame["numerator"].to_list() == [1200]
    assert result.frame["marker"].to_list() == [""]


def test_a_hidden_count_has_its_marker_and_no_figure(tiny: Warehouse) -> None:
    rows = {row["crime_group"]: row for row in _rows(Choice(), tiny, "crime_group")}
    assert rows["DA"]["value"] == 1150
    hidden = rows["FGM_HBA"]
    assert hidden["marker"] == HIDDEN
    assert {hidden[name] for name in ("numerator", "value", "lower", "upper")} == {None}


def test_districts_stand_side_by_side_in_list_order_with_those_beside_them(tiny: Warehouse) -> None:
    result = evaluate(REFERRALS, Choice(), warehouse=tiny, by=("area_code",))
    assert result.frame["area_code"].to_list() == [BROMSGROVE, REDDITCH, "OUT"]
    assert result.frame["value"].to_list() == [600, 45, None]
    assert result.names["OUT"] == "Lives outside the force area"
    assert result.names["NK"] == "Not known"
    assert result.names[BROMSGROVE] == "Bromsgrove"


@pytest.mark.parametrize(
    ("areas", "shown"),
    [
        ((REDDITCH,), {REDDITCH: 45}),
        ((BROMSGROVE, REDDITCH), {BROMSGROVE: 600, REDDITCH: 45}),
        ((NORTH,), {BROMSGROVE: 600, REDDITCH: 45}),
        ((HOME,), {BROMSGROVE: 600, REDDITCH: 45, "OUT": None}),
        (("OUT",), {"OUT": None}),
    ],
)
def test_chosen_areas_are_their_districts(
    tiny: Warehouse, areas: tuple[str, ...], shown: dict[str, float | None]
) -> None:
    assert _values(Choice(areas=areas), tiny, "area_code") == shown


def test_several_areas_are_never_summed(tiny: Warehouse) -> None:
    with pytest.raises(UnknownChoice, match="never summed"):
        _rows(Choice(areas=(BROMSGROVE, REDDITCH)), tiny)


def test_a_partnership_of_several_districts_has_cells_of_its_own(tiny: Warehouse) -> None:
    assert _rows(Choice(areas=(NORTH,)), tiny)[0]["value"] == 650


def test_a_partnership_that_is_one_district_has_that_districts_cells(
    with_herefordshire: Warehouse,
) -> None:
    choice = Choice(areas=(HEREFORDSHIRE,))
    assert _rows(choice, with_herefordshire)[0]["value"] == 80
    assert _values(choice, with_herefordshire, "partnership_code") == {HEREFORDSHIRE: 80}
    every = evaluate(REFERRALS, Choice(), warehouse=with_herefordshire, by=("partnership_code",))
    assert dict(every.frame.select("partnership_code", "value").iter_rows()) == {
        NORTH: 650,
        HEREFORDSHIRE: 80,
    }
    assert every.names[HEREFORDSHIRE] == "Herefordshire"


@pytest.mark.parametrize(
    ("area", "by", "said"),
    [
        (OTHER, (), "home force and its parts only"),
        ("E01000001", (), "never given for small areas"),
        ("X", (), "no area with the code 'X'"),
        (REDDITCH, ("partnership_code",), "A district is smaller than a partnership"),
    ],
)
def test_an_area_that_is_not_held_is_refused_with_the_reason(
    tiny: Warehouse, area: str, by: tuple[str, ...], said: str
) -> None:
    with pytest.raises(UnknownChoice, match=said):
        _rows(Choice(areas=(area,)), tiny, *by)


def test_months_of_the_period_are_given_one_by_one(tiny: Warehouse) -> None:
    rows = _rows(Choice(), tiny, "month")
    assert [row["month"] for row in rows] == [date(2026, month, 1) for month in (7, 8, 9)]


def test_quarters_are_given_one_by_one(tiny: Warehouse) -> None:
    rows = _rows(Choice(), tiny, "quarter")
    assert [(row["quarter"], row["value"]) for row in rows] == [(LAST_QUARTER[0], 300)]


def test_months_of_a_series_that_are_not_published_are_named_and_absent(tiny: Warehouse) -> None:
    since_may = Choice().during(date(2026, 5, 1), date(2026, 8, 1))
    result = evaluate(REFERRALS, since_may, warehouse=tiny, by=("month",))
    assert result.frame["month"].to_list() == [date(2026, 7, 1), date(2026, 8, 1)]
    assert result.period.missing == (date(2026, 5, 1), date(2026, 6, 1))
    assert result.notes[0] == "Not published: May to June 2026. Missing is not zero."


def test_a_part_of_a_quarter_at_the_end_of_a_series_is_not_missed(tiny: Warehouse) -> None:
    choice = Choice().during(date(2026, 3, 1), date(2026, 10, 1))
    result = evaluate(REFERRALS, choice, warehouse=tiny, by=("quarter",))
    assert result.period.missing == tuple(date(2026, month, 1) for month in (4, 5, 6))


def test_a_period_is_the_declared_one_and_not_another_within_it(tiny: Warehouse) -> None:
    to_december = Choice().during(date(2025, 4, 1), date(2025, 12, 1))
    assert [row["value"] for row in _rows(to_december, tiny)] == [890]


def test_a_period_that_is_not_declared_is_refused_with_the_nearest(tiny: Warehouse) -> None:
    two_months = Choice().during(date(2026, 8, 1), date(2026, 9, 1))
    with pytest.raises(UnknownChoice) as refused:
        _rows(two_months, tiny)
    assert str(refused.value) == (
        "Referrals received: published for the force by month, quarter, financial year to date, "
        "twelve months to the end of a quarter; August to September 2026 is none of those held. "
        "Nearest: September 2026; July to September 2026; August 2026."
    )


def test_an_open_end_is_the_latest_month_held(tiny: Warehouse) -> None:
    assert _rows(Choice(first_month=date(2026, 7, 1)), tiny)[0]["value"] == 300
    with pytest.raises(UnknownChoice, match=r"first month \(2026-10\) is after the last"):
        _rows(Choice(first_month=date(2026, 10, 1)), tiny, "month")


@pytest.mark.parametrize(
    ("by", "said"),
    [
        (
            ("priority_flag", "source"),
            "“Referrals received” by priority_flag and source is not published: it would make "
            "small groups. It is published by: crime_group, source, priority_flag, provider_id, "
            "service_id, crime_group with source, source with service_id.",
        ),
        (
            ("source", "partnership_code"),
            "not published for partnerships: it would make small groups. So it is published "
            "for the force by quarter, twelve months to the end of a quarter; districts by "
            "twelve months to the end of a quarter.",
        ),
        (
            ("month", "area_code"),
            "not published for districts by month: it would make small groups.",
        ),
    ],
)
def test_what_is_not_published_is_refused_with_what_is(
    tiny: Warehouse, by: tuple[str, ...], said: str
) -> None:
    with pytest.raises(UnknownChoice) as refused:
        _rows(Choice(), tiny, *by)
    assert said in str(refused.value)


@pytest.mark.parametrize(
    ("by", "choose"),
    [
        (("area_code", "partnership_code"), "partnership_code or area_code"),
        (("month", "quarter"), "month or quarter"),
    ],
)
def test_areas_within_areas_and_months_within_quarters_are_refused(
    tiny: Warehouse, by: tuple[str, str], choose: str
) -> None:
    with pytest.raises(UnknownChoice, match=choose):
        _rows(Choice(), tiny, *by)


def test_a_crime_type_of_police_uk_cannot_be_asked_of_people(tiny: Warehouse) -> None:
    with pytest.raises(UnknownChoice, match=r"never by police\.uk crime type"):
        _rows(Choice(crime_types=("Burglary",)), tiny)


def test_a_measure_that_is_not_loaded_says_so(tiny: Warehouse) -> None:
    with pytest.raises(UnknownChoice, match="Complaints: not loaded"):
        evaluate(metric("complaints"), Choice(), warehouse=tiny)


def test_parts_of_splits_have_their_names(tiny: Warehouse) -> None:
    by_crime = evaluate(REFERRALS, Choice(), warehouse=tiny, by=("crime_group",))
    assert by_crime.names["FGM_HBA"] == "Female genital mutilation and honour-based abuse"
    by_provider = evaluate(REFERRALS, Choice(), warehouse=tiny, by=("provider_id",))
    assert by_provider.names["P1"] == "The provider"


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
