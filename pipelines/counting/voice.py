"""The survey and what people say, complaints, and reviews that victims asked for."""

from datetime import date
from typing import Final

import polars as pl

from pipelines.counting.events import Events, Rows, covered, given, holds, known, month_of
from pipelines.supplied.code_clock import due_days
from pipelines.working_days import due_date

_SATISFIED: Final = ("COMPLETELY", "VERY", "FAIRLY")
_MOSTLY: Final = ("4", "5")
_QUESTIONS: Final = (
    ("overall", "satisfied", "q_overall", _SATISFIED),
    ("first_contact", "satisfied", "q_first_contact", _SATISFIED),
    ("actions", "satisfied", "q_actions", _SATISFIED),
    ("kept_informed", "satisfied", "q_kept_informed", _SATISFIED),
    ("treatment", "satisfied", "q_treatment", _SATISFIED),
    ("code", "aware", "aware_code", ("Y",)),
    ("support", "offered", "offered_support", ("Y",)),
    ("cope", "better", "better_able_to_cope", _MOSTLY),
    ("safety", "safer", "safer", _MOSTLY),
    ("recommendation", "positive", "recommend", _MOSTLY),
)
"""Measure of a question, of its positive answers; its field; the answers that are positive."""

_NO_ANSWER: Final = ("NA", "NR")
ACKNOWLEDGED_WITHIN: Final = 10
"""Working days in which a review is acknowledged, by the scheme that sets its standard."""


def answer_events(rows: Rows, *, as_of: date) -> list[Events]:
    """Return what the answers count towards, in the first month of their quarter."""
    months = covered(rows["satisfaction"], "quarter", as_of=as_of, months=3)
    if months is None:
        return []
    answered = {key: ~known(field).is_in(["NK", *_NO_ANSWER]) for key, _, field, _ in _QUESTIONS}
    flags = (
        pl.lit(value=True).alias("survey_answers"),
        *(flag.alias(f"{key}_answered") for key, flag in answered.items()),
        *(
            known(field).is_in(list(positive)).alias(f"{key}_{suffix}")
            for key, suffix, field, positive in _QUESTIONS
        ),
    )
    return [
        Events(
            rows=rows["satisfaction"].select(
                month_of("quarter"),
                pl.col("la_code").alias("area_code"),
                known("crime_group"),
                known("population"),
                *flags,
            ),
            measures=tuple(flag.meta.output_name() for flag in flags),
            first=months.first,
            last=months.last,
        )
    ]


def invitation_events(rows: Rows, *, as_of: date) -> list[Events]:
    """Return who was invited to the survey and who of them answered, as the survey counts them."""
    people = {"survey_invited": pl.col("invited"), "survey_completed": pl.col("completed")}
    return _counted(rows["satisfaction_invites"], people, ("crime_group",), as_of=as_of)


def comment_events(rows: Rows, *, as_of: date) -> list[Events]:
    """Return the themes noted in what people said, by theme and sense."""
    comments = {"comments": pl.col("count")}
    return _counted(rows["feedback_themes"], comments, ("theme", "sentiment"), as_of=as_of)


def _counted(
    rows: pl.DataFrame, measures: dict[str, pl.Expr], splits: tuple[str, ...], *, as_of: date
) -> list[Events]:
    """Return rows that are counts already, in the first month of their quarter."""
    months = covered(rows, "quarter", as_of=as_of, months=3)
    if months is None:
        return []
    return [
        Events(
            rows=rows.select(
                month_of("quarter"),
                pl.lit(None, pl.String).alias("area_code"),
                *map(known, splits),
                **measures,
            ),
            measures=tuple(measures),
            first=months.first,
            last=months.last,
        )
    ]


def complaint_events(rows: Rows, *, as_of: date) -> list[Events]:
    """Return what the complaints count towards.

    The clock starts when the organisation that has to answer learnt of the complaint: when it was
    passed on, else when it was received.
    """
    months = covered(rows["complaints"], "date_received", as_of=as_of)
    if months is None:
        return []
    complaints = rows["complaints"].with_columns(
        _heard=pl.coalesce("date_passed_on", "date_received")
    )
    due = _due(complaints, rows["ref_code_standard"], event="COMPLAINT", start="date_received")
    is_due = holds(pl.col("_due") < as_of)
    acknowledged = is_due & holds(pl.col("date_acknowledged") <= pl.col("_due"))
    answered = is_due & holds(pl.col("date_answered") <= pl.col("_due"))
    flags = {
        "complaints": pl.lit(value=True),
        "complaints_due": is_due,
        "complaints_handled_on_time": acknowledged | answered,
        "complaints_answered_on_time": answered,
        "complaints_acknowledged_on_time": acknowledged,
    }
    return [
        Events(
            rows=complaints.with_columns(due.alias("_due")).select(
                month_of("date_received"),
                pl.col("la_code").alias("area_code"),
                *(known(each) for each in ("organisation", "theme", "code_right")),
                **flags,
            ),
            measures=tuple(flags),
            first=months.first,
            last=months.last,
        )
    ]


def review_events(rows: Rows, *, as_of: date) -> list[Events]:
    """Return what the reviews count towards. Clocks run only where a standard sets one."""
    months = covered(rows["vrr"], "date_requested", as_of=as_of)
    if months is None:
        return []
    reviews = rows["vrr"].with_columns(_heard="date_requested")
    due = _due(reviews, rows["ref_code_standard"], event="VRR", start="date_requested")
    soon = due_date(reviews["date_requested"], ACKNOWLEDGED_WITHIN)
    has_limit = given("_due")
    acknowledgement_due = has_limit & holds(pl.col("_soon") < as_of)
    completed = given("date_completed") & pl.col("outcome").is_in(["UPHELD", "OVERTURNED"])
    flags = {
        "reviews_requested": pl.lit(value=True),
        "reviews_acknowledgement_due": acknowledgement_due,
        "reviews_acknowledged_on_time": acknowledgement_due
        & holds(pl.col("date_acknowledged") <= pl.col("_soon")),
        "reviews_completed": completed,
        "reviews_overturned": completed & (pl.col("outcome") == "OVERTURNED"),
        "reviews_timed": completed & has_limit,
        "reviews_on_time": completed & holds(pl.col("date_completed") <= pl.col("_due")),
    }
    return [
        Events(
            rows=reviews.with_columns(due.alias("_due"), soon.alias("_soon")).select(
                month_of("date_requested"),
                pl.lit(None, pl.String).alias("area_code"),
                known("organisation"),
                **flags,
            ),
            measures=tuple(flags),
            first=months.first,
            last=months.last,
        )
    ]


def _due(rows: pl.DataFrame, standards: pl.DataFrame, *, event: str, start: str) -> pl.Series:
    duties = rows.select(
        pl.lit(event).alias("event"),
        pl.col("organisation").alias("owner"),
        pl.col(start).alias("event_date"),
        pl.col("_heard").alias("info_received_date"),
        pl.lit("N").alias("enhanced"),
    )
    return due_date(*due_days(duties, standards))
