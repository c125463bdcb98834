"""The few rows that are spoilt on purpose, each so that it breaks one rule."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class Fault:
    """One spoilt line of one file, and the rule of the data dictionary that it breaks.

    `line` counts the header as line 1. `cells` are written over the row's own. `reason` is the
    code under which the row must be set aside; `rule_id` is blank for rules of a single field.
    """

    file: str
    line: int
    cells: Mapping[str, str]
    reason: str
    rule_id: str = ""


FAULTS: Final = (
    Fault("referrals_2023-24_P02.csv", 41, {"sex": "FEMALE"}, "BAD_CODE"),
    Fault("referrals_2024-25_P01.csv", 120, {"date_offer": "45500"}, "EXCEL_DATE"),
    Fault(
        "referrals_2024-25_P03.csv",
        77,
        {"date_first_attempt": "2016-01-04"},
        "NEGATIVE_INTERVAL",
        "R04",
    ),
    Fault(
        "referrals_2025-26_P04.csv",
        202,
        {"crime_group": "DA", "secondary_crime_group": "DA"},
        "SAME_CRIME_TWICE",
        "R21",
    ),
    Fault(
        "referrals_2025-26_P01.csv",
        333,
        {"source": "POLICE", "crime_reported_to_police": "N", "date_crime_reported": ""},
        "SOURCE_CONTRADICTS_REPORT",
        "R06",
    ),
    Fault(
        "referrals_2026-27Q2_P02.csv",
        55,
        {"date_referred": "2026-10-28"},
        "NEGATIVE_INTERVAL",
        "R03",
    ),
    Fault(
        "code_cases_2024-25_POLICE.csv",
        950,
        {"consent_to_refer": "N", "referred_date": "2025-03-31"},
        "REFERRED_WITHOUT_CONSENT",
        "K03",
    ),
    Fault(
        "code_cases_2026-27Q1_POLICE.csv",
        2210,
        {"vps_offered_date": "", "vps_made_date": "2026-07-20"},
        "STATEMENT_WITHOUT_OFFER",
        "K06",
    ),
    Fault(
        "case_updates_2025-26_POLICE.csv",
        1500,
        {"told_date": "2020-01-06"},
        "NEGATIVE_INTERVAL",
        "U01",
    ),
    Fault(
        "outcome_scores_2025-26_P05.csv",
        60,
        {"score": "99"},
        "SCORE_OUT_OF_RANGE",
        "O01",
    ),
    Fault(
        "provider_returns_2025-26_P07.csv",
        313,
        {"breakdown_value": "Oct-15"},
        "BAD_CODE",
    ),
    Fault("satisfaction_2025-26_OFFICE.csv", 300, {"weight": "0"}, "WEIGHT_NOT_POSITIVE", "F01"),
    Fault(
        "satisfaction_invites_2026-27Q1_OFFICE.csv",
        12,
        {"completed": "9999"},
        "MORE_ANSWERS_THAN_INVITED",
        "F03",
    ),
    Fault("feedback_themes_2024-25_OFFICE.csv", 20, {"count": "about 6"}, "BAD_NUMBER"),
    Fault(
        "complaints_2025-26_POLICE.csv",
        200,
        {"date_acknowledged": "2016-08-06"},
        "NEGATIVE_INTERVAL",
        "C01",
    ),
    Fault("vrr_2025-26_CPS.csv", 50, {"outcome": "DISMISSED"}, "BAD_CODE"),
    Fault("funding_2024-25_OFFICE.csv", 8, {"actual_gbp": "-1200"}, "NEGATIVE_SPEND", "M01"),
    Fault("fraud_reports_2026-08_NATIONAL.csv", 410, {"period_month": "2026-13"}, "BAD_PERIOD"),
)


def spoil(content: bytes, file: str) -> bytes:
    """Return the file's bytes with the lines spoilt that `FAULTS` names for it."""
    faults = [fault for fault in FAULTS if fault.file == file]
    if not faults:
        return content
    lines = content.decode().split("\n")
    names = lines[0].split(",")
    for fault in faults:
        row = dict(zip(names, lines[fault.line - 1].split(","), strict=True)) | dict(fault.cells)
        lines[fault.line - 1] = ",".join(row[name] for name in names)
    return "\n".join(lines).encode()
