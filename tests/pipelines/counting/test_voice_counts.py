"""Invitations, answers and comments, complaints and reviews, and what providers return."""

from datetime import date
from typing import Any

import polars as pl
import pytest

from pipelines.counting import count_cells
from schemas.supplied.satisfaction import SATISFIED
from tests.support.accepted_rows import AS_OF, REDDITCH, RURAL, TREE, accepted, the

QUARTER = (date(2026, 4, 1), date(2026, 6, 1))


def counted(as_of: date = AS_OF, **tables: Any) -> pl.DataFrame:
    return count_cells(accepted(**tables), as_of=as_of, areas=TREE, rural=RURAL)


def found(cells: pl.DataFrame, *measures: str, **splits: Any) -> tuple[int, ...]:
    return tuple(the(cells, each, *QUARTER, **splits) for each in measures)


def answers(**fields: Any) -> dict[str, Any]:
    return {
        "quarter": QUARTER[0],
        "population": "POLICE_VICTIM",
        "crime_group": "DA",
        "la_code": REDDITCH,
        "q_overall": "NR",
    } | fields


def test_satisfied_is_completely_very_or_fairly_of_those_who_answered() -> None:
    cells = counted(satisfaction=[answers(q_overall=code) for code in SATISFIED])
    assert found(cells, "survey_answers", "overall_answered", "overall_satisfied") == (9, 7, 3)
    assert found(cells, "overall_satisfied", population="POLICE_VICTIM") == (3,)


def test_a_question_that_was_not_asked_has_no_answer() -> None:
    cells = counted(satisfaction=[answers(aware_code="Y"), answers(aware_code="N"), answers()])
    assert found(cells, "code_answered", "code_aware", "support_answered") == (2, 1, 0)


def test_the_better_end_of_five_points_is_mostly_and_fully() -> None:
    rows = [answers(safer=code) for code in ("1", "2", "3", "4", "5", "NR")]
    assert found(counted(satisfaction=rows), "safety_answered", "safety_safer") == (5, 2)


def test_answers_have_quarters_and_no_months() -> None:
    cells = counted(satisfaction=[answers()])
    assert set(cells["period_type"]) == {"quarter"}


def invited(asked: int, answered: int, **fields: Any) -> dict[str, Any]:
    return {"quarter": QUARTER[0], "invited": asked, "completed": answered} | fields


def test_invitations_of_all_channels_add_up() -> None:
    cells = counted(
        satisfaction_invites=[
            invited(60, 20, channel="PHONE", crime_group="DA"),
            invited(50, 5, channel="SMS", crime_group="DA"),
            invited(40, 15, channel="SMS", crime_group="ROB"),
        ]
    )
    assert found(cells, "survey_invited", "survey_completed") == (150, 40)
    assert found(cells, "survey_invited", "survey_completed", crime_group="DA") == (110, 25)
    assert found(cells, "survey_invited", crime_group="VIOL") == (0,)


def test_themes_of_all_crimes_add_up_by_theme_and_by_sense() -> None:
    said = {"quarter": QUARTER[0], "theme": "DELAY", "sentiment": "NEGATIVE"}
    cells = counted(
        feedback_themes=[
            said | {"count": 30, "crime_group": "DA"},
            said | {"count": 12},
            said | {"count": 8, "sentiment": "POSITIVE"},
            said | {"count": 5, "theme": "COURT"},
        ]
    )
    assert found(cells, "comments") == (55,)
    assert found(cells, "comments", theme="DELAY") == (50,)
    assert found(cells, "comments", sentiment="NEGATIVE") == (47,)


def complaint(day: date, **fields: Any) -> dict[str, Any]:
    return {"organisation": "POLICE", "theme": "INFO", "date_received": day} | fields


COMPLAINTS = (
    "complaints",
    "complaints_due",
    "complaints_handled_on_time",
    "complaints_answered_on_time",
    "complaints_acknowledged_on_time",
)
SPAN = [
    complaint(date(2026, 4, 1), organisation="OPCC"),
    complaint(date(2026, 6, 30), organisation="OPCC"),
]
"""Complaints to an office without a standard fill the quarter, and are never due."""

# Ten working days from Friday 15 May 2026, over the bank holiday: Monday 1 June.
FRIDAY, LAST = date(2026, 5, 15), date(2026, 6, 1)


