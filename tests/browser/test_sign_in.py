"""A real sign-in with a real OpenID provider, through nginx, as an office has it.

The server is fresh, in production, and its first request is a deep link of a stranger.
"""

import json
import logging
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
from oidc_provider_mock import User, run_server_in_thread  # type: ignore[import-untyped]
from playwright.sync_api import Browser, Page
from streamlit.web.server.starlette.starlette_app_utils import create_signed_value
from streamlit.web.server.starlette.starlette_server_config import USER_COOKIE_NAME
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect
from websockets.typing import Origin

from dashboard.access import page_entry
from tests.browser.accessibility import serious
from tests.browser.conftest import PATIENCE, Server, free_port, serve
from tests.browser.nginx import Proxy, nginx
from tests.support.tiny_warehouse import write_version

pytestmark = pytest.mark.browser

READER = "viewer@example.org"
CRIME = page_entry("crime").question
SECRET = "3f9c1e7ab2d84056917c0be5a4d2f8613f9c1e7ab2d84056917c0be5a4d2f861"  # noqa: S105


@dataclass(frozen=True)
class Office:
    """A dashboard whose readers sign in at it, behind nginx."""

    server: Server
    proxy: Proxy

    def cookie(self, *, hours_ago: float = 0, secret: str = SECRET) -> str:
        """Return the cookie of a sign-in that long ago, signed as Streamlit signs it."""
        begun = int(time.time() - hours_ago * 3600)
        claims = {"sub": READER, "iat": begun, "exp": begun + 86_400, "is_logged_in": True}
        told = {**claims, "origin": self.proxy.address, "provider": "default"}
        return create_signed_value(secret, USER_COOKIE_NAME, json.dumps(told)).decode()

    def set_role(self, role: str) -> None:
        """Write the role file: one reader."""
        text = f'[readers]\n"{READER}" = "{role}"\n'
        (self.server.data_dir / "roles.toml").write_text(text, encoding="utf-8")


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    folder, port = tmp_path_factory.mktemp("office"), free_port()
    write_version(folder)
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    with run_server_in_thread(user_claims=[User(sub=READER, claims={"name": "A viewer"})]) as it:
        secrets = _secrets(folder, port, provider=f"http://localhost:{it.server_port}")
        settings = {
            "WM_ENVIRONMENT": "production",
            "WM_ROLES_FILE": str(folder / "roles.toml"),
            "STREAMLIT_SECRETS_FILES": str(secrets),
        }
        with (
            serve(folder, mode="production", **settings) as server,
            nginx(tmp_path_factory.mktemp("nginx"), before=server.address, port=port) as proxy,
        ):
            yield Office(server, proxy)


