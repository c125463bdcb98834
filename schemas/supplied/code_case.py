"""The contract of Victims' Code cases: one row per victim of a recorded crime."""

from datetime import timedelta
from types import MappingProxyType
from typing import Final

import polars as pl

from schemas.rule import Rule, or_empty
from schemas.supplied.conditions import given, if_then, is_one, needed, not_before
from schemas.supplied.field import (
    PERSON_KEY,
    PUBLIC_ID,
    SAMPLE_FIELD,
    SENDER_KEY,
    Contract,
    Field,
)
from schemas.supplied.lists import (
    CRIME_GROUP,
    ENHANCED,
    ENHANCED_REASON,
    LA_CODE,
    YES_NO,
    Codes,
)

VICTIM_TYPE: Final[Codes] = {"PERSON": "A person", "BUSINESS": "A business", "STATE": "The state"}

CONSENT_TO_REFER: Final[Codes] = {
    "Y": "Agreed",
    "N": "Did not agree",
    "NOT_ASKED": "Not asked",
    "NOT_REQUIRED": "Not required",
}

READING: Final[Codes] = {
    "SELF": "The person reads it out",
    "OTHER": "Someone else reads it out",
    "NONE": "It is not read out",
}

OUTCOME_CODE: Final[Codes] = {
    "1": "Charged or summonsed",
    "1A": "Charged or summonsed, another offence",
    "2": "Caution, youth",
    "2A": "Caution, youth, another offence",
    "3": "Caution, adult",
    "3A": "Caution, adult, another offence",
    "4": "Offender has died",
    "5": "Offence taken into consideration",
    "6": "Penalty notice",
    "7": "Warning for possession of drugs",
    "8": "Community resolution",
    "9": "Prosecution not in the public interest, decided by prosecutors",
    "10": "Formal action not in the public interest, decided by police",
    "11": "Suspect below the age of criminal responsibility",
    "12": "Suspect too ill",
    "13": "Victim or key witness dead or too ill",
    "14": "Suspect not identified, victim does not support action",
    "15": "Suspect identified, victim supports action, evidence is not enough",
    "16": "Suspect identified, victim does not support action",
    "17": "Time limit for prosecution has passed",
    "18": "Investigated, no suspect identified",
    "19": "Fraud passed to the national bureau",
    "20": "Passed to another agency",
    "21": "Further investigation not in the public interest",
    "22": "Diversion, education or intervention",
}

ASSESSED_WITHIN_DAYS: Final = 5
"""Working days after the report."""


def _day(name: str, meaning: str, *, is_required: bool = False) -> Field:
    return Field(name=name, kind="date", meaning=meaning, is_required=is_required)


def _code(name: str, codes: Codes, meaning: str, *, is_required: bool = False) -> Field:
    return Field(name=name, kind="code", codes=codes, meaning=meaning, is_required=is_required)


_CASE: Final = (
    Field(
        name="case_key",
        kind="key",
        meaning="The force's own key of the case, made for this purpose; no crime number",
        is_required=True,
        pattern=SENDER_KEY,
    ),
    Field(
        name="person_key",
        kind="key",
        meaning="The same for one person within a financial year; needed for a person",
        pattern=PERSON_KEY,
    ),
    _code("la_code", LA_CODE, "District of the victim's home", is_required=True),
    Field(name="lpa", kind="id", meaning="Local policing area", pattern=r"[A-Za-z0-9 _&-]{1,60}"),
    _code("crime_group", CRIME_GROUP, "The crime", is_required=True),
    _code("victim_type", VICTIM_TYPE, "Who the victim is", is_required=True),
    _day("date_reported", "Reported to the police", is_required=True),
    _day("date_recorded", "Recorded as a crime", is_required=True),
    _day("written_confirmation_date", "Written confirmation sent"),
    _code("confirmation_waived", YES_NO, "Not sent, because contact would not have been safe"),
)

