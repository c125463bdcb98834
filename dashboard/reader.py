"""Who a reader is, from what a sign-in or a single-sign-on proxy says about them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

from dashboard.access import STAFF
from dashboard.roles import role_of
from dashboard.settings import Settings

Standing = Literal["known", "no_role", "too_old", "signed_out", "not_set_up"]
Claims = Mapping[str, object]

_SECONDS_AN_HOUR: Final = 3600
_CLOCKS_APART: Final = 300
"""Seconds that the provider's clock may be ahead of ours."""


@dataclass(frozen=True)
class Reader:
    """The person at the screen; no role means that nothing opens, `standing` says why.

    `key` tells one person from another for good: it owns what is saved and stands in the audit
    log. `name` is for the screen only.
    """

    key: str
    name: str
    role: str | None = None
    standing: Standing = "signed_out"


NOBODY: Final = Reader("", "Nobody signed in")
NOT_SET_UP: Final = Reader("", "Nobody signed in", standing="not_set_up")
DEVELOPER: Final = Reader("development", "Development viewer", STAFF, "known")


def reader_of_claims(claims: Claims, settings: Settings, *, now: float) -> Reader:
    """Return the reader whom an OpenID provider vouched for, `now` in seconds since 1970."""
    if claims.get("is_logged_in") is not True:
        return NOBODY
    key, name = _key(claims, settings), _text(claims, "name") or _text(claims, "email")
    if not _is_recent(claims, settings.max_session_hours, now):
        return Reader(key, name or key, standing="too_old")
    return _with_role(key, name or key, settings)


def reader_of_header(value: str | None, settings: Settings) -> Reader:
    """Return the reader whom the proxy named; the session's age is the proxy's to limit."""
    return _with_role(value, value, settings) if value else NOBODY


def _with_role(key: str, name: str, settings: Settings) -> Reader:
    role = role_of(key, settings.roles_file)
    return Reader(key, name, role, "known" if role else "no_role")


def _key(claims: Claims, settings: Settings) -> str:
    if settings.claim == "email" and claims.get("email_verified") is not True:
        return ""  # an address that its owner never proved could be anybody's
    return _text(claims, settings.claim)


def _is_recent(claims: Claims, most_hours: float, now: float) -> bool:
    """True while the sign-in is young enough and what the provider said still holds.

    It counts from `iat`, when this sign-in happened. `auth_time` may be hours earlier, with a
    provider where the reader was signed in before: signing in again would change nothing.
    """
    begun, ends = claims.get("iat"), claims.get("exp")
    if not isinstance(begun, int | float) or not isinstance(ends, int | float):
        return False
    is_young = begun - _CLOCKS_APART <= now < begun + most_hours * _SECONDS_AN_HOUR
    return is_young and now < ends


def _text(claims: Claims, name: str) -> str:
    value = claims.get(name)
    return value if isinstance(value, str) else ""
