"""Whether everyone can use each page: axe, keyboard, and no sideways scroll."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from dashboard.access import PAGES
from tests.browser.conftest import Server, open_at, settle

pytestmark = pytest.mark.browser

FIRST_VIEWS = [f"/{entry.path}" for entry in PAGES]
VIEWS = [
    *FIRST_VIEWS,
    "/crime?view=Types+and+areas",
    "/crime?view=Hot+spots",
    "/crime?view=Outcomes",
    "/crime?view=Antisocial+behaviour",
    "/services?view=Map",
    "/services?view=Contracts",
    "/definitions?view=Returns",
]
STANDARD = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.mark.parametrize("path", VIEWS)
def test_axe_finds_nothing_serious_and_only_tables_scroll_sideways(
    tab: Page, server: Server, path: str
) -> None:
    """One opening of the page, made narrower twice, as a window is: it must hold at each width."""
    open_at(tab, server, path)
    tab.wait_for_timeout(1500)
    assert _serious(tab) == {}, "at 1280 px"
    if path in FIRST_VIEWS:  # other tabs of a page share its narrow frame
        _narrow(tab, 390)
        assert _serious(tab) == {}, "at 390 px"
    _narrow(tab, 320)
    main = "document.querySelector('[data-testid=stMain]')"
    assert tab.evaluate(f"{main}.scrollWidth - {main}.clientWidth") <= 0
    assert tab.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


def _narrow(tab: Page, width: int) -> None:
    tab.set_viewport_size({"width": width, "height": 900})
    settle(tab)
    tab.wait_for_timeout(600)  # charts redraw after the window has changed


def _serious(tab: Page) -> dict[str, list[str]]:
    found = Axe().run(tab, options={"runOnly": STANDARD}).response["violations"]
    return {
        each["id"]: [node["html"][:160] for node in each["nodes"][:3]]
        for each in found
        if each["impact"] in ("serious", "critical")
    }


def test_the_keyboard_reaches_filters_and_tabs(tab: Page, server: Server) -> None:
    open_at(tab, server, "/crime")
    reached = _names_by_tab_key(tab, presses=45)
    for name in ("Area", "Period", "Crime type", "Compare with", "Change", "Chart", "Download"):
        assert any(name in each for each in reached), (name, reached)


def test_a_tab_opens_by_keyboard(tab: Page, server: Server) -> None:
    open_at(tab, server, "/crime")
    tab.get_by_role("tab", name="Table").first.focus()
    tab.keyboard.press("Enter")
    tab.get_by_role("region", name="Table:").first.wait_for()


def test_each_drawing_has_a_name_that_says_its_numbers(tab: Page, server: Server) -> None:
    open_at(tab, server, "/crime")
    tab.locator("[data-testid='stPlotlyChart']").first.wait_for()
    settle(tab)
    charts = tab.get_by_role("figure").all()
    assert len(charts) >= 2
    for chart in charts:
        label = chart.get_attribute("aria-label") or ""
        assert any(letter.isdigit() for letter in label), label


def _names_by_tab_key(tab: Page, *, presses: int) -> list[str]:
    names: list[str] = []
    for _ in range(presses):
        tab.keyboard.press("Tab")
        names.append(
            tab.evaluate(
                "(() => { const at = document.activeElement;"
                " return (at.getAttribute('aria-label') || '') + ' ' + (at.innerText || ''); })()"
            )
        )
    return names
