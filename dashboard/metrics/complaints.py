"""Metrics of complaints, and of reviews of decisions that victims ask for."""

from typing import Final

from dashboard.metrics.about_people import About, count_of, rate_of, share_of
from dashboard.metrics.metric import Better, Metric

VOICE_PAGE: Final = "Voice of the victim"

_MORE: Final = "More can mean that it is easier to complain."
_FEW: Final = "Small numbers: read four quarters together. Police and prosecution are kept apart."
_SCHEME: Final = "the schemes for reviews, to be confirmed with the force"


def about_voice(
    number: str, label: str, noun: str, definition: str, caveat: str, *, better: Better = "context"
) -> About:
    """Return what is said of a metric of the page on the voice of the victim."""
    return About(
        id=number,
        label=label,
        noun=noun,
        definition=definition,
        caveat=caveat,
        better=better,
        objective="Voice",
        page=VOICE_PAGE,
    )


COMPLAINTS: Final = count_of(
    "complaints",
    about_voice(
        "VO05",
        "Complaints",
        "complaints",
        "Complaints of victims received in the period, by theme, right and organisation.",
        _MORE,
    ),
)
COMPLAINT_RATE: Final = rate_of(
    "code_victims",
    "complaints",
    about_voice(
        "VO05",
        "Complaints per 1,000 victims",
        "victims of recorded crime",
        "Complaints of victims received in the period, per 1,000 victims of recorded crime.",
        f"{_MORE} People complain of earlier cases, too.",
    ),
    key="complaint_rate",
    undivided=("organisation", "theme", "code_right"),
)


def _in_ten_days(part: str, label: str, words: str) -> Metric:
    return share_of(
        "complaints_due",
        part,
        About(
            id="VC11",
            label=label,
            noun="complaints due",
            definition=f"Complaints {words} by the tenth working day, as a share of those due.",
            caveat="Acknowledged and answered in full are two things, given apart.",
            page="Victims' Code",
        ),
        target=100,
        target_basis="the strategy",
    )


HANDLED_IN_TIME: Final = _in_ten_days(
    "complaints_handled_on_time",
    "Complaints acknowledged or answered in ten days",
    "acknowledged or answered",
)
ANSWERED_IN_TIME: Final = _in_ten_days(
    "complaints_answered_on_time", "Complaints answered in ten days", "answered in full"
)
ACKNOWLEDGED_IN_TIME: Final = _in_ten_days(
    "complaints_acknowledged_on_time", "Complaints acknowledged in ten days", "acknowledged"
)

REVIEWS_OVERTURNED: Final = share_of(
    "reviews_completed",
    "reviews_overturned",
    about_voice(
        "VO06",
        "Reviews that changed the decision",
        "reviews completed",
        "Decisions that were changed, as a share of the reviews completed.",
        _FEW,
    ),
)
REVIEWS_REQUESTED: Final = count_of(
    "reviews_requested",
    about_voice(
        "VO06",
        "Reviews asked for",
        "reviews",
        "Reviews of decisions that victims asked for in the period.",
        "More can mean that the right is better known.",
    ),
)
REVIEWS_IN_TIME: Final = share_of(
    "reviews_timed",
    "reviews_on_time",
    about_voice(
        "VO07",
        "Reviews completed in time",
        "reviews with a time limit",
        "Reviews completed by the thirtieth working day, out of those that have that limit.",
        _FEW,
        better="higher",
    ),
    target=100,
    target_basis=_SCHEME,
)
REVIEWS_ACKNOWLEDGED: Final = share_of(
    "reviews_acknowledgement_due",
    "reviews_acknowledged_on_time",
    about_voice(
        "VO07",
        "Reviews acknowledged in ten working days",
        "reviews whose acknowledgement was due",
        "Reviews acknowledged by the tenth working day, as a share of those due.",
        _FEW,
        better="higher",
    ),
    target=100,
    target_basis=_SCHEME,
)

COMPLAINT_METRICS: Final = (
    COMPLAINTS,
    COMPLAINT_RATE,
    HANDLED_IN_TIME,
    ANSWERED_IN_TIME,
    ACKNOWLEDGED_IN_TIME,
    REVIEWS_OVERTURNED,
    REVIEWS_REQUESTED,
    REVIEWS_IN_TIME,
    REVIEWS_ACKNOWLEDGED,
)
