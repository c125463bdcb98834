"""Which measures are scanned for signals, beside recorded crime, and where each is explained."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class Watched:
    """A measure that is scanned for the force and by each of these parts.

    `view` is the tab of its page that explains it.
    """

    key: str
    view: str
    by: tuple[str, ...] = ()


_DISTRICTS: Final = ("area_code",)
_SERVICES: Final = ("service_id",)
_BOTH: Final = (*_DISTRICTS, *_SERVICES)

WATCHED: Final = (
    Watched("crime_without_location", "No location"),
    Watched("rural_share", "Rural share"),
    Watched("rural_proxy", "Proxy basket", _DISTRICTS),
    Watched("fraud_reports", "Change"),
    Watched("written_confirmation", "Needs and statements", _DISTRICTS),
    Watched("needs_assessed", "Needs and statements", _DISTRICTS),
    Watched("vps_offered", "Needs and statements", _DISTRICTS),
    Watched("referral_on_time", "Change", _DISTRICTS),
    Watched("key_event_on_time", "Change"),
    Watched("no_investigation_on_time", "Change"),
    Watched("decision_on_time", "Change"),
    Watched("hearing_on_time", "At court"),
    Watched("outcome_on_time", "Change"),
    Watched("complaints_handled_on_time", "Complaints"),
    Watched("referrals", "Ways in", _DISTRICTS),
    Watched("report_to_referral_median", "Waits", _DISTRICTS),
    Watched("referral_to_contact_median", "Waits", _BOTH),
    Watched("contacted_in_time", "In time", _BOTH),
    Watched("waiting", "Waiting now", _BOTH),
    Watched("acceptance_to_start_median", "Waits", _BOTH),
    Watched("led_to_support", "Cohorts", _DISTRICTS),
    Watched("not_from_police", "Ways in"),
    Watched("people_supported", "Activity", _DISTRICTS),
    Watched("repeat_people_supported", "Repeat and enhanced"),
    Watched("scores_improved", "Outcomes"),
    Watched("cases_paired", "Outcomes", _DISTRICTS),
    Watched("overall_satisfied", "Satisfaction", _DISTRICTS),
    Watched("kept_informed_satisfied", "Satisfaction"),
    Watched("code_aware", "Satisfaction"),
    Watched("complaints", "Complaints"),
    Watched("reviews_on_time", "Right to Review"),
)
"""Headlines only: what stands beside one, such as a share of those recorded, moves with it.

Recorded outcomes are left out, since those of recent months are unfinished; amounts, which a few
large ones make; and estimates, which have no series.
"""
