"""What each view of the pages that need the whole sample costs."""

from dataclasses import asdict
from pathlib import Path
from typing import Final
from urllib.parse import quote_plus

from benchmarks.pages import Effort, Found, Screen, measure_screens, our_server
from benchmarks.report import Section

_TABS: Final = {
    "": ("New and late",),
    "strategy": ("Commitments", "Evidence", "Delivery plan", "Highlight report"),
    "needs": (
        *("Layers", "Districts", "Never reported", "Who is missing", "Repeat and enhanced"),
        *("Harm and cost", "Equality", "Assumptions"),
    ),
    "rural": (
        *("Rural and urban", "By land", "Rural share", "Proxy basket", "Farm crime"),
        *("Far from a town", "Support", "Way to help"),
    ),
    "cyber": (
        *("Change", "Kinds", "Losses", "Other forces", "Unreported", "Online harm", "Support"),
    ),
    "gaps": ("Matrix", "Map", "Within districts", "One district", "Reach", "Journeys"),
    "planner": ("Change", "Access", "Groups", "Best places", "Save and compare"),
    "journey": (
        *("The way", "Cohorts", "Falling out", "Waits", "In time", "Waiting now", "Ways in"),
        *("Hand-offs", "Restorative justice", "Witness care"),
    ),
    "code": (
        *("In time", "Change", "At court", "Rights", "Agencies", "Areas", "Crimes"),
        *("Needs and statements", "Complaints", "Checklist", "Law and standards"),
    ),
    "providers": (
        *("Framework", "Profile", "Activity", "Outcomes", "Capacity", "Waits", "Cost"),
        *("Returns", "Contracts", "Spend"),
    ),
    "voice": (
        *("Response", "Satisfaction", "For whom", "Complaints", "Answered", "Right to Review"),
        *("Themes", "Lessons", "Not heard"),
    ),
}
_OF_THE_FORCE: Final = ("strategy", "planner", "providers")
"""Pages on which no area is chosen."""
_FIRST_CARD_STAYS: Final = ("cyber", "voice")
"""Pages whose first card is of the whole force."""

VIEWS: Final = tuple(
    Screen(
        f"{page or 'overview'}, {tab}",
        f"/{page}?view={quote_plus(tab)}" if page else "/",
        has_filter=page not in _OF_THE_FORCE,
        moves_card=page not in _FIRST_CARD_STAYS,
    )
    for page, tabs in _TABS.items()
    for tab in tabs
)
_KINDS: Final = ("rerun_cpu", "change_cpu", "seen_cpu", "change_kb", "charts")
_SAID: Final = (
    "Median (least–greatest) of milliseconds of server CPU, and of thousands of bytes received "
    "over the websocket. The aims are 45 ms a rerun when nothing changed, and 400 kB a change. "
    "Reports of fraud and answers to invitations are held for the force, so the first card of the "
    "pages on cyber crime and on the voice of the victim stays as it is.",
)


def measure_views(sample: Path, *, out: Path, effort: Effort) -> Section:
    """Drive every view over a published sample; `sample` is its data folder."""
    found = measure_screens(our_server(sample, out), VIEWS, out, effort)
    return Section(
        key="views",
        title="Views of the pages over the sample",
        said=_SAID,
        columns=("view", "rerun", "filter change", "view seen before", "kB a change", "charts"),
        rows=tuple((name, *_cells(spreads)) for name, spreads in found.items()),
        raw={
            name: {kind: asdict(spread) for kind, spread in spreads.items()}
            for name, spreads in found.items()
        },
    )


def _cells(spreads: Found) -> list[str]:
    return [spreads[kind].words(0, "") if kind in spreads else "–" for kind in _KINDS]
