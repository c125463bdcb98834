"""Each rule of the directory is broken by a row that breaks nothing else."""

from datetime import date

import pytest

from tests.support.prepared_rows import AS_OF, broken, level_of, only, spoilt

REFUGE = {"site_type": "REFUGE_NOT_LOCATED", "latitude": None, "longitude": None}
TABLES = ("providers", "services", "service_areas", "service_groups", "service_sites")


@pytest.mark.parametrize("table", TABLES)
def test_a_good_entry_breaks_nothing(table: str) -> None:
    assert spoilt(table) == []


def test_a_provider_is_entered_once() -> None:
    assert broken("providers", {}, {}) == {"DUPLICATE_ROW provider_id": [3]}
    changed = {"type": "LA"}
    assert broken("providers", {}, changed) == {"CONFLICTING_DUPLICATE provider_id": [2, 3]}


@pytest.mark.parametrize("table", TABLES[2:])
def test_an_area_group_or_site_of_an_unknown_service_is_set_aside(table: str) -> None:
    only(table, "UNKNOWN_SERVICE service_id", "E", _service_known=False)


def test_a_service_of_an_unknown_provider_is_set_aside() -> None:
    only("services", "UNKNOWN_PROVIDER provider_id", "E", _provider_known=False)


def test_s01_a_confidential_site_with_its_place_is_set_aside_without_repeating_it() -> None:
    rule = "S01 CONFIDENTIAL_SITE_LOCATED site_type"
    only("service_sites", rule, "E", site_type="REFUGE_NOT_LOCATED")
    only("service_sites", rule, "E", **REFUGE | {"latitude": 52.19})
    assert spoilt("service_sites", **REFUGE, _distance_km=None) == []


def test_half_a_position_is_set_aside() -> None:
    rule = "HALF_A_POSITION latitude"
    only("service_sites", rule, "E", latitude=None, _distance_km=None)
    only("service_sites", rule, "E", longitude=None, _distance_km=None)


@pytest.mark.parametrize("end", [date(2025, 4, 1), date(2025, 3, 31)])
def test_s02_a_contract_that_ends_by_its_first_day_is_set_aside(end: date) -> None:
    only("services", "S02 NEGATIVE_INTERVAL contract_end", "E", contract_end=end)


def test_s02_a_contract_of_two_days_or_without_an_end_is_good() -> None:
    assert spoilt("services", contract_end=date(2025, 4, 2)) == []
    assert spoilt("services", contract_end=None) == []


def test_a_grant_may_have_begun_long_before_2015_and_no_other_day_of_the_directory() -> None:
    assert spoilt("services", contract_start=date(1974, 1, 1)) == []
    rule = "R02 DATE_OUT_OF_RANGE contract_start"
    only("services", rule, "E", contract_start=date(1973, 12, 31))
    spoilt_end = spoilt("services", contract_start=None, contract_end=date(2014, 12, 31))
    assert spoilt_end == ["R02 DATE_OUT_OF_RANGE contract_end"]


@pytest.mark.parametrize("capacity", [None, 0.0])
@pytest.mark.parametrize("end", [AS_OF, None])
def test_s03_a_funded_service_that_runs_today_without_capacity_is_set_aside(
    capacity: float | None, end: date | None
) -> None:
    rule = "S03 NO_CAPACITY_GIVEN capacity_value"
    only("services", rule, "E", capacity_value=capacity, contract_end=end)


@pytest.mark.parametrize(
    "changes",
    [
        {"contract_end": date(2026, 10, 31)},
        {"contract_start": date(2026, 11, 2)},
        {"contract_start": None, "contract_end": None},
        {"funding_route": "NOT_FUNDED"},
    ],
)
def test_s03_holds_only_for_funded_services_whose_contract_covers_today(
    changes: dict[str, object],
) -> None:
    assert spoilt("services", **changes, capacity_value=None) == []


def test_a_capacity_below_zero_is_out_of_range_and_not_missing() -> None:
    only("services", "OUT_OF_RANGE capacity_value", "E", capacity_value=-1.0)


@pytest.mark.parametrize("verified", [date(2026, 4, 30), None])
def test_s04_a_service_not_confirmed_within_six_months_warns(verified: date | None) -> None:
    only("services", "S04 NOT_VERIFIED_LATELY last_verified", "W", last_verified=verified)


def test_s04_a_service_confirmed_six_months_ago_is_no_oddity() -> None:
    assert spoilt("services", last_verified=date(2026, 5, 1)) == []


def test_s05_youngest_above_oldest_age_is_set_aside() -> None:
    only("services", "S05 AGES_REVERSED eligibility_max_age", "E", eligibility_max_age=17)
    assert spoilt("services", eligibility_max_age=18) == []
    assert spoilt("services", eligibility_max_age=None) == []


def test_s06_a_site_over_30_km_outside_the_force_warns() -> None:
    only("service_sites", "S06 SITE_FAR_AWAY site_type", "W", _distance_km=30.1)
    assert spoilt("service_sites", _distance_km=30.0) == []


def test_a_group_names_a_crime_group_or_a_priority_group() -> None:
    only("service_groups", "NO_GROUP crime_group", "E", crime_group=None)
    assert spoilt("service_groups", crime_group=None, priority_flag="RURAL") == []


def test_a_place_beyond_the_country_is_out_of_range() -> None:
    only("service_sites", "OUT_OF_RANGE latitude", "E", latitude=-2.22)
    assert level_of("service_sites", "OUT_OF_RANGE longitude") == "E"
