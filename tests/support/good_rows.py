"""One good prepared row of each table about services, money, surveys and what the office keeps.

The rows about people that tests spoil most stand in `prepared_rows`.
"""

from collections.abc import Mapping
from datetime import date
from typing import Final

Row = dict[str, object]

_QUARTER: Final = date(2026, 7, 1)

_DIRECTORY: Final[Mapping[str, Row]] = {
    "providers": {
        "provider_id": "P01",
        "provider_name": "First provider",
        "type": "VCSE",
        "by_and_for": "N",
        "website_has_code": "Y",
        "website_checked": date(2026, 9, 1),
    },
    "services": {
        "service_id": "P01-A",
        "provider_id": "P01",
        "service_name": "Advice for victims",
        "support_types": ["EMOTIONAL", "PRACTICAL"],
        "funding_route": "CONTRACT",
        "commissioner": "PCC",
        "stream": "CORE",
        "contract_start": date(2025, 4, 1),
        "contract_end": date(2027, 3, 31),
        "annual_value_gbp": 120_000.0,
        "capacity_unit": "CASELOAD",
        "capacity_value": 80.0,
        "first_contact_days": 2,
        "eligibility_min_age": 18,
        "eligibility_max_age": 99,
        "eligibility_sex": "ANY",
        "self_referral": "Y",
        "referral_routes": ["POLICE", "SELF"],
        "opening_hours": "Mon-Fri 09:00-17:00",
        "last_verified": date(2026, 9, 1),
        "_provider_known": True,
    },
    "service_areas": {"service_id": "P01-A", "la_code": "ALL", "_service_known": True},
    "service_groups": {
        "service_id": "P01-A",
        "crime_group": "DA",
        "specialist": "N",
        "_service_known": True,
    },
    "service_sites": {
        "site_id": "S01",
        "service_id": "P01-A",
        "site_type": "OFFICE",
        "latitude": 52.19,
        "longitude": -2.22,
        "days_per_week": 5.0,
        "_service_known": True,
        "_distance_km": 0.0,
    },
}

_SURVEY: Final[Mapping[str, Row]] = {
    "satisfaction": {
        "survey_id": "A-0001",
        "quarter": _QUARTER,
        "channel": "PHONE",
        "population": "POLICE_VICTIM",
        "crime_group": "BURG_RES",
        "la_code": "E06000019",
        "weight": 1.0,
        "q_overall": "VERY",
        "safer": "4",
    },
    "satisfaction_invites": {
        "quarter": _QUARTER,
        "channel": "SMS",
        "crime_group": "BURG_RES",
        "invited": 40,
        "completed": 31,
    },
    "feedback_themes": {
        "quarter": _QUARTER,
        "theme": "DELAY",
        "sentiment": "NEGATIVE",
        "count": 12,
        "crime_group": "DA",
    },
}

_REVIEW: Final[Mapping[str, Row]] = {
    "rural_crimes": {
        "case_key": "R-0001",
        "month_recorded": date(2026, 7, 1),
        "rural_theme": "LIVESTOCK",
        "la_code": "E06000019",
    },
    "complaints": {
        "complaint_key": "C-0001",
        "organisation": "POLICE",
        "theme": "DELAY",
        "code_right": "6",
        "date_received": date(2026, 7, 1),
        "date_acknowledged": date(2026, 7, 3),
        "date_answered": date(2026, 7, 20),
        "outcome": "UPHELD",
    },
    "vrr": {
        "vrr_key": "V-0001",
        "organisation": "CPS",
        "stage": "LOCAL",
        "crime_group": "VIOL",
        "date_decision": date(2026, 4, 30),
        "date_requested": date(2026, 7, 30),
        "date_acknowledged": date(2026, 8, 3),
        "date_completed": date(2026, 9, 1),
        "outcome": "UPHELD",
    },
    "lessons_log": {
        "lesson_id": "L01",
        "source": "COMPLAINT",
        "theme": "INFO",
        "date_logged": date(2026, 7, 1),
        "owner_role": "POLICE",
        "action": "Change the letter",
        "due": date(2027, 1, 31),
        "closed": date(2026, 9, 1),
    },
}

