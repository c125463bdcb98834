"""What stands in an address is read with suspicion: a notice, the default, nothing repeated."""

import pytest
from playwright.sync_api import Dialog, Page

from tests.browser.conftest import Server, open_at

pytestmark = pytest.mark.browser

CASES = {
    "b65_b66_b67_b68": {
        "district=Redditch'%20OR%201=1--": ("district", "1=1"),
        "provider=%3Cscript%3Ealert(1)%3C/script%3E": ("provider", "alert(1)"),
        "from=2026-99-99": ("from", "2026-99"),
        "area=%00": ("area", "\x00"),
        "type=%ff%fe": ("type", "\ufffd"),
        "period=%F0%9F%91%AE": ("period", "👮"),
    },
    "b66_b67_b68_long_and_repeated": {
        "provider=![](http://192.0.2.1/x.png)": ("provider", "192.0.2.1"),
        "from=2030-01-01&to=2020-01-01": ("from", "2030-01"),
        f"area={'y' * 10_240}": ("area", "yyyy"),
        "type=zz&" * 500: ("type", "zz"),
    },
}
"""Addresses by name: each bad value with the filter that is told and what is not repeated."""


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
def test_b65_b66_b67_b68_a_bad_value_is_a_notice_and_the_default(
    tab: Page, server: Server, case: dict[str, tuple[str, str]]
) -> None:
    outside: list[str] = []
    dialogs: list[str] = []
    tab.on("request", lambda asked: outside.append(asked.url))
    tab.on("dialog", lambda dialog: _note_and_dismiss(dialog, dialogs))
    open_at(tab, server, f"/crime?{'&'.join(case)}")
    tab.locator(".wm-notice").first.wait_for()
    notices = " ".join(tab.locator(".wm-notice").all_inner_texts())
    shown = tab.locator("body").inner_text()
    for name, value in case.values():
        assert f"Filter {name} not recognised" in notices
        assert value not in shown
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
