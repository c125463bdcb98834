"""What holds of every page and of each of its views: a page is opened once, for all of it."""

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

ALL = "All on one page"
"""The last view of a page shows once more what the others show."""


@dataclass(frozen=True)
class Opened:
    """A page, open in a tab, and the addresses that its tab has asked for."""

    page: PageEntry
    tab: Page
    asked: list[str]

    def narrow_to(self, width: int) -> None:
        """Make the window this wide: a page must hold at each width."""
        self.tab.set_viewport_size({"width": width, "height": 900})
        settle(self.tab)


@pytest.fixture(scope="module", params=PAGES, ids=lambda entry: entry.key)
def opened(
    request: pytest.FixtureRequest, context: BrowserContext, server: Server
) -> Iterator[Opened]:
    page: PageEntry = request.param
    asked: list[str] = []
    tab = context.new_page()
    tab.on("request", lambda request: asked.append(request.url))
    open_at(tab, server, f"/{page.path}")
    yield Opened(page, tab, asked)
    tab.close()


def test_it_has_the_frame_of_its_page(opened: Opened) -> None:
    tab = opened.tab
    assert tab.title().startswith(f"{opened.page.title} – ")
    assert tab.locator("h1").all_inner_texts() == [opened.page.question]
    assert SAMPLE_NOTICE in tab.locator(".wm-banner").inner_text()
    assert tab.evaluate("document.documentElement.lang") == "en-GB"
    assert "version wh-" in tab.locator(".st-key-freshness").inner_text()


def test_axe_finds_nothing_serious_on_a_wide_screen(opened: Opened) -> None:
    opened.narrow_to(1280)
    assert serious(opened.tab) == {}


def test_each_view_keeps_to_the_rules_on_a_small_phone(opened: Opened) -> None:
    """Its drawings have a name that says numbers, only tables scroll, and axe is content."""
    opened.narrow_to(320)
    drawn = 0
    for view in _views(opened.tab):
        drawn += _drawings(opened.tab, view)
        main = "document.querySelector('[data-testid=stMain]')"
        assert opened.tab.evaluate(f"{main}.scrollWidth - {main}.clientWidth") <= 0, view
        assert opened.tab.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, view
        assert serious(opened.tab) == {}, view
    assert drawn >= (2 if opened.page.key == "crime" else 0)


def test_it_asks_nothing_of_another_server(opened: Opened, server: Server) -> None:
    own = re.compile(rf"(data:|blob:|{server.address}/)")
    assert opened.asked
    assert [url for url in opened.asked if not own.match(url)] == []


def _views(tab: Page) -> Iterator[str]:
    """Open one view of a page after another, and yield what it is called."""
    views = tab.locator(".st-key-view")
    names = views.get_by_role("tablist").first.get_by_role("tab") if views.count() else views
    if not names.count():
        yield "the only view"
    for name in names.all_inner_texts():
        if name != ALL:
            names.get_by_text(name, exact=True).click()
            views.get_by_role("tabpanel").first.get_by_role("heading", level=2).first.wait_for()
            settle(tab)
            yield name


def _drawings(tab: Page, view: str) -> int:
    """Return how many drawings stand there; each is in a figure with a name that has a digit."""
    drawn = tab.locator("[data-testid='stPlotlyChart'], [data-testid='stDeckGlJsonChart']").count()
    labels = [each.get_attribute("aria-label") or "" for each in tab.get_by_role("figure").all()]
    assert len(labels) >= drawn, view
    for label in labels:
        assert any(letter.isdigit() for letter in label), (view, label)
    return drawn
