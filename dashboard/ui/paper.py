"""The parts that the page of the Board paper shares: what is in the basket, and what became of it.

Every change is a callback: it is done before the page is made again, and says what it did.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import streamlit as st

from dashboard.charts.words import joined
from dashboard.metrics.metric import Choice
from dashboard.papers.draft import Draft
from dashboard.settings import load_settings
from dashboard.ui import cache, markup
from dashboard.ui.basket import in_words
from dashboard.ui.identity import current_reader
from dashboard.ui.numbers import Numbers
from dashboard.workspace import baskets
from dashboard.workspace.baskets import NotKept
from dashboard.workspace.database import WorkspaceUnavailable

_TOLD: Final = "paper_told"
_UNDO: Final = "paper_undo"


@dataclass(frozen=True)
class Held:
    """What is in the reader's basket; `newest` is the version that is served now."""

    draft: Draft
    owner: str
    data_dir: Path
    newest: str

    @property
    def is_empty(self) -> bool:
        """True while no figure is chosen."""
        return not self.draft.items


@dataclass(frozen=True)
class _Undo:
    """How the last step is undone, and what the button for it says."""

    words: str
    how: Callable[[], str]


def held(numbers: Numbers, data_dir: Path) -> Held:
    """Return what is in the reader's basket; say so where it cannot be read."""
    owner = current_reader(load_settings()).key
    try:
        draft = baskets.read(data_dir, owner=owner)
    except WorkspaceUnavailable as why:
        markup.box("problem", "Your paper cannot be opened.", str(why))
        draft = Draft()
    return Held(draft, owner, data_dir, cache.warehouse(data_dir).version)


def answer(held: Held, _: Numbers, __: Choice) -> str:
    """Say what is in the paper, or how to begin one."""
    if held.is_empty:
        return "No figure is chosen yet. Every figure on every page can be added to your paper."
    named = f"“{held.draft.title}”" if held.draft.title else "Your paper, without a title yet,"
    return f"{named} has {in_words(len(held.draft.items))}. {_versions(held)}"


def tell(held: Held) -> None:
    """Say, once, what the last step did, with the way to undo it."""
    told = st.session_state.pop(_TOLD, "")
    undo: _Undo | None = st.session_state.get(_UNDO)
    if not (told or undo):
        return
    with st.container(horizontal=True, vertical_alignment="center", key="paper_told_box"):
        markup.status(told or "The last step can be undone.", width="content")
        if undo:
            st.button(undo.words, key="paper_undo_button", on_click=step, args=(undo.how,))


def step(do: Callable[..., str | None], *args: object) -> None:
    """Take one step: do it, and have what it says told; a step that fails says why."""
    st.session_state.pop(_UNDO, None)
    try:
        st.session_state[_TOLD] = do(*args) or "Done."
    except (NotKept, WorkspaceUnavailable) as why:
        st.session_state[_TOLD] = str(why)


def offer_undo(words: str, how: Callable[[], str]) -> None:
    """Offer to undo the step that is being taken, until another one is."""
    st.session_state[_UNDO] = _Undo(words, how)


def figures(held: Held, version: str) -> str:
    """Return which figures of the paper show a version: 'figures 1 and 3'."""
    places = [
        str(place)
        for place, item in enumerate(held.draft.items, start=1)
        if item.chart.version == version
    ]
    return f"figure{'s' if len(places) > 1 else ''} {joined(places)}"


def _versions(held: Held) -> str:
    versions = held.draft.versions
    if versions == (held.newest,):
        return "All of it is of the newest version of the data."
    said = "; ".join(f"{figures(held, each)}: {each}" for each in versions)
    return f"Not all of it is of the newest version, {held.newest}: {said}."
