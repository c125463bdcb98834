"""Metrics of what support changed: scores at entry and at exit."""

from typing import Final

from dashboard.metrics.about_people import About, change_of, count_of, share_of
from dashboard.metrics.metric import LOCAL

_PAGE: Final = "Provider performance"

BETTER_AT_EXIT: Final = share_of(
    "scores_paired",
    "scores_improved",
    About(
        id="SV03",
        label="Better at exit than at entry",
        noun="scores at entry and exit",
        definition=(
            "Scores that are better at exit than at entry by at least the tool's step, as a "
            "share of those given on both occasions."
        ),
        caveat="Pairs only: people who stopped coming are missing. See first the share paired.",
        objective="D",
        page=_PAGE,
    ),
)
PAIRED: Final = share_of(
    "cases_closed",
    "cases_paired",
    About(
        id="SV04",
        label="Scores paired",
        noun="cases closed",
        definition="Cases with scores at entry and at exit, as a share of those closed.",
        caveat="Below half, what the scores say of change is unsafe.",
        objective="D",
        page=_PAGE,
    ),
    target=70,
    target_basis=LOCAL,
)

SCORE_CHANGE: Final = change_of(
    "score_change",
    About(
        id="SV05",
        label="Mean change in score",
        noun="points for the better",
        definition=(
            "The mean of exit less entry of the scores given on both occasions, for each tool and "
            "what it is about, turned so that more is better."
        ),
        caveat=(
            "Points of one tool are not those of another: never averaged together. People come at "
            "their worst and many would be better anyway; there is no group to compare with, and "
            "those who stopped coming are missing."
        ),
        objective="D",
        page=_PAGE,
    ),
    default_by=("scale",),
)

IMPROVED: Final = count_of(
    "scores_improved",
    About(
        id="SV03",
        label="Improved outcomes",
        noun="scores",
        definition="Scores better at exit than at entry by at least the tool's step.",
        caveat="A person has as many scores as things were asked about. Pairs only.",
        objective="D",
        page=_PAGE,
    ),
    key="improved_outcomes",
)

OUTCOME_METRICS: Final = (BETTER_AT_EXIT, PAIRED, SCORE_CHANGE, IMPROVED)
