"""Whether everyone can use each page: axe, keyboard, and no sideways scroll."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from dashboard.access import PAGES
from tests.browser.conftest import Server, open_at, settle

pytestmark = pytest.mark.browser

VIEWS = [f"/{entry.path}" for entry in PAGES] + [
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
@pytest.mark.parametrize("width", [1280, 390])
def test_axe_finds_nothing_serious(tab: Page, server: Server, path: str, width: int) -> None:
    tab.set_viewport_size({"width": width, "height": 900})
    open_at(tab, server, path)
    tab.wait_for_timeout(1500)
    found = Axe().run(tab, options={"runOnly": STANDARD}).response["violations"]
    serious = {
        each["id"]: [node["html"][:160] for node in each["nodes"][:3]]
        for each in found
        if each["impact"] in ("serious", "critical")
    }
    assert serious == {}


@pytest.mark.parametrize("path", VIEWS)
def test_at_320_px_only_tables_scroll_sideways(tab: Page, server: Server, path: str) -> None:
    tab.set_viewport_size({"width": 320, "height": 700})
    open_at(tab, server, path)
    tab.wait_for_timeout(1500)
    main = "document.querySelector('[data-testid=stMain]')"
    assert tab.evaluate(f"{main}.scrollWidth - {main}.clientWidth") <= 0
    assert tab.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


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
