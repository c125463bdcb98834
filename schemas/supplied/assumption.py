"""Contracts of what the office itself keeps: assumptions, standards, targets and commitments.

The data dictionary gives these tables no numbered rules; those here are called A01 to A05.
"""

from typing import Final

import polars as pl

from schemas.rule import Rule, or_empty
from schemas.supplied.case_update import EVENT
from schemas.supplied.code_right import CODE_RIGHT
from schemas.supplied.complaint import ORGANISATION
from schemas.supplied.conditions import is_one, needed, not_before
from schemas.supplied.field import SAMPLE_FIELD, Contract, Field
from schemas.supplied.fields import amount, code, count, day, identifier, text
from schemas.supplied.lists import AREA_CODE, CRIME_GROUP, Codes

STATUS: Final[Codes] = {
    "DRAFT": "Placeholder, marked wherever it is used",
    "AGREED": "Agreed by the office",
    "RETIRED": "No longer used",
}

STANDARD_EVENT: Final[Codes] = {
    **EVENT,
    "CONFIRMATION": "Written confirmation of the report",
    "NEEDS_ASSESSMENT": "Needs assessment",
    "REFERRAL": "Referral to support",
    "VPS_OFFER": "Offer of a personal statement",
    "COMPLAINT": "Answer to a complaint",
    "VRR": "Review of a decision",
}

DAY_TYPE: Final[Codes] = {"WORKING": "Working days"}
CLOCK_START: Final[Codes] = {
    "REPORT": "Report of the crime",
    "EVENT": "The event itself",
    "INFO_RECEIVED": "When the owner learnt of the event",
}

TARGET_AREA: Final[Codes] = {**AREA_CODE, "FORCE": "The whole force area"}
DIRECTION: Final[Codes] = {"HIGHER": "Higher is better", "LOWER": "Lower is better"}
BASIS: Final[Codes] = {"LEGAL": "Law", "CONTRACT": "Contract", "LOCAL": "Set by the office"}

OBJECTIVE: Final[Codes] = {letter: f"Objective {letter}" for letter in "ABCDE"}
PROGRESS: Final[Codes] = {
    "NOT_STARTED": "Not begun",
    "UNDER_WAY": "Under way",
    "DONE": "Done",
    "STOPPED": "Given up",
}

_IS_AGREED: Final = is_one("status", ("AGREED",))
_VALUES: Final = ("low", "central", "high")


def _in_order() -> pl.Expr:
    """Return where low, central and high rise or stay, as far as they are filled in."""
    pairs = (("low", "central"), ("central", "high"), ("low", "high"))
    return pl.all_horizontal(
        or_empty(pl.col(lower) <= pl.col(higher), lower, higher) for lower, higher in pairs
    )


_RULES: Final = (
    Rule(
        rule_id="A01",
        reason="RANGE_OUT_OF_ORDER",
        column="central",
        holds=_in_order(),
        expected="a value from low ({low:text}) to high ({high:text})",
        advice="Check the three values; they may be in the wrong columns.",
    ),
    needed("source", where=_IS_AGREED, when="where status is AGREED", rule_id="A02"),
    needed("period", where=_IS_AGREED, when="where status is AGREED", rule_id="A02"),
    not_before("review_by", "entered_on", rule_id="A03"),
    Rule(
        rule_id="A04",
        level="W",
        reason="REVIEW_OVERDUE",
        column="review_by",
        holds=or_empty(pl.col("review_by") >= pl.col("_as_of"), "review_by") | ~_IS_AGREED,
        expected="a day to come where status is AGREED",
        advice="Look at the source again, then agree on the value or retire it.",
    ),
)

