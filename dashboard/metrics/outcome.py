"""Metrics of what support changed: scores at entry and at exit."""

from typing import Final

from dashboard.metrics.about_people import About, share_of
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

OUTCOME_METRICS: Final = (BETTER_AT_EXIT, PAIRED)