def _secrets(folder: Path, port: int, *, provider: str) -> Path:
    path = folder / "secrets.toml"
    keys = {
        "redirect_uri": f"https://localhost:{port}/oauth2callback",
        "cookie_secret": SECRET,
        "client_id": "insight",
        "client_secret": "any",
        "server_metadata_url": f"{provider}/.well-known/openid-configuration",
    }
    lines = "".join(f"{key} = {json.dumps(value)}\n" for key, value in keys.items())
    path.write_text(f"[auth]\n{lines}", encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def tab(browser: Browser) -> Iterator[Page]:
    """Return a tab of a reader who takes our certificate for good."""
    context = browser.new_context(
        viewport={"width": 1280, "height": 900}, bypass_csp=True, ignore_https_errors=True
    )
    context.set_default_timeout(PATIENCE * 1000)
    yield context.new_page()
    context.close()


def test_a_reader_signs_in_reads_is_denied_and_signs_out_in_every_tab(
    tab: Page, office: Office, client: httpx.Client
) -> None:
    office.set_role("viewer")
    tab.goto(f"{office.proxy.address}/crime?area=E07000236")
    _wait_for(tab, "Sign in")
    assert serious(tab) == {}
    tab.get_by_role("button", name="Sign in").click()
    tab.get_by_role("button", name=READER).click()
    _wait_for(tab, CRIME)
    assert tab.url.endswith("/crime?area=E07000236")
    sidebar = tab.locator("[data-testid='stSidebar']")
    assert "A viewer (viewer)" in sidebar.inner_text()
    assert [each["name"] for each in tab.context.cookies() if not each["secure"]] == []

    sign_out = tab.get_by_role("button", name="Sign out")
    assert sidebar.get_by_role("button", name="Sign out").count() == 1

    office.set_role("admin")
    _wait_for(tab, "You do not have access")
    office.set_role("viewer")
    second = tab.context.new_page()
    second.goto(f"{office.proxy.address}/definitions")
    _wait_for(second, page_entry("definitions").question)
    held = tab.context.cookies(office.proxy.address)
    copied = {"Cookie": "; ".join(f"{each['name']}={each['value']}" for each in held)}
    assert client.get("/nowhere", headers=copied).status_code == 200
    sign_out.click()
    tab.get_by_role("button", name="End session").click()  # at the provider
    _wait_for(tab, "Sign in")
    _wait_for(second, "Sign in")
    assert "_streamlit_user" not in {each["name"] for each in tab.context.cookies()}
    assert client.get("/nowhere", headers=copied).status_code == 401
    assert _recorded(office) == ["signed_in", "denied", "signed_in", "signed_out"]


def test_a_sign_in_that_is_too_old_has_to_be_made_again(tab: Page, office: Office) -> None:
    office.set_role("viewer")
    old = {"name": USER_COOKIE_NAME, "value": office.cookie(hours_ago=9), "secure": True}
    tab.context.add_cookies([{**old, "url": office.proxy.address}])  # type: ignore[typeddict-item]
    tab.goto(office.proxy.address)
    _wait_for(tab, "Sign in again")
    assert tab.locator(".wm-card").count() == 0
    tab.get_by_role("button", name="Sign in").click()
    tab.get_by_role("button", name=READER).wait_for()  # at the provider


def _wait_for(tab: Page, heading: str) -> None:
    tab.get_by_role("heading", level=1, name=heading, exact=True).wait_for()


def _recorded(office: Office) -> list[str]:
    """Return what the audit log says that the reader did."""
    folder = office.server.data_dir / "audit" / "dashboard"
    lines = [
        line for path in folder.glob("*.jsonl") for line in path.read_text("utf-8").split("\n")
    ]
    events = [json.loads(line) for line in lines if line]
    return [event["action"] for event in events if event["reader"] == READER]


@pytest.fixture(scope="module")
def client(office: Office) -> Iterator[httpx.Client]:
    """Return a client without a sign-in."""
    with httpx.Client(base_url=office.proxy.address, verify=office.proxy.trust) as client:
        yield client


@pytest.mark.parametrize(
    ("path", "stranger", "reader"),
    [
        ("/", 200, 200),
        ("/_stcore/health", 200, 200),
        ("/healthz", 200, 200),
        ("/media/0f3a.csv", 401, 404),
        ("/_stcore/upload_file/session/file", 401, 403),
        ("/component/any.html", 401, 404),
        ("/nowhere", 401, 200),
        ("/_stcore/metrics", 404, 404),
        ("/_stcore/metrics/", 404, 404),
        ("/_stcore/agent/mcp", 404, 404),
        ("/_stcore/script-health-check", 404, 404),
    ],
)
def test_behind_nginx_a_path_answers_as_it_should(
    client: httpx.Client, office: Office, path: str, stranger: int, reader: int
) -> None:
    office.set_role("viewer")
    signed_in = {"Cookie": f"{USER_COOKIE_NAME}={office.cookie()}"}
    old = {"Cookie": f"{USER_COOKIE_NAME}={office.cookie(hours_ago=9)}"}
    forged = {"Cookie": f"{USER_COOKIE_NAME}={office.cookie(secret='x' * 64)}"}
    assert client.get(path, headers=signed_in).status_code == reader
    for headers in ({}, forged, {"X-Remote-User": READER}):
        assert client.get(path, headers=headers).status_code == stranger, headers
    assert client.get(path, headers=old).status_code == (403 if stranger == 401 else stranger)


def test_every_answer_has_its_headers(client: httpx.Client) -> None:
    for path in ("/", "/crime", "/healthz", "/media/0f3a.csv", "/_stcore/host-config"):
        answer = client.get(path)
        assert answer.headers["strict-transport-security"] == "max-age=31536000", path
        assert answer.headers["server"] == "nginx", path
    assert client.get("/media/0f3a.csv").headers["cache-control"] == "no-store"
    page = client.get("/", headers={"Accept-Encoding": "gzip"}).headers
    assert "frame-ancestors 'none'" in page["content-security-policy"]
    assert page["x-content-type-options"] == "nosniff"
    assert page["content-encoding"] == "gzip"


def test_no_other_site_may_steer_the_page_or_open_a_session(
    client: httpx.Client, office: Office
) -> None:
    assert client.get("/_stcore/host-config").json()["allowedOrigins"] == []
    address = f"{office.proxy.address.replace('https', 'wss')}/_stcore/stream"
    for origin in ("https://other.example.org", "http://localhost:8080", "null"):
        with (
            pytest.raises(InvalidStatus, match="403"),
            connect(address, ssl=office.proxy.trust, origin=Origin(origin)),
        ):
            pass
    with connect(address, ssl=office.proxy.trust, origin=Origin(office.proxy.address)):
        pass


def test_without_tls_there_is_only_the_way_to_it(client: httpx.Client, office: Office) -> None:
    plain = f"http://127.0.0.1:{office.proxy.plain_port}/crime?area=E07000236"
    answer = client.get(plain, headers={"Host": "localhost"})
    assert answer.status_code == 301
    assert answer.headers["location"] == f"{office.proxy.address}/crime?area=E07000236"
    with pytest.raises(httpx.RemoteProtocolError):
        client.get(plain, headers={"Host": "other.example.org"})


def test_only_an_upload_may_be_large(client: httpx.Client, office: Office) -> None:
    office.set_role("staff")
    signed_in = {"Cookie": f"{USER_COOKIE_NAME}={office.cookie()}"}
    sent = b"0" * 100_000
    assert client.put("/crime", content=sent, headers=signed_in).status_code == 413
    upload = client.put("/_stcore/upload_file/session/file", content=sent, headers=signed_in)
    assert upload.status_code == 403  # Streamlit's own answer: it is of no session
    assert upload.text != "Not for this account.\n"
