"""Every page by every role and by strangers in a real browser; other paths: test_beside_pages.

The dashboard runs as behind a single-sign-on proxy, so that a header says who asks.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from dashboard.access import ANALYST, PAGES, STAFF, VIEWER, PageEntry, may_open
from dashboard.audit_verify import verify
from tests.browser.accessibility import serious
from tests.browser.conftest import Server, named, open_at, serve_by_role
from tests.browser.session import session

pytestmark = pytest.mark.browser

STRANGER = None
CLOSED = "You do not have access to this page"
EMPTY = "Data is not available"
GO = """([path, title, selector, words]) => new Promise((done) => {
    const has = (each) => each.textContent.trim() === words;
    const isThere = () => document.title.startsWith(`${title} –`)
        && [...document.querySelectorAll(selector)].some(has);
    const look = () => isThere() ? done() : setTimeout(look, 50);
    history.pushState({}, '', path);
    dispatchEvent(new PopStateEvent('popstate'));
    look();
})"""
"""Opens an address within the session, as back and forward do, and waits for its page."""


@dataclass(frozen=True)
class Fresh:
    """A server, and the headings that its very first request gave a reader."""

    server: Server
    first: list[str]


@pytest.fixture(scope="module")
def fresh(context: BrowserContext, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Fresh]:
    """Return a server that a viewer asked first, by a link to a page of staff.

    No data is published: who may open a page is decided before any, and none has to be drawn.
    """
    with serve_by_role(tmp_path_factory.mktemp("fresh")) as server:
        tab = context.new_page()
        tab.set_extra_http_headers(named(VIEWER))
        open_at(tab, server, "/load")
        first = tab.locator("h1").all_inner_texts()
        tab.close()
        yield Fresh(server, first)


def test_the_first_request_of_all_is_held_to_its_role(fresh: Fresh) -> None:
    """Before any session has run, Streamlit knows no page and no navigation."""
    assert fresh.first == [CLOSED]


@pytest.mark.parametrize("role", [VIEWER, ANALYST, STAFF, STRANGER])
def test_every_page_opens_for_the_roles_it_names_and_for_nobody_else(
    tab: Page, fresh: Fresh, role: str | None
) -> None:
    tab.set_extra_http_headers(named(role))
    open_at(tab, fresh.server, "/load")
    for entry in PAGES:
        tab.evaluate(GO, [f"/{entry.path}", *_expected(entry, role)])
    links = tab.locator("[data-testid='stSidebar'] [data-testid='stPageLink'] p")
    assert links.all_inner_texts() == [e.title for e in PAGES if may_open(role, e.key)]


def _expected(entry: PageEntry, role: str | None) -> tuple[str, str, str]:
    """Return the title of a page for a role, and its heading: where it stands and its words."""
    if may_open(role, entry.key):
        return entry.title, "h1", EMPTY
    words = CLOSED if role else "Sign in"
    return words, f".st-key-closed_{entry.key} h1", words


def test_b71_a_page_of_another_role_says_so_with_a_way_home_and_it_is_recorded(
    tab: Page, fresh: Fresh
) -> None:
    tab.set_extra_http_headers(named(ANALYST))
    open_at(tab, fresh.server, "/load")
    assert tab.locator("h1").inner_text() == CLOSED
    assert serious(tab) == {}
    tab.get_by_role("link", name="Go to the Overview").click()
    tab.get_by_role("heading", level=1, name=EMPTY).wait_for()
    assert ("denied", "load", "analyst@example.org") in _recorded(fresh.server)
    assert ("signed_in", "header", "analyst@example.org") in _recorded(fresh.server)
    assert verify(fresh.server.data_dir).fault == ""


def test_b69_no_parameter_changes_role_identity_or_protection(office: Server) -> None:
    tried = "role=staff&sdc=off&user=staff@example.org&X-Remote-User=staff@example.org"
    told = session(office, f"/load?{tried}", reader=VIEWER)
    assert f">{CLOSED}<" in told
    assert ">viewer@example.org (viewer)<" in told
    ignored = [what for action, what, _ in _recorded(office) if action == "ignored_parameter"]
    assert sorted(ignored) == ["role", "sdc", "user"]
    assert "off" not in "".join(_lines(office))


def test_b70_an_analysts_address_shows_a_viewer_what_viewers_see(office: Server) -> None:
    address = "/crime?area=E07000236"
    shown = {role: session(office, address, reader=role) for role in (ANALYST, VIEWER)}
    for role, told in shown.items():
        assert "in Redditch" in told, role
        assert f"{role}@example.org ({role})" in told
    for entry in PAGES:
        assert (f'label: "{entry.title}"' in shown[VIEWER]) == may_open(VIEWER, entry.key)


def test_a_role_that_the_file_takes_away_closes_the_open_page(tab: Page, office: Server) -> None:
    roles = office.data_dir / "roles.toml"
    held = roles.read_text("utf-8")
    tab.set_extra_http_headers(named(STAFF))
    open_at(tab, office, "/load")
    try:
        roles.write_text("", encoding="utf-8")
        # What the page showed before stands there until the new run has ended.
        expect(tab.locator("h1")).to_have_text(["You do not have access"])
        assert "known here as staff@example.org" in tab.locator(".wm-answer").inner_text()
        assert serious(tab) == {}
    finally:
        roles.write_text(held, encoding="utf-8")


def _recorded(server: Server) -> list[tuple[str, str, str]]:
    """Return action, subject and reader of each line of the audit log."""
    events = [json.loads(line) for line in _lines(server)]
    return [(event["action"], event["what"], event["reader"]) for event in events]


def _lines(server: Server) -> list[str]:
    files = (server.data_dir / "audit" / "dashboard").glob("*.jsonl")
    return [line for path in files for line in path.read_text("utf-8").splitlines()]
