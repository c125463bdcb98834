"""The changes that a reader tries: in the address, so that a copied link opens the same."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

import streamlit as st

from dashboard.planning.change import MOST_CHANGES, Change, NotAChange, read, written
from dashboard.ui import as_at
from schemas.supplied.lists import PRIORITY_FLAG

CHANGE: Final = "change"
SAVED: Final = "saved"
GROUP: Final = "group"

_HELD: Final = "planner_changes"
_WRITTEN: Final = "planner_written"
_TOLD: Final = "planner_told"
_FULL: Final = f"A scenario has at most {MOST_CHANGES} changes. Take one out first."


@dataclass(frozen=True)
class Draft:
    """The changes that are tried, and what was wrong with others that were asked for."""

    changes: tuple[Change, ...]
    problems: tuple[str, ...]


def is_fresh() -> bool:
    """True while nothing was tried in this session, and the address asks for no change."""
    return _HELD not in st.session_state and not st.query_params.get_all(CHANGE)


def draft() -> Draft:
    """Return the changes asked for by a link, or those that this session holds."""
    asked = tuple(st.query_params.get_all(CHANGE))
    if _HELD not in st.session_state or (asked and asked != st.session_state.get(_WRITTEN)):
        st.session_state[_HELD] = asked
    changes, problems = _read(st.session_state[_HELD])
    put(changes)
    kept = list(st.session_state[_HELD])
    if kept != st.query_params.get_all(CHANGE):
        st.query_params[CHANGE] = kept
    st.session_state[_WRITTEN] = tuple(kept)
    return Draft(changes, problems)


def put(changes: Sequence[Change]) -> None:
    """Hold these changes instead of those of before."""
    st.session_state[_HELD] = tuple(map(written, changes))[:MOST_CHANGES]


def add(*changes: Change) -> bool:
    """Hold some changes more; return False where there would be too many."""
    held = st.session_state.get(_HELD, ())
    if len(held) + len(changes) > MOST_CHANGES:
        tell(_FULL)
        return False
    st.session_state[_HELD] = (*held, *map(written, changes))
    return True


def take_out(place: int) -> None:
    """Hold all changes but one, by its place from 0."""
    held = st.session_state.get(_HELD, ())
    st.session_state[_HELD] = (*held[:place], *held[place + 1 :])


def start_again() -> None:
    """Hold no change: services are as today."""
    st.session_state[_HELD] = ()
    st.query_params.pop(SAVED, None)


def tell(text: str) -> None:
    """Have this said at the top of the next run, once."""
    st.session_state[_TOLD] = text


def told() -> str:
    """Return what is to be said once; blank for nothing."""
    return str(st.session_state.pop(_TOLD, ""))


def address(group: str, changes: Sequence[Change]) -> str:
    """Return the part of a link that carries a scenario: '?group=…&change=…'."""
    pairs = [(GROUP, PRIORITY_FLAG[group]), *((CHANGE, written(each)) for each in changes)]
    return f"?{urlencode([*pairs, *as_at.carried().items()])}"


def _read(texts: Sequence[str]) -> tuple[tuple[Change, ...], tuple[str, ...]]:
    changes: list[Change] = []
    problems: list[str] = []
    for text in texts:
        try:
            changes.append(read(text))
        except NotAChange as why:
            problems.append(str(why))
    if len(changes) > MOST_CHANGES:
        problems.append(_FULL)
    return tuple(changes[:MOST_CHANGES]), tuple(dict.fromkeys(problems))
