"""Each rule of the survey, its invitations and its themes is broken by rows that break no other."""

from datetime import date

import pytest

from schemas.supplied.satisfaction import FEW_ANSWERS
from tests.support.prepared_rows import broken, enough, level_of, only, spoilt

ANSWERS = "satisfaction"
INVITES = "satisfaction_invites"
THEMES = "feedback_themes"


def test_good_rows_break_nothing() -> None:
    assert broken(ANSWERS, *enough(ANSWERS)) == {}
    assert spoilt(INVITES) == []
    assert spoilt(THEMES) == []


@pytest.mark.parametrize("weight", [0.0, -1.0])
def test_f01_a_weight_that_is_not_positive_is_set_aside(weight: float) -> None:
    first, *others = enough(ANSWERS)
    found = broken(ANSWERS, first | {"weight": weight}, *others)
    assert found == {"F01 WEIGHT_NOT_POSITIVE weight": [2]}
    assert level_of(ANSWERS, "F01 WEIGHT_NOT_POSITIVE weight") == "E"


def test_f02_under_thirty_answers_for_a_crime_group_and_quarter_warn() -> None:
    few = enough(ANSWERS)[1:]
    found = broken(ANSWERS, *few)
    assert found == {"F02 FEW_ANSWERS crime_group": list(range(2, FEW_ANSWERS + 1))}
    assert level_of(ANSWERS, "F02 FEW_ANSWERS crime_group") == "W"


def test_f02_another_quarter_does_not_make_up_for_few_answers() -> None:
    first, *others = enough(ANSWERS)
    earlier = first | {"quarter": date(2026, 4, 1)}
    assert list(broken(ANSWERS, earlier, *others)) == ["F02 FEW_ANSWERS crime_group"]


def test_f03_more_answers_than_people_invited_are_set_aside() -> None:
    only(INVITES, "F03 MORE_ANSWERS_THAN_INVITED completed", "E", completed=41)
    assert spoilt(INVITES, completed=40) == []


@pytest.mark.parametrize("table", [INVITES, THEMES])
def test_r02_a_quarter_that_has_not_begun_is_set_aside(table: str) -> None:
    only(table, "R02 DATE_OUT_OF_RANGE quarter", "E", quarter=date(2027, 1, 1))
    assert spoilt(table, quarter=date(2026, 10, 1)) == []


def test_a_set_of_answers_comes_once() -> None:
    first, *others = enough(ANSWERS)
    found = broken(ANSWERS, first, first | {"q_overall": "NR"}, *others)
    assert found == {"CONFLICTING_DUPLICATE survey_id": [2, 3]}


@pytest.mark.parametrize("table", [INVITES, THEMES])
def test_a_count_comes_once_for_each_quarter_and_what_it_counts(table: str) -> None:
    (found,) = broken(table, {}, {})
    assert found.startswith("DUPLICATE_ROW")
    assert broken(table, {}, {"crime_group": "ROB"}) == {}
