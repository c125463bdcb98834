"""Metrics of waits on the way to support, and of who waits now."""

from typing import Final

from dashboard.metrics.about_people import About, count_of, share_of, waits_of
from dashboard.metrics.metric import Metric

REPORT_TO_REFERRAL, REPORT_TO_REFERRAL_90TH = waits_of(
    "report_to_referral",
    About(
        id="RJ02",
        label="Wait from report to referral",
        noun="referrals",
        definition="Working days from the report of the crime to the referral.",
        caveat="Only referrals whose day of report is known; those still to come have no wait.",
        better="lower",
        objective="A",
    ),
    target=2,
)
REFERRAL_TO_CONTACT, REFERRAL_TO_CONTACT_90TH = waits_of(
    "referral_to_contact",
    About(
        id="RJ03",
        label="Wait from referral to first contact",
        noun="referrals",
        definition="Working days from receipt of the referral to the first contact both ways.",
        caveat="Attempts are not contact. People never reached have no wait.",
        better="lower",
        objective="C",
    ),
)
CONTACTED_IN_TIME: Final = share_of(
    "referrals",
    "contacted_in_time",
    About(
        id="RJ03",
        label="Contact in the contract's time",
        noun="referrals",
        definition=(
            "Referrals with contact in the days that the service's contract allows, as a "
            "share of all referrals received."
        ),
        caveat=(
            "Contracts differ in the days they allow; where one names none, or the time has "
            "not passed, nothing counts as in time."
        ),
        objective="C",
    ),
)
WAITING: Final = count_of(
    "waiting",
    About(
        id="RJ04",
        label="People waiting for support",
        noun="people",
        definition="People accepted whose support has not started, at the end of the month.",
        caveat="A picture of one day: months are not added up.",
        better="lower",
        objective="C",
    ),
)
ACCEPTANCE_TO_START, ACCEPTANCE_TO_START_90TH = waits_of(
    "acceptance_to_start",
    About(
        id="RJ04",
        label="Wait from acceptance to support",
        noun="referrals",
        definition="Working days from acceptance to the start of support.",
        caveat="Only those whose support has started; see the people still waiting.",
        better="lower",
        objective="C",
    ),
)

WAITING_METRICS: Final[tuple[Metric, ...]] = (
    *(REPORT_TO_REFERRAL, REPORT_TO_REFERRAL_90TH),
    *(REFERRAL_TO_CONTACT, REFERRAL_TO_CONTACT_90TH, CONTACTED_IN_TIME),
    *(WAITING, ACCEPTANCE_TO_START, ACCEPTANCE_TO_START_90TH),
)
