"""Metrics of what victims say: survey answers, complaints, reviews of decisions."""

from dataclasses import replace
from typing import Final

from dashboard.metrics.about_people import About, count_of, share_of
from dashboard.metrics.metric import Metric

_PAGE: Final = "Voice of the victim"
_FAIRLY: Final = (
    "Fairly satisfied counts as satisfied; other publications count completely and very only. A "
    "change in how people are asked breaks the series."
)
_ANSWERS: Final = "Only those who answer are heard; answers are not weighted."


def _about(number: str, label: str, noun: str, definition: str, caveat: str = _ANSWERS) -> About:
    return About(
        id=number,
        label=label,
        noun=noun,
        definition=definition,
        caveat=caveat,
        objective="Voice",
        page=_PAGE,
    )


def _satisfied(question: str, number: str, words: str) -> Metric:
    return share_of(
        f"{question}_answered",
        f"{question}_satisfied",
        _about(
            number,
            f"Satisfied {words}",
            "answers",
            f"People completely, very or fairly satisfied {words}, out of those who answered.",
            _FAIRLY,
        ),
    )


def _said(question: str, ending: str, number: str, label: str, words: str) -> Metric:
    return share_of(
        f"{question}_answered",
        f"{question}_{ending}",
        _about(number, label, "answers", f"People who {words}, as a share of those who answered."),
    )


_SURVEY: Final = (
    _satisfied("overall", "VO01", "over all"),
    _satisfied("first_contact", "VO01", "with the first contact"),
    _satisfied("actions", "VO01", "with what was done"),
    _satisfied("treatment", "VO01", "with the treatment"),
    _said(
        "cope", "better", "VO01", "Better able to cope", "are mostly or fully better able to cope"
    ),
    _said("safety", "safer", "VO01", "Feeling safer", "mostly or fully feel safer"),
    _said(
        "recommendation",
        "positive",
        "VO01",
        "Would recommend the service",
        "would mostly or fully recommend the service",
    ),
    _satisfied("kept_informed", "VO02", "with being kept informed"),
    _said("code", "aware", "VO03", "Know of the Victims' Code", "know of the Victims' Code"),
    _said("support", "offered", "VO03", "Were offered support", "were offered support"),
    count_of(
        "survey_answers",
        _about("VO04", "Survey answers", "people", "People who answered the survey."),
    ),
)


def _complaints(part: str, label: str, words: str) -> Metric:
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


_COMPLAINTS: Final = (
    count_of(
        "complaints",
        _about(
            "VO05",
            "Complaints",
            "complaints",
            "Complaints of victims received in the period, by theme and organisation.",
            "More can mean that it is easier to complain.",
        ),
    ),
    _complaints(
        "complaints_handled_on_time",
        "Complaints acknowledged or answered in ten days",
        "acknowledged or answered",
    ),
    _complaints(
        "complaints_answered_on_time", "Complaints answered in ten days", "answered in full"
    ),
    _complaints(
        "complaints_acknowledged_on_time", "Complaints acknowledged in ten days", "acknowledged"
    ),
)

_FEW: Final = "Small numbers: read four quarters together. Police and prosecution are kept apart."
_SCHEME: Final = "the schemes for reviews, to be confirmed with the force"

_REVIEWS: Final = (
    share_of(
        "reviews_completed",
        "reviews_overturned",
        replace(
            _about(
                "VO06",
                "Reviews that changed the decision",
                "reviews completed",
                "Decisions that were changed, as a share of the reviews completed.",
                _FEW,
            ),
            better="context",
        ),
    ),
    count_of(
        "reviews_requested",
        replace(
            _about(
                "VO06",
                "Reviews asked for",
                "reviews",
                "Reviews of decisions that victims asked for in the period.",
                "More can mean that the right is better known.",
            ),
            better="context",
        ),
    ),
    share_of(
        "reviews_timed",
        "reviews_on_time",
        _about(
            "VO07",
            "Reviews completed in time",
            "reviews with a time limit",
            "Reviews completed by the thirtieth working day, out of those that have that limit.",
            _FEW,
        ),
        target=100,
        target_basis=_SCHEME,
    ),
    share_of(
        "reviews_acknowledgement_due",
        "reviews_acknowledged_on_time",
        _about(
            "VO07",
            "Reviews acknowledged in ten working days",
            "reviews whose acknowledgement was due",
            "Reviews acknowledged by the tenth working day, as a share of those due.",
            _FEW,
        ),
        target=100,
        target_basis=_SCHEME,
    ),
)

VOICE_METRICS: Final = (*_SURVEY, *_COMPLAINTS, *_REVIEWS)
