"""What must hold before the dashboard starts: nothing that would let strangers in by mistake."""

from collections.abc import Mapping
from ipaddress import ip_address
from typing import Any, Final
from urllib.parse import urlsplit

from dashboard.settings import PROGRAM, Settings

_NEEDED: Final = (
    "redirect_uri",
    "cookie_secret",
    "client_id",
    "client_secret",
    "server_metadata_url",
)
_SHORTEST_SECRET: Final = 32
_FEWEST_DIFFERENT: Final = 8
"""A secret of fewer different characters was typed, such as 'xxx…', and not drawn by lot."""


def start_problem(settings: Settings, *, address: str | None, auth: Mapping[str, Any]) -> str:
    """Return, in one line, why the dashboard must not start; empty when it may.

    Args:
        settings: of the dashboard.
        address: on which Streamlit is to listen.
        auth: the `[auth]` section of Streamlit's secrets, empty where there is none.
    """
    if settings.mode == "development":
        return _in_development(settings, address, auth)
    if settings.roles_file and settings.roles_file.resolve().is_relative_to(PROGRAM):
        return "WM_ROLES_FILE lies in the program's folder. Keep it elsewhere, such as in /etc."
    if settings.sign_in == "header":
        return _with_header(address)
    if auth or settings.environment == "production":
        return _with_openid(settings, auth)
    return ""


def is_this_machine(address: str | None) -> bool:
    """True for an address that only this machine can reach."""
    try:
        return address == "localhost" or ip_address(address or "").is_loopback
    except ValueError:
        return False


def _in_development(settings: Settings, address: str | None, auth: Mapping[str, Any]) -> str:
    refused = "WM_MODE=development lets everyone in as staff, so it does not start"
    if settings.environment == "production":
        return f"{refused} where WM_ENVIRONMENT=production."
    if auth:
        return f"{refused} where Streamlit's secrets have an [auth] section."
    if not is_this_machine(address):
        return f"{refused} unless server.address is this machine's own (127.0.0.1)."
    return ""


def _with_header(address: str | None) -> str:
    if is_this_machine(address):
        return ""
    return (
        "WM_SIGN_IN=header believes whoever reaches it, so it does not start unless "
        "server.address is this machine's own (127.0.0.1), with the proxy on the same machine."
    )


def _with_openid(settings: Settings, auth: Mapping[str, Any]) -> str:
    for key in _NEEDED:
        if not isinstance(auth.get(key), str) or not auth[key]:
            return f"{key} is missing in the [auth] section of Streamlit's secrets."
    secret = auth["cookie_secret"]
    if len(secret.encode()) < _SHORTEST_SECRET or len(set(secret)) < _FEWEST_DIFFERENT:
        return f"cookie_secret in [auth] must be {_SHORTEST_SECRET} random characters or more."
    if not urlsplit(auth["redirect_uri"]).path.endswith("/oauth2callback"):
        return "redirect_uri in [auth] must end in /oauth2callback."
    if not _is_private(auth["redirect_uri"], within=settings.environment != "production"):
        return "redirect_uri in [auth] must begin with https://."
    # Whoever could change what it says could sign in as anybody.
    if not _is_private(auth["server_metadata_url"], within=True):
        return "server_metadata_url in [auth] must begin with https://."
    return ""


def _is_private(address: str, *, within: bool) -> bool:
    """True where nobody on the way can read: with TLS or, if that counts, on this machine."""
    parts = urlsplit(address)
    return parts.scheme == "https" or (within and is_this_machine(parts.hostname))
