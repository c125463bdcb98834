"""What stands before every path, page or not: nothing answers who is not signed in.

It lets through what the sign-in page itself needs, and of all else only what comes from a reader
with a role. A path, or a message to a session, that nobody thought of is therefore closed.
"""

import re
import sys
from typing import Final, NoReturn

from google.protobuf.message import DecodeError  # type: ignore[import-untyped]
from starlette.requests import HTTPConnection
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from starlette.websockets import WebSocketClose
from streamlit import config
from streamlit.auth_util import get_secrets_auth_section
from streamlit.proto.BackMsg_pb2 import BackMsg

from dashboard.access import PAGES, may_open
from dashboard.errors import DashboardError, UnknownChoice
from dashboard.settings import Settings, load_settings
from dashboard.start import is_this_machine, start_problem
from dashboard.ui.identity import end_sign_in, reader_of_request, trusted_headers

_STREAM: Final = "/_stcore/stream"
"""Where the browser listens to its session, which shows strangers how to sign in."""

_SIGN_OUT: Final = "/auth/logout"
_OPEN: Final = frozenset(
    (
        # The same empty frame for every page: what fills it comes through the session.
        *(f"/{entry.path}" for entry in PAGES),
        "/favicon.png",
        "/manifest.json",
        "/_stcore/health",
        "/_stcore/host-config",
        "/auth/login",
        _SIGN_OUT,
        "/oauth2callback",
        "/healthz",
    )
)
_OPEN_FOLDER: Final = "/static/"
_CLOSED: Final = ("/_stcore/metrics", "/_stcore/agent", "/_stcore/script-health-check")
"""Closed to everyone: no page needs them."""
_UPLOADS: Final = "/_stcore/upload_file/"
_ASKED: Final = frozenset(
    (
        "rerun_script",
        "stop_script",
        "app_heartbeat",
        "file_urls_request",
        "backend_operation_request",
    )
)
"""What a session may be asked. It is not told the rest, such as to empty all readers' caches."""

_POLICY: Final = 1008  # the code with which a web socket is refused
_WORDS: Final = {401: "Sign in first.\n", 403: "Not for this account.\n", 404: "Not found.\n"}


def settings_to_start_with() -> Settings:
    """Return the settings, with Streamlit told which header names the reader.

    Ends the process, with one line that says why, where it is not safe to start.
    """
    try:
        settings = load_settings()
    except DashboardError as error:
        _end(str(error))
    address = config.get_option("server.address")
    problem = start_problem(settings, address=address, auth=get_secrets_auth_section())
    if problem:
        _end(problem)
    config.set_option("server.trustedUserHeaders", trusted_headers(settings))
    return settings


def _end(why: str) -> NoReturn:
    sys.stderr.write(f"The dashboard does not start: {why}\n")
    sys.exit(UnknownChoice.exit_code)


class Guard:
    """Answers in place of the dashboard whoever may not have what they ask for."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self.app = app
        self._settings = settings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or refuse it."""
        is_asked = scope["type"] in ("http", "websocket")
        status = _refused(HTTPConnection(scope), self._settings) if is_asked else None
        if status is None and scope.get("path") == _SIGN_OUT:
            end_sign_in(HTTPConnection(scope))
        if status is None:
            is_session = scope["type"] == "websocket"
            await self.app(scope, _only_asked(receive) if is_session else receive, send)
        elif scope["type"] == "websocket":
            await WebSocketClose(_POLICY)(scope, receive, send)
        else:
            await PlainTextResponse(_WORDS[status], status)(scope, receive, send)


def _refused(request: HTTPConnection, settings: Settings) -> int | None:
    """Return the status that refuses a request; None where it may pass."""
    if request.scope["path"].startswith(_CLOSED):
        return 404
    if _is_from_elsewhere(request) or _is_past_the_proxy(request, settings):
        return 403
    if _is_open(request):
        return None
    reader = reader_of_request(request, settings)
    if not reader.role:
        return 403 if reader.key else 401
    may_send = may_open(reader.role, "load")
    return 403 if request.scope["path"].startswith(_UPLOADS) and not may_send else None


def _is_from_elsewhere(request: HTTPConnection) -> bool:
    """True for what a page of another site sends. Streamlit would take any of this machine's."""
    origin = request.headers.get("origin")
    return origin is not None and origin.partition("//")[2] != request.headers.get("host")


def _is_past_the_proxy(request: HTTPConnection, settings: Settings) -> bool:
    """True for what no proxy here sent on, or sent on with a second name beside its own."""
    if settings.mode == "production" and settings.sign_in == "openid":
        return False
    came_to = request.scope.get("server") or ("",)
    names = request.headers.getlist(settings.user_header)
    return not is_this_machine(came_to[0]) or len(names) > 1 or _is_misnamed(request, settings)


def _is_misnamed(request: HTTPConnection, settings: Settings) -> bool:
    """True where another site let its own name lead to a developer's machine, and so to staff."""
    host = re.sub(r":\d*$", "", request.headers.get("host", "")).strip("[]")
    return settings.mode == "development" and not is_this_machine(host)


def _is_open(request: HTTPConnection) -> bool:
    path = request.scope["path"]
    if request.scope["type"] == "websocket":
        return bool(path == _STREAM)
    reads_only = request.scope["method"] in ("GET", "HEAD")
    return reads_only and (path in _OPEN or path.startswith(_OPEN_FOLDER))


def _only_asked(receive: Receive) -> Receive:
    async def asked() -> Message:
        while not _may_be_asked(message := await receive()):
            pass
        return message

    return asked


def _may_be_asked(message: Message) -> bool:
    if message["type"] != "websocket.receive":
        return True
    try:
        return BackMsg.FromString(message.get("bytes") or b"").WhichOneof("type") in _ASKED
    except DecodeError:
        return False
