"""Metrics of the Victims' Code: which rights were kept, and which in time.

The headline of a duty is on time ÷ all whose last day has passed, with no record in the base;
beside it stand the share with no record, and on time ÷ those recorded.
"""

from typing import Final

from dashboard.metrics.about_people import LAW, About, count_of, share_of
from dashboard.metrics.metric import LOCAL, Metric

_PAGE: Final = "Victims' Code"
_MATURED: Final = "Only duties whose last day has passed count."


def _about(
    number: str,
    label: str,
    noun: str,
    definition: str,
    *,
    caveat: str = "Recorded is not the same as done well: read beside a sample of cases.",
    is_choice: bool = False,
    objective: str = "B",
) -> About:
    return About(
        id=number,
        label=label,
        noun=noun,
        definition=definition,
        caveat=caveat,
        better="context" if is_choice else "higher",
        objective=objective,
        page=_PAGE,
    )


_GIVEN: Final = (
    share_of(
        "code_victims",
        "written_confirmation",
        _about(
            "VC01",
            "Written confirmation given",
            "victims",
            "Victims with written confirmation of the report on record, as a share of all.",
        ),
        target=95,
        target_basis=LOCAL,
    ),
    count_of(
        "code_victims",
        _about(
            "VC01",
            "Victims of recorded crime",
            "victims",
            "Victims of crimes reported in the period, as the police sent them; no businesses.",
            caveat="One victim of one crime: a person can be a victim of several.",
            is_choice=True,
        ),
    ),
    share_of(
        "code_victims",
        "needs_assessed",
        _about(
            "VC02",
            "Needs assessment on record",
            "victims",
            "Victims whose needs were assessed, as a share of all victims.",
            objective="A",
        ),
        target=90,
        target_basis=LOCAL,
    ),
    share_of(
        "needs_assessed",
        "enhanced_victims",
        _about(
            "VC06",
            "Enhanced rights identified",
            "victims with needs assessed",
            "Victims with enhanced rights, as a share of those whose needs were assessed.",
            caveat="Hold it against the crimes that give enhanced rights: low is a question.",
            is_choice=True,
            objective="C",
        ),
    ),
    share_of(
        "vps_reached",
        "vps_offered",
        _about(
            "VC07",
            "Personal statement offered",
            "victims at the point of offer",
            "Victims offered a personal statement, as a share of those at the point of offer.",
            caveat="When it is to be offered is defined locally.",
        ),
        target=90,
        target_basis=LOCAL,
    ),
    share_of(
        "vps_offered",
        "vps_made",
        _about(
            "VC08",
            "Personal statement made",
            "offers",
            "Victims who made a personal statement, as a share of those offered one.",
            caveat="A choice of the victim, and so no target.",
            is_choice=True,
        ),
    ),
)


def _duty(
    stem: str, number: str, *, what: str, noun: str, caveat: str, objective: str = "B"
) -> tuple[Metric, ...]:
    """Return the headline of a duty and the two shares that stand beside it."""
    due, missed, unrecorded = (f"{stem}_{state}" for state in ("due", "missed", "unrecorded"))
    return (
        share_of(
            due,
            missed,
            _about(
                number,
                f"{what} in time",
                f"{noun} due",
                f"{what} in time, out of all that were due; no record counts as not in time.",
                caveat=f"{_MATURED} {caveat}",
                objective=objective,
            ),
            key=f"{stem}_on_time",
            is_rest=True,
            target=100,
            target_basis=LAW,
        ),
        share_of(
            due,
            unrecorded,
            About(
                id=number,
                label=f"{what}: no record",
                noun=f"{noun} due",
                definition="Duties with nothing on record, as a share of all that were due.",
                caveat=f"{_MATURED} It may have been done and not written down.",
                better="lower",
                objective=objective,
                page=_PAGE,
            ),
            key=f"{stem}_no_record",
        ),
        share_of(
            due,
            unrecorded,
            _about(
                number,
                f"{what} in time, of those recorded",
                f"{noun} recorded",
                f"{what} in time, as a share of those with a record.",
                caveat=f"{_MATURED} Leaves out what has no record, and so looks better.",
                objective=objective,
            ),
            key=f"{stem}_on_time_of_recorded",
            is_within_rest=True,
        ),
    )


_DUTIES: Final = (
    *_duty(
        "referral",
        "VC03",
        what="Referred to support",
        noun="referrals",
        caveat="Two working days from the report; who has to agree differs by crime.",
        objective="A",
    ),
    *_duty(
        "key_event",
        "VC04",
        what="Told of arrest, interview, bail and release",
        noun="updates",
        caveat="Five working days, one with enhanced rights.",
    ),
    *_duty(
        "no_investigation",
        "VC05",
        what="Told of a decision not to investigate",
        noun="updates",
        caveat="Five working days, one with enhanced rights.",
    ),
    *_duty(
        "decision",
        "VC04",
        what="Told of charge, no prosecution or disposal out of court",
        noun="updates",
        caveat="Five working days, one with enhanced rights.",
    ),
    *_duty(
        "hearing",
        "VC09",
        what="Told of hearings",
        noun="updates",
        caveat="Counted from the day on which witness care learnt of it.",
    ),
    *_duty(
        "outcome",
        "VC10",
        what="Told of outcome, sentence or appeal",
        noun="updates",
        caveat="Counted from the day witness care learnt of it; the court has days before.",
    ),
)

CODE_METRICS: Final = (*_GIVEN, *_DUTIES)
