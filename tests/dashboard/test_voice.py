"""What victims say, worked out by hand: the survey, complaints, reviews, the log of lessons."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest

from dashboard.errors import UnknownChoice
from dashboard.metrics.catalogue import metric
from dashboard.metrics.complaints import (
    ACKNOWLEDGED_IN_TIME,
    ANSWERED_IN_TIME,
    COMPLAINT_RATE,
    HANDLED_IN_TIME,
    REVIEWS_IN_TIME,
    REVIEWS_OVERTURNED,
)
from dashboard.metrics.evaluate import evaluate
from dashboard.metrics.lessons import LESSONS_CLOSED, LESSONS_LOGGED, LESSONS_OVERDUE
from dashboard.metrics.metric import Choice, Metric
from dashboard.metrics.voice import (
    ANSWERS_PER_VICTIM,
    KEPT_INFORMED,
    KNOW_OF_CODE,
    NEGATIVE,
    RESPONSE_RATE,
    SATISFIED,
)
from dashboard.warehouse import Warehouse, open_warehouse
from schemas.codes import HIDDEN, NOT_APPLICABLE
from tests.support.tiny_cells import cell
from tests.support.tiny_voice import LESSONS, VOICE, add_lessons
from tests.support.tiny_warehouse import HOME, REDDITCH, write_version

Asked = Callable[..., list[dict[str, Any]]]


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> Asked:
    """Ask a metric of the invented answers, as of 1 November 2026."""
    data_dir = tmp_path_factory.mktemp("voice")
    add_lessons(write_version(data_dir, cells=VOICE))
    warehouse = open_warehouse(data_dir)

    def rows(each: Metric, by: tuple[str, ...] = (), **choice: Any) -> list[dict[str, Any]]:
        return evaluate(each, Choice(**choice), warehouse=warehouse, by=by).frame.to_dicts()

    return rows


def _said(row: dict[str, Any]) -> tuple[Any, ...]:
    return row["numerator"], row["denominator"], row["value"], row["marker"]


@pytest.mark.parametrize(
    ("each", "said"),
    [
        # 210 of 300; 174 of 290 is 60; 135 of 270 is 50.
        (SATISFIED, (210, 300, 70, "")),
        (KEPT_INFORMED, (175, 290, 60, "")),
        (KNOW_OF_CODE, (135, 270, 50, "")),
        (RESPONSE_RATE, (300, 1600, 19, "")),
        # Acknowledged or answered, answered, acknowledged: three different shares of 100 due.
        (HANDLED_IN_TIME, (90, 100, 90, "")),
        (ANSWERED_IN_TIME, (55, 100, 55, "")),
        (ACKNOWLEDGED_IN_TIME, (80, 100, 80, "")),
        (REVIEWS_OVERTURNED, (20, 100, 20, "")),
        (REVIEWS_IN_TIME, (60, 80, 75, "")),
    ],
    ids=lambda each: getattr(each, "key", ""),
)
def test_a_share_is_the_part_of_its_whole(
    asked: Asked, each: Metric, said: tuple[Any, ...]
) -> None:
    (row,) = asked(each)
    assert _said(row) == said
    assert row["lower"] < row["value"] < row["upper"]


def test_satisfaction_has_wilson_limits(asked: Asked) -> None:
    (row,) = asked(SATISFIED)
    # Of 210 of 300: (420 + 3.8415 -+ 1.96 sqrt(3.8415 + 840 * 0.3)) / (2 * 303.8415).
    assert (row["lower"], row["upper"]) == pytest.approx((64.59, 74.90), abs=0.01)


def test_police_and_prosecution_are_kept_apart(asked: Asked) -> None:
    rows = {row["organisation"]: row for row in asked(REVIEWS_OVERTURNED, ("organisation",))}
    assert _said(rows["POLICE"]) == (10, 50, 20, "")
    # 45 reviews are fewer than the 50 of which a share is given.
    assert _said(rows["CPS"]) == (10, 45, None, HIDDEN)


def test_complaints_are_per_thousand_victims_of_the_undivided_whole(asked: Asked) -> None:
    (row,) = asked(COMPLAINT_RATE)
    assert _said(row) == (120, 6000, 20, "")
    # Byar's limits of 120 complaints: 99.5 to 143.5, over 6,000.
    assert (row["lower"], row["upper"]) == pytest.approx((16.58, 23.91), abs=0.01)
    themes = {row["theme"]: row for row in asked(COMPLAINT_RATE, ("theme",))}
    assert _said(themes["DELAY"]) == (60, 6000, 10, "")
    assert _said(themes["COURT"]) == (None, 6000, None, HIDDEN)


def test_answers_are_per_hundred_victims_of_the_same_group(asked: Asked) -> None:
    groups = {row["crime_group"]: row for row in asked(ANSWERS_PER_VICTIM, ("crime_group",))}
    assert _said(groups["DA"]) == (100, 1000, 10, "")
    assert _said(groups["ROB"]) == (30, 2000, 1.5, "")
    # Of fewer than fifty victims no rate is given.
    assert _said(groups["HATE"]) == (None, 45, None, HIDDEN)


def test_a_rate_over_nobody_known_is_hidden_and_never_infinite(tmp_path: Path) -> None:
    write_version(tmp_path, cells=[cell("complaints", HOME, 20), cell("code_victims", HOME, None)])
    frame = evaluate(COMPLAINT_RATE, Choice(), warehouse=open_warehouse(tmp_path)).frame
    assert frame.select("value", "upper", "marker").row(0) == (None, None, HIDDEN)


def test_a_theme_spoken_of_badly_is_a_share_of_all_that_is_said_of_it(asked: Asked) -> None:
    rows = {row["theme"]: row for row in asked(NEGATIVE, ("theme",))}
    assert _said(rows["DELAY"]) == (75, 100, 75, "")
    # Of 40, fewer than the 50 of which a share is given.
    assert _said(rows["COURT"]) == (20, 40, None, HIDDEN)
    assert _said(asked(NEGATIVE)[0]) == (150, 500, 30, "")


def test_lessons_count_once_they_are_ninety_days_old(asked: Asked) -> None:
    # As of 1 November 2026, 2 August is 91 days ago and 3 August is 90.
    (row,) = asked(LESSONS_CLOSED)
    assert _said(row) == (2, 4, 50.0, "")
    # Wilson limits of 2 of 4.
    assert (row["lower"], row["upper"]) == pytest.approx((15.0, 85.0), abs=0.01)


def test_lessons_closed_are_given_by_theme(asked: Asked) -> None:
    rows = {row["theme"]: _said(row) for row in asked(LESSONS_CLOSED, ("theme",))}
    assert rows["INFO"] == (1, 2, 50.0, "")
    assert rows["DELAY"] == (1, 2, 50.0, "")
    assert rows["COURT"] == (0, 0, None, NOT_APPLICABLE)


def test_an_action_is_overdue_while_it_is_not_done_after_its_day(asked: Asked) -> None:
    assert asked(LESSONS_OVERDUE)[0]["value"] == 1
    owners = {
        row["organisation"]: row["value"] for row in asked(LESSONS_OVERDUE, ("organisation",))
    }
    assert owners == {"POLICE": 1, "WCU": 0, "OPCC": 0}


def test_what_is_logged_after_the_day_of_the_figures_does_not_count(asked: Asked) -> None:
    assert len(LESSONS) == 7
    assert asked(LESSONS_LOGGED)[0]["value"] == 6


def test_the_log_is_that_of_the_force_whatever_area_is_chosen(asked: Asked) -> None:
    assert asked(LESSONS_CLOSED, areas=(REDDITCH,)) == asked(LESSONS_CLOSED)


def test_without_a_log_nothing_is_said_to_be_closed(tiny: Warehouse) -> None:
    with pytest.raises(UnknownChoice, match="Load the log of lessons first"):
        evaluate(LESSONS_CLOSED, Choice(), warehouse=tiny)


def test_closing_a_lesson_later_never_improves_the_share(tmp_path: Path) -> None:
    path = write_version(tmp_path)
    add_lessons(path)
    with duckdb.connect(str(path)) as connection:
        connection.execute(
            "update fact_lesson set closed = ? where closed is not null", [date(2026, 11, 2)]
        )
    frame = evaluate(LESSONS_CLOSED, Choice(), warehouse=open_warehouse(tmp_path)).frame
    assert frame["value"].to_list() == [0.0]


def test_each_id_of_the_agreed_list_leads_with_the_metric_it_names() -> None:
    named = {"VO01": SATISFIED, "VO02": KEPT_INFORMED, "VO03": KNOW_OF_CODE, "VO04": RESPONSE_RATE}
    assert {each: metric(each) for each in named} == named
    assert metric("VO06") is REVIEWS_OVERTURNED
    assert metric("VO08") is LESSONS_CLOSED
