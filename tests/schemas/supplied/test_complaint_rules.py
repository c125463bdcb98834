"""Each rule of complaints, reviews and lessons is broken by a row that breaks nothing else."""

from datetime import date

import pytest

from tests.support.prepared_rows import broken, only, spoilt


@pytest.mark.parametrize("table", ["complaints", "vrr", "lessons_log"])
def test_a_good_row_breaks_nothing(table: str) -> None:
    assert spoilt(table) == []


def test_c01_acknowledged_before_it_was_received_is_set_aside() -> None:
    rule = "C01 NEGATIVE_INTERVAL date_acknowledged"
    only("complaints", rule, "E", date_acknowledged=date(2026, 6, 30))
    assert spoilt("complaints", date_acknowledged=date(2026, 7, 1)) == []


def test_c02_answered_before_it_was_acknowledged_warns() -> None:
    rule = "C02 ANSWERED_BEFORE_ACKNOWLEDGED date_answered"
    only("complaints", rule, "W", date_answered=date(2026, 7, 2))
    assert spoilt("complaints", date_answered=date(2026, 7, 3)) == []


def test_answered_before_it_was_received_is_set_aside() -> None:
    rule = "NEGATIVE_INTERVAL date_answered"
    early = date(2026, 6, 30)
    only("complaints", rule, "E", date_answered=early, date_acknowledged=None)


def test_c03_a_review_asked_for_after_three_months_warns() -> None:
    only("vrr", "C03 REQUESTED_LATE date_requested", "W", date_requested=date(2026, 7, 31))


def test_c03_in_time_or_refused_as_too_late_is_no_oddity() -> None:
    assert spoilt("vrr", date_requested=date(2026, 7, 30)) == []
    assert spoilt("vrr", date_requested=date(2026, 7, 31), outcome="OUT_OF_TIME") == []


@pytest.mark.parametrize(
    ("column", "day"),
    [
        ("date_acknowledged", date(2026, 7, 29)),
        ("date_completed", date(2026, 7, 29)),
    ],
)
def test_a_review_dealt_with_before_it_was_asked_for_is_set_aside(column: str, day: date) -> None:
    only("vrr", f"NEGATIVE_INTERVAL {column}", "E", **{column: day})


def test_a_review_asked_for_before_the_decision_is_set_aside() -> None:
    only("vrr", "NEGATIVE_INTERVAL date_requested", "E", date_requested=date(2026, 4, 29))


def test_two_organisations_may_use_the_same_key() -> None:
    assert broken("complaints", {}, {"organisation": "CPS"}) == {}
    assert broken("vrr", {}, {"stage": "FULL"}) == {}
    assert broken("vrr", {}, {}) == {"DUPLICATE_ROW stage": [3]}


def test_a_lesson_closed_before_it_was_logged_is_set_aside() -> None:
    only("lessons_log", "NEGATIVE_INTERVAL closed", "E", closed=date(2026, 6, 30))


def test_a_lesson_may_be_due_in_the_future_but_not_closed_there() -> None:
    only("lessons_log", "R02 DATE_OUT_OF_RANGE closed", "E", closed=date(2027, 1, 1))
    assert spoilt("lessons_log", due=date(2028, 1, 1)) == []
