"""Each rule of the referrals is broken by rows that break nothing else: days and status."""

from datetime import date, timedelta

import pytest

from tests.support.prepared_rows import AS_OF, broken, level_of, only, spoilt

TABLE = "referrals"
CLOSED = {"status": "CLOSED", "end_reason": "MOVED", "planned_exit": "N"}


def test_a_good_referral_breaks_nothing() -> None:
    assert spoilt(TABLE) == []
    assert spoilt(TABLE, **CLOSED, date_support_end=date(2026, 10, 1)) == []


def test_r01_identical_copies_count_once() -> None:
    assert broken(TABLE, {}, {}, {}) == {"R01 DUPLICATE_ROW referral_id": [3, 4]}


def test_b45_r01_copies_that_differ_are_all_set_aside() -> None:
    found = broken(TABLE, {}, {"sex": "M"}, {})
    assert found == {"R01 CONFLICTING_DUPLICATE referral_id": [2, 3, 4]}
    assert level_of(TABLE, "R01 CONFLICTING_DUPLICATE referral_id") == "E"


def test_r01_another_provider_may_use_the_same_identifier() -> None:
    assert broken(TABLE, {}, {"provider_id": "P02", "sex": "M"}) == {}


def test_r02_dates_before_2015_or_after_the_day_of_loading_are_set_aside() -> None:
    rule = "R02 DATE_OUT_OF_RANGE date_needs_assessed"
    only(TABLE, rule, "E", date_needs_assessed=date(2014, 12, 31))
    only(TABLE, rule, "E", date_needs_assessed=AS_OF + timedelta(days=1))
    assert spoilt(TABLE, date_needs_assessed=date(2015, 1, 1)) == []
    assert spoilt(TABLE, date_needs_assessed=AS_OF) == []


def test_r03_received_before_referred_is_set_aside() -> None:
    only(TABLE, "R03 NEGATIVE_INTERVAL date_received", "E", date_received=date(2026, 7, 1))


def test_b37_r04_first_contact_before_referral_is_set_aside() -> None:
    rule = "R04 NEGATIVE_INTERVAL date_first_contact"
    only(TABLE, rule, "E", date_first_attempt=None, date_first_contact=date(2026, 7, 1))


def test_r04_attempt_before_receipt_and_contact_before_attempt_are_set_aside() -> None:
    only(
        TABLE, "R04 NEGATIVE_INTERVAL date_first_attempt", "E", date_first_attempt=date(2026, 7, 1)
    )
    only(
        TABLE, "R04 NEGATIVE_INTERVAL date_first_contact", "E", date_first_contact=date(2026, 7, 2)
    )


def test_r05_support_before_receipt_and_end_before_start_are_set_aside() -> None:
    only(
        TABLE, "R05 NEGATIVE_INTERVAL date_support_start", "E", date_support_start=date(2026, 7, 1)
    )
    ends = CLOSED | {"date_support_end": date(2026, 9, 6)}
    only(TABLE, "R05 NEGATIVE_INTERVAL date_support_end", "E", **ends)


@pytest.mark.parametrize("source", ["POLICE", "REPORT_FRAUD"])
def test_r06_referred_by_police_but_not_reported_is_set_aside(source: str) -> None:
    rule = "R06 SOURCE_CONTRADICTS_REPORT crime_reported_to_police"
    not_reported = {"crime_reported_to_police": "N", "date_crime_reported": None}
    only(TABLE, rule, "E", source=source, **not_reported)
    assert spoilt(TABLE, source="SELF", **not_reported) == []


def test_r07_reported_without_a_day_is_set_aside() -> None:
    only(TABLE, "R07 MISSING_VALUE date_crime_reported", "E", date_crime_reported=None)


@pytest.mark.parametrize("source", ["VAL", "OTHER_VS"])
def test_r07_reported_without_a_day_warns_for_those_who_learn_it_later(source: str) -> None:
    rule = "R07 NO_REPORT_DATE date_crime_reported"
    only(TABLE, rule, "W", date_crime_reported=None, source=source)


def test_r07_reported_after_the_referral_is_set_aside() -> None:
    rule = "R07 NEGATIVE_INTERVAL date_referred"
    only(TABLE, rule, "E", date_crime_reported=date(2026, 7, 3))
    only(TABLE, rule, "E", date_crime_reported=date(2026, 7, 3), source="VAL")


def test_r08_end_reason_is_given_exactly_when_ended() -> None:
    only(TABLE, "R08 MISSING_VALUE end_reason", "E", status="NOT_STARTED")
    only(TABLE, "R08 UNEXPECTED_VALUE end_reason", "E", end_reason="MOVED")


def test_r09_open_referral_with_an_end_of_support_is_set_aside() -> None:
    only(TABLE, "R09 UNEXPECTED_VALUE date_support_end", "E", date_support_end=date(2026, 10, 1))


def test_r09_waiting_needs_acceptance_and_no_start() -> None:
    waiting = {"status": "WAITING", "date_support_start": None}
    assert spoilt(TABLE, **waiting) == []
    only(TABLE, "R09 MISSING_VALUE date_accepted", "E", **waiting, date_accepted=None)
    only(TABLE, "R09 UNEXPECTED_VALUE date_support_start", "E", status="WAITING")


def test_r10_completed_needs_both_days_of_support() -> None:
    completed = CLOSED | {"end_reason": "COMPLETED"}
    ended = completed | {"date_support_end": date(2026, 10, 1)}
    assert spoilt(TABLE, **ended) == []
    only(TABLE, "R10 MISSING_VALUE date_support_end", "E", **completed)
    only(TABLE, "R10 MISSING_VALUE date_support_start", "E", **ended | {"date_support_start": None})


def test_r11_accepted_ninety_days_ago_without_support_warns() -> None:
    rule = "R11 LONG_WAIT date_accepted"
    waiting = {"status": "WAITING", "date_support_start": None}
    only(TABLE, rule, "W", **waiting, date_accepted=AS_OF - timedelta(days=90))
    assert spoilt(TABLE, **waiting, date_accepted=AS_OF - timedelta(days=89)) == []


def test_referred_on_needs_where_to() -> None:
    onward = CLOSED | {"end_reason": "REFERRED_ON"}
    only(TABLE, "MISSING_VALUE onward_service_id", "E", **onward)
    known = {"onward_service_id": "EXTERNAL", "_onward_known": True}
    assert spoilt(TABLE, **onward, **known) == []


def test_unknown_onward_service_is_set_aside() -> None:
    onward = CLOSED | {"end_reason": "REFERRED_ON", "onward_service_id": "X9"}
    only(TABLE, "UNKNOWN_SERVICE onward_service_id", "E", **onward, _onward_known=False)


def test_closed_needs_whether_the_end_was_planned() -> None:
    only(TABLE, "MISSING_VALUE planned_exit", "E", status="CLOSED", end_reason="MOVED")


def test_b44_unknown_provider_is_set_aside_with_the_nearest_known_code() -> None:
    only(TABLE, "UNKNOWN_PROVIDER provider_id", "E", _provider_known=False)


def test_unknown_service_is_set_aside() -> None:
    unknown = {"_service_start": None, "_service_end": None, "_service_areas": None}
    only(TABLE, "UNKNOWN_SERVICE service_id", "E", _service_known=False, **unknown)


def test_b46_a_key_of_the_wrong_form_is_set_aside() -> None:
    only(TABLE, "BAD_KEY person_key", "E", person_key="22/12345/26")


def test_b56_a_key_that_a_spreadsheet_rounded_is_set_aside() -> None:
    only(TABLE, "LOST_PRECISION referral_id", "E", referral_id="1.23E+15")
