"""Contract of the delivery plan: milestones, risks, issues and actions of each commitment.

Staff keep it as one sheet and send it whole, like all else: what is wrong is found at the door.
The data dictionary gives it no numbered rules; those here go on from the assumptions' A05.
"""

from types import MappingProxyType
from typing import Final

import polars as pl

from schemas.rule import Rule, or_empty
from schemas.supplied.complaint import ORGANISATION
from schemas.supplied.conditions import is_one, needed
from schemas.supplied.field import SAMPLE_FIELD, Contract
from schemas.supplied.fields import code, day, identifier, text
from schemas.supplied.lists import Codes

KIND: Final[Codes] = {
    "MILESTONE": "Milestone",
    "RISK": "Risk",
    "ISSUE": "Issue",
    "ACTION": "Action of the Board",
}

ENTRY_STATUS: Final[Codes] = {
    "OPEN": "Open",
    "DONE": "Done, or over",
    "STOPPED": "Given up",
}

SEVERITY: Final[Codes] = {"HIGH": "High", "MEDIUM": "Medium", "LOW": "Low"}

DAYS_TO_UPDATE: Final = 100
"""Days after which an open entry is stale: a quarter, and a week to write it down."""

_IS_OPEN: Final = is_one("status", ("OPEN",))

_RULES: Final = (
    Rule(
        reason="UNKNOWN_COMMITMENT",
        column="commitment_id",
        holds=or_empty(pl.col("_commitment_known").fill_null(value=False), "commitment_id"),
        expected="a commitment of the strategy; the nearest is {nearest}",
        advice="Correct the code, or load the list of commitments with this one first.",
    ),
    needed(
        "due",
        where=is_one("kind", ("MILESTONE", "ACTION")),
        when="for a milestone or an action",
        rule_id="A06",
    ),
    needed(
        "severity",
        where=is_one("kind", ("RISK", "ISSUE")),
        when="for a risk or an issue",
        rule_id="A07",
    ),
    Rule(
        rule_id="A08",
        level="W",
        reason="ENTRY_STALE",
        column="updated_on",
        holds=or_empty(
            pl.col("updated_on") >= pl.col("_as_of").dt.offset_by(f"-{DAYS_TO_UPDATE}d"),
            "updated_on",
        )
        | ~_IS_OPEN,
        expected=f"a day within {DAYS_TO_UPDATE} days for an open entry",
        advice="Look at the entry again, say what changed, and set the day.",
    ),
)

DELIVERY_PLAN: Final = Contract(
    table="delivery_plan",
    title="Delivery plan",
    row="milestone, risk, issue or action of a commitment",
    fields=(
        identifier("entry_id", "The office's code of the entry"),
        identifier("commitment_id", "The commitment, as in the list of commitments"),
        code("kind", KIND, "What the entry is", is_required=True),
        text("text", "What it is, in short; no names of people. Published", is_required=True),
        code("owner_role", ORGANISATION, "Who has to act, by role; no names", is_required=True),
        day("due", "By when; needed for milestones and actions", may_be_future=True),
        code("status", ENTRY_STATUS, "How it stands", is_required=True),
        code("severity", SEVERITY, "How bad; needed for risks and issues"),
        text("what_changed", "What changed last, in short; no names of people. Published"),
        day("updated_on", "When this was last looked at", is_required=True),
        SAMPLE_FIELD,
    ),
    rules=_RULES,
    is_about_people=False,
    unique=("entry_id",),
    context=MappingProxyType[str, pl.DataType]({"_commitment_known": pl.Boolean()}),
)
