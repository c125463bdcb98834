"""The papers that a reader made before: each can be opened again, or removed."""

import streamlit as st

from dashboard.directory.words import day
from dashboard.ui import markup, paper
from dashboard.ui.basket import in_words
from dashboard.ui.paper import Held
from dashboard.ui.paper_arrange import INTRODUCTION, TITLE
from dashboard.workspace import baskets, papers
from dashboard.workspace.database import WorkspaceUnavailable
from dashboard.workspace.papers import KeptPaper


def show(held: Held) -> None:
    """List the papers kept, the latest first."""
    try:
        kept = papers.listed(held.data_dir, owner=held.owner)
    except WorkspaceUnavailable as why:
        markup.box("notice", str(why))
        return
    if not kept:
        markup.quiet("None yet. Making documents keeps the paper here, under its title.")
        return
    markup.quiet(
        "Versions of the data that a paper shows are kept as long as the paper is. Opening one "
        "puts it in the place of what you have chosen now."
    )
    for each in kept:
        _show(held, each)


def _show(held: Held, kept: KeptPaper) -> None:
    with st.container(border=True, key=f"kept_{kept.paper_id}"):
        markup.figure_head(kept.title, f"Made on {day(kept.saved_on)}; {', '.join(kept.versions)}")
        with st.container(horizontal=True):
            st.button(
                f"Open “{_short(kept.title)}”",
                key=f"open_{kept.paper_id}",
                on_click=paper.step,
                args=(_open, held, kept),
            )
            st.button(
                f"Remove “{_short(kept.title)}”",
                key=f"remove_{kept.paper_id}",
                on_click=paper.step,
                args=(_remove, held, kept),
            )


def _open(held: Held, kept: KeptPaper) -> str:
    draft = papers.opened(held.data_dir, kept.paper_id, owner=held.owner)
    baskets.replace_by(held.data_dir, draft, owner=held.owner)
    _forget_fields()
    if not held.is_empty:
        paper.offer_undo("Back to what was there", lambda: _back(held))
    return f"“{kept.title}” is open, with {in_words(len(draft.items))}."


def _back(held: Held) -> str:
    baskets.replace_by(held.data_dir, held.draft, owner=held.owner)
    _forget_fields()
    return "What was there before is open again."


def _remove(held: Held, kept: KeptPaper) -> str:
    draft = papers.opened(held.data_dir, kept.paper_id, owner=held.owner)
    papers.remove(held.data_dir, kept.paper_id, owner=held.owner)

    def back() -> str:
        papers.save(held.data_dir, draft, owner=held.owner)
        return f"“{kept.title}” is kept again."

    paper.offer_undo("Keep it", back)
    return f"“{kept.title}” is removed."


def _forget_fields() -> None:
    """Let title and opening words be read anew."""
    for key in (TITLE, INTRODUCTION):
        st.session_state.pop(key, None)


def _short(title: str) -> str:
    return title if len(title) <= 40 else f"{title[:39]}…"
