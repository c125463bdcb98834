"""Victims of recorded crime, by the month of the report. Businesses and the state are left out."""

from datetime import date
from typing import Final

import polars as pl

from pipelines.counting.events import Events, Rows, covered, given, holds, known, month_of
from pipelines.supplied.code_clock import due_days
from pipelines.working_days import due_date

_MEASURES: Final = (
    "code_victims",
    "written_confirmation",
    "confirmation_waived",
    "needs_assessed",
    "enhanced_victims",
    "referral_agreed",
    "referral_due",
    "referral_missed",
    "referral_unrecorded",
    "vps_reached",
    "vps_offered",
    "vps_made",
)


def case_events(rows: Rows, *, as_of: date) -> list[Events]:
    """Return what the cases count towards."""
    months = covered(rows["code_cases"], "date_reported", as_of=as_of)
    if months is None:
        return []
    persons = rows["code_cases"].filter(pl.col("victim_type") == "PERSON")
    due = _referral_due(persons, rows["ref_code_standard"])
    return [
        Events(
            rows=persons.with_columns(due.alias("_due")).select(
                month_of("date_reported"),
                pl.col("la_code").alias("area_code"),
                known("crime_group"),
                known("enhanced"),
                *_flags(as_of),
            ),
            measures=_MEASURES,
            first=months.first,
            last=months.last,
        )
    ]


def _flags(as_of: date) -> tuple[pl.Expr, ...]:
    """Return the measures, each a part of the one that it is said to be a part of."""
    assessed = given("needs_assessment_date")
    agreed = holds(pl.col("consent_to_refer").is_in(["Y", "NOT_REQUIRED"]))
    is_due = agreed & holds(pl.col("_due") < as_of)
    reached = holds(pl.col("vps_offer_point_date") < as_of)
    offered = reached & given("vps_offered_date")
    flags = (
        pl.lit(value=True),
        given("written_confirmation_date"),
        holds(pl.col("confirmation_waived") == "Y"),
        assessed,
        assessed & (pl.col("enhanced") == "Y"),
        agreed,
        is_due,
        is_due & ~holds(pl.col("referred_date") <= pl.col("_due")),
        is_due & ~given("referred_date"),
        reached,
        offered,
        offered & given("vps_made_date"),
    )
    return tuple(flag.alias(name) for name, flag in zip(_MEASURES, flags, strict=True))


def _referral_due(cases: pl.DataFrame, standards: pl.DataFrame) -> pl.Series:
    """Return the last day for a referral, by the standard in force on the day of the report.

    The clock starts with the report, whatever the standard calls that day.
    """
    duties = cases.select(
        pl.lit("REFERRAL").alias("event"),
        pl.lit("POLICE").alias("owner"),
        pl.col("date_reported").alias("event_date"),
        pl.lit(None, pl.Date).alias("info_received_date"),
        "enhanced",
    )
    _, days = due_days(duties, standards)
    return due_date(cases["date_reported"], days)
