"""Counts of victims of recorded crime and of what the Victims' Code gives them.

A victim belongs to the month in which the crime was reported, an update to the month of its
event. Businesses are left out. Only duties whose last day has passed are due; missed is what was
not done in time, and "no record" the part of it with nothing on record. So the rest of the due is
what was on time, and the rest of the missed what was late. What is not due yet is counted apart,
and nothing is said of an event for which no standard is known.
"""

from dataclasses import replace
from typing import Final

from schemas.cells import Measure, View
from schemas.menu.levels import CRIME, EVERYWHERE, FORCE, QUARTERS, both, by, force_by


def _case(key: str, label: str, part_of: str | None, *views: View) -> Measure:
    views = (EVERYWHERE, *views)
    return Measure(key=key, label=label, table="code_cases", views=views, part_of=part_of)


_BY_CRIME: Final = force_by("crime_group")
_DUTY: Final = (*_BY_CRIME, *by("enhanced"))

_CASES: Final = (
    _case("code_victims", "Victims of recorded crime", None, CRIME, *by("enhanced")),
    _case("written_confirmation", "Victims with written confirmation", "code_victims", *_BY_CRIME),
    Measure(
        key="confirmation_waived",
        label="Victims to whom written confirmation was not sent, to keep them safe",
        table="code_cases",
        views=(QUARTERS,),
        part_of="code_victims",
    ),
    _case("needs_assessed", "Victims with needs assessed", "code_victims", *_BY_CRIME),
    _case("enhanced_victims", "Victims with enhanced rights", "needs_assessed", *_BY_CRIME),
    _case("referral_agreed", "Victims to be referred to support", "code_victims", *_DUTY),
    replace(
        _case("referral_due", "Victims whose referral was due", "referral_agreed", *_DUTY),
        hides_rest=False,
    ),
    _case("referral_missed", "Victims not referred in time", "referral_due", *_DUTY),
    _case("referral_unrecorded", "Victims with no referral on record", "referral_missed", *_DUTY),
    _case("vps_reached", "Victims to be offered a personal statement", "code_victims", *_BY_CRIME),
    _case("vps_offered", "Victims offered a personal statement", "vps_reached", *_BY_CRIME),
    _case("vps_made", "Victims who made a personal statement", "vps_offered", *_BY_CRIME),
)


def _updates(
    subject: str, about: str, events: tuple[str, ...], views: tuple[View, ...]
) -> tuple[Measure, ...]:
    """Return the chain of a group of events, and beside it what is not due yet.

    Events of different groups are never added up.
    """
    chain = (
        (f"{subject}_due", f"Updates on {about} that were due", None),
        (f"{subject}_missed", f"Updates on {about} not given in time", f"{subject}_due"),
        (f"{subject}_unrecorded", f"Updates on {about} with no record", f"{subject}_missed"),
    )
    not_due = (f"{subject}_not_due", f"Updates on {about} that are not due yet", None)
    return tuple(
        Measure(
            key=key,
            label=label,
            table="case_updates",
            part_of=part_of,
            views=(QUARTERS,) if key == not_due[0] else views,
            only=(("event", events),),
        )
        for key, label, part_of in (*chain, not_due)
    )


_EVENTS: Final = force_by("event", "enhanced", "owner")

_UPDATES: Final = (
    *_updates(
        "key_event",
        "arrest, interview, bail and release",
        ("ARREST", "INTERVIEW", "RELEASE_NC", "BAIL", "RUI", "BAIL_CHANGE"),
        (FORCE, *_EVENTS, both("enhanced", "event")),
    ),
    *_updates(
        "no_investigation",
        "decisions not to investigate",
        ("NO_INVESTIGATION",),
        (FORCE, *force_by("crime_group", "enhanced")),
    ),
    *_updates(
        "decision",
        "charge, no prosecution and disposal out of court",
        ("CHARGE", "NO_PROSECUTION", "OOCR"),
        (FORCE, *_EVENTS),
    ),
    *_updates(
        "hearing",
        "hearings",
        ("HEARING_DATE", "BAIL_HEARING", "WARRANT", "REQUIRED_TO_ATTEND", "SPECIAL_MEASURES"),
        (FORCE, *_EVENTS),
    ),
    *_updates(
        "outcome",
        "outcome, sentence and appeal",
        ("OUTCOME", "SENTENCE", "APPEAL"),
        (FORCE, *_EVENTS),
    ),
)

CODE: Final[tuple[Measure, ...]] = (*_CASES, *_UPDATES)
