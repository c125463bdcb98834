"""Each rule of the referrals is broken by rows that break nothing else: person and service."""

from datetime import date

import pytest

from schemas.supplied.lists import PRIORITY_FLAG
from tests.support.good_rows import Row
from tests.support.prepared_rows import broken, level_of, only, spoilt

TABLE = "referrals"


def person(number: int, **changes: object) -> Row:
    """Return the changes that make the good row another person's."""
    return {"referral_id": f"R-{number}", "person_key": f"a3f9c2d1e8b7{number:06d}", **changes}


@pytest.mark.parametrize("band", ["0-9", "10-15", "16-17"])
def test_r12_child_without_the_flag_warns(band: str) -> None:
    only(TABLE, "R12 CHILD_WITHOUT_FLAG priority_flags", "W", age_band=band)
    only(TABLE, "R12 CHILD_WITHOUT_FLAG priority_flags", "W", age_band=band, priority_flags=None)
    assert spoilt(TABLE, age_band=band, priority_flags=["DA", "CYP"]) == []


@pytest.mark.parametrize("band", ["18-24", "75+"])
def test_r12_child_flag_on_an_adult_is_set_aside(band: str) -> None:
    only(
        TABLE, "R12 CHILD_FLAG_ON_ADULT priority_flags", "E", age_band=band, priority_flags=["CYP"]
    )


def test_r12_child_flag_where_the_age_is_not_known_is_no_oddity() -> None:
    assert spoilt(TABLE, age_band="PNTS", priority_flags=["CYP"]) == []


def test_r13_child_without_enhanced_rights_warns() -> None:
    changes = {"enhanced": "N", "enhanced_reason": None, "crime_group": "ROB"}
    child = {"age_band": "10-15", "priority_flags": ["CYP"], "support_types": None}
    only(TABLE, "R13 CHILD_NOT_ENHANCED enhanced", "W", **changes, **child)


def test_r14_grave_crime_without_enhanced_rights_warns() -> None:
    only(TABLE, "R14 CRIME_NOT_ENHANCED enhanced", "W", enhanced="N", enhanced_reason=None)
    ordinary = {"crime_group": "ROB", "support_types": None}
    assert spoilt(TABLE, enhanced="N", enhanced_reason=None, **ordinary) == []


def test_r15_the_reason_is_given_exactly_when_enhanced() -> None:
    only(TABLE, "R15 MISSING_VALUE enhanced_reason", "E", enhanced_reason=None)
    only(TABLE, "R15 UNEXPECTED_VALUE enhanced_reason", "E", enhanced="NOT_ASSESSED")


def test_r16_adviser_for_another_crime_warns() -> None:
    only(TABLE, "R16 IDVA_FOR_OTHER_CRIME support_types", "W", crime_group="ROB")
    only(TABLE, "R16 ISVA_FOR_OTHER_CRIME support_types", "W", support_types=["ADVOCACY_ISVA"])
    assert spoilt(TABLE, crime_group="CSE", support_types=["ADVOCACY_ISVA", "GROUP"]) == []


def test_r17_district_outside_the_service_is_set_aside() -> None:
    only(TABLE, "R17 OUTSIDE_SERVICE_AREA la_code", "E", la_code="E07000237")
    assert spoilt(TABLE, la_code="E07000237", _service_is_force_wide=True) == []


@pytest.mark.parametrize("force_wide", [True, False])
def test_r17_home_outside_the_force_warns(force_wide: bool) -> None:
    rule = "R17 HOME_OUTSIDE_OR_UNKNOWN la_code"
    only(TABLE, rule, "W", la_code="OUT", _service_is_force_wide=force_wide)


def test_r17_home_not_known_warns() -> None:
    known = [person(number) for number in range(4)]
    found = broken(TABLE, *known, person(4, la_code="NK"))
    assert found == {"R17 HOME_OUTSIDE_OR_UNKNOWN la_code": [6]}


