"""Referrals by month of receipt: steps, clocks, what ended and what was closed."""

from datetime import date
from typing import Any

import polars as pl
import pytest

from pipelines.counting import count_cells
from tests.support.accepted_rows import (
    AS_OF,
    BROMSGROVE,
    REDDITCH,
    RURAL,
    TREE,
    accepted,
    referral,
    supported,
    the,
)

MAY, JUNE = date(2026, 5, 1), date(2026, 6, 1)
QUARTER = (date(2026, 4, 1), JUNE)
DAY = date(2026, 6, 10)
STEPS = ("referrals", "contacted", "assessed", "started", "completed")


def counted(*referrals: dict[str, Any], as_of: date = AS_OF, **tables: Any) -> pl.DataFrame:
    rows = accepted(referrals=list(referrals), **tables)
    return count_cells(rows, as_of=as_of, areas=TREE, rural=RURAL)


def in_june(cells: pl.DataFrame, *measures: str) -> tuple[int, ...]:
    return tuple(the(cells, each, JUNE) for each in measures)


@pytest.mark.parametrize(
    ("fields", "reached"),
    [
        ({}, 1),
        ({"date_first_attempt": DAY}, 1),
        ({"date_first_contact": DAY}, 2),
        ({"date_needs_assessed": DAY}, 3),
        ({"date_accepted": DAY}, 3),
        ({"date_support_start": DAY}, 4),
        ({"date_support_start": DAY, "end_reason": "DISENGAGED"}, 4),
        ({"date_support_start": DAY, "end_reason": "COMPLETED"}, 5),
    ],
)
def test_who_reached_a_step_has_passed_those_before(fields: dict[str, Any], reached: int) -> None:
    cells = counted(referral(DAY, **fields))
    assert in_june(cells, *STEPS) == (1,) * reached + (0,) * (5 - reached)


def test_a_referral_belongs_to_the_month_of_receipt_whatever_happens_later() -> None:
    cells = counted(supported(date(2026, 5, 31), date(2026, 6, 20)), referral(DAY))
    assert the(cells, "started", MAY) == 1
    assert the(cells, "started", JUNE) == 0


def test_ended_before_support_is_by_reason_and_never_completed() -> None:
    cells = counted(
        referral(date(2026, 4, 1)),
        referral(DAY, status="NOT_STARTED", end_reason="DECLINED"),
        referral(DAY, status="NOT_STARTED", end_reason="NO_CONTACT"),
        supported(DAY, DAY) | {"status": "CLOSED", "end_reason": "DISENGAGED"},
    )
    assert the(cells, "ended_before_support", JUNE) == 2
    assert the(cells, "ended_before_support", *QUARTER, end_reason="DECLINED") == 1
    assert the(cells, "ended_before_support", *QUARTER, end_reason="DISENGAGED") == 0
    reasons = cells.filter(pl.col("split_1") == "end_reason")["value_1"].unique()
    assert "COMPLETED" not in reasons


def test_handed_on_needs_another_service_or_the_reason() -> None:
    cells = counted(
        referral(DAY, onward_service_id="S3"),
        referral(DAY, status="NOT_STARTED", end_reason="REFERRED_ON"),
        referral(DAY),
    )
    assert the(cells, "handed_on", JUNE) == 2


def test_online_counts_only_where_it_is_said() -> None:
    cells = counted(*(referral(DAY, online_flag=flag) for flag in ("Y", "N", "NK")))
    assert in_june(cells, "referrals", "online_completed", "online_yes") == (3, 2, 1)


def test_contact_is_in_time_to_the_end_of_the_last_working_day() -> None:
    # S1 allows three working days: from Friday 22 May over the bank holiday to Thursday 28 May.
    friday = date(2026, 5, 22)
    cells = counted(
        referral(friday, date_first_contact=date(2026, 5, 28)),
        referral(friday, date_first_contact=date(2026, 5, 29)),
        referral(friday),
        referral(friday, service_id="S2", date_first_contact=friday),
    )
    assert the(cells, "contacted", MAY) == 3
    assert the(cells, "contacted_in_time", MAY) == 1, "S2's contract names no days"


def test_a_flag_of_several_counts_in_each_and_none_in_none() -> None:
    cells = counted(
        referral(date(2026, 4, 2), priority_flags=["DA", "MH"]), referral(DAY, priority_flags=None)
    )
    assert the(cells, "referrals", *QUARTER, priority_flag="DA") == 1
    assert the(cells, "referrals", *QUARTER, priority_flag="MH") == 1
    assert the(cells, "referrals", *QUARTER, priority_flag="LD") == 0
    assert the(cells, "referrals", *QUARTER) == 2


def test_areas_add_up_with_those_who_live_elsewhere() -> None:
    places = (REDDITCH, REDDITCH, BROMSGROVE, "OUT", "NK")
    cells = counted(referral(date(2026, 4, 1)), *(referral(DAY, la_code=place) for place in places))
    assert the(cells, "referrals", *QUARTER) == 6
    assert the(cells, "referrals", *QUARTER, area=REDDITCH) == 3
    assert the(cells, "referrals", *QUARTER, area="NORTH") == 4
    assert the(cells, "referrals", *QUARTER, area="OUT") == 1
    assert the(cells, "referrals", *QUARTER, area="NK") == 1


def closed(start: date, end: date, **fields: Any) -> dict[str, Any]:
    ended = {"status": "CLOSED", "date_support_end": end, "end_reason": "COMPLETED"}
    return supported(start, start) | ended | fields


def score(of: dict[str, Any], occasion: str, day: date, value: float, **fields: Any) -> Any:
    keys = {name: of[name] for name in ("provider_id", "referral_id")}
    scale = {"tool": "OUTCOME_STAR", "domain": "COPE"}
    return keys | scale | {"occasion": occasion, "date": day, "score": value} | fields


def test_cases_are_closed_in_the_month_of_their_end_and_paired_by_tool_and_domain() -> None:
    first = referral(date(2025, 10, 1))
    paired, crossed, single = (closed(date(2026, 4, 1), DAY) for _ in range(3))
    scores = [
        score(paired, "ENTRY", date(2026, 4, 1), 3),
        score(paired, "EXIT", DAY, 5),
        score(crossed, "ENTRY", date(2026, 4, 1), 3),
        score(crossed, "EXIT", DAY, 5, domain="SAFER"),
        score(single, "ENTRY", date(2026, 4, 1), 3),
    ]
    cells = counted(first, paired, crossed, single, referral(DAY), outcome_scores=scores)
    assert in_june(cells, "cases_closed", "cases_paired") == (3, 1)


def test_a_score_is_better_by_the_step_in_the_tools_direction() -> None:
    start = date(2026, 1, 5)
    rows = [closed(start, DAY) for _ in range(6)]
    scores = [score(rows[0], "ENTRY", date(2025, 10, 1), 3)]
    for row, entry, end, tool in (
        (rows[0], None, 4, "OUTCOME_STAR"),
        (rows[1], 3, 3, "OUTCOME_STAR"),
        (rows[2], 20, 12, "CORE10"),
        (rows[3], 12, 20, "CORE10"),
        (rows[4], 1, 9, "OTHER"),
    ):
        if entry is not None:
            scores.append(score(row, "ENTRY", start, entry, tool=tool))
        scores.append(score(row, "EXIT", DAY, end, tool=tool))
    scores.append(score(referral(DAY), "ENTRY", start, 1))
    scores.append(score(referral(DAY), "EXIT", DAY, 9))
    cells = counted(*rows, outcome_scores=scores)
    assert in_june(cells, "scores_paired", "scores_improved") == (4, 2)
