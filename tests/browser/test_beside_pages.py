"""What is no page answers nobody without a role: each path by stranger, nameless and reader.

The dashboard stands without its proxy's nginx here, and must hold on its own.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

from dashboard.access import ANALYST, PAGES, STAFF, VIEWER, PageEntry, may_open
from tests.browser.conftest import Server, named, serve
from tests.browser.session import session, socket_of

pytestmark = pytest.mark.browser

STRANGER = None
NAMELESS = "other@example.org"
ROLES = (VIEWER, ANALYST, STAFF)


@pytest.fixture(scope="module")
def client(office: Server) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=office.address) as client:
        yield client


BESIDE_PAGES = {
    "/media/0f3a.csv": 404,
    "/component/any.html": 404,
    "/_stcore/bidi-components/any.js": 404,
    "/app/static/any.csv": 200,
    "/nowhere": 200,
    "/pages/understand/crime.py": 200,
    "/data/published/CURRENT": 200,
}
"""Paths beside the pages, and what a reader gets there: an empty frame, or that it is not there."""


@pytest.mark.parametrize("path", BESIDE_PAGES)
def test_a_path_that_is_no_page_answers_readers_only(client: httpx.Client, path: str) -> None:
    for method in ("GET", "POST", "PUT", "DELETE", "OPTIONS", "HEAD"):
        assert client.request(method, path).status_code == 401, method
        refused = client.request(method, path, headers=named(NAMELESS))
        assert refused.status_code == 403, method
    for role in ROLES:
        answer = client.get(path, headers=named(role))
        assert answer.status_code == BESIDE_PAGES[path], role
        assert is_frame(answer) or answer.status_code == 404


def test_uploads_are_for_who_may_send_files(client: httpx.Client) -> None:
    path = "/_stcore/upload_file/session/file"
    readers = (STRANGER, NAMELESS, VIEWER, ANALYST)
    answers = [client.put(path, headers=named(reader)).status_code for reader in readers]
    assert answers == [401, 403, 403, 403]
    assert client.put(path, headers=named(STAFF)).text != "Not for this account.\n"
    assert is_frame(client.get(path, headers=named(STAFF)))  # nobody reads an upload


@pytest.mark.parametrize("entry", PAGES, ids=lambda entry: entry.key)
def test_a_page_sends_strangers_an_empty_frame_and_takes_nothing(
    client: httpx.Client, entry: PageEntry
) -> None:
    assert is_frame(client.get(f"/{entry.path}"))
    assert client.post(f"/{entry.path}").status_code == 401


def is_frame(answer: httpx.Response) -> bool:
    """True for the page that Streamlit sends for every address, before any session."""
    return answer.status_code == 200 and '<div id="root"></div>' in answer.text


@pytest.mark.parametrize("reader", [STRANGER, NAMELESS, *ROLES])
@pytest.mark.parametrize(
    "path",
    [
        "/_stcore/metrics",
        "/_stcore/agent/mcp",
        "/_stcore/agent/openapi.json",
        "/_stcore/agent/interact",
        "/_stcore/script-health-check",
    ],
)
def test_what_no_page_needs_is_closed_to_everyone(
    client: httpx.Client, path: str, reader: str | None
) -> None:
    for method in ("GET", "POST"):
        assert client.request(method, path, headers=named(reader)).status_code == 404


def test_the_health_check_tells_strangers_no_version(client: httpx.Client) -> None:
    for reader in (STRANGER, NAMELESS):
        assert client.get("/healthz", headers=named(reader)).text == "ready\n"
    told = client.get("/healthz", headers=named(VIEWER)).text
    assert re.fullmatch(r"ready: wh-1-[0-9a-f]{8}\n", told)


def test_a_second_name_beside_the_proxys_is_refused(client: httpx.Client) -> None:
    both = [*named(VIEWER).items(), *named(STAFF).items()]
    for path in ("/", "/media/0f3a.csv"):
        assert client.get(path, headers=both).status_code == 403


def test_a_stranger_gets_no_data_through_a_session(office: Server) -> None:
    for entry in PAGES:
        told = session(office, f"/{entry.path}", reader=STRANGER)
        assert ">Sign in<" in told, entry.key
        assert 'class="wm-number' not in told, entry.key
        assert "plotly" not in told.lower(), entry.key
    assert 'class="wm-number' in session(office, "/crime", reader=VIEWER)


def test_a_page_closed_to_a_role_sends_it_no_data(office: Server) -> None:
    for role in ROLES:
        for entry in PAGES:
            if not may_open(role, entry.key):
                told = session(office, f"/{entry.path}", reader=role)
                assert ">You do not have access to this page<" in told, entry.key
                assert not re.search('class="wm-number|plotly|file_uploader', told), entry.key


@pytest.mark.parametrize("path", ["/", "/crime", "/_stcore/other", "/crime/_stcore/stream"])
def test_there_is_one_way_to_a_session(office: Server, path: str) -> None:
    with pytest.raises(InvalidStatus, match="403"), connect(socket_of(office) + path):
        pass


def test_without_the_guard_no_other_machine_is_taken_for_a_developers(tiny_dir: Path) -> None:
    """`streamlit run app.py` has none: the paths beside the pages would be open."""
    everywhere = {"STREAMLIT_SERVER_ADDRESS": "0.0.0.0"}
    with serve(tiny_dir, script="app.py", **everywhere) as unguarded:
        assert ">Nobody can sign in yet<" in session(unguarded, "/crime", reader=STRANGER)