def test_r18_received_before_the_contract_or_long_after_it_is_set_aside() -> None:
    rule = "R18 OUTSIDE_CONTRACT date_received"
    only(TABLE, rule, "E", _service_start=date(2026, 7, 3))
    only(TABLE, rule, "E", _service_end=date(2026, 4, 2))


def test_r18_received_within_ninety_days_of_the_end_warns() -> None:
    rule = "R18 AFTER_CONTRACT date_received"
    only(TABLE, rule, "W", _service_end=date(2026, 7, 1))
    only(TABLE, rule, "W", _service_end=date(2026, 4, 3))
    assert spoilt(TABLE, _service_end=date(2026, 7, 2)) == []


def test_r18_service_without_contract_dates_is_no_oddity() -> None:
    assert spoilt(TABLE, _service_start=None, _service_end=None) == []


def again(day: date, **changes: object) -> Row:
    """Return the changes that make a later referral of the same person."""
    later = {"date_referred": day, "date_received": day, "date_first_attempt": None}
    return {"referral_id": "R-0002", **later, "date_first_contact": None, **changes}


def test_r19_the_same_person_referred_twice_within_fourteen_days_warns() -> None:
    found = broken(TABLE, {}, again(date(2026, 7, 16)))
    assert found == {"R19 REFERRED_TWICE date_referred": [3]}
    assert level_of(TABLE, "R19 REFERRED_TWICE date_referred") == "W"


def test_r19_the_order_of_the_rows_does_not_matter() -> None:
    found = broken(TABLE, again(date(2026, 7, 16)), {})
    assert found == {"R19 REFERRED_TWICE date_referred": [2]}


def test_r19_later_or_elsewhere_or_for_another_crime_is_no_oddity() -> None:
    assert broken(TABLE, {}, again(date(2026, 7, 17))) == {}
    assert broken(TABLE, {}, again(date(2026, 7, 3), service_id="P01-B")) == {}
    assert broken(TABLE, {}, again(date(2026, 7, 3), crime_group="STALK")) == {}


@pytest.mark.parametrize(
    ("field", "code"),
    [
        ("age_band", "NK"),
        ("sex", "NK"),
        ("ethnic_group", "NA_ASKED"),
        ("disability", "NA_ASKED"),
    ],
)
def test_r20_many_unknown_values_in_a_column_warn(field: str, code: str) -> None:
    known = [person(number) for number in range(3)]
    rule = f"R20 MANY_UNKNOWN {field}"
    assert broken(TABLE, *known, person(3, **{field: code})) == {rule: [5]}
    assert level_of(TABLE, rule) == "W"


def test_r20_a_fifth_is_not_too_many_and_preferring_not_to_say_is_an_answer() -> None:
    known = [person(number) for number in range(4)]
    assert broken(TABLE, *known, person(4, sex="NK")) == {}
    assert spoilt(TABLE, sex="PNTS") == []


def test_r20_many_unknown_homes_warn() -> None:
    known = [person(number) for number in range(3)]
    found = broken(TABLE, *known, person(3, la_code="NK"))
    assert set(found) == {"R17 HOME_OUTSIDE_OR_UNKNOWN la_code", "R20 MANY_UNKNOWN la_code"}


def test_r20_each_provider_is_judged_by_its_own_rows() -> None:
    known = [person(number) for number in range(9)]
    found = broken(TABLE, *known, person(9, sex="NK", provider_id="P02"))
    assert found == {"R20 MANY_UNKNOWN sex": [11]}


def test_r21_the_second_crime_is_another_one() -> None:
    only(TABLE, "R21 SAME_CRIME_TWICE secondary_crime_group", "E", secondary_crime_group="DA")
    assert spoilt(TABLE, secondary_crime_group="STALK") == []


def test_every_priority_group_may_be_flagged_on_a_child() -> None:
    assert spoilt(TABLE, age_band="16-17", priority_flags=list(PRIORITY_FLAG)) == []
