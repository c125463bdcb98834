"""Metrics of the Victims' Code: which rights were given to victims, and which in time."""

from typing import Final

from dashboard.metrics.about_people import About, count_of, share_of
from dashboard.metrics.metric import LOCAL
from dashboard.metrics.victims_code_duties import DUTY_METRICS

_PAGE: Final = "Victims' Code"


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
    count_of(
        "confirmation_waived",
        _about(
            "VC01",
            "Written confirmation waived",
            "victims",
            "Victims to whom written confirmation was not sent, because it was not safe.",
            caveat="They count as not confirmed: the share is of all victims.",
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

CODE_METRICS: Final = (*_GIVEN, *DUTY_METRICS)