ASSUMPTION: Final = Contract(
    table="assumption",
    title="Assumptions",
    row="value that no data gives",
    fields=(
        identifier("assumption_id", "The office's code of the assumption"),
        text("name", "What is assumed", is_required=True),
        code("crime_group", CRIME_GROUP, "The crime; blank for any"),
        text("applies_to", "The people to whom it is applied"),
        *(amount(each, f"The {each} value; blank for no estimate", least=None) for each in _VALUES),
        text("unit", "What the values are in", is_required=True),
        text("source", "Who published it; needed where it is agreed"),
        text("source_url", "Where it was published"),
        text("period", "The time it is about; needed where it is agreed"),
        text("geography", "The place it is about"),
        code("entered_by_role", ORGANISATION, "Who entered it, by role; no names"),
        day("entered_on", "When it was entered", is_required=True),
        day("review_by", "When to look at it again", may_be_future=True),
        code("status", STATUS, "Whether it may be relied on", is_required=True),
        text("caveat", "What readers must know"),
        SAMPLE_FIELD,
    ),
    rules=_RULES,
    is_about_people=False,
    unique=("assumption_id",),
)

_CODE_STANDARD: Final = (
    code("right_no", CODE_RIGHT, "Right of the Code", is_required=True),
    code("event", STANDARD_EVENT, "What is to be done or told", is_required=True),
    count("standard_days", "Days allowed", is_required=True, most=366),
    count("enhanced_days", "Days allowed with enhanced rights", is_required=True, most=366),
    code("day_type", DAY_TYPE, "How days are counted", is_required=True),
    code("clock_start", CLOCK_START, "When the clock starts", is_required=True),
    code("owner", ORGANISATION, "Who has to act", is_required=True),
    text("code_version", "Version of the Code", is_required=True),
    day("effective_from", "First day in force", is_required=True, may_be_future=True),
    day("effective_to", "Last day in force; blank while it is", may_be_future=True),
    text("source", "Where the Code says so", is_required=True),
    day("verified_on", "When that was checked"),
)

CODE_STANDARD: Final = Contract(
    table="ref_code_standard",
    title="Standards of the Victims' Code",
    row="standard, in one version of the Code",
    fields=(*_CODE_STANDARD, SAMPLE_FIELD),
    rules=(not_before("effective_to", "effective_from", rule_id="A05"),),
    is_about_people=False,
    unique=("right_no", "event", "owner", "effective_from"),
)
"""A new Code is a new set of rows; earlier cases keep the clock they were under."""

TARGET: Final = Contract(
    table="ref_target",
    title="Targets",
    row="target of a measure in an area, for a time",
    fields=(
        identifier("metric_id", "The measure, by its code in the catalogue"),
        code("area", TARGET_AREA, "Where it applies", is_required=True),
        amount("value", "The target", is_required=True, least=None),
        code("direction", DIRECTION, "Which way is better", is_required=True),
        code("basis", BASIS, "What it rests on", is_required=True),
        day("from", "First day", is_required=True, may_be_future=True),
        day("to", "Last day; blank while it applies", may_be_future=True),
        SAMPLE_FIELD,
    ),
    rules=(not_before("to", "from", rule_id="A05"),),
    is_about_people=False,
    unique=("metric_id", "area", "basis", "from"),
)

COMMITMENT: Final = Contract(
    table="ref_commitment",
    title="Commitments of the strategy",
    row="commitment of the strategy's summary",
    fields=(
        identifier("commitment_id", "The office's code of the commitment"),
        text("commitment", "What was promised, in short", is_required=True),
        code("objective", OBJECTIVE, "The objective it belongs to", is_required=True),
        Field(
            name="metric_ids",
            kind="id",
            meaning="Codes of the measures that show it, separated by |",
            pattern=r"[A-Z]{2}\d{2}(\|[A-Z]{2}\d{2})*",
        ),
        code("owner_role", ORGANISATION, "Who has to act, by role; no names"),
        code("status", PROGRESS, "How far it is", is_required=True),
        text("evidence_link", "Where the evidence stands"),
        SAMPLE_FIELD,
    ),
    rules=(),
    is_about_people=False,
    unique=("commitment_id",),
)
