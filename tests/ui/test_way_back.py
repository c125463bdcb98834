"""A reader who had to sign in first comes to the page they opened, and to no other place."""

from urllib.parse import quote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route
from starlette.testclient import TestClient

from dashboard.access import PAGES
from dashboard.settings import Settings
from dashboard.ui.way_back import WayBack

PATHS = {f"/{entry.path}" for entry in PAGES}
DEEP = "/crime?area=E07000236&view=Hot+spots"


def _answer(request: Request) -> Response:
    """Answer a page with words, and the end of a sign-in as Streamlit does."""
    if request.url.path == "/oauth2callback":
        return RedirectResponse("/", 302)
    return PlainTextResponse("a page")


def client(settings: Settings) -> TestClient:
    """Return a new browser before a server with that middleware."""
    app = Starlette(routes=[Route("/{path:path}", _answer)])
    return TestClient(WayBack(app, settings), follow_redirects=False)


@pytest.fixture
def browser() -> TestClient:
    """Return a browser of a stranger: behind a proxy that names nobody."""
    return client(Settings(sign_in="header"))


def test_after_signing_in_the_page_that_was_opened_comes(browser: TestClient) -> None:
    browser.get(DEEP)
    answer = browser.get("/oauth2callback?code=1")
    assert answer.headers["location"] == DEEP
    assert browser.get("/oauth2callback?code=2").headers["location"] == "/"  # once only


def test_what_is_kept_is_for_the_sign_in_and_for_minutes(browser: TestClient) -> None:
    kept = browser.get(DEEP).headers["set-cookie"]
    for part in ("Path=/oauth2callback", "HttpOnly", "SameSite=Lax", "Max-Age=600"):
        assert part in kept


@pytest.mark.parametrize("path", ["/", "/nowhere", "/media/0f3a.csv", "/healthz"])
def test_only_pages_are_kept(browser: TestClient, path: str) -> None:
    assert "set-cookie" not in browser.get(path).headers


def test_a_reader_who_is_signed_in_carries_nothing() -> None:
    browser = client(Settings(sign_in="header"))
    answer = browser.get(DEEP, headers={"X-Remote-User": "viewer@example.org"})
    assert "set-cookie" not in answer.headers


def test_an_address_too_long_to_keep_is_left(browser: TestClient) -> None:
    assert "set-cookie" not in browser.get("/crime?area=" + "A" * 2000).headers


AWAY = [
    "https://other.example.org",
    "//other.example.org/crime",
    "/\\other.example.org",
    "/load/..",
]


@given(st.sampled_from(AWAY) | st.text(max_size=50) | st.text().map(lambda text: f"/crime{text}"))
def test_a_cookie_made_by_others_leads_to_no_other_place(kept: str) -> None:
    browser = client(Settings(sign_in="header"))
    headers = {"Cookie": f"wm_way_back={quote(kept, safe='')}"}
    location = browser.get("/oauth2callback", headers=headers).headers["location"]
    went = urlsplit(location)
    assert (went.scheme, went.netloc) == ("", "")
    assert went.path in PATHS
    assert location.isprintable()
