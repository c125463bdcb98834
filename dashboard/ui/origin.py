"""Where the figure stands that a reader adds to a paper: its page, its address and what else."""

from collections.abc import Callable, Mapping
from typing import Final

import streamlit as st

from dashboard.charts.chart import Chart
from dashboard.papers.draft import Item, Origin
from dashboard.papers.state import STATE, is_known
from dashboard.ui import filters
from schemas.supplied.lists import PRIORITY_FLAG

AS_AT: Final = "as_at"
_NOT_OF_THE_FIGURE: Final = ("saved",)
"""Names in an address that say nothing of a figure: the planner's changes stand beside it."""

_BOUND: Final[Mapping[str, tuple[frozenset[str], Callable[[str], str]]]] = {
    filters.VIEW: (frozenset(), str),
    "show": (frozenset({"gaps"}), str),
    "group": (frozenset({"gaps", "needs", "planner"}), lambda code: PRIORITY_FLAG[code]),
}
"""Widgets that Streamlit holds in the address, with their pages: a default is not written there."""


def item_of(chart: Chart, *, key: str) -> Item:
    """Return a figure as it goes into a paper, with all that it takes to make it again."""
    page = filters.page_shown()
    origin = Origin(
        page=page, figure=key, address=_address(page, chart.version), state=_state(page)
    )
    return Item(origin=origin, chart=chart)


def _address(page: str, version: str) -> dict[str, tuple[str, ...]]:
    asked = {
        name: tuple(st.query_params.get_all(name))
        for name in st.query_params
        if name not in _NOT_OF_THE_FIGURE
    }
    return dict(sorted({**asked, **_bound(page), AS_AT: (version,)}.items()))


def _bound(page: str) -> dict[str, tuple[str, ...]]:
    held = st.session_state
    return {
        name: (written(held[name]),)
        for name, (pages, written) in _BOUND.items()
        if held.get(name) and (not pages or page in pages)
    }


def _state(page: str) -> dict[str, object]:
    held = {name: st.session_state.get(name) for name in STATE.get(page, ())}
    return {name: value for name, value in held.items() if is_known(page, name, value)}
