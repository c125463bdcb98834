"""The nginx file behind a single-sign-on proxy: who is named there, and nobody else, gets in.

The proxy is a small server that answers as such proxies do; nginx and the dashboard are real.
"""

import threading
from collections.abc import Iterator
from http.cookies import SimpleCookie
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import httpx
import pytest
from websockets.exceptions import InvalidURI
from websockets.sync.client import connect

from tests.browser.conftest import Server, free_port, named
from tests.browser.nginx import Proxy, nginx

pytestmark = pytest.mark.browser

VIEWER, STAFF, NAMELESS = (f"{name}@example.org" for name in ("viewer", "staff", "other"))


OPEN = "/for-everyone"


class SignOn(BaseHTTPRequestHandler):
    """Answers nginx whether a cookie names a reader, and sends who has none to sign in.

    As some are set up, it lets everyone pass to one path, and believes what it is told of it.
    """

    def do_GET(self) -> None:
        cookie = SimpleCookie(self.headers.get("Cookie", ""))
        who = cookie["who"].value if "who" in cookie else ""
        if self.headers["X-Forwarded-Uri"] == OPEN or self.headers["X-Forwarded-Host"]:
            who = STAFF
        if self.path.startswith("/oauth2/start"):
            after = self.headers["X-Auth-Request-Redirect"]
            self._answer(302, "Location", f"https://login.example.org/?after={after}")
        elif who:
            self._answer(202, "X-Auth-Request-User", who)
        else:
            self._answer(401, "X-Auth-Request-User", "")

    def _answer(self, status: int, name: str, value: str) -> None:
        self.send_response(status)
        self.send_header(name, value)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def proxy(office: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Proxy]:
    folder = tmp_path_factory.mktemp("single-sign-on")
    sign_on = ThreadingHTTPServer(("127.0.0.1", 0), SignOn)
    threading.Thread(target=sign_on.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{sign_on.server_port}"
    with nginx(folder, before=office.address, port=free_port(), sign_on=address) as running:
        yield running
    sign_on.shutdown()
    sign_on.server_close()


@pytest.fixture(scope="module")
def client(proxy: Proxy) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=proxy.address, verify=proxy.trust) as client:
        yield client


def signed_in(reader: str) -> dict[str, str]:
    return {"Cookie": f"who={reader}"}


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/crime?area=E07000236&view=Outcomes",
        "/media/0f3a.csv",
        "/healthz",
        "/_stcore/upload_file/a/b",
        "/nowhere",
    ],
)
def test_who_is_not_signed_in_is_sent_to_the_sign_in(client: httpx.Client, path: str) -> None:
    told = {"X-Forwarded-Uri": OPEN, "X-Forwarded-Host": "insight.example.org"}
    for headers in ({}, named(STAFF) | told, signed_in("")):
        answer = client.get(path, headers=headers)
        assert answer.status_code == 302, headers
        assert answer.headers["location"] == f"https://login.example.org/?after={path}", headers


def test_who_is_signed_in_is_known_by_that_name_whatever_else_they_send(
    client: httpx.Client,
) -> None:
    for sent in ({}, named(STAFF)):
        assert client.get("/healthz", headers=signed_in(VIEWER) | sent).text.startswith("ready: ")
        assert client.get("/healthz", headers=signed_in(NAMELESS) | sent).text == "ready\n"
        refused = client.get("/media/0f3a.csv", headers=signed_in(NAMELESS) | sent)
        assert refused.status_code == 403


def test_a_session_needs_a_sign_in(proxy: Proxy) -> None:
    address = f"wss://localhost:{proxy.port}/_stcore/stream"
    with pytest.raises(InvalidURI, match=r"login\.example\.org"), connect(address, ssl=proxy.trust):
        pass  # it is sent to the sign-in, where no session is
    with connect(address, ssl=proxy.trust, additional_headers=signed_in(VIEWER)):
        pass


@pytest.mark.parametrize("path", ["/_stcore/metrics", "/_stcore/agent/mcp"])
def test_what_no_page_needs_is_closed(client: httpx.Client, path: str) -> None:
    assert client.get(path, headers=signed_in(STAFF)).status_code == 404


def test_nginx_asks_within_only(client: httpx.Client) -> None:
    assert client.get("/oauth2/auth", headers=signed_in(STAFF)).status_code == 404