@pytest.mark.parametrize(
    ("fields", "counts"),
    [
        ({}, (3, 1, 0, 0, 0)),
        ({"date_acknowledged": LAST}, (3, 1, 1, 0, 1)),
        ({"date_acknowledged": LAST, "date_answered": LAST}, (3, 1, 1, 1, 1)),
        ({"date_acknowledged": date(2026, 6, 2)}, (3, 1, 0, 0, 0)),
        ({"date_answered": LAST}, (3, 1, 1, 1, 0)),
        ({"date_passed_on": date(2026, 5, 18), "date_answered": date(2026, 6, 2)}, (3, 1, 1, 1, 0)),
    ],
)
def test_a_complaint_is_handled_when_acknowledged_or_answered_in_ten_working_days(
    fields: dict[str, Any], counts: tuple[int, ...]
) -> None:
    assert found(counted(complaints=[*SPAN, complaint(FRIDAY, **fields)]), *COMPLAINTS) == counts


def test_a_complaint_without_a_right_says_so_apart_from_one_that_does_not_say() -> None:
    cells = counted(complaints=[*SPAN, complaint(FRIDAY, code_right="NONE")])
    assert found(cells, "complaints", code_right="NONE") == (1,)
    assert found(cells, "complaints", code_right="NK") == (2,)


def review(day: date, **fields: Any) -> dict[str, Any]:
    return {"organisation": "POLICE", "date_requested": day, "outcome": "OPEN"} | fields


REVIEWS = (
    "reviews_requested",
    "reviews_acknowledgement_due",
    "reviews_acknowledged_on_time",
    "reviews_completed",
    "reviews_overturned",
    "reviews_timed",
    "reviews_on_time",
)
BEGIN, END = (
    review(date(2026, 4, 1), organisation="CPS"),
    review(date(2026, 6, 30), organisation="CPS"),
)


@pytest.mark.parametrize(
    ("fields", "counts"),
    [
        ({}, (3, 1, 0, 0, 0, 0, 0)),
        ({"date_acknowledged": LAST}, (3, 1, 1, 0, 0, 0, 0)),
        ({"date_acknowledged": date(2026, 6, 2)}, (3, 1, 0, 0, 0, 0, 0)),
        # Thirty working days from Friday 15 May: Monday 29 June.
        ({"date_completed": date(2026, 6, 29), "outcome": "UPHELD"}, (3, 1, 0, 1, 0, 1, 1)),
        ({"date_completed": date(2026, 6, 30), "outcome": "OVERTURNED"}, (3, 1, 0, 1, 1, 1, 0)),
        ({"date_completed": date(2026, 6, 29), "outcome": "WITHDRAWN"}, (3, 1, 0, 0, 0, 0, 0)),
        (
            {"date_completed": FRIDAY, "outcome": "UPHELD", "organisation": "CPS"},
            (3, 0, 0, 1, 0, 0, 0),
        ),
    ],
)
def test_a_review_has_a_clock_only_where_a_scheme_sets_one(
    fields: dict[str, Any], counts: tuple[int, ...]
) -> None:
    assert found(counted(vrr=[BEGIN, END, review(FRIDAY, **fields)]), *REVIEWS) == counts


def returned(measure: str, value: float, **fields: Any) -> dict[str, Any]:
    return {
        "provider_id": "P1",
        "service_id": "S1",
        "quarter": QUARTER[0],
        "measure": measure,
        "breakdown": "ALL",
        "breakdown_value": "ALL",
        "value": value,
    } | fields


def test_returns_count_whole_figures_and_none_of_their_breakdowns() -> None:
    cells = counted(
        provider_returns=[
            returned("NEW_PEOPLE", 40),
            returned("NEW_PEOPLE", 30, breakdown="SEX", breakdown_value="F"),
            returned("NEW_PEOPLE", 15, service_id="S2"),
            returned("ACTIVE_END", 70),
            returned("CONTACTS", 900),
        ]
    )
    assert found(cells, "returned_new_people", "returned_active_end") == (55, 70)
    assert found(cells, "returned_new_people", provider_id="P1") == (55,)
    assert found(cells, "returned_new_people", service_id="S2") == (15,)
    assert found(cells, "returned_new_people", service_id="S3") == (0,)
