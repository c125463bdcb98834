"""Metrics of the way from a referral to support: steps, waits, ways in, ways out."""

from typing import Final

from dashboard.metrics.about_people import About, count_of, parts_of, share_of, waits_of
from dashboard.metrics.metric import Metric

_COHORT: Final = (
    "Referrals are followed from the month in which the service received them: later steps of "
    "recent months are unfinished."
)


def _step(part: str, whole: str, label: str, words: str) -> Metric:
    return share_of(
        whole,
        part,
        About(
            id="RJ01",
            label=label,
            noun="referrals that reached the step before",
            definition=f"Referrals {words}.",
            caveat=_COHORT,
        ),
        key=f"step_{part}",
    )


_STEPS: Final = (
    _step(
        "contacted",
        "referrals",
        "Contact made",
        "with contact made, as a share of the referrals received",
    ),
    _step(
        "assessed",
        "contacted",
        "Needs assessed by the service",
        "with needs assessed, as a share of those with contact",
    ),
    _step(
        "started",
        "assessed",
        "Support started",
        "with support started, as a share of those with needs assessed",
    ),
    _step(
        "completed",
        "started",
        "Support completed",
        "with support completed, as a share of those whose support started",
    ),
    share_of(
        "referrals",
        "started",
        About(
            id="RJ01",
            label="Referrals that led to support",
            noun="referrals",
            definition="Referrals whose support started, as a share of all referrals received.",
            caveat=_COHORT,
        ),
        key="led_to_support",
    ),
    count_of(
        "referrals",
        About(
            id="RJ01",
            label="Referrals received",
            noun="referrals",
            definition="Referrals that victim services received in the period, one per service.",
            caveat="A person can be referred more than once and to more than one service.",
            better="context",
        ),
    ),
)

_WAITS: Final = (
    *waits_of(
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
    ),
    *waits_of(
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
    ),
    share_of(
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
    ),
    count_of(
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
    ),
    *waits_of(
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
    ),
)

_WAYS: Final = (
    share_of(
        "referrals",
        "ended_before_support",
        About(
            id="RJ05",
            label="Ended before support",
            noun="referrals",
            definition=(
                "Referrals that ended before support started, by reason, as a share of all "
                "referrals received."
            ),
            caveat="To decline is a choice, not to be reached a failure: the two are never merged.",
            better="lower",
        ),
        undivided=("end_reason",),
        default_by=("end_reason",),
    ),
    share_of(
        "referrals",
        "referrals",
        About(
            id="RJ06",
            label="Referrals not from the police",
            noun="referrals",
            definition=(
                "Referrals that came another way than from the police, as a share of all: from "
                "the person, family or another agency."
            ),
            caveat="Shows access without a report; a change in how sources are recorded moves it.",
            better="context",
            objective="A",
        ),
        key="not_from_police",
        of=(("source", "POLICE"),),
        undivided=("source",),
        is_rest=True,
    ),
    parts_of(
        "referrals",
        About(
            id="RJ06",
            label="Ways in",
            noun="referrals",
            definition="Referrals from each source as a share of all referrals received.",
            caveat="A change in how sources are recorded moves it.",
            better="context",
            objective="A",
        ),
        key="ways_in",
        splits=("source",),
    ),
    share_of(
        "referrals",
        "handed_on",
        About(
            id="RJ07",
            label="Handed on to another service",
            noun="referrals",
            definition="Referrals handed on to another service, as a share of all received.",
            caveat="To be handed on can be right: what counts is that no gap opens.",
            better="context",
        ),
    ),
)

REFERRAL_METRICS: Final = (*_STEPS, *_WAITS, *_WAYS)