_OFFICE: Final[Mapping[str, Row]] = {
    "funding": {
        "fund_id": "F01",
        "financial_year": date(2025, 4, 1),
        "stream": "MOJ_CORE",
        "service_id": "P01-A",
        "budget_gbp": 120_000.0,
        "actual_gbp": 118_500.5,
        "area_split_rule": "POPULATION",
        "_service_known": True,
        "_annual_value_gbp": 120_000.0,
    },
    "assumption": {
        "assumption_id": "A01",
        "name": "Share of victims who want support",
        "low": 0.2,
        "central": 0.3,
        "high": 0.4,
        "unit": "share",
        "source": "National survey",
        "period": "2024-25",
        "entered_by_role": "OPCC",
        "entered_on": date(2026, 6, 1),
        "review_by": date(2027, 6, 1),
        "status": "AGREED",
    },
    "ref_code_standard": {
        "right_no": "6",
        "event": "ARREST",
        "standard_days": 5,
        "enhanced_days": 1,
        "day_type": "WORKING",
        "clock_start": "EVENT",
        "owner": "POLICE",
        "code_version": "2021",
        "effective_from": date(2021, 4, 1),
        "effective_to": date(2030, 3, 31),
        "source": "Right 6",
        "verified_on": date(2026, 6, 1),
    },
    "ref_target": {
        "metric_id": "CO01",
        "area": "FORCE",
        "value": 95.0,
        "direction": "HIGHER",
        "basis": "LOCAL",
        "from": date(2026, 4, 1),
        "to": date(2027, 3, 31),
    },
    "ref_commitment": {
        "commitment_id": "K01",
        "commitment": "Tell people of their rights",
        "objective": "A",
        "metric_ids": "CO01|CO02",
        "owner_role": "OPCC",
        "status": "UNDER_WAY",
    },
    "delivery_plan": {
        "entry_id": "D001",
        "commitment_id": "K01",
        "kind": "MILESTONE",
        "text": "Leaflet agreed with providers",
        "owner_role": "OPCC",
        "due": date(2026, 12, 31),
        "status": "OPEN",
        "what_changed": "Draft sent round",
        "updated_on": date(2026, 10, 1),
        "_commitment_known": True,
    },
    "code_checklist": {
        "right_no": "4",
        "organisation": "POLICE",
        "evidence": "HELD",
        "evidence_is": "Dip sample of cases",
        "owner_role": "POLICE",
        "checked_on": date(2026, 6, 1),
        "review_by": date(2027, 6, 1),
    },
    "ref_duty": {
        "duty_id": "D01",
        "duty": "Follow the Code",
        "law": "Act, section 6",
        "binds": "Agencies",
        "status": "IN_FORCE",
        "in_force_from": date(2025, 1, 1),
        "checked_on": date(2026, 6, 1),
        "source": "The Act",
        "note": "None",
    },
    "fraud_reports": {
        "snapshot_month": date(2026, 9, 1),
        "period_month": date(2026, 8, 1),
        "force": "West Mercia",
        "type": "DATING",
        "victim_type": "INDIVIDUAL",
        "age_band": "65-74",
        "reports": 7,
        "loss_gbp": 25_000.5,
        "median_loss_gbp": 900.0,
    },
}

_RETURN: Final[Row] = {
    "provider_id": "P01",
    "service_id": "P01-A",
    "quarter": _QUARTER,
    "measure": "REFERRALS_IN",
    "breakdown": "ALL",
    "breakdown_value": "ALL",
    "value": 100.0,
    "submitted_on": date(2026, 10, 20),
    "_provider_known": True,
    "_service_known": True,
}

SERVICES: Final[Mapping[str, Row]] = {
    **_DIRECTORY,
    "provider_returns": _RETURN,
    **_SURVEY,
    **_REVIEW,
    **_OFFICE,
}
