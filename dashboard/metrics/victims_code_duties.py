"""Duties of the Victims' Code that have a clock: done in time, late, without record, not due yet.

The headline of a duty is on time ÷ all whose last day has passed, with no record in the base;
beside it stand the shares done late and with no record, and on time ÷ those recorded.
"""

from dataclasses import dataclass, replace
from typing import Final

from dashboard.metrics.about_people import LAW, About, count_of, share_of
from dashboard.metrics.metric import Metric

_PAGE: Final = "Victims' Code"
_MATURED: Final = "Only duties whose last day has passed count."
_DAYS: Final = "Five working days, one with enhanced rights."


@dataclass(frozen=True, kw_only=True)
class Duty:
    """A duty with a clock: the beginning of its measures' names, its right, and its words.

    `short` names it on a chart; `noun` is what is counted.
    """

    stem: str
    id: str
    right: str
    what: str
    short: str
    caveat: str
    noun: str = "updates"
    objective: str = "B"

    @property
    def keys(self) -> tuple[str, str, str, str]:
        """The keys of its shares: on time, late, no record, and on time of those recorded."""
        endings = ("on_time", "late", "no_record", "on_time_of_recorded")
        on_time, late, no_record, of_recorded = (f"{self.stem}_{ending}" for ending in endings)
        return on_time, late, no_record, of_recorded


DUTIES: Final = (
    Duty(
        stem="referral",
        id="VC03",
        right="4",
        what="Referred to support",
        short="Referral",
        noun="referrals",
        caveat="Two working days from the report; who has to agree differs by crime.",
        objective="A",
    ),
    Duty(
        stem="key_event",
        id="VC04",
        right="6",
        what="Told of arrest, interview, bail and release",
        short="Arrest to release",
        caveat=_DAYS,
    ),
    Duty(
        stem="no_investigation",
        id="VC05",
        right="6",
        what="Told of a decision not to investigate",
        short="No investigation",
        caveat=_DAYS,
    ),
    Duty(
        stem="decision",
        id="VC04",
        right="6",
        what="Told of charge, no prosecution or disposal out of court",
        short="Charge or none",
        caveat=_DAYS,
    ),
    Duty(
        stem="hearing",
        id="VC09",
        right="8",
        what="Told of hearings",
        short="Hearings",
        caveat="Counted from the day on which witness care learnt of it.",
    ),
    Duty(
        stem="outcome",
        id="VC10",
        right="9",
        what="Told of outcome, sentence or appeal",
        short="Court outcome",
        caveat="Counted from the day witness care learnt of it; the court has days before.",
    ),
)
"""In the order of the rights. Charge belongs to the same right as arrest, and has its own clock."""


def _shares(duty: Duty) -> tuple[Metric, ...]:
    """Return the headline of a duty and the three shares that stand beside it."""
    due, missed, unrecorded = (f"{duty.stem}_{state}" for state in ("due", "missed", "unrecorded"))
    on_time, late, no_record, of_recorded = duty.keys
    return (
        share_of(
            due,
            missed,
            _about(
                duty,
                "in time",
                "in time, out of all that were due; no record counts as not in time.",
            ),
            key=on_time,
            is_rest=True,
            target=100,
            target_basis=LAW,
        ),
        share_of(due, unrecorded, _late(duty), key=late, is_rest_of_above=True),
        share_of(due, unrecorded, _no_record(duty), key=no_record),
        share_of(
            due,
            unrecorded,
            replace(
                _about(duty, "in time, of those recorded", "in time, out of those with a record."),
                noun=f"{duty.noun} recorded",
                caveat=f"{_MATURED} Leaves out what has no record, and so looks better.",
            ),
            key=of_recorded,
            is_within_rest=True,
        ),
    )


def _about(duty: Duty, state: str, definition: str) -> About:
    return About(
        id=duty.id,
        label=f"{duty.what} {state}",
        noun=f"{duty.noun} due",
        definition=f"{duty.what} {definition}",
        caveat=f"{_MATURED} {duty.caveat}",
        objective=duty.objective,
        page=_PAGE,
    )


def _late(duty: Duty) -> About:
    return replace(
        _about(duty, "", ""),
        label=f"{duty.what}: late",
        definition="Done, after the last day; as a share of all that were due.",
        better="lower",
    )


def _no_record(duty: Duty) -> About:
    return replace(
        _late(duty),
        label=f"{duty.what}: no record",
        definition="Duties with nothing on record, as a share of all that were due.",
        caveat=f"{_MATURED} It may have been done and not written down.",
    )


def _not_due(duty: Duty) -> Metric:
    """Return what is not due yet: a count, and of referrals the share of those agreed."""
    about = replace(
        _about(duty, "", ""),
        label=f"{duty.what}: not due yet",
        noun=duty.noun,
        definition="Duties whose last day has not passed.",
        caveat="They are in no other figure until their last day has passed.",
        better="context",
    )
    key = f"{duty.stem}_not_due"
    if duty.stem != "referral":
        return count_of(key, about)
    agreed = replace(about, noun="referrals agreed", definition="Of those agreed, not due yet.")
    return share_of("referral_agreed", "referral_due", agreed, key=key, is_rest=True)


DUTY_METRICS: Final = (
    *(each for duty in DUTIES for each in _shares(duty)),
    *(_not_due(duty) for duty in DUTIES),
)
