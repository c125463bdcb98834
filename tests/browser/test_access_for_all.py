"""Whether the crime explorer can be used without a mouse. What axe finds: test_each_view.py."""

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import Server, open_at

pytestmark = pytest.mark.browser


def test_the_keyboard_reaches_filters_and_tabs_and_opens_them(tab: Page, server: Server) -> None:
    open_at(tab, server, "/crime")
    reached = _names_by_tab_key(tab, presses=45)
    for name in ("Area", "Period", "Crime type", "Compare with", "Change", "Chart", "Download"):
        assert any(name in each for each in reached), (name, reached)
    tab.get_by_role("tab", name="Table").first.press("Enter")
    tab.get_by_role("region", name="Table:").first.wait_for()


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
