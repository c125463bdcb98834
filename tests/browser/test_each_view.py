"""What holds of every page and of its tabs: each is opened once, for all that is asked of it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, Page

from dashboard.access import PAGES, PageEntry
from schemas.codes import SAMPLE_NOTICE
from tests.browser.accessibility import serious
from tests.browser.conftest import Server, new_context, open_at, settle

pytestmark = pytest.mark.browser

FIRST_VIEWS = [f"/{entry.path}" for entry in PAGES]
VIEWS = [
    *FIRST_VIEWS,
    "/crime?view=Types+and+areas",
    "/crime?view=Hot+spots",
    "/crime?view=Outcomes",
    "/crime?view=Antisocial+behaviour",
    "/needs?view=Districts",
    "/needs?view=Assumptions",
    "/rural?view=Proxy+basket",
    "/cyber?view=Other+forces",
    "/services?view=Map",
    "/services?view=Contracts",
    "/definitions?view=Returns",
]


@dataclass(frozen=True)
class View:
    """One view, open in a tab, and the addresses that its tab has asked for."""

    path: str
    page: PageEntry
    tab: Page
    asked: list[str]


@pytest.fixture(scope="module", params=VIEWS)
def view(request: pytest.FixtureRequest, browser: Browser, server: Server) -> Iterator[View]:
    path = str(request.param)
    name = path.partition("?")[0].removeprefix("/")
    asked: list[str] = []
    with new_context(browser) as context:
        tab = context.new_page()
        tab.on("request", lambda request: asked.append(request.url))
        open_at(tab, server, path)
        yield View(path, next(each for each in PAGES if each.path == name), tab, asked)


def test_it_has_the_frame_of_its_page(view: View) -> None:
    tab = view.tab
    assert tab.title().startswith(f"{view.page.title} – ")
    assert tab.locator("h1").all_inner_texts() == [view.page.question]
    assert SAMPLE_NOTICE in tab.locator(".wm-banner").inner_text()
    assert tab.evaluate("document.documentElement.lang") == "en-GB"
    assert "version wh-" in tab.locator(".st-key-freshness").inner_text()


def test_each_drawing_has_a_name_that_says_its_numbers(view: View) -> None:
    drawn = "[data-testid='stPlotlyChart'], [data-testid='stDeckGlJsonChart']"
    charts = view.tab.get_by_role("figure").all()
    assert len(charts) >= view.tab.locator(drawn).count() >= (2 if view.path == "/crime" else 0)
    for chart in charts:
        label = chart.get_attribute("aria-label") or ""
        assert any(letter.isdigit() for letter in label), label


def test_axe_finds_nothing_serious_and_only_tables_scroll_sideways(view: View) -> None:
    """The page is made narrower twice, as a window is: it must hold at each width."""
    tab = view.tab
    assert serious(tab) == {}, "at 1280 px"
    if view.path in FIRST_VIEWS:  # other tabs of a page share its narrow frame
        _narrow(tab, 390)
        assert serious(tab) == {}, "at 390 px"
    _narrow(tab, 320)
    main = "document.querySelector('[data-testid=stMain]')"
    assert tab.evaluate(f"{main}.scrollWidth - {main}.clientWidth") <= 0
    assert tab.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


def _narrow(tab: Page, width: int) -> None:
    tab.set_viewport_size({"width": width, "height": 900})
    settle(tab)


def test_it_asks_nothing_of_another_server(view: View, server: Server) -> None:
    own = re.compile(rf"(data:|blob:|{server.address}/)")
    assert view.asked
    assert [url for url in view.asked if not own.match(url)] == []
