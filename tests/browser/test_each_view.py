"""What holds of every page with all its views below each other: it is opened once, for all."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import BrowserContext, Page

from dashboard.access import PAGES, PageEntry
from schemas.codes import SAMPLE_NOTICE
from tests.browser.accessibility import serious
from tests.browser.conftest import Server, open_at, settle

pytestmark = pytest.mark.browser

ALL = "?view=All+on+one+page"
"""The last view of a page shows what all the others show."""
WIDE = ("overview", "board_paper")
"""Pages that axe sees on a wide screen first, where the menu stands beside each: it is the same.

The others are opened as on a small phone: all drawings of a page drawn anew cost as much as axe.
"""


@dataclass(frozen=True)
class Opened:
    """A page, open in a tab, and the addresses that its tab has asked for."""

    page: PageEntry
    tab: Page
    asked: list[str]

    def narrow(self) -> None:
        """Make the window as small as a small phone, and wait for all that stands there."""
        self.tab.set_viewport_size({"width": 320, "height": 900})
        settle(self.tab)


@pytest.fixture(scope="module", params=PAGES, ids=lambda entry: entry.key)
def opened(
    request: pytest.FixtureRequest, context: BrowserContext, server: Server
) -> Iterator[Opened]:
    page: PageEntry = request.param
    asked: list[str] = []
    tab = context.new_page()
    tab.on("request", lambda request: asked.append(request.url))
    tab.set_viewport_size({"width": 1280 if page.key in WIDE else 320, "height": 900})
    open_at(tab, server, f"/{page.path}{ALL}")
    yield Opened(page, tab, asked)
    tab.close()


def test_it_has_the_frame_of_its_page(opened: Opened) -> None:
    tab = opened.tab
    assert tab.title().startswith(f"{opened.page.title} – ")
    assert tab.locator("h1").all_inner_texts() == [opened.page.question]
    assert SAMPLE_NOTICE in tab.locator(".wm-banner").inner_text()
    assert tab.evaluate("document.documentElement.lang") == "en-GB"
    assert "version wh-" in tab.locator(".st-key-freshness").inner_text()
    if opened.page.key in WIDE:
        assert serious(tab) == {}


def test_all_its_views_keep_to_the_rules_on_a_small_phone(opened: Opened) -> None:
    """Its drawings have a name that says numbers, only tables scroll, and axe is content."""
    opened.narrow()
    tab = opened.tab
    main = "document.querySelector('[data-testid=stMain]')"
    assert tab.evaluate(f"{main}.scrollWidth - {main}.clientWidth") <= 0
    assert tab.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    assert _drawings(tab) >= (6 if opened.page.key == "crime" else 0)
    assert serious(tab) == {}


def test_it_asks_nothing_of_another_server(opened: Opened, server: Server) -> None:
    own = re.compile(rf"(data:|blob:|{server.address}/)")
    assert opened.asked
    assert [url for url in opened.asked if not own.match(url)] == []


def _drawings(tab: Page) -> int:
    """Return how many drawings stand there; each is in a figure with a name that has a digit."""
    drawn = tab.locator("[data-testid='stPlotlyChart'], [data-testid='stDeckGlJsonChart']").count()
    labels = [each.get_attribute("aria-label") or "" for each in tab.get_by_role("figure").all()]
    assert len(labels) >= drawn
    for label in labels:
        assert any(letter.isdigit() for letter in label), label
    return drawn
