"""What other tables say about a row: directory, earlier returns, standards of the Code, places."""

from datetime import date

import polars as pl
import pytest

from pipelines.supplied.code_clock import due_days
from pipelines.supplied.context import Known, with_context
from pipelines.supplied.distance import km_to_force_area
from schemas.supplied.contracts import contract
from tests.support.prepared_rows import prepared


def _rows(table: str, *changes: dict[str, object]) -> pl.DataFrame:
    what = contract(table)
    return prepared(table, *changes).drop(list(what.context))


def _typed(table: str, *changes: dict[str, object]) -> pl.DataFrame:
    return prepared(table, *changes).select(contract(table).names)


DIRECTORY = Known(
    {
        "providers": _typed("providers", {}, {"provider_id": "P02"}),
        "services": _typed("services", {}, {"service_id": "P02-A", "provider_id": "P02"}),
        "service_areas": _typed(
            "service_areas", {}, {"service_id": "P02-A", "la_code": "E06000019"}
        ),
    }
)


def test_what_the_directory_says_of_a_referral() -> None:
    rows = _rows(
        "referrals",
        {},
        {"provider_id": "P02"},
        {"provider_id": "P02", "service_id": "P02-A", "onward_service_id": "EXTERNAL"},
        {"service_id": "gone", "onward_service_id": "gone"},
    )
    found = with_context(rows, contract("referrals"), DIRECTORY)
    assert found["_provider_known"].to_list() == [True, True, True, True]
    assert found["_service_known"].to_list() == [True, False, True, False]
    assert found["_onward_known"].to_list() == [None, None, True, False]
    assert found["_service_is_force_wide"].to_list() == [True, True, False, None]
    assert found["_service_areas"].to_list()[2:] == [["E06000019"], None]
    assert found["_service_start"].to_list() == [date(2025, 4, 1)] * 3 + [None]


def test_earlier_figures_of_a_return_stand_in_the_same_file_or_before() -> None:
    start = {"measure": "ACTIVE_START", "value": 7.0}
    before = {"measure": "ACTIVE_END", "value": 9.0, "quarter": date(2026, 4, 1)}
    last_year = {**start, "value": 5.0, "quarter": date(2025, 7, 1)}
    known = Known({"provider_returns": _typed("provider_returns", last_year)})
    found = with_context(
        _rows("provider_returns", start, before), contract("provider_returns"), known
    )
    assert found["_last_quarter_active_end"].to_list() == [9.0, None]
    assert found["_last_year_value"].to_list() == [5.0, None]


def test_later_rows_replace_those_of_the_same_sender_and_period() -> None:
    what = contract("provider_returns")
    known = Known().after(what, _typed("provider_returns", {}, {"measure": "SESSIONS"}))
    known = known.after(what, _typed("provider_returns", {"quarter": date(2026, 4, 1)}))
    known = known.after(what, _typed("provider_returns", {"value": 999.0}))
    assert sorted(known.rows("provider_returns")["value"])[-1] == 999.0
    assert known.rows("provider_returns").height == 2


def test_the_standard_in_force_sets_the_clock() -> None:
    standard = {"event": "ARREST", "owner": "POLICE", "clock_start": "EVENT"}
    old = {"effective_from": date(2021, 4, 1), "effective_to": date(2024, 12, 31)}
    standards = _typed(
        "ref_code_standard",
        {**standard, **old, "standard_days": 9, "enhanced_days": 8},
        {
            **standard,
            "effective_from": date(2025, 1, 1),
            "effective_to": None,
            "standard_days": 5,
            "enhanced_days": 1,
        },
    )
    updates = _typed(
        "case_updates",
        {"enhanced": "Y"},
        {"enhanced": "N"},
        {"enhanced": "N", "event_date": date(2024, 5, 1)},
        {"event": "APPEAL"},
    )
    starts, days = due_days(updates, standards)
    assert days.to_list() == [1, 5, 9, None]
    assert starts.to_list() == [date(2026, 7, 6), date(2026, 7, 6), date(2024, 5, 1), None]


@pytest.mark.parametrize(
    ("latitude", "longitude", "least", "most"),
    [
        (52.19, -2.22, 0, 0),  # Worcester
        (52.4862, -1.8904, 8, 20),  # Birmingham
        (51.5074, -0.1278, 120, 170),  # London
    ],
)
def test_how_far_a_site_is_from_the_force_area(
    latitude: float, longitude: float, least: float, most: float
) -> None:
    (km,) = km_to_force_area(pl.Series([latitude]), pl.Series([longitude]))
    assert least <= km <= most


def test_a_site_without_a_place_has_no_distance() -> None:
    nothing = pl.Series([None], dtype=pl.Float64)
    assert km_to_force_area(nothing, nothing).to_list() == [None]
