"""Metrics of the way from a referral to support: steps, ways in, ways out."""

from typing import Final

from dashboard.metrics.about_people import About, count_of, parts_of, share_of
from dashboard.metrics.metric import Better, Metric

CONTACT_MONTHS: Final = 1
START_MONTHS: Final = 3
END_MONTHS: Final = 6
"""Months after which hardly any referral is still to be reached, to start, or to end."""

_COHORT: Final = (
    "Referrals are followed from the month in which the service received them: later steps of "
    "recent months are unfinished."
)


def _step(part: str, whole: str, label: str, words: str, *, settles: int) -> Metric:
    about = About(
        id="RJ01",
        label=label,
        noun="referrals that reached the step before",
        definition=f"Referrals {words}.",
        caveat=_COHORT,
    )
    return share_of(whole, part, about, key=f"step_{part}", settles=settles)


CONTACTED: Final = _step(
    "contacted",
    "referrals",
    "Contact made",
    "with contact made, as a share of the referrals received",
    settles=CONTACT_MONTHS,
)
ASSESSED: Final = _step(
    "assessed",
    "contacted",
    "Needs assessed by the service",
    "with needs assessed, as a share of those with contact",
    settles=START_MONTHS,
)
STARTED: Final = _step(
    "started",
    "assessed",
    "Support started",
    "with support started, as a share of those with needs assessed",
    settles=START_MONTHS,
)
COMPLETED: Final = _step(
    "completed",
    "started",
    "Support completed",
    "with support completed, as a share of those whose support started",
    settles=END_MONTHS,
)
LED_TO_SUPPORT: Final = share_of(
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
    settles=START_MONTHS,
)
RECEIVED: Final = count_of(
    "referrals",
    About(
        id="RJ01",
        label="Referrals received",
        noun="referrals",
        definition="Referrals that victim services received in the period, one per service.",
        caveat="A person can be referred more than once and to more than one service.",
        better="context",
    ),
)

ENDED_BEFORE_SUPPORT: Final = share_of(
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
    settles=START_MONTHS,
)


def _ended(reason: str, label: str, words: str, *, better: Better = "lower") -> Metric:
    return share_of(
        "referrals",
        "ended_before_support",
        About(
            id="RJ05",
            label=label,
            noun="referrals",
            definition=f"Referrals that ended before support because {words}, as a share of all.",
            caveat="To decline is a choice, not to be reached a failure: never merged.",
            better=better,
        ),
        key=f"ended_{reason.lower()}",
        of=(("end_reason", reason),),
        undivided=("end_reason",),
        settles=START_MONTHS,
    )


DECLINED: Final = _ended("DECLINED", "Support declined", "the person declined it", better="context")
NOT_REACHED: Final = _ended("NO_CONTACT", "Could not be reached", "the person was not reached")
UNSAFE: Final = _ended("UNSAFE_CONTACT", "Contact not safe", "contact would not have been safe")
NO_CAPACITY: Final = _ended("NO_CAPACITY", "No capacity", "the service had no capacity")

NOT_FROM_POLICE: Final = share_of(
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
)
WAYS_IN: Final = parts_of(
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
)
HANDED_ON: Final = share_of(
    "referrals",
    "handed_on",
    About(
        id="RJ07",
        label="Handed on to another service",
        noun="referrals",
        definition="Referrals handed on to another service, as a share of all received.",
        caveat=(
            "To be handed on can be right: what counts is that no gap opens. How many days lie "
            "between two services cannot be told: each knows people by its own keys."
        ),
        better="context",
    ),
    settles=END_MONTHS,
)

REFERRAL_METRICS: Final = (
    *(CONTACTED, ASSESSED, STARTED, COMPLETED, LED_TO_SUPPORT, RECEIVED),
    *(ENDED_BEFORE_SUPPORT, DECLINED, NOT_REACHED, UNSAFE, NO_CAPACITY),
    *(NOT_FROM_POLICE, WAYS_IN, HANDED_ON),
)
