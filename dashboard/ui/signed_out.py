"""Sign-ins that were ended by signing out: from then on no other tab holds them, and no copy.

Streamlit takes the cookie from the browser and closes the tab in which that was done; another tab
that is open, or who copied the cookie, would go on until its hours are over. The list lasts as
long as the server: a restart ends every session too.
"""

from collections.abc import Mapping
from threading import Lock
from time import time
from typing import Any, Final

import streamlit as st

_SECONDS: Final = 24 * 3600
"""How long a sign-in could hold at most, and so has to be remembered."""

_SignIn = tuple[object, float]


def end(claims: Mapping[str, Any]) -> None:
    """End the sign-in that these claims are of, for good."""
    sign_in = _sign_in(claims)
    if sign_in:
        _list().add(sign_in)


def has_ended(claims: Mapping[str, Any]) -> bool:
    """Return True when the sign-in that these claims are of was ended."""
    return _sign_in(claims) in _list().held


def _sign_in(claims: Mapping[str, Any]) -> _SignIn | None:
    """Return what tells one sign-in from others: who, and when. Others of the same reader stay."""
    begun = claims.get("iat")
    return (claims.get("sub"), begun) if isinstance(begun, int | float) else None


class _List:
    def __init__(self) -> None:
        self.held: frozenset[_SignIn | None] = frozenset()
        self._lock = Lock()

    def add(self, sign_in: _SignIn) -> None:
        """Add one, and forget those that are too old to hold anyway."""
        oldest = time() - _SECONDS
        with self._lock:
            held = {each for each in self.held if each and each[1] > oldest}
            self.held = frozenset(held | {sign_in})


@st.cache_resource(show_spinner=False)
def _list() -> _List:
    return _List()
