"""The fields of a referral, in the order of the template."""

from typing import Final

from schemas.supplied.field import PERSON_KEY, PUBLIC_ID, SAMPLE_FIELD, SENDER_KEY, Field
from schemas.supplied.lists import (
    AGE_BAND,
    CRIME_GROUP,
    DISABILITY,
    ENHANCED,
    ENHANCED_REASON,
    ETHNIC_GROUP,
    LA_CODE,
    PRIORITY_FLAG,
    RELIGION,
    SEX,
    SEXUAL_ORIENTATION,
    SOURCE,
    SUPPORT_TYPES,
    YES_NO,
    YES_NO_NK,
    YES_NO_UNSAID,
    Codes,
)

CONSENT_BASIS: Final[Codes] = {
    "CONSENT": "Consent",
    "LEGIT_INTEREST": "Legitimate interest",
    "PUBLIC_TASK": "Public task",
    "VITAL": "Vital interest",
    "NK": "Not known",
}

ETHNIC_DETAIL: Final[Codes] = {
    "W1": "White: British",
    "W2": "White: Irish",
    "W3": "White: Gypsy or Irish Traveller",
    "W9": "White: any other",
    "M1": "Mixed: White and Black Caribbean",
    "M2": "Mixed: White and Black African",
    "M3": "Mixed: White and Asian",
    "M9": "Mixed: any other",
    "A1": "Asian: Indian",
    "A2": "Asian: Pakistani",
    "A3": "Asian: Bangladeshi",
    "A4": "Asian: Chinese",
    "A9": "Asian: any other",
    "B1": "Black: Caribbean",
    "B2": "Black: African",
    "B9": "Black: any other",
    "O2": "Other: Arab",
    "O9": "Other: any other",
    "NS": "Not stated",
}
"""The 18 groups and "not stated" that the police and many services record. Never published."""

STATUS: Final[Codes] = {
    "RECEIVED": "Received, not yet acted on",
    "ATTEMPTING": "Contact is being attempted",
    "ACCEPTED": "Accepted by the service",
    "WAITING": "Accepted, waiting for support to start",
    "ACTIVE": "In support",
    "CLOSED": "Closed after support",
    "NOT_STARTED": "Ended before support",
}

ENDED: Final = ("CLOSED", "NOT_STARTED")

END_REASON: Final[Codes] = {
    "COMPLETED": "Support completed",
    "DECLINED": "Declined by the person",
    "NO_CONTACT": "Could not be reached",
    "UNSAFE_CONTACT": "Contact would not have been safe",
    "INELIGIBLE": "Not eligible for the service",
    "NO_CAPACITY": "The service had no capacity",
    "MOVED": "Moved away",
    "REFERRED_ON": "Referred on to another service",
    "DISENGAGED": "Stopped coming",
    "DECEASED": "Died",
    "DUPLICATE": "Referred twice",
    "OTHER": "Other",
}

MODE: Final[Codes] = {
    "PHONE": "By telephone",
    "VIDEO": "By video",
    "F2F_SITE": "Face to face at the service",
    "F2F_HOME": "Face to face at home",
    "OUTREACH": "Outreach",
    "ONLINE": "Online",
}

EXTERNAL: Final = "EXTERNAL"
"""In place of a service's identifier: a service that is not in the directory."""


def _code(name: str, codes: Codes, meaning: str, *, is_required: bool = True) -> Field:
    return Field(name=name, kind="code", codes=codes, meaning=meaning, is_required=is_required)


def _optional(name: str, codes: Codes, meaning: str) -> Field:
    return _code(name, codes, meaning, is_required=False)


def _codes(name: str, codes: Codes, meaning: str) -> Field:
    return Field(name=name, kind="codes", codes=codes, meaning=meaning)


def _date(name: str, meaning: str, *, is_required: bool = False) -> Field:
    return Field(name=name, kind="date", meaning=meaning, is_required=is_required)


