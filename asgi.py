"""The dashboard with security headers and a health route: `streamlit run asgi.py`."""

import gc

import streamlit as st
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.runtime.pages_manager import PagesManager

from dashboard.ui import health
from dashboard.ui.guard import Guard, settings_to_start_with
from dashboard.ui.handing_over import let_files_wait
from dashboard.ui.identity import reader_of_request
from dashboard.ui.way_back import WayBack

CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'self'",
        "script-src 'self' 'unsafe-inline' 'wasm-unsafe-eval'",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "connect-src 'self' ws: wss:",
        "worker-src 'self' blob:",
        "frame-ancestors 'none'",
        "base-uri 'self'",
        "form-action 'self'",
        "object-src 'none'",
    )
)

SECURITY_HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


class SecurityHeaders:
    """Adds the headers above to every answer, whatever part of the server gave it."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, and add the headers to the start of its answer."""

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = _with_ours(message.get("headers", []))
            await send(message)

        await self.app(scope, receive, send_with_headers)


def _with_ours(headers: list[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
    ours = [(name.lower().encode(), value.encode()) for name, value in SECURITY_HEADERS.items()]
    replaced = {name for name, _ in ours} | {b"server"}
    return [header for header in headers if header[0].lower() not in replaced] + ours


settings = settings_to_start_with()
health.tell_mode()


def healthz(request: Request) -> Response:
    """Answer 200 when data can be served and 503 when not; readers are told version or reason."""
    state = health.check()
    is_known = reader_of_request(request, settings).role is not None
    words = state.words if is_known else state.words.partition(":")[0]
    return PlainTextResponse(f"{words}\n", status_code=200 if state.is_ready else 503)


# Because a folder is called pages/, Streamlit would serve its files by an older rule until some
# session has run st.navigation: the first deep link would open under a "Page not found" dialog.
PagesManager.uses_pages_directory = False
let_files_wait()

app = st.App(
    "app.py",
    routes=[Route("/healthz", healthz)],
    middleware=[
        Middleware(SecurityHeaders),
        Middleware(Guard, settings=settings),
        Middleware(WayBack, settings=settings),
    ],
)

# What is imported by now lives as long as the server; collections need not visit it again.
gc.collect()
gc.freeze()
