"""What servers answer, and fail to: when to try again, and how a fault is told."""

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import httpx

TRY_LATER = frozenset({408, 429, 500, 502, 503, 504})


def asked_wait(response: httpx.Response) -> float | None:
    """Return the seconds that the answer asks to wait: Retry-After (RFC 9110, 10.2.3)."""
    asked = response.headers.get("Retry-After", "").strip()
    if asked.isdigit():
        return float(asked)
    try:
        moment = parsedate_to_datetime(asked)
    except ValueError:
        return None
    return max(0.0, (moment.astimezone(UTC) - datetime.now(UTC)).total_seconds())


def in_words(fault: httpx.TransportError) -> str:
    """Return what went wrong on the way, for people."""
    if isinstance(fault, httpx.ConnectError | httpx.ConnectTimeout):
        return f"no network connection to the server ({fault or 'timed out'})"
    if isinstance(fault, httpx.TimeoutException):
        return "the server went silent"
    return "the connection was cut"
