"""Every page by every role and by strangers in a real browser; other paths: test_beside_pages.

The dashboard runs as behind a single-sign-on proxy, so that a header says who asks.
"""

import json

import pytest
from playwright.sync_api import Page

from dashboard.access import ANALYST, PAGES, STAFF, VIEWER, PageEntry, may_open
from dashboard.audit_verify import verify
from tests.browser.accessibility import serious
from tests.browser.conftest import Server, named, open_at, serve, settle

pytestmark = pytest.mark.browser

STRANGER = None
NAMELESS = "other@example.org"
"""Whom the proxy knows and the role file does not."""
CLOSED = "You do not have access to this page"
GO = """([path, selector, words]) => new Promise((done) => {
    const has = (each) => each.textContent.trim() === words;
    const look = () => [...document.querySelectorAll(selector)].some(has) ? done()
        : setTimeout(look, 50);
    history.pushState({}, '', path);
    dispatchEvent(new PopStateEvent('popstate'));
    look();
})"""
"""Opens an address within the session, as back and forward do, and waits for a heading there."""


@pytest.fixture
def small(tab: Page) -> Page:
    """Return a tab in which little is drawn, for headings only."""
    tab.set_viewport_size({"width": 700, "height": 300})
    tab.emulate_media(reduced_motion="reduce")
    return tab


def heading(entry: PageEntry, role: str | None) -> tuple[str, str]:
    """Return where the heading of a page stands for a role, and its words."""
    if may_open(role, entry.key):
        return "h1", entry.question
    return f".st-key-closed_{entry.key} h1", CLOSED if role else "Sign in"


@pytest.mark.parametrize("role", [VIEWER, ANALYST, STAFF, STRANGER])
def test_every_page_opens_for_the_roles_it_names_and_for_nobody_else(
    small: Page, office: Server, role: str | None
) -> None:
    small.set_extra_http_headers(named(role))
    open_at(small, office, "/load")
    assert small.locator("h1").inner_text() == heading(PAGES[-1], role)[1]
    for entry in PAGES:
        small.evaluate(GO, [f"/{entry.path}", *heading(entry, role)])
        if not may_open(role, entry.key):
            assert small.locator(".wm-card, .wm-number, table").count() == 0, entry.key
    links = small.locator("[data-testid='stSidebar'] [data-testid='stPageLink'] p")
    assert links.all_inner_texts() == [e.title for e in PAGES if may_open(role, e.key)]


def test_on_a_fresh_server_the_first_request_is_held_to_its_role(tab: Page, office: Server) -> None:
    """Before any session has run, Streamlit knows no page and no navigation."""
    settings = {"WM_SIGN_IN": "header", "WM_ROLES_FILE": str(office.data_dir / "roles.toml")}
    tab.set_extra_http_headers(named(VIEWER))
    with serve(office.data_dir, mode="production", **settings) as fresh:
        open_at(tab, fresh, "/load")
        assert tab.locator("h1").all_inner_texts() == [CLOSED]


def test_b71_a_page_of_another_role_says_so_with_a_way_home_and_it_is_recorded(
    tab: Page, office: Server
) -> None:
    tab.set_extra_http_headers(named(ANALYST))
    open_at(tab, office, "/load")
    assert tab.locator("h1").inner_text() == CLOSED
    assert tab.title().startswith(CLOSED)
    assert serious(tab) == {}
    tab.get_by_role("link", name="Go to the Overview").click()
    tab.get_by_role("heading", level=1, name=PAGES[0].question).wait_for()
    assert ("denied", "load", "analyst@example.org") in recorded(office)
    assert ("signed_in", "header", "analyst@example.org") in recorded(office)
    assert verify(office.data_dir).fault == ""


def test_b69_no_parameter_changes_role_identity_or_protection(tab: Page, office: Server) -> None:
    tab.set_extra_http_headers(named(VIEWER))
    tried = "role=staff&sdc=off&user=staff@example.org&X-Remote-User=staff@example.org"
    open_at(tab, office, f"/load?{tried}")
    assert tab.locator("h1").inner_text() == CLOSED
    assert "viewer@example.org (viewer)" in tab.locator("[data-testid='stSidebar']").inner_text()
    ignored = [what for action, what, _ in recorded(office) if action == "ignored_parameter"]
    assert sorted(ignored) == ["role", "sdc", "user"]
    assert "off" not in "".join(lines(office))


def test_b70_an_analysts_address_shows_a_viewer_what_viewers_see(tab: Page, office: Server) -> None:
    tab.set_extra_http_headers(named(VIEWER))
    open_at(tab, office, "/crime?area=E07000236")
    settle(tab)
    assert "in Redditch" in tab.locator(".st-key-status").inner_text()
    own_pages = {entry.title for entry in PAGES if VIEWER in entry.roles}
    links = tab.locator("[data-testid='stSidebar'] [data-testid='stPageLink'] p")
    assert set(links.all_inner_texts()) == own_pages


def test_a_reader_without_a_role_is_told_whom_to_ask(tab: Page, office: Server) -> None:
    tab.set_extra_http_headers(named(NAMELESS))
    open_at(tab, office, "/crime")
    assert tab.locator("h1").inner_text() == "You do not have access"
    assert f"known here as {NAMELESS}" in tab.locator(".wm-answer").inner_text()
    assert serious(tab) == {}


def test_a_role_that_the_file_takes_away_closes_the_open_page(tab: Page, office: Server) -> None:
    roles = office.data_dir / "roles.toml"
    held = roles.read_text("utf-8")
    tab.set_extra_http_headers(named(STAFF))
    open_at(tab, office, "/load")
    try:
        roles.write_text(held.replace('= "staff"', '= "viewer"'), encoding="utf-8")
        tab.locator(".st-key-closed_load h1").wait_for()
        roles.write_text("", encoding="utf-8")
        tab.evaluate(GO, ["/crime", ".st-key-closed_crime h1", "You do not have access"])
    finally:
        roles.write_text(held, encoding="utf-8")


def recorded(office: Server) -> list[tuple[str, str, str]]:
    """Return action, subject and reader of each line of the audit log."""
    events = [json.loads(line) for line in lines(office)]
    return [(event["action"], event["what"], event["reader"]) for event in events]


def lines(office: Server) -> list[str]:
    folder = office.data_dir / "audit" / "dashboard"
    return [
        line for path in folder.glob("*.jsonl") for line in path.read_text("utf-8").splitlines()
    ]
