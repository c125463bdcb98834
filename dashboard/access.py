"""Who may open which page and do what. What or who is not listed here is denied.

Rules are read in this order: no role is denied; an unknown page or action is denied; a page opens,
and an action is done, for the roles it names. To add a page: one entry in `PAGES`, one file, one
test.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, Literal

VIEWER: Final = "viewer"
ANALYST: Final = "analyst"
STAFF: Final = "staff"

EVERYONE: Final = frozenset({VIEWER, ANALYST, STAFF})
"""Every signed-in role. It is not the public."""

Action = Literal["download", "write_papers", "save_scenarios", "edit_plan"]

ACTIONS: Final[Mapping[Action, frozenset[str]]] = MappingProxyType(
    {
        # A figure as a file, each recorded in the audit log.
        "download": EVERYONE,
        # Collect figures, and make Board papers of them.
        "write_papers": frozenset({ANALYST, STAFF}),
        # Anyone may try a scenario; its link carries it.
        "save_scenarios": frozenset({ANALYST, STAFF}),
        # Change the delivery plan, for all who read it.
        "edit_plan": frozenset({STAFF}),
    }
)

SECTIONS: Final = ("Board", "Understand", "Plan", "Do", "Review", "About")
"""Headings of the navigation, after the commissioning cycle of the strategy."""


@dataclass(frozen=True, kw_only=True)
class PageEntry:
    """One page: where it stands, what it asks, and for whom it opens.

    `path` is its address; the empty path is the first page.
    """

    key: str
    section: str
    title: str
    question: str
    file: str
    icon: str
    path: str
    roles: frozenset[str]


PAGES: Final = (
    PageEntry(
        key="overview",
        section="Board",
        title="Overview",
        question="What changed, and what should the Board look at?",
        file="pages/board/overview.py",
        icon=":material/home:",
        path="",
        roles=EVERYONE,
    ),
    PageEntry(
        key="strategy",
        section="Board",
        title="Strategy",
        question="Is each objective and commitment being delivered, and on what evidence?",
        file="pages/board/strategy.py",
        icon=":material/flag:",
        path="strategy",
        roles=EVERYONE,
    ),
    PageEntry(
        key="board_paper",
        section="Board",
        title="Board paper",
        question="What goes into the Board paper, in which order and in which words?",
        file="pages/board/board_paper.py",
        icon=":material/docs:",
        path="board-paper",
        roles=frozenset({ANALYST, STAFF}),
    ),
    PageEntry(
        key="needs",
        section="Understand",
        title="Needs assessment",
        question="Who is harmed, where, how many never report, and who needs enhanced support?",
        file="pages/understand/needs.py",
        icon=":material/diversity_1:",
        path="needs",
        roles=EVERYONE,
    ),
    PageEntry(
        key="crime",
        section="Understand",
        title="Crime explorer",
        question="What is recorded, by type, area and month, and is it changing?",
        file="pages/understand/crime.py",
        icon=":material/query_stats:",
        path="crime",
        roles=EVERYONE,
    ),
    PageEntry(
        key="rural",
        section="Understand",
        title="Rural crime",
        question="How does crime differ in rural places, and does support reach them?",
        file="pages/understand/rural.py",
        icon=":material/agriculture:",
        path="rural",
        roles=EVERYONE,
    ),
    PageEntry(
        key="cyber",
        section="Understand",
        title="Cyber crime",
        question="How much fraud and cyber crime, what kind, what loss, and who is supported?",
        file="pages/understand/cyber.py",
        icon=":material/phishing:",
        path="cyber",
        roles=EVERYONE,
    ),
    PageEntry(
        key="gaps",
        section="Understand",
        title="Gap map",
        question="Where is need greater than provision, and how sure are we?",
        file="pages/understand/gaps.py",
        icon=":material/map:",
        path="gaps",
        roles=EVERYONE,
    ),
    PageEntry(
        key="planner",
        section="Plan",
        title="Capacity planner",
        question="If we add, move or end a service, what happens to unmet need?",
        file="pages/plan/planner.py",
        icon=":material/tune:",
        path="planner",
        roles=EVERYONE,
    ),
    PageEntry(
        key="journey",
        section="Do",
        title="Victim journey",
        question="From report to recovery: where do people wait or fall out?",
        file="pages/do/journey.py",
        icon=":material/route:",
        path="journey",
        roles=EVERYONE,
    ),
    PageEntry(
        key="services",
        section="Do",
        title="Services",
        question="Who offers what, to whom, where, at what cost, until when?",
        file="pages/do/services.py",
        icon=":material/diversity_3:",
        path="services",
        roles=EVERYONE,
    ),
    PageEntry(
        key="code",
        section="Review",
        title="Victims' Code",
        question="Are rights delivered on time, by right, agency and area?",
        file="pages/review/code.py",
        icon=":material/gavel:",
        path="code",
        roles=EVERYONE,
    ),
    PageEntry(
        key="providers",
        section="Review",
        title="Provider performance",
        question="Outputs, outcomes, waits, returns and value: how do services do?",
        file="pages/review/providers.py",
        icon=":material/handshake:",
        path="providers",
        roles=EVERYONE,
    ),
    PageEntry(
        key="voice",
        section="Review",
        title="Voice of the victim",
        question="What do victims say, complain of and win on review; are lessons closed?",
        file="pages/review/voice.py",
        icon=":material/record_voice_over:",
        path="voice",
        roles=EVERYONE,
    ),
    PageEntry(
        key="definitions",
        section="About",
        title="Definitions",
        question="What does each figure mean?",
        file="pages/about/definitions.py",
        icon=":material/menu_book:",
        path="definitions",
        roles=EVERYONE,
    ),
    PageEntry(
        key="data_quality",
        section="About",
        title="Data quality",
        question="What was loaded, set aside, late or missing?",
        file="pages/about/data_quality.py",
        icon=":material/fact_check:",
        path="data-quality",
        roles=EVERYONE,
    ),
    PageEntry(
        key="load",
        section="About",
        title="Load data",
        question="Is a file right, and how is it sent?",
        file="pages/about/load.py",
        icon=":material/upload_file:",
        path="load",
        roles=frozenset({STAFF}),
    ),
)


def page_entry(key: str) -> PageEntry:
    """Return the entry of one page. Raises KeyError for a page that is not listed."""
    return {entry.key: entry for entry in PAGES}[key]


def may_open(role: str | None, key: str) -> bool:
    """Return True when the page is listed and names the role."""
    return any(entry.key == key and role in entry.roles for entry in PAGES)


def may_do(role: str | None, action: Action) -> bool:
    """Return True when the action is listed and names the role."""
    return role in ACTIONS.get(action, frozenset())


def pages_for(role: str | None) -> tuple[PageEntry, ...]:
    """Return the pages that a role may open, in the order of the navigation."""
    allowed = (entry for entry in PAGES if may_open(role, entry.key))
    return tuple(sorted(allowed, key=lambda entry: SECTIONS.index(entry.section)))
