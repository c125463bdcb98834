"""Who is reading: the one place that asks. Whoever is not known for certain is denied."""

import json
from collections.abc import Mapping
from time import time
from typing import Any, Final

import streamlit as st
from starlette.requests import HTTPConnection
from streamlit.auth_util import get_cookie_with_chunks, get_secrets_auth_section
from streamlit.web.server.server_util import get_cookie_secret
from streamlit.web.server.starlette.starlette_app_utils import decode_signed_value
from streamlit.web.server.starlette.starlette_server_config import USER_COOKIE_NAME

from dashboard.reader import (
    DEVELOPER,
    NOBODY,
    NOT_SET_UP,
    Reader,
    reader_of_claims,
    reader_of_header,
)
from dashboard.settings import Settings
from dashboard.start import is_this_machine
from dashboard.ui import signed_out

_REMOTE_USER: Final = "remote_user"


def current_reader(settings: Settings) -> Reader:
    """Return who reads this page; asked anew in each run, so that a role taken away is gone."""
    if settings.mode == "development":
        return DEVELOPER if _is_guarded(settings) or _is_local() else NOT_SET_UP
    if not _is_guarded(settings):
        return NOT_SET_UP
    return reader_told(st.user.to_dict(), settings)


def reader_told(told: Mapping[str, Any], settings: Settings) -> Reader:
    """Return whom a session in production is held to, by what Streamlit was told at its start."""
    if settings.sign_in == "header":
        return reader_of_header(told.get(_REMOTE_USER), settings)
    return _signed_in(told, settings)


def reader_of_request(request: HTTPConnection, settings: Settings) -> Reader:
    """Return who asks for a path that is no page, by the same rules."""
    if settings.mode == "development":
        return DEVELOPER
    if settings.sign_in == "header":
        return reader_of_header(request.headers.get(settings.user_header), settings)
    return _signed_in(_cookie_claims(request.cookies), settings)


def end_sign_in(request: HTTPConnection) -> None:
    """End the sign-in that the request's cookie is of, also for other tabs and copies of it."""
    signed_out.end(_cookie_claims(request.cookies))


def trusted_headers(settings: Settings) -> dict[str, str]:
    """Return what Streamlit is to copy from the headers of a session's first request.

    Streamlit is told, rather than the headers being read page by page, as it then also holds a
    session to the reader who began it: nobody else can take it up again after a lost connection.
    """
    return {settings.user_header: _REMOTE_USER}


def _is_guarded(settings: Settings) -> bool:
    """True when `asgi.py` started the server: only then are the paths beside the pages guarded."""
    return bool(st.get_option("server.trustedUserHeaders") == trusted_headers(settings))


def _is_local() -> bool:
    """True where no other machine can be reading, or nobody at all, as in a run without server."""
    return not st.context.headers or is_this_machine(st.get_option("server.address"))


def _signed_in(claims: Mapping[str, Any], settings: Settings) -> Reader:
    if not get_secrets_auth_section():
        return NOT_SET_UP
    if not claims or signed_out.has_ended(claims):
        return NOBODY
    return reader_of_claims(claims, settings, now=time())


def _cookie_claims(cookies: Mapping[str, str]) -> Mapping[str, Any]:
    """Return what Streamlit's signed cookie says, read as Streamlit reads it."""
    secret = get_cookie_secret()

    def one(name: str) -> bytes | None:
        return decode_signed_value(secret, name, cookies.get(name, "").encode("latin-1"))

    try:
        held = json.loads(get_cookie_with_chunks(one, USER_COOKIE_NAME) or b"{}")
    except ValueError:
        return {}
    return held if isinstance(held, dict) else {}
