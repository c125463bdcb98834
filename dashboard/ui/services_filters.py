"""The filters of the directory: kept when the page changes, and held in the address."""

from collections.abc import Mapping
from typing import Final

import streamlit as st

from dashboard.directory.search import LONGEST_SEARCH, NAMES, Wanted, read_wanted, write_wanted
from dashboard.directory.words import MODES
from dashboard.ui import filters, markup
from schemas.supplied.lists import CRIME_GROUP, PRIORITY_FLAG

_KEPT: Final = "services_wanted"
_WRITTEN: Final = "services_written"


def show() -> Wanted:
    """Show the filters and return what is wanted."""
    wanted = _arrive()
    for problem in wanted.problems:
        markup.box("notice", problem)
    _begin(wanted)
    with st.container(border=True, key="services_filters"):
        st.toggle("Search and choose", key="services_fold", on_change="ignore")
        with st.container(key="services_row"):
            chosen = _widgets()
    _keep(chosen)
    return chosen


def reset() -> None:
    """Forget these filters and the shared ones; the next run shows the defaults."""
    filters.reset()
    st.session_state[_KEPT] = Wanted()
    _forget_widgets()


def _arrive() -> Wanted:
    """Return what a link asks for, or what is kept, without its problems."""
    asked = {name: tuple(st.query_params.get_all(name)) for name in NAMES}
    asked = {name: values for name, values in asked.items() if values}
    is_first = _KEPT not in st.session_state
    if is_first or (asked and asked != st.session_state.get(_WRITTEN)):
        _forget_widgets()
        return read_wanted(asked)
    kept: Wanted = st.session_state[_KEPT]
    return kept


def _begin(wanted: Wanted) -> None:
    """Give each widget that is not on the page yet what is wanted."""
    begun = {
        "search": wanted.search,
        "crime": wanted.crime,
        "group": wanted.group,
        "mode": wanted.mode,
        "self": wanted.self_referral,
        "unreported": wanted.unreported,
    }
    for name, value in begun.items():
        st.session_state.setdefault(_key(name), value)


def _widgets() -> Wanted:
    look, crime, group, mode = st.columns([5, 4, 4, 4])
    with look:
        search = st.text_input(
            "Search", key=_key("search"), max_chars=LONGEST_SEARCH, placeholder="Name, help, place"
        )
    with crime:
        crime_group = _one("Crime", "crime", CRIME_GROUP, any_word="Any crime")
    with group:
        priority = _one("Priority group", "group", PRIORITY_FLAG, any_word="Any group")
    with mode:
        seen = _one("Where it sees people", "mode", MODES, any_word="Anywhere")
    with st.container(horizontal=True):
        itself = st.checkbox("People can refer themselves", key=_key("self"))
        unreported = st.checkbox("Open to those who did not report", key=_key("unreported"))
    return Wanted(
        search=" ".join(search.split()),
        crime=crime_group,
        group=priority,
        mode=seen,
        self_referral=itself,
        unreported=unreported,
    )


def _one(label: str, name: str, words: Mapping[str, str], *, any_word: str) -> str:
    named = {"": any_word, **words}
    return st.selectbox(label, list(named), format_func=lambda code: named[code], key=_key(name))


def _keep(wanted: Wanted) -> None:
    st.session_state[_KEPT] = wanted
    written = write_wanted(wanted)
    for name in NAMES:
        if name in written:
            st.query_params[name] = written[name]
        elif name in st.query_params:
            del st.query_params[name]
    st.session_state[_WRITTEN] = {name: (value,) for name, value in written.items()}


def _forget_widgets() -> None:
    for name in NAMES:
        st.session_state.pop(_key(name), None)


def _key(name: str) -> str:
    return f"services_{name}"
