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
from dashboard.ui.basket import in_words, may_write
from dashboard.ui.identity import current_reader
from dashboard.ui.numbers import Numbers
from dashboard.workspace import baskets
from dashboard.workspace.baskets import NotKept
from dashboard.workspace.database import WorkspaceUnavailable

_TOLD: Final = "paper_told"
_UNDO: Final = "paper_undo_step"
AT_THE_TOP: Final = 0


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
class _Told:
    """What a step did, where that is said, and how it is undone: what a button says, and does."""

    words: str
    at: int
    undo: tuple[str, Callable[[], str]] | None


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


def tell(at: int = AT_THE_TOP) -> None:
    """Say, once, what the last step did, at the place where it was taken; offer to undo it."""
    told: _Told | None = st.session_state.get(_TOLD)
    if told is None or told.at != at:
        return
    with st.container(horizontal=True, vertical_alignment="center", key="paper_told_box"):
        markup.status(told.words, width="content")
        if told.undo:
            words, how = told.undo
            st.button(words, key="paper_undo", on_click=step, args=(how,), kwargs={"at": at})
        else:
            del st.session_state[_TOLD]


def step(do: Callable[..., str], *args: object, at: int = AT_THE_TOP) -> None:
    """Take one step and have what it says told; a step that fails says why.

    `at` is the place on the page, counted as the figures are, where that is seen.
    """
    if not may_write():
        return
    st.session_state.pop(_UNDO, None)
    try:
        words = do(*args)
    except (NotKept, WorkspaceUnavailable) as why:
        words = str(why)
    st.session_state[_TOLD] = _Told(words, at, st.session_state.pop(_UNDO, None))


def offer_undo(words: str, how: Callable[[], str]) -> None:
    """Offer to undo the step that is being taken, until another one is."""
    st.session_state[_UNDO] = (words, how)


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
    if len(versions) == 1:
        return f"All of it is of version {versions[0]}; the newest is {held.newest}."
    said = "; ".join(f"{figures(held, each)}: {each}" for each in versions)
    return f"Not all of it is of the newest version, {held.newest}: {said}."
