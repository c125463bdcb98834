"""Counts of invitations, answers and comments, of complaints, and of reviews victims asked for.

Answers belong to their quarter and are not weighted: a weighted count cannot be protected. The
number who answered stands once more beside the invitations, as whoever runs the survey counts it.
Complaints belong to the month in which they were received, reviews to that of the request; both
are due once ten, or thirty, working days have passed.
"""

from dataclasses import replace
from typing import Final

from schemas.cells import Measure, View
from schemas.menu.levels import QUARTERS, QUARTERS_EVERYWHERE, both, force_by, years_by
from schemas.supplied.complaint import VRR_ORGANISATION

_SURVEY: Final = "satisfaction"
_WHO: Final = force_by("crime_group", "population")


def _question(
    key: str, about: str, positive: tuple[str, str], views: tuple[View, ...]
) -> tuple[Measure, ...]:
    """Return who answered a question, and who answered in the positive sense."""
    answered, suffix = f"{key}_answered", positive[0]
    return (
        Measure(
            key=answered,
            label=f"People who answered about {about}",
            table=_SURVEY,
            part_of="survey_answers",
            hides_rest=False,
            views=views,
        ),
        Measure(
            key=f"{key}_{suffix}",
            label=f"People {positive[1]} {about}",
            table=_SURVEY,
            part_of=answered,
            views=views,
        ),
    )


_SATISFIED: Final = ("satisfied", "completely, very or fairly satisfied with")
_EVERYWHERE: Final = (QUARTERS_EVERYWHERE, *_WHO)
_QUARTERS: Final = (QUARTERS, *_WHO)
_POPULATION: Final = (QUARTERS, *force_by("population"))

_ANSWERS: Final = (
    Measure(
        key="survey_answers",
        label="People who answered the survey",
        table=_SURVEY,
        views=_EVERYWHERE,
    ),
    *_question("overall", "the whole experience", _SATISFIED, _EVERYWHERE),
    *_question("first_contact", "the first contact", _SATISFIED, _POPULATION),
    *_question("actions", "what was done", _SATISFIED, _POPULATION),
    *_question("kept_informed", "being kept informed", _SATISFIED, _QUARTERS),
    *_question("treatment", "the treatment", _SATISFIED, _POPULATION),
    *_question("code", "the Victims' Code", ("aware", "who know of"), _QUARTERS),
    *_question("support", "support", ("offered", "who were offered"), _QUARTERS),
    # Asked of people whom a service supported, so that other populations have no part in them.
    *_question("cope", "coping", ("better", "mostly or fully better at"), (QUARTERS,)),
    *_question("safety", "feeling safer", ("safer", "mostly or fully"), (QUARTERS,)),
    *_question(
        "recommendation",
        "recommending the service",
        ("positive", "mostly or fully in favour of"),
        (QUARTERS,),
    ),
)

_INVITED: Final = (QUARTERS, *force_by("crime_group"))

_INVITATIONS: Final = (
    Measure(
        key="survey_invited",
        label="People invited to the survey",
        table="satisfaction_invites",
        views=_INVITED,
    ),
    Measure(
        key="survey_completed",
        label="People invited who answered the survey",
        table="satisfaction_invites",
        part_of="survey_invited",
        hides_rest=False,
        mirrors="survey_answers",
        views=_INVITED,
    ),
)

_COMMENTS: Final = (
    Measure(
        key="comments",
        label="Themes noted in what people said",
        table="feedback_themes",
        views=(QUARTERS, *force_by("theme", "sentiment"), both("theme", "sentiment")),
    ),
)

_BY_ORGANISATION: Final = (QUARTERS, *years_by("organisation"))
"""Of one organisation in one quarter nearly all would be hidden."""


def _complaint(key: str, label: str, part_of: str) -> Measure:
    return Measure(
        key=key, label=label, table="complaints", part_of=part_of, views=_BY_ORGANISATION
    )


def _open(measure: Measure) -> Measure:
    """Return a part whose rest says nothing about anybody: not due yet, or answered at once."""
    return replace(measure, hides_rest=False)


def _review(key: str, label: str, part_of: str | None) -> Measure:
    return Measure(
        key=key,
        label=label,
        table="vrr",
        part_of=part_of,
        views=_BY_ORGANISATION,
        only=(("organisation", tuple(VRR_ORGANISATION)),),
    )


_COMPLAINTS: Final = (
    Measure(
        key="complaints",
        label="Complaints",
        table="complaints",
        views=(
            *(QUARTERS, *force_by("organisation", "theme", "code_right")),
            both("organisation", "theme"),
        ),
    ),
    _open(_complaint("complaints_due", "Complaints due to be answered", "complaints")),
    _complaint(
        "complaints_handled_on_time",
        "Complaints acknowledged or answered in time",
        "complaints_due",
    ),
    _complaint(
        "complaints_answered_on_time",
        "Complaints answered in full in time",
        "complaints_handled_on_time",
    ),
    _open(
        _complaint(
            "complaints_acknowledged_on_time",
            "Complaints acknowledged in time",
            "complaints_handled_on_time",
        )
    ),
)

_REVIEWS: Final = (
    _review("reviews_requested", "Reviews of decisions that victims asked for", None),
    _open(
        _review(
            "reviews_acknowledgement_due", "Reviews due to be acknowledged", "reviews_requested"
        )
    ),
    _review(
        "reviews_acknowledged_on_time",
        "Reviews acknowledged in time",
        "reviews_acknowledgement_due",
    ),
    _review("reviews_completed", "Reviews completed", "reviews_requested"),
    _review("reviews_overturned", "Reviews that changed the decision", "reviews_completed"),
    _open(
        _review("reviews_timed", "Completed reviews that have a time limit", "reviews_completed")
    ),
    _review("reviews_on_time", "Reviews completed in time", "reviews_timed"),
)

VOICE: Final[tuple[Measure, ...]] = (
    *_ANSWERS,
    *_INVITATIONS,
    *_COMMENTS,
    *_COMPLAINTS,
    *_REVIEWS,
)