_WHO: Final = (
    Field(
        name="referral_id",
        kind="key",
        meaning="The provider's own key of the referral, unique for that provider",
        is_required=True,
        pattern=SENDER_KEY,
    ),
    Field(
        name="person_key",
        kind="key",
        meaning="The same for one person with one sender within a financial year",
        is_required=True,
        pattern=PERSON_KEY,
    ),
    Field(
        name="provider_id",
        kind="id",
        meaning="The provider, as in the directory",
        is_required=True,
        pattern=PUBLIC_ID,
    ),
    Field(
        name="service_id",
        kind="id",
        meaning="The service, as in the directory",
        is_required=True,
        pattern=PUBLIC_ID,
    ),
)

_WHAT: Final = (
    _code("source", SOURCE, "Who referred the person"),
    _code("crime_reported_to_police", YES_NO_NK, "Whether the police were told of the crime"),
    _code("crime_group", CRIME_GROUP, "The main crime"),
    _optional("secondary_crime_group", CRIME_GROUP, "A second crime of another kind"),
    _code("online_flag", YES_NO_NK, "Whether the crime had an online part"),
    _optional("non_recent", YES_NO_NK, "Whether it happened over twelve months before referral"),
)

_PERSON: Final = (
    _code("la_code", LA_CODE, "District of the person's home"),
    Field(
        name="lsoa21",
        kind="id",
        meaning="2021 small area of the home, only to look up whether it is rural",
        pattern=r"E010\d{5}",
    ),
    _code("age_band", AGE_BAND, "Age at referral"),
    _code("sex", SEX, "Sex"),
    _optional("gender_same_as_registered", YES_NO_UNSAID, "Whether gender is as registered"),
    _code("ethnic_group", ETHNIC_GROUP, "Ethnic group, as in the census"),
    _optional("ethnic_detail", ETHNIC_DETAIL, "The same in the 18+1 groups that the police record"),
    _code("disability", DISABILITY, "Whether the person is disabled"),
    _optional("sexual_orientation", SEXUAL_ORIENTATION, "Sexual orientation"),
    _optional("religion", RELIGION, "Religion"),
    _optional("first_language_english", YES_NO_UNSAID, "Whether the first language is English"),
    _optional("pregnancy", YES_NO_UNSAID, "Pregnant, or a birth within six months"),
    _optional("care_experienced", YES_NO_UNSAID, "Whether the person was in care"),
    _code("enhanced", ENHANCED, "Entitled to enhanced rights under the Victims' Code"),
    _codes("enhanced_reason", ENHANCED_REASON, "Why; needed when enhanced is Y"),
    _codes("priority_flags", PRIORITY_FLAG, "Priority groups the person belongs to"),
    _code("repeat_victim", YES_NO_NK, "Victim of an earlier crime as well"),
    _code("consent_basis", CONSENT_BASIS, "Lawful basis of the referral"),
)

_JOURNEY: Final = (
    _date("date_crime_reported", "Reported to the police; needed when it was"),
    _date("date_offer", "Support offered"),
    _date("date_referred", "Sent to the service", is_required=True),
    _date("date_received", "Received by the service", is_required=True),
    _date("date_first_attempt", "First attempt to reach the person"),
    _date("date_first_contact", "First contact in both directions"),
    _date("date_needs_assessed", "The service assessed the person's needs"),
    _date("date_accepted", "Accepted by the service"),
    _date("date_support_start", "Support began"),
    _date("date_support_end", "Support ended"),
    _code("status", STATUS, "Where the referral stands"),
    _optional("end_reason", END_REASON, "Why it ended; needed when it is closed or not started"),
    _codes("support_types", SUPPORT_TYPES, "What support was given"),
    _codes("mode", MODE, "How support was given"),
    Field(
        name="onward_service_id",
        kind="id",
        meaning="Where the person was referred on to; a service of the directory, or EXTERNAL",
        pattern=PUBLIC_ID,
    ),
    _optional("planned_exit", YES_NO, "Whether the end was planned; needed when closed"),
)

FIELDS: Final = (*_WHO, *_WHAT, *_PERSON, *_JOURNEY, SAMPLE_FIELD)
