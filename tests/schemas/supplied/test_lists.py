"""The code lists: nine districts, the priority groups in their order, crime groups and types."""

import pytest

from schemas.codes import ROW_TYPES
from schemas.supplied.lists import (
    ADULT_AGE_BANDS,
    AGE_BAND,
    AREA_CODE,
    CHILD_AGE_BANDS,
    CRIME_GROUP,
    CRIME_GROUPS,
    LA_CODE,
    PRIORITY_FLAG,
    PRIORITY_GROUPS,
    RARE_CRIME_GROUPS,
    SEXUAL_CRIME_GROUPS,
    UNSAID,
    recorded_types,
)


def test_homes_are_in_nine_districts_outside_or_not_known() -> None:
    assert len(AREA_CODE) == 9
    assert list(LA_CODE) == [*AREA_CODE, "OUT", "NK"]


def test_the_priority_groups_stand_in_their_order() -> None:
    assert [PRIORITY_FLAG[code] for code in PRIORITY_GROUPS] == [
        "Road traffic",
        "Rural",
        "Cyber",
        "Domestic abuse",
        "Sexual violence",
        "Stalking and harassment",
        "Modern slavery",
        "Children and young people",
        "Older people",
        "Mental health",
        "Criminal exploitation",
        "Child sexual exploitation",
        "Repeat",
        "Vulnerable or intimidated",
        "Disabled",
        "Learning disabled",
    ]


def test_every_police_uk_type_belongs_to_some_crime_group() -> None:
    assert {name for each in CRIME_GROUPS for name in each.police_uk} == set(ROW_TYPES)


def test_every_crime_group_belongs_to_a_known_priority_group_or_none() -> None:
    assert {each.priority for each in CRIME_GROUPS} - {""} <= set(PRIORITY_GROUPS)


@pytest.mark.parametrize("group", ["DA", "RASSO", "STALK", "VIOL", "FRAUD", "BURG_RES"])
def test_recorded_crime_is_not_available_for_groups_that_share_a_type(group: str) -> None:
    assert recorded_types(group) == ()


def test_recorded_crime_is_available_where_a_type_is_one_group() -> None:
    assert recorded_types("ROB") == ("Robbery",)
    assert recorded_types("VEH") == ("Vehicle crime",)


def test_rare_and_sexual_crime_groups_are_crime_groups() -> None:
    assert set(CRIME_GROUP) >= RARE_CRIME_GROUPS == {"HOMICIDE", "FGM_HBA"}
    assert set(CRIME_GROUP) >= SEXUAL_CRIME_GROUPS


def test_age_bands_are_of_children_or_adults_or_unsaid() -> None:
    assert [*CHILD_AGE_BANDS, *ADULT_AGE_BANDS, "PNTS", "NK"] == list(AGE_BAND)


def test_three_ways_of_not_saying_are_kept_apart() -> None:
    assert list(UNSAID) == ["PNTS", "NK", "NA_ASKED"]
