"""Each rule of the updates is broken by a row that breaks nothing else."""

from datetime import date

from tests.support.prepared_rows import broken, level_of, spoilt

TABLE = "case_updates"


def test_a_good_update_breaks_nothing() -> None:
    assert spoilt(TABLE) == []


def test_u01_told_before_the_event_is_set_aside() -> None:
    found = spoilt(TABLE, told_date=date(2026, 7, 5))
    assert found == ["U01 NEGATIVE_INTERVAL told_date"]
    assert level_of(TABLE, found[0]) == "E"


def test_u02_not_told_after_the_due_day_warns() -> None:
    found = spoilt(TABLE, told_date=None)
    assert found == ["U02 UPDATE_OVERDUE told_date"]
    assert level_of(TABLE, found[0]) == "W"


def test_u02_not_told_but_not_yet_due_is_no_oddity() -> None:
    assert spoilt(TABLE, told_date=None, _due=date(2026, 11, 1)) == []
    assert spoilt(TABLE, told_date=None, _due=None) == []


def test_u03_witness_care_without_the_day_it_learnt_of_the_event_is_set_aside() -> None:
    found = spoilt(TABLE, owner="WCU")
    assert found == ["U03 MISSING_VALUE info_received_date"]
    assert level_of(TABLE, found[0]) == "E"
    assert spoilt(TABLE, owner="WCU", info_received_date=date(2026, 7, 6)) == []


def test_the_same_duty_twice_counts_once() -> None:
    assert broken(TABLE, {}, {}) == {"DUPLICATE_ROW event_date": [3]}
