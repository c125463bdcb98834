"""What stands before every path: whatever is asked, in whatever way, by name or by another site."""

from pathlib import Path

import pytest
from starlette.responses import PlainTextResponse
from starlette.testclient import TestClient
from starlette.types import Receive, Scope, Send
from starlette.websockets import WebSocket, WebSocketDisconnect
from streamlit.proto.BackMsg_pb2 import BackMsg

from dashboard.settings import Settings
from dashboard.ui.guard import Guard

HERE = "http://127.0.0.1:8501"
STREAM = "ws://127.0.0.1:8501/_stcore/stream"
STRANGER: dict[str, str] = {}
VIEWER, STAFF = ({"X-Remote-User": f"{role}@example.org"} for role in ("viewer", "staff"))
DEVELOPMENT = Settings(mode="development")


async def _behind(scope: Scope, receive: Receive, send: Send) -> None:
    """Answer what got through the guard: any request, and each message of a session."""
    if scope["type"] == "http":
        await PlainTextResponse("got through")(scope, receive, send)
        return
    session = WebSocket(scope, receive, send)
    await session.accept()
    async for content in session.iter_bytes():
        await session.send_bytes(content)


def client(settings: Settings, address: str = HERE) -> TestClient:
    """Return a browser before a guarded server at that address."""
    return TestClient(Guard(_behind, settings), base_url=address)


@pytest.fixture
def behind_proxy(tmp_path: Path) -> TestClient:
    """Return a browser before a dashboard whose proxy names the reader."""
    roles = tmp_path / "roles.toml"
    roles.write_text('[readers]\n"viewer@example.org" = "viewer"\n"staff@example.org" = "staff"\n')
    return client(Settings(sign_in="header", roles_file=roles))


@pytest.mark.parametrize(
    "path",
    [
        "//crime",
        "/crime/",
        "/Crime",
        "/crime.",
        "/crime%00",
        "/%2e%2e/crime",
        "/crime/../media/0f3a.csv",
        "/MEDIA/0f3a.csv",
        "//media/0f3a.csv",
        "/media%2f0f3a.csv",
        "/_STCORE/metrics",
        "//_stcore/metrics",
        "/_stcore/./metrics",
        "/_stcore/host-config/",
        "/_stcore/stream",
        "/Static/x.js",
        "/healthz/x",
        "/auth/login/x",
        "/oauth2callback.",
    ],
)
def test_a_path_written_in_another_way_is_no_way_in(behind_proxy: TestClient, path: str) -> None:
    for method in ("GET", "HEAD", "OPTIONS", "POST"):
        assert behind_proxy.request(method, HERE + path).status_code in (401, 403, 404), method


@pytest.mark.parametrize("path", ["/_stcore/metrics", "/%5fstcore/metrics", "/_stcore/metrics/x"])
def test_what_is_closed_is_closed_however_it_is_written(
    behind_proxy: TestClient, path: str
) -> None:
    for headers in (STRANGER, STAFF):
        assert behind_proxy.get(path, headers=headers).status_code == 404


def test_only_who_may_send_files_reaches_the_uploads(behind_proxy: TestClient) -> None:
    answers = [
        behind_proxy.put("/_stcore/upload_file/a/b", headers=who).status_code
        for who in (STRANGER, VIEWER, STAFF)
    ]
    assert answers == [401, 403, 200]


@pytest.mark.parametrize(
    "origin",
    ["http://localhost:8080", "https://127.0.0.1", "null", "", "http://127.0.0.1:8501.example.org"],
)
@pytest.mark.parametrize("settings", [DEVELOPMENT, Settings()])
def test_no_page_of_another_site_asks_anything(settings: Settings, origin: str) -> None:
    """Streamlit itself would take any page of this machine for one of its own."""
    browser = client(settings)
    headers = {"Origin": origin}
    assert browser.get("/", headers=headers).status_code == 403
    with pytest.raises(WebSocketDisconnect), browser.websocket_connect(STREAM, headers=headers):
        pass
    assert browser.get("/", headers={"Origin": HERE}).status_code == 200


@pytest.mark.parametrize("name", ["other.example.org", "other.example.org:8501", "", "[::1", "::"])
def test_a_developer_is_one_who_asks_for_this_machine_by_its_own_name(name: str) -> None:
    """Another site could let its name lead here, and its page would read as staff."""
    browser = client(DEVELOPMENT)
    assert browser.get("/crime", headers={"Host": name}).status_code == 403
    for own in ("localhost:8501", "127.0.0.1", "[::1]:8501"):
        assert browser.get("/nowhere", headers={"Host": own}).status_code == 200, own
    assert client(DEVELOPMENT, "http://192.0.2.7").get("/crime").status_code == 403


@pytest.mark.parametrize("forwarded", ["X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-User"])
def test_what_says_that_it_was_forwarded_names_nobody(
    behind_proxy: TestClient, forwarded: str
) -> None:
    headers = {forwarded: "staff@example.org"}
    assert behind_proxy.get("/nowhere", headers=headers).status_code == 401
    elsewhere = client(Settings(sign_in="header"), "http://192.0.2.7")
    assert elsewhere.get("/", headers={forwarded: "127.0.0.1"}).status_code == 403


def test_a_session_hears_only_what_pages_need(behind_proxy: TestClient) -> None:
    """A stranger could empty the caches of all readers, again and again."""
    heard = BackMsg(app_heartbeat=True).SerializeToString()
    with behind_proxy.websocket_connect(STREAM) as session:
        for unheard in (BackMsg(clear_cache=True), BackMsg(set_run_on_save=True), BackMsg()):
            session.send_bytes(unheard.SerializeToString())
        session.send_bytes(b"\xff no message at all")
        session.send_bytes(heard)
        assert session.receive_bytes() == heard
