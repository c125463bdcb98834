"""Metrics of what victims say: who was asked and answered, how satisfied they are, what they name.

Complaints and reviews of decisions stand in `complaints.py`.
"""

from typing import Final

from dashboard.metrics.about_people import About, count_of, rate_of, share_of
from dashboard.metrics.complaints import COMPLAINT_METRICS, about_voice
from dashboard.metrics.lessons import LESSON_METRICS
from dashboard.metrics.metric import Better, Metric

INDICATIVE_BELOW: Final = 20
"""Per cent who answer: below it what they say is indicative only."""

_FAIRLY: Final = (
    "Fairly satisfied counts as satisfied; other publications count completely and very only. A "
    "change in how people are asked breaks the series."
)
_ANSWERS: Final = "Only those who answer are heard; answers are not weighted."


def _about(
    number: str,
    label: str,
    noun: str,
    definition: str,
    caveat: str = _ANSWERS,
    better: Better = "higher",
) -> About:
    return about_voice(number, label, noun, definition, caveat, better=better)


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


SATISFIED: Final = _satisfied("overall", "VO01", "over all")
STAGES: Final = {
    "First contact": _satisfied("first_contact", "VO01", "with the first contact"),
    "What was done": _satisfied("actions", "VO01", "with what was done"),
    "Treatment": _satisfied("treatment", "VO01", "with the treatment"),
}
"""Satisfaction at the stages of a case, in their order; being kept informed goes on throughout."""

HELPED: Final = {
    "Better able to cope": _said(
        "cope", "better", "VO01", "Better able to cope", "are mostly or fully better able to cope"
    ),
    "Feel safer": _said("safety", "safer", "VO01", "Feeling safer", "mostly or fully feel safer"),
    "Would recommend it": _said(
        "recommendation",
        "positive",
        "VO01",
        "Would recommend the service",
        "would mostly or fully recommend the service",
    ),
}
"""What people say whom a service supported."""

KEPT_INFORMED: Final = _satisfied("kept_informed", "VO02", "with being kept informed")
KNOW_OF_CODE: Final = _said(
    "code", "aware", "VO03", "Know of the Victims' Code", "know of the Victims' Code"
)
OFFERED_SUPPORT: Final = _said(
    "support", "offered", "VO03", "Were offered support", "were offered support"
)

_INVITED: Final = (
    f"Where fewer than {INDICATIVE_BELOW}% answer, what they say is indicative only. How people "
    "are asked moves it."
)

RESPONSE_RATE: Final = share_of(
    "survey_invited",
    "survey_completed",
    _about(
        "VO04",
        "Response rate",
        "people invited",
        "People who answered the survey, as a share of those invited to it.",
        _INVITED,
    ),
    key="response_rate",
)
INVITED: Final = count_of(
    "survey_invited",
    _about(
        "VO04",
        "People invited to the survey",
        "invitations",
        "People invited to the survey.",
        _INVITED,
        better="context",
    ),
)
ANSWERS: Final = count_of(
    "survey_answers",
    _about("VO04", "Survey answers", "survey answers", "People who answered the survey.", _ANSWERS),
)
ANSWERS_PER_VICTIM: Final = rate_of(
    "code_victims",
    "survey_answers",
    _about(
        "VO04",
        "Survey answers for each hundred victims",
        "victims of recorded crime",
        "People who answered the survey, per 100 victims of recorded crime in the same period.",
        "Witnesses and people whom a service supported without a recorded crime answer too, so "
        "groups are compared, and the level is not read.",
    ),
    key="answers_per_victim",
    per=100,
)

_THEMES: Final = "Whoever reads the comments notes the themes; one comment can have several."
COMMENTS: Final = count_of(
    "comments",
    _about(
        "VO01",
        "Themes in what people said",
        "themes noted",
        "Themes noted in people's comments on the survey and in other feedback.",
        _THEMES,
        better="context",
    ),
)
NEGATIVE: Final = share_of(
    "comments",
    "comments",
    _about(
        "VO01",
        "Spoken of badly",
        "themes noted",
        "Themes noted in a negative sense, as a share of all themes noted.",
        _THEMES,
        better="lower",
    ),
    key="comments_negative",
    of=(("sentiment", "NEGATIVE"),),
    undivided=("sentiment",),
)

VOICE_METRICS: Final = (
    SATISFIED,
    *STAGES.values(),
    *HELPED.values(),
    KEPT_INFORMED,
    KNOW_OF_CODE,
    OFFERED_SUPPORT,
    RESPONSE_RATE,
    INVITED,
    ANSWERS,
    ANSWERS_PER_VICTIM,
    COMMENTS,
    NEGATIVE,
    *COMPLAINT_METRICS,
    *LESSON_METRICS,
)
