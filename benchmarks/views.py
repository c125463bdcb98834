"""What each view of the pages on need, rural and cyber crime costs, over the whole sample."""

from dataclasses import asdict
from pathlib import Path
from typing import Final
from urllib.parse import quote_plus

from benchmarks.pages import Effort, Found, Screen, measure_screens, our_server
from benchmarks.report import Section

_TABS: Final = {
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
}
VIEWS: Final = tuple(
    Screen(f"{page}, {tab}", f"/{page}?view={quote_plus(tab)}", moves_card=page != "cyber")
    for page, tabs in _TABS.items()
    for tab in tabs
)
_KINDS: Final = ("rerun_cpu", "change_cpu", "seen_cpu", "change_kb", "charts")
_SAID: Final = (
    "Median (least–greatest) of milliseconds of server CPU, and of thousands of bytes received "
    "over the websocket. The aims are 45 ms a rerun when nothing changed, and 400 kB a change. "
    "Reports of fraud are held for the force, so the first card of the cyber page stays as it is.",
)


def measure_views(sample: Path, *, out: Path, effort: Effort) -> Section:
    """Drive every view over a published sample; `sample` is its data folder."""
    found = measure_screens(our_server(sample, out), VIEWS, out, effort)
    return Section(
        key="views",
        title="Pages on need, rural and cyber crime over the sample",
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
