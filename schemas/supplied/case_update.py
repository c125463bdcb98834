"""The contract of updates: one row per duty to tell a victim something."""

from types import MappingProxyType
from typing import Final

import polars as pl

from schemas.rule import Rule, or_empty
from schemas.supplied.conditions import given, is_one, needed, not_before
from schemas.supplied.field import SAMPLE_FIELD, SENDER_KEY, Contract, Field
from schemas.supplied.lists import AGENCY, ENHANCED, Codes

EVENT: Final[Codes] = {
    "ARREST": "Suspect arrested",
    "INTERVIEW": "Suspect interviewed under caution",
    "RELEASE_NC": "Suspect released without charge",
    "BAIL": "Suspect released on bail",
    "RUI": "Suspect released under investigation",
    "BAIL_CHANGE": "Bail changed or ended",
    "NO_INVESTIGATION": "Decision not to investigate",
    "CHARGE": "Suspect charged",
    "NO_PROSECUTION": "Decision not to prosecute",
    "OOCR": "Dealt with out of court",
    "HEARING_DATE": "Time and place of a hearing",
    "BAIL_HEARING": "Outcome of a bail hearing",
    "WARRANT": "Warrant issued or carried out",
    "REQUIRED_TO_ATTEND": "Needed as a witness in court",
    "SPECIAL_MEASURES": "Decision on special measures",
    "OUTCOME": "Outcome of the trial",
    "SENTENCE": "Sentence and what it means",
    "APPEAL": "Appeal, or its outcome",
    "RELEASE_INFO": "Release of the offender",
}

METHOD: Final[Codes] = {
    "PHONE": "By telephone",
    "EMAIL": "By e-mail",
    "LETTER": "By letter",
    "TEXT": "By text message",
    "F2F": "Face to face",
    "ONLINE": "Online",
    "OTHER": "Another way",
}


def _day(name: str, meaning: str, *, is_required: bool = False) -> Field:
    return Field(name=name, kind="date", meaning=meaning, is_required=is_required)


def _code(name: str, codes: Codes, meaning: str, *, is_required: bool = True) -> Field:
    return Field(name=name, kind="code", codes=codes, meaning=meaning, is_required=is_required)


_FIELDS: Final = (
    Field(
        name="case_key",
        kind="key",
        meaning="The key of the case, as in the cases",
        is_required=True,
        pattern=SENDER_KEY,
    ),
    _code("event", EVENT, "What the victim is to be told"),
    _code("owner", AGENCY, "The agency that has to tell"),
    _day("event_date", "Day of the event", is_required=True),
    _day("info_received_date", "When the agency learnt of it; needed for witness care"),
    _day("told_date", "When the victim was told"),
    _code("method", METHOD, "How the victim was told", is_required=False),
    _code("enhanced", ENHANCED, "Entitled to enhanced rights"),
)

CASE_UPDATE: Final = Contract(
    table="case_updates",
    title="Updates to victims",
    row="duty to tell a victim something",
    fields=(*_FIELDS, SAMPLE_FIELD),
    rules=(
        not_before("told_date", "event_date", rule_id="U01"),
        Rule(
            rule_id="U02",
            level="W",
            reason="UPDATE_OVERDUE",
            column="told_date",
            holds=given("told_date") | or_empty(pl.col("_as_of") <= pl.col("_due"), "_due"),
            expected="a day once the update was due",
            advice="Find out whether the victim was told; until then it counts as late.",
        ),
        needed(
            "info_received_date",
            where=is_one("owner", ("WCU",)),
            when="where owner is WCU, whose clock starts then",
            rule_id="U03",
        ),
    ),
    is_about_people=True,
    period_field="event_date",
    sender_field="owner",
    unique=("case_key", "event", "owner", "event_date"),
    context=MappingProxyType[str, pl.DataType]({"_due": pl.Date()}),
)
"""Context: `_due`, the last working day to tell by the standard in force; null where none is."""
