"""Words of the data dictionary that no contract holds: kinds, forms, senders, what is refused."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from schemas.supplied.field import PERSON_KEY, PUBLIC_ID, SENDER_KEY, Kind

KINDS: Final[Mapping[Kind, str]] = MappingProxyType(
    {
        "key": "key of the sender",
        "id": "identifier",
        "text": "words",
        "code": "one code",
        "codes": "several codes",
        "date": "date",
        "month": "month",
        "quarter": "quarter",
        "financial_year": "financial year",
        "integer": "whole number",
        "decimal": "number",
    }
)

ALLOWED: Final[Mapping[Kind, str]] = MappingProxyType(
    {
        "text": "words about an organisation or a service, never about a person",
        "date": "YYYY-MM-DD",
        "month": "YYYY-MM, such as 2026-09",
        "quarter": "such as 2026-27 Q2, which is July to September 2026",
        "financial_year": "such as 2026-27, which begins in April 2026",
    }
)
"""What a field of a kind may hold; what comes from its codes, pattern or range is not here."""

FORMS: Final[Mapping[str, str]] = MappingProxyType(
    {
        PERSON_KEY: "16 to 64 letters, digits, - or _",
        SENDER_KEY: "up to 64 letters, digits, - or _",
        PUBLIC_ID: "up to 40 letters, digits, - or _",
        r"[A-Za-z0-9_+-]{1,40}": "a code of the field that breakdown names, or ALL",
        r"[A-Za-z0-9 _&-]{1,60}": "up to 60 letters, digits, spaces, &, - or _",
        r"E010\d{5}": "E010 and five digits",
        r"[A-Z]{2}\d{2}(\|[A-Z]{2}\d{2})*": "two capitals and two digits; several with | between",
    }
)
"""Pattern of a key or identifier → the pattern in words."""

_PROVIDERS: Final = ("Each provider", "every quarter, within 45 days of its end")
_AGENCIES: Final = ("Each organisation, by its role", "every quarter")
_OFFICE: Final = ("The commissioner's office", "whenever something changes")
_SURVEY: Final = ("Whoever runs the survey", "every quarter")

SENT: Final[Mapping[str, tuple[str, str]]] = MappingProxyType(
    {
        "referrals": _PROVIDERS,
        "code_cases": ("The police force", "every quarter"),
        "case_updates": ("Each agency with a duty to tell, by its role", "every quarter"),
        "outcome_scores": _PROVIDERS,
        **dict.fromkeys(
            ("providers", "services", "service_areas", "service_groups", "service_sites"), _OFFICE
        ),
        "provider_returns": _PROVIDERS,
        **dict.fromkeys(("satisfaction", "satisfaction_invites", "feedback_themes"), _SURVEY),
        "complaints": _AGENCIES,
        "vrr": ("Police and prosecution service, by their role", "every quarter"),
        "lessons_log": _OFFICE,
        "funding": _OFFICE,
        **dict.fromkeys(
            ("assumption", "ref_code_standard", "ref_target", "ref_commitment"), _OFFICE
        ),
        "delivery_plan": ("The commissioner's office", "before each meeting of the Board"),
        **dict.fromkeys(("code_checklist", "ref_duty"), _OFFICE),
        "fraud_reports": ("The commissioner's office, from the national figures", "every month"),
        "rural_crimes": ("The police force", "every quarter"),
    }
)
"""Table → who sends it, and when."""

REFUSED_NAMES: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "Names of people": ("name", "forename", "surname", "initials", "alias", "victim_name"),
        "Ways to reach them": ("email", "phone", "mobile", "contact_number", "ip_address"),
        "Where they live": ("address", "street", "house_number", "postcode", "uprn"),
        "Birth": ("dob", "date_of_birth", "birthday"),
        "Numbers given to people": ("nhs_number", "nino", "passport_number", "driving_licence"),
        "References to a crime": ("urn", "niche", "crime_ref", "crime_number", "custody_number"),
    }
)
"""Columns of these and like names are refused with their file."""

REFUSED_SHAPES: Final = (
    "a postcode",
    "an e-mail address",
    "a telephone number",
    "a National Insurance number",
    "an NHS number",
    "a date where no date belongs",
)
"""Cells that look like one of these are refused with their file, whatever the column."""

FOR_EVERY_TABLE: Final[Mapping[str, str]] = MappingProxyType(
    {
        "Files": "One table a file, as CSV in UTF-8 or as an Excel workbook, with the field names "
        "in the first row. Columns may stand in any order. A column that is not listed is refused.",
        "Names of files": "Table, period and sender, such as referrals_2026-27Q2_provider.csv; any "
        "name is understood that begins with the table.",
        "Dates": "YYYY-MM-DD. Times of day are not taken. Q1 is April to June.",
        "Missing values": "Left blank, never written as zero. PNTS (preferred not to say), NK (not "
        "known) and NA_ASKED (not asked) are three different answers.",
        "Keys of people": "Made by the sender, at random or by a keyed hash that no one else can "
        "make. One person has one key with one sender in one financial year.",
        "Rows": "A row that breaks a rule is set aside and reported with its line, or it is loaded "
        "with a warning that is counted. Rows read are always rows loaded plus rows set aside.",
        "Refused files": "A file is refused whole when it cannot be read safely, lacks a needed "
        "column, holds details that name a person, or has over 20% of its rows set aside.",
        "Protection": "Rows about people stay with the loader. What is published of them is "
        "counts, small ones hidden and the others rounded.",
    }
)
"""What holds for all tables, by subject."""
