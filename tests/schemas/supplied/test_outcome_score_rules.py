"""Each rule of the outcome scores is broken by rows that break nothing else."""

from datetime import date

import pytest

from schemas.supplied.outcome_score import TOOLS
from tests.support.prepared_rows import broken, level_of, spoilt

TABLE = "outcome_scores"


def test_a_good_score_breaks_nothing() -> None:
    assert spoilt(TABLE) == []


@pytest.mark.parametrize(
    ("tool", "score"),
    [
        ("OUTCOME_STAR", 0.0),
        ("OUTCOME_STAR", 11.0),
        ("OUTCOME_STAR", 4.5),
        ("CORE10", 41.0),
        ("SWEMWBS", 6.0),
        ("SWEMWBS", 36.0),
        ("GAD7", 22.0),
        ("PHQ9", 28.0),
        ("PHQ9", -1.0),
        ("LOCAL_1_5", 6.0),
    ],
)
def test_o01_score_that_the_tool_cannot_give_is_set_aside(tool: str, score: float) -> None:
    found = spoilt(TABLE, tool=tool, score=score)
    assert found == ["O01 SCORE_OUT_OF_RANGE score"]
    assert level_of(TABLE, found[0]) == "E"


@pytest.mark.parametrize("code", TOOLS)
def test_o01_the_ends_of_a_range_are_within_it(code: str) -> None:
    assert spoilt(TABLE, tool=code, score=float(TOOLS[code].least)) == []
    assert spoilt(TABLE, tool=code, score=float(TOOLS[code].most)) == []


def test_o01_scores_of_other_tools_are_not_checked() -> None:
    assert spoilt(TABLE, tool="OTHER", score=1234.5) == []


def test_o02_two_exits_on_different_days_are_both_set_aside() -> None:
    first = {"occasion": "EXIT", "date": date(2026, 9, 1)}
    found = broken(TABLE, {}, first, first | {"date": date(2026, 9, 9)})
    assert found == {"O02 SECOND_ENTRY_OR_EXIT occasion": [3, 4]}
    assert level_of(TABLE, "O02 SECOND_ENTRY_OR_EXIT occasion") == "E"


def test_o02_many_reviews_are_no_oddity_and_an_exit_may_be_missing() -> None:
    review = {"occasion": "REVIEW", "date": date(2026, 9, 1)}
    assert broken(TABLE, {}, review, review | {"date": date(2026, 9, 9)}) == {}


def test_o03_exit_within_fourteen_days_of_entry_warns() -> None:
    found = broken(TABLE, {}, {"occasion": "EXIT", "date": date(2026, 7, 24)})
    assert found == {"O03 EXIT_SOON_AFTER_ENTRY date": [3]}
    assert level_of(TABLE, "O03 EXIT_SOON_AFTER_ENTRY date") == "W"
    assert broken(TABLE, {}, {"occasion": "EXIT", "date": date(2026, 7, 25)}) == {}


def test_o04_exit_before_entry_is_set_aside() -> None:
    found = broken(TABLE, {}, {"occasion": "EXIT", "date": date(2026, 7, 9)})
    assert found == {"O04 NEGATIVE_INTERVAL date": [3]}
    assert level_of(TABLE, "O04 NEGATIVE_INTERVAL date") == "E"


def test_o04_entries_of_others_are_not_compared() -> None:
    earlier = {"occasion": "EXIT", "date": date(2026, 7, 9)}
    assert broken(TABLE, {}, earlier | {"referral_id": "R-0002"}) == {}
    assert broken(TABLE, {}, earlier | {"provider_id": "P02"}) == {}
    assert broken(TABLE, {}, earlier | {"domain": None}) == {}


def test_unknown_provider_is_set_aside() -> None:
    found = spoilt(TABLE, _provider_known=False)
    assert found == ["UNKNOWN_PROVIDER provider_id"]


def test_copies_of_a_score_count_once_and_different_copies_not_at_all() -> None:
    assert broken(TABLE, {}, {}) == {"DUPLICATE_ROW date": [3]}
    assert broken(TABLE, {}, {"score": 5.0}) == {"CONFLICTING_DUPLICATE date": [2, 3]}
