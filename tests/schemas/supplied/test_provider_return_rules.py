"""Each rule of the quarterly returns is broken by figures that break nothing else."""

from datetime import date

import pytest

from tests.support.good_rows import Row
from tests.support.prepared_rows import AS_OF, broken, level_of, only, spoilt

TABLE = "provider_returns"


def figure(measure: str, value: float, *, by: str = "ALL", of: str = "ALL", **more: object) -> Row:
    return {"measure": measure, "value": value, "breakdown": by, "breakdown_value": of, **more}


def by_sex(women: float, men: float, not_known: float) -> tuple[Row, ...]:
    parts = {"F": women, "M": men, "NK": not_known}
    return tuple(figure("REFERRALS_IN", value, by="SEX", of=code) for code, value in parts.items())


def caseload(active_end: float) -> tuple[Row, ...]:
    """Return 50 at the start, 30 new, 12 planned and 8 other closures, and the end."""
    return (
        figure("ACTIVE_START", 50),
        figure("NEW_PEOPLE", 30),
        figure("CLOSED_PLANNED", 12),
        figure("CLOSED_UNPLANNED", 8),
        figure("ACTIVE_END", active_end),
    )


def test_a_good_figure_breaks_nothing() -> None:
    assert spoilt(TABLE) == []


@pytest.mark.parametrize("quarter", [date(2026, 10, 1), date(2027, 1, 1)])
def test_p01_a_quarter_that_has_not_ended_is_set_aside(quarter: date) -> None:
    only(TABLE, "P01 FUTURE_QUARTER quarter", "E", quarter=quarter)


def test_p01_a_quarter_that_cannot_be_read_is_set_aside() -> None:
    only(TABLE, "BAD_PERIOD quarter", "E", **{"quarter:text": "2026-27 Q5"})


def test_p02_parts_with_those_not_known_add_up_to_the_whole() -> None:
    assert broken(TABLE, {}, *by_sex(60, 30, 10)) == {}
    assert broken(TABLE, {}, *by_sex(60, 30, 8)) == {}


@pytest.mark.parametrize("not_known", [7, 13, 5, 15])
def test_p02_parts_over_two_per_cent_from_the_whole_warn(not_known: float) -> None:
    found = broken(TABLE, {}, *by_sex(60, 30, not_known))
    assert found == {"P02 PARTS_DIFFER_A_LITTLE value": [3, 4, 5]}
    assert level_of(TABLE, "P02 PARTS_DIFFER_A_LITTLE value") == "W"


@pytest.mark.parametrize("not_known", [4, 16])
def test_p02_parts_over_five_per_cent_from_the_whole_are_set_aside(not_known: float) -> None:
    found = broken(TABLE, {}, *by_sex(60, 30, not_known))
    assert found == {"P02 PARTS_DO_NOT_ADD_UP value": [3, 4, 5]}
    assert level_of(TABLE, "P02 PARTS_DO_NOT_ADD_UP value") == "E"


def test_p02_longest_waits_do_not_add_up_and_need_not() -> None:
    waits = (figure("LONGEST_WAIT_DAYS", 40, by="SEX", of=code) for code in ("F", "M"))
    assert broken(TABLE, figure("LONGEST_WAIT_DAYS", 40), *waits) == {}


def test_p02_parts_without_a_whole_are_no_oddity() -> None:
    assert broken(TABLE, *by_sex(60, 30, 10)) == {}


def test_p03_the_end_follows_from_start_new_and_both_kinds_of_closure() -> None:
    assert broken(TABLE, *caseload(60)) == {}


@pytest.mark.parametrize("end", [57, 63])
def test_p03_an_end_within_three_of_the_sum_warns(end: float) -> None:
    assert broken(TABLE, *caseload(end)) == {"P03 CASELOAD_DIFFERS_A_LITTLE value": [6]}
    assert level_of(TABLE, "P03 CASELOAD_DIFFERS_A_LITTLE value") == "W"


@pytest.mark.parametrize("end", [56, 64])
def test_p03_an_end_further_from_the_sum_is_set_aside(end: float) -> None:
    assert broken(TABLE, *caseload(end)) == {"P03 CASELOAD_DOES_NOT_ADD_UP value": [6]}
    assert level_of(TABLE, "P03 CASELOAD_DOES_NOT_ADD_UP value") == "E"


