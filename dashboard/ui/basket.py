"""“Add to Board paper”: beside every figure, for readers who may write papers."""

from collections.abc import Callable
from typing import Final

import streamlit as st

from dashboard.access import may_do
from dashboard.charts.chart import Chart
from dashboard.charts.words import count
from dashboard.papers.draft import WITHOUT_FIGURES
from dashboard.settings import load_settings
from dashboard.ui import as_at, filters, markup
from dashboard.ui.identity import current_reader
from dashboard.ui.origin import item_of
from dashboard.ui.shell import page_of
from dashboard.workspace import baskets
from dashboard.workspace.baskets import NotKept
from dashboard.workspace.database import WorkspaceUnavailable

BOARD_PAPER: Final = "board_paper"


def button(make: Callable[[], Chart], *, key: str) -> None:
    """Offer to put a figure into the reader's paper, where they may and it may go there."""
    if may_write() and filters.page_shown() not in WITHOUT_FIGURES:
        st.button(
            "Add to Board paper",
            key=f"add_{key}",
            icon=":material/note_add:",
            type="tertiary",
            on_click=_add,
            args=(make, key),
        )


def tell(key: str) -> None:
    """Say, once, what became of the figure that was added last."""
    told = st.session_state.pop(_told(key), "")
    if told:
        with st.container(
            horizontal=True, vertical_alignment="center", gap="xsmall", key=f"told_{key}"
        ):
            markup.status(told, width="content")
            st.page_link(
                page_of(BOARD_PAPER),
                label="Open your Board paper",
                icon="",
                query_params=as_at.carried(),
            )


def may_write() -> bool:
    """Return True while the reader may write papers: a page can outlive the role that opened it."""
    return may_do(current_reader(load_settings()).role, "write_papers")


def in_words(figures: int) -> str:
    """Return 'one figure' or 'three figures'."""
    return f"{count(figures)} figure{'' if figures == 1 else 's'}"


def _add(make: Callable[[], Chart], key: str) -> None:
    if not may_write():
        return
    settings = load_settings()
    owner = current_reader(settings).key
    try:
        added = baskets.add(settings.data_dir, item_of(make(), key=key), owner=owner)
    except (NotKept, WorkspaceUnavailable) as why:
        st.session_state[_told(key)] = str(why)
        return
    lead = "It is in your paper already" if added.was_there else "Added"
    st.session_state[_told(key)] = f"{lead}: {in_words(added.count)} in your paper."


def _told(key: str) -> str:
    return f"added_{key}"
