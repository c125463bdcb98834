"""Contracts of complaints, of reviews that victims ask for, and of lessons drawn from them."""

from dataclasses import replace
from typing import Final

import polars as pl

from schemas.rule import Rule, or_empty
from schemas.supplied.code_right import CODE_RIGHT
from schemas.supplied.conditions import is_one, not_before
from schemas.supplied.field import SAMPLE_FIELD, Contract
from schemas.supplied.fields import code, day, identifier, key, text
from schemas.supplied.lists import AGENCY, CRIME_GROUP, LA_CODE, Codes

ORGANISATION: Final[Codes] = {
    **AGENCY,
    "SERVICE": "A support service",
    "OPCC": "The commissioner's office",
}
"""By their role; a support service is not named, because few people complain about one."""

THEME: Final[Codes] = {
    "INFO": "Information and updates",
    "DELAY": "Delay",
    "ATTITUDE": "Attitude and treatment",
    "REFERRAL": "Referral to support",
    "NEEDS": "Needs not met",
    "COURT": "Court",
    "DATA": "Personal data",
    "OTHER": "Other",
}

COMPLAINT_OUTCOME: Final[Codes] = {
    "UPHELD": "Upheld",
    "PART": "Upheld in part",
    "NOT": "Not upheld",
    "WITHDRAWN": "Withdrawn",
    "OPEN": "Still open",
}

VRR_ORGANISATION: Final[Codes] = {each: AGENCY[each] for each in ("POLICE", "CPS")}
VRR_STAGE: Final[Codes] = {"LOCAL": "Where the decision was made", "FULL": "Independent review"}
VRR_OUTCOME: Final[Codes] = {
    "UPHELD": "The decision stands",
    "OVERTURNED": "The decision was changed",
    "WITHDRAWN": "Withdrawn",
    "OUT_OF_TIME": "Asked for too late",
    "OPEN": "Still open",
}

LESSON_SOURCE: Final[Codes] = {
    "COMPLAINT": "Complaints",
    "VRR": "Reviews that victims asked for",
    "SURVEY": "Surveys",
    "LIVED_EXPERIENCE_GROUP": "Group of people with lived experience",
    "DIP_SAMPLE": "Sample of cases",
    "DHR": "Review of a domestic homicide",
}

VRR_WITHIN_MONTHS: Final = 3

COMPLAINT: Final = Contract(
    table="complaints",
    title="Complaints",
    row="complaint of a victim",
    fields=(
        key("complaint_key", "The organisation's own key of the complaint"),
        code("organisation", ORGANISATION, "What the complaint is about", is_required=True),
        code("theme", THEME, "Main theme", is_required=True),
        code("code_right", {**CODE_RIGHT, "NONE": "No right of the Code"}, "Right at stake"),
        day("date_received", "Received", is_required=True),
        day("date_passed_on", "Passed on to the organisation that has to answer"),
        day("date_acknowledged", "Acknowledged"),
        day("date_answered", "Answered in full"),
        code("outcome", COMPLAINT_OUTCOME, "How it ended", is_required=True),
        code("crime_group", CRIME_GROUP, "The crime"),
        code("la_code", LA_CODE, "District of the home"),
        SAMPLE_FIELD,
    ),
    rules=(
        not_before("date_acknowledged", "date_received", rule_id="C01"),
        not_before("date_answered", "date_received"),
        replace(
            not_before("date_answered", "date_acknowledged", rule_id="C02"),
            level="W",
            reason="ANSWERED_BEFORE_ACKNOWLEDGED",
        ),
    ),
    is_about_people=True,
    period_field="date_received",
    sender_field="organisation",
    unique=("organisation", "complaint_key"),
)

_ASKED_IN_TIME: Final = pl.col("date_requested") <= pl.col("date_decision").dt.offset_by(
    f"{VRR_WITHIN_MONTHS}mo"
)

VRR: Final = Contract(
    table="vrr",
    title="Victims' right to review",
    row="review of a decision that a victim asked for",
    fields=(
        key("vrr_key", "The organisation's own key of the review"),
        code("organisation", VRR_ORGANISATION, "Whose decision it was", is_required=True),
        code("stage", VRR_STAGE, "Stage of the review", is_required=True),
        code("crime_group", CRIME_GROUP, "The crime"),
        day("date_decision", "The decision that is reviewed", is_required=True),
        day("date_requested", "Review asked for", is_required=True),
        day("date_acknowledged", "Acknowledged"),
        day("date_completed", "Completed"),
        code("outcome", VRR_OUTCOME, "How it ended", is_required=True),
        SAMPLE_FIELD,
    ),
    rules=(
        not_before("date_requested", "date_decision"),
        not_before("date_acknowledged", "date_requested"),
        not_before("date_completed", "date_requested"),
        Rule(
            rule_id="C03",
            level="W",
            reason="REQUESTED_LATE",
            column="date_requested",
            holds=or_empty(_ASKED_IN_TIME, "date_requested", "date_decision")
            | is_one("outcome", ("OUT_OF_TIME",)),
            expected=f"a day within {VRR_WITHIN_MONTHS} months of date_decision, or OUT_OF_TIME",
            advice="Check the two days; a late request may have been let through on purpose.",
        ),
    ),
    is_about_people=True,
    period_field="date_requested",
    sender_field="organisation",
    unique=("organisation", "vrr_key", "stage"),
)

LESSON: Final = Contract(
    table="lessons_log",
    title="Log of lessons",
    row="lesson with the action that follows from it",
    fields=(
        identifier("lesson_id", "The office's code of the lesson"),
        code("source", LESSON_SOURCE, "What it was learnt from", is_required=True),
        code("theme", THEME, "Main theme", is_required=True),
        day("date_logged", "Entered in the log", is_required=True),
        code("owner_role", ORGANISATION, "Who has to act, by role; no names"),
        text("action", "What will be done; nothing about a person. Never published"),
        day("due", "By when", may_be_future=True),
        day("closed", "When it was done"),
        SAMPLE_FIELD,
    ),
    rules=(not_before("closed", "date_logged"),),
    is_about_people=False,
    unique=("lesson_id",),
)
"""Only counts of lessons by source, theme and state are published. `action` is free text: it stays
where only the office reads it."""