def test_p03_a_missing_figure_leaves_nothing_to_compare() -> None:
    assert broken(TABLE, *caseload(90)[:3], caseload(90)[4]) == {}


def test_p04_more_improved_than_measured_is_set_aside() -> None:
    measured = figure("OUTCOME_MEASURED_COPE", 20)
    found = broken(TABLE, measured, figure("OUTCOME_IMPROVED_COPE", 21))
    assert found == {"P04 MORE_IMPROVED_THAN_MEASURED value": [3]}
    assert level_of(TABLE, "P04 MORE_IMPROVED_THAN_MEASURED value") == "E"


def test_p04_domains_and_breakdowns_are_compared_with_their_own() -> None:
    measured = figure("OUTCOME_MEASURED_COPE", 20)
    assert broken(TABLE, measured, figure("OUTCOME_IMPROVED_COPE", 20)) == {}
    assert broken(TABLE, measured, figure("OUTCOME_IMPROVED_SAFER", 21)) == {}
    of_women = figure("OUTCOME_IMPROVED_COPE", 21, by="SEX", of="F")
    assert broken(TABLE, measured, of_women) == {}


def test_p05_over_half_and_over_twenty_from_last_year_warns() -> None:
    only(TABLE, "P05 UNLIKE_LAST_YEAR value", "W", _last_year_value=60.0)
    only(TABLE, "P05 UNLIKE_LAST_YEAR value", "W", _last_year_value=0.0)


@pytest.mark.parametrize(("value", "last_year"), [(30.0, 50.0), (150.0, 100.0), (20.0, 0.0)])
def test_p05_a_change_of_up_to_half_or_up_to_twenty_is_no_oddity(
    value: float, last_year: float
) -> None:
    assert spoilt(TABLE, value=value, _last_year_value=last_year) == []


def test_p06_two_days_of_submission_for_one_quarter_are_set_aside() -> None:
    later = figure("CONTACTS", 9, submitted_on=date(2026, 10, 21))
    assert broken(TABLE, {}, later) == {"P06 TWO_SUBMISSIONS submitted_on": [2, 3]}
    assert level_of(TABLE, "P06 TWO_SUBMISSIONS submitted_on") == "E"


def test_p06_each_service_and_quarter_has_a_submission_of_its_own() -> None:
    other = {"service_id": "P01-B", "submitted_on": date(2026, 10, 21)}
    earlier = {"quarter": date(2026, 4, 1), "submitted_on": date(2026, 7, 20)}
    assert broken(TABLE, {}, other, earlier) == {}


def test_p06_a_figure_that_stands_twice_and_differs_is_set_aside() -> None:
    found = broken(TABLE, {}, {"value": 101.0})
    assert found == {"P06 CONFLICTING_DUPLICATE breakdown_value": [2, 3]}


def test_p07_a_start_unlike_the_last_end_warns() -> None:
    start = figure("ACTIVE_START", 50)
    only(
        TABLE, "P07 START_DIFFERS_FROM_LAST_END value", "W", **start, _last_quarter_active_end=49.0
    )
    assert spoilt(TABLE, **start, _last_quarter_active_end=50.0) == []
    assert spoilt(TABLE, **start, _last_quarter_active_end=None) == []
    assert spoilt(TABLE, _last_quarter_active_end=49.0) == []


def test_a_value_of_another_breakdown_is_set_aside() -> None:
    only(TABLE, "BAD_CODE breakdown_value", "E", breakdown="AGE", breakdown_value="F")
    assert spoilt(TABLE, breakdown="AGE", breakdown_value="10-15") == []


def test_an_unknown_provider_or_service_is_set_aside() -> None:
    only(TABLE, "UNKNOWN_PROVIDER provider_id", "E", _provider_known=False)
    only(TABLE, "UNKNOWN_SERVICE service_id", "E", _service_known=False)


def test_a_return_is_not_submitted_in_the_future() -> None:
    later = date(2026, 11, 2)
    assert later > AS_OF
    only(TABLE, "R02 DATE_OUT_OF_RANGE submitted_on", "E", submitted_on=later)
