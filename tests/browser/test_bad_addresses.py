"""What stands in an address is read with suspicion: a notice, the default, nothing repeated."""

import pytest
from playwright.sync_api import Dialog, Page

from tests.browser.conftest import Server, open_at

pytestmark = pytest.mark.browser

CASES = {
    "b65": ("district=Redditch'%20OR%201=1--", "Filter district not recognised", "1=1"),
    "b66_script": (
        "provider=%3Cscript%3Ealert(1)%3C/script%3E",
        "Filter provider not recognised",
        "alert(1)",
    ),
    "b66_image": ("area=![](http://192.0.2.1/x.png)", "Filter area not recognised", "192.0.2.1"),
    "b67": ("from=2026-99-99", "Filter from not recognised", "2026-99"),
    "b67_crossed": ("from=2030-01-01&to=2020-01-01", "Filter from not recognised", "2030-01"),
    "b68_long": (f"area={'y' * 10_240}", "Filter area not recognised", "yyyy"),
    "b68_repeated": ("area=zz&" * 500, "Filter area not recognised", "zz"),
    "b68_null": ("area=%00", "Filter area not recognised", "\x00"),
    "b68_not_utf8": ("area=%ff%fe", "Filter area not recognised", "\ufffd"),
    "b68_emoji": ("area=%F0%9F%91%AE", "Filter area not recognised", "👮"),
}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
def test_b65_b66_b67_b68_a_bad_value_is_a_notice_and_the_default(
    tab: Page, server: Server, case: tuple[str, str, str]
) -> None:
    query, notice, value = case
    outside: list[str] = []
    dialogs: list[str] = []
    tab.on("request", lambda asked: outside.append(asked.url))
    tab.on("dialog", lambda dialog: _note_and_dismiss(dialog, dialogs))
    open_at(tab, server, f"/crime?{query}")
    tab.locator(".wm-notice").first.wait_for()
    assert notice in tab.locator(".wm-notice").first.inner_text()
    assert value not in tab.locator("body").inner_text()
    assert tab.locator("[data-testid='stException']").count() == 0
    assert "offences in West Mercia" in tab.locator(".st-key-status").inner_text()
    local = (server.address, "data:", "blob:")
    assert [url for url in outside if not url.startswith(local)] == []
    assert dialogs == []
    _choose_a_period(tab, "Latest quarter")


def _note_and_dismiss(dialog: Dialog, dialogs: list[str]) -> None:
    dialogs.append(dialog.message)
    dialog.dismiss()


def _choose_a_period(tab: Page, period: str) -> None:
    """The page goes on working: another period is chosen, and the status says so."""
    before = tab.locator(".st-key-status .wm").inner_text()
    tab.get_by_role("combobox", name="Period").click()
    tab.get_by_role("option", name=period).click()
    tab.wait_for_function(
        "before => document.querySelector('.st-key-status .wm')?.innerText !== before", arg=before
    )
