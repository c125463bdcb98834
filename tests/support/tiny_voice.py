"""What a few invented victims say: protected cells and a log of lessons, small enough to read.

The twelve months to September 2026: 300 of 1,600 people asked answered the survey, 210 of them
satisfied. 120 complaints, 60 of them of delay, and 6,000 victims of recorded crime. 100 reviews
were completed, 20 with another decision: 10 of 50 by police, 10 of 45 by prosecutors.
"""

from datetime import date
from pathlib import Path
from typing import Any, Final

import duckdb

from schemas.codes import ABOUT_SERVICES
from tests.support.tiny_cells import LAST_QUARTER, Cell, cell

_HOME, _BROMSGROVE, _REDDITCH = "E23000016", "E07000234", "E07000236"

_WHOLE: Final = {
    "survey_answers": 300,
    "survey_invited": 1600,
    "survey_completed": 300,
    "overall_answered": 300,
    "overall_satisfied": 210,
    "first_contact_answered": 280,
    "first_contact_satisfied": 225,
    "actions_answered": 290,
    "actions_satisfied": 180,
    "treatment_answered": 295,
    "treatment_satisfied": 235,
    "kept_informed_answered": 290,
    "kept_informed_satisfied": 175,
    "code_answered": 270,
    "code_aware": 135,
    "support_answered": 270,
    "support_offered": 190,
    "cope_answered": 100,
    "cope_better": 70,
    "safety_answered": 100,
    "safety_safer": 65,
    "recommendation_answered": 100,
    "recommendation_positive": 85,
    "comments": 500,
    "complaints": 120,
    "complaints_due": 100,
    "complaints_handled_on_time": 90,
    "complaints_answered_on_time": 55,
    "complaints_acknowledged_on_time": 80,
    "code_victims": 6000,
    "reviews_requested": 110,
    "reviews_completed": 100,
    "reviews_overturned": 20,
    "reviews_timed": 80,
    "reviews_on_time": 60,
    "reviews_acknowledgement_due": 80,
    "reviews_acknowledged_on_time": 70,
}

VOICE: Final[list[Cell]] = [
    *(cell(measure, _HOME, count) for measure, count in _WHOLE.items()),
    *(
        cell(measure, _HOME, count // 4, period=("quarter", *LAST_QUARTER))
        for measure, count in (("survey_invited", 1600), ("survey_completed", 300))
    ),
    cell("survey_answers", _BROMSGROVE, 60),
    cell("overall_answered", _BROMSGROVE, 60),
    cell("overall_satisfied", _BROMSGROVE, 45),
    cell("survey_answers", _REDDITCH, 20),
    cell("code_victims", _BROMSGROVE, 900),
    cell("code_victims", _REDDITCH, 1800),
    *(
        cell(measure, _HOME, count, "crime_group", group)
        for group, answers, asked, satisfied, victims in (
            ("DA", 100, 400, 60, 1000),
            ("ROB", 30, 300, 20, 2000),
            ("HATE", None, 20, None, 45),
        )
        for measure, count in (
            ("survey_answers", answers),
            ("survey_completed", answers),
            ("survey_invited", asked),
            ("overall_answered", answers),
            ("overall_satisfied", satisfied),
            ("code_victims", victims),
        )
    ),
    *(
        cell("complaints", _HOME, count, "theme", theme)
        for theme, count in (("DELAY", 60), ("INFO", 40), ("COURT", None))
    ),
    *(
        cell("complaints", _HOME, count, "code_right", right)
        for right, count in (("6", 70), ("4", 30), ("NONE", 20))
    ),
    *(
        cell(measure, _HOME, count, "organisation", organisation)
        for organisation, asked, completed, overturned in (
            ("POLICE", 60, 50, 10),
            ("CPS", 50, 45, 10),
        )
        for measure, count in (
            ("reviews_requested", asked),
            ("reviews_completed", completed),
            ("reviews_overturned", overturned),
        )
    ),
    *(
        cell(measure, _HOME, count, "organisation", organisation)
        for organisation, count in (("POLICE", 90), ("CPS", 30))
        for measure in ("complaints", "complaints_due", "complaints_answered_on_time")
    ),
    *(
        cell("comments", _HOME, count, "theme", theme)
        for theme, count in (("DELAY", 100), ("INFO", 360), ("COURT", 40))
    ),
    cell("comments", _HOME, 150, "sentiment", "NEGATIVE"),
    *(
        cell("comments", _HOME, count, "theme", theme, "sentiment", "NEGATIVE")
        for theme, count in (("DELAY", 75), ("INFO", 60), ("COURT", 20))
    ),
]

LESSONS: Final[list[dict[str, Any]]] = [
    {"lesson_id": lesson, "theme": theme, "date_logged": logged, "owner_role": owner}
    | {"due": due, "closed": closed, "source": "COMPLAINT"}
    for lesson, theme, logged, owner, due, closed in (
        ("L1", "INFO", date(2026, 1, 5), "POLICE", date(2026, 4, 5), date(2026, 3, 1)),
        ("L2", "INFO", date(2026, 2, 5), "POLICE", date(2026, 5, 5), None),
        ("L3", "DELAY", date(2026, 3, 5), "WCU", date(2026, 6, 5), date(2026, 7, 1)),
        ("L4", "DELAY", date(2026, 8, 2), "WCU", date(2026, 11, 1), None),
        ("L5", "COURT", date(2026, 8, 3), "OPCC", date(2026, 12, 1), date(2026, 9, 1)),
        ("L6", "COURT", date(2026, 10, 31), "OPCC", None, None),
        ("L7", "COURT", date(2026, 11, 2), "OPCC", None, None),
    )
]
"""As of 1 November 2026: L4 is 91 days old, L5 90, L7 is yet to come; only L2 is overdue."""


def add_lessons(path: Path) -> None:
    """Add the log and its source to a published file."""
    with duckdb.connect(str(path)) as connection:
        for row in LESSONS:
            marks = ", ".join("?" * len(row))
            connection.execute(
                f"insert into fact_lesson ({', '.join(row)}) values ({marks})", [*row.values()]
            )
        connection.execute(
            "insert into meta_source (source_key, subject, source_name, is_invented) "
            "values ('lessons_log', ?, 'Log of lessons', true)",
            [ABOUT_SERVICES],
        )