_NEEDS: Final = (
    _day("needs_assessment_date", "Needs assessed"),
    _code("enhanced", ENHANCED, "Entitled to enhanced rights", is_required=True),
    Field(name="enhanced_reason", kind="codes", codes=ENHANCED_REASON, meaning="Why"),
    _day("support_offered_date", "Referral to a support service offered"),
    _code("consent_to_refer", CONSENT_TO_REFER, "Whether the person agreed to be referred"),
    _day("referred_date", "Referred to a support service"),
    Field(
        name="referred_to",
        kind="id",
        meaning="The service, as in the directory",
        pattern=PUBLIC_ID,
    ),
    _code("contact_preference_recorded", YES_NO, "Wishes about contact recorded"),
    _code("update_frequency_agreed", YES_NO, "How often to be told agreed with the person"),
)

_STATEMENT: Final = (
    _day("vps_offer_point_date", "From when a personal statement should be offered"),
    _day("vps_offered_date", "Personal statement offered"),
    _day("vps_made_date", "Personal statement made"),
    _code("vps_read_pref", READING, "How it is to be read in court"),
    _day("rj_info_date", "Told about restorative justice"),
    _day("cica_info_date", "Told about compensation"),
    _code("outcome_code", OUTCOME_CODE, "Home Office outcome"),
    _day("outcome_date", "Day of the outcome"),
)

_RULES: Final = (
    Rule(
        rule_id="K01",
        level="W",
        reason="BUSINESS_VICTIM",
        column="victim_type",
        holds=or_empty(is_one("victim_type", ("PERSON",)), "victim_type"),
        expected="PERSON; others are counted here and left out of every measure about people",
        advice="Nothing, where the victim is no person.",
    ),
    needed(
        "person_key", where=is_one("victim_type", ("PERSON",)), when="where victim_type is PERSON"
    ),
    not_before("date_recorded", "date_reported", rule_id="K02"),
    Rule(
        rule_id="K03",
        reason="REFERRED_WITHOUT_CONSENT",
        column="consent_to_refer",
        holds=if_then(given("referred_date"), is_one("consent_to_refer", ("Y", "NOT_REQUIRED"))),
        expected="Y or NOT_REQUIRED where there is a referred_date",
        advice="Check the consent first: a referral without it may be a breach.",
    ),
    Rule(
        rule_id="K04",
        level="W",
        reason="REFERRED_BEFORE_ASSESSMENT",
        column="referred_date",
        holds=or_empty(
            pl.col("referred_date") >= pl.col("needs_assessment_date"),
            "referred_date",
            "needs_assessment_date",
        ),
        expected="referred_date on or after needs_assessment_date",
        advice="Check the two days; the order may be right where the need was plain.",
    ),
    Rule(
        rule_id="K05",
        level="W",
        reason="RECORDED_LATE",
        column="date_recorded",
        holds=or_empty(
            pl.col("date_recorded") - pl.col("date_reported") <= timedelta(days=1),
            "date_recorded",
            "date_reported",
        ),
        expected="date_recorded on the day after date_reported at the latest",
        advice="Check the two days; crimes are to be recorded within 24 hours.",
    ),
    Rule(
        rule_id="K06",
        reason="STATEMENT_WITHOUT_OFFER",
        column="vps_offered_date",
        holds=if_then(given("vps_made_date"), given("vps_offered_date")),
        expected="a day where there is a vps_made_date",
        advice="Fill in when the statement was offered.",
    ),
    Rule(
        rule_id="K07",
        level="W",
        reason="ASSESSMENT_OVERDUE",
        column="enhanced",
        holds=or_empty(pl.col("_as_of") <= pl.col("_assessed_due"), "_assessed_due")
        | ~is_one("enhanced", ("NOT_ASSESSED",)),
        expected=f"Y or N after {ASSESSED_WITHIN_DAYS} working days from the report",
        advice="Ask for the needs assessment: enhanced rights may be missed until then.",
    ),
)

CODE_CASE: Final = Contract(
    table="code_cases",
    title="Victims' Code cases",
    row="victim of a recorded crime",
    fields=(*_CASE, *_NEEDS, *_STATEMENT, SAMPLE_FIELD),
    rules=_RULES,
    is_about_people=True,
    period_field="date_reported",
    unique=("case_key", "person_key"),
    context=MappingProxyType[str, pl.DataType]({"_assessed_due": pl.Date()}),
)
"""Context: `_assessed_due`, five working days after the report, null where that is unknown."""
