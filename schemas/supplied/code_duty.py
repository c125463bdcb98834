"""Contracts of what the office keeps on the Victims' Code beside standards: evidence, and law.

The data dictionary gives these tables no numbered rules; they share those of the assumptions.
"""

from typing import Final

import polars as pl

from schemas.rule import Rule, or_empty
from schemas.supplied.code_right import CODE_RIGHT
from schemas.supplied.complaint import ORGANISATION
from schemas.supplied.conditions import is_one, needed, not_before
from schemas.supplied.field import SAMPLE_FIELD, Contract
from schemas.supplied.fields import code, day, identifier, text
from schemas.supplied.lists import Codes

EVIDENCE: Final[Codes] = {
    "HELD": "Evidence is held",
    "PART": "Evidence is held in part",
    "NONE": "No evidence is held",
    "NOT_OURS": "Not a right that this organisation gives",
}

DUTY_STATUS: Final[Codes] = {
    "IN_FORCE": "In force",
    "NOT_IN_FORCE": "Passed but not in force",
    "PROPOSED": "Proposed",
    "REPLACED": "Replaced",
    "NOT_CHECKED": "Not checked",
}

_IS_CHECKED: Final = is_one("status", tuple(DUTY_STATUS.keys() - {"NOT_CHECKED"}))

CODE_CHECKLIST: Final = Contract(
    table="code_checklist",
    title="Checklist of the Victims' Code",
    row="right and organisation",
    fields=(
        code("right_no", CODE_RIGHT, "Right of the Code", is_required=True),
        code("organisation", ORGANISATION, "Who gives it, by role", is_required=True),
        code("evidence", EVIDENCE, "Whether there is evidence of it", is_required=True),
        text("evidence_is", "What the evidence is, and where it stands"),
        code("owner_role", ORGANISATION, "Who keeps the evidence, by role; no names"),
        day("checked_on", "When somebody last looked at it"),
        day("review_by", "When to look at it again", may_be_future=True),
        SAMPLE_FIELD,
    ),
    rules=(
        not_before("review_by", "checked_on", rule_id="A03"),
        Rule(
            rule_id="A04",
            level="W",
            reason="REVIEW_OVERDUE",
            column="review_by",
            holds=or_empty(pl.col("review_by") >= pl.col("_as_of"), "review_by"),
            expected="a day to come",
            advice="Look at the evidence again, then set a new day.",
        ),
    ),
    is_about_people=False,
    unique=("right_no", "organisation"),
)
"""A right counts as evidenced where evidence is held and has an owner and a day."""

DUTY: Final = Contract(
    table="ref_duty",
    title="Duties and their legal status",
    row="duty, or change of the law",
    fields=(
        identifier("duty_id", "The office's code of the duty"),
        text("duty", "What is to be done, in short", is_required=True),
        text("law", "Act and section, Code or scheme", is_required=True),
        text("binds", "Who has to do it"),
        code("status", DUTY_STATUS, "Whether it is in force", is_required=True),
        day("in_force_from", "Since when; blank where it is not", may_be_future=True),
        day("checked_on", "When the status was last checked"),
        text("source", "Where the status was seen", is_required=True),
        text("note", "What readers must know"),
        SAMPLE_FIELD,
    ),
    rules=(
        needed("checked_on", where=_IS_CHECKED, when="unless status is NOT_CHECKED", rule_id="A02"),
    ),
    is_about_people=False,
    unique=("duty_id",),
)
"""A status holds for the day on which it was checked, and is shown with it."""
