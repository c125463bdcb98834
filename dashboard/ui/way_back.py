"""Brings a reader who opened a link and had to sign in first to the page of that link.

Streamlit itself ends every sign-in at the first page. The address is kept in the reader's own
browser for the few minutes that it takes, and only an address of a page here is ever taken back.
"""

from http.cookies import SimpleCookie
from typing import Final
from urllib.parse import quote, unquote

from starlette.datastructures import MutableHeaders
from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dashboard.access import PAGES
from dashboard.settings import Settings
from dashboard.ui.identity import reader_of_request

_COOKIE: Final = "wm_way_back"
_SIGNED_IN: Final = "/oauth2callback"
_SECONDS: Final = 600
_LONGEST: Final = 1500
_PAGES: Final = frozenset(f"/{entry.path}" for entry in PAGES if entry.path)


class WayBack:
    """Keeps the address of a page that a stranger opened until they have signed in."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self.app = app
        self._settings = settings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, and change the headers of its answer where one is called for."""
        if scope["type"] != "http" or scope["path"] not in (*_PAGES, _SIGNED_IN):
            await self.app(scope, receive, send)
            return

        async def send_on(message: Message) -> None:
            if message["type"] == "http.response.start":
                self._change(HTTPConnection(scope), MutableHeaders(scope=message))
            await send(message)

        await self.app(scope, receive, send_on)

    def _change(self, request: HTTPConnection, answer: MutableHeaders) -> None:
        if request.scope["path"] != _SIGNED_IN:
            if not reader_of_request(request, self._settings).key:
                _keep(request, answer)
        elif answer.get("location") == "/":
            answer["location"] = _kept(request)
            answer.append("set-cookie", _cookie("", seconds=0))


def _keep(request: HTTPConnection, answer: MutableHeaders) -> None:
    query = request.url.query
    address = quote(request.url.path + (f"?{query}" if query else ""), safe="")
    if len(address) <= _LONGEST:
        answer.append("set-cookie", _cookie(address, seconds=_SECONDS))


def _kept(request: HTTPConnection) -> str:
    """Return the address kept; the first page where none is, or where it is none of a page."""
    address = unquote(request.cookies.get(_COOKIE, ""))
    is_page = address.partition("?")[0] in _PAGES and address.isascii() and address.isprintable()
    return address if is_page else "/"


def _cookie(value: str, *, seconds: int) -> str:
    cookie = SimpleCookie({_COOKIE: value})
    held = cookie[_COOKIE]
    held["path"], held["httponly"], held["samesite"] = _SIGNED_IN, True, "Lax"
    held["max-age"] = seconds
    return held.OutputString()
