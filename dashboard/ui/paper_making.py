"""From the basket to documents: made on a click, with progress, and handed over on the next."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Final

import streamlit as st

from dashboard.errors import DashboardError
from dashboard.export import Document, FileFormat
from dashboard.papers import making
from dashboard.papers.draft import Draft
from dashboard.report.paper import OFFICE, Paper
from dashboard.ui import cache, downloads, markup
from dashboard.ui.moments import in_london
from dashboard.ui.paper import Held
from dashboard.workspace import papers

_MADE: Final = "paper_made"
_BUTTONS: Final[Mapping[FileFormat, str]] = {
    "docx": "Download for Word",
    "pptx": "Download for PowerPoint",
    "json": "Download the recipe",
}
_RECIPE: Final = (
    "The recipe holds the words, and of each figure where it stands, its filters, its version and "
    "its numbers. Whoever runs the dashboard makes the same paper from it in years to come, or "
    "says what has changed since."
)


@dataclass(frozen=True)
class _Made:
    """Documents, and what they were made of: they wait in this session until they are taken."""

    of: tuple[object, ...]
    documents: Mapping[FileFormat, Document]


def show(held: Held) -> None:
    """Show what is missing, or the button that makes the documents, then those made."""
    if not _is_ready(held.draft):
        return
    markup.quiet(
        "Word for reading and print, PowerPoint with charts that can be edited, and the recipe. "
        "The paper is also kept, under its title."
    )
    if st.button("Make the documents", type="primary", icon=":material/docs:", key="paper_make"):
        _make(held)
    _offer(held.draft)


def paper_of(held: Held) -> Paper:
    """Return the paper that is in the basket, as it would be written today."""
    builds = {build.version_name: build.as_of_date for build in cache.builds(held.data_dir)}
    days = {version: builds.get(version) for version in held.draft.versions}
    return held.draft.paper(office=OFFICE, as_at=making.as_at(days), made_on=_today())


def _is_ready(draft: Draft) -> bool:
    if not draft.items:
        markup.quiet("Documents can be made as soon as a figure is chosen.")
        return False
    if not draft.title.strip():
        markup.box("notice", "The paper has no title yet.", "Give it one under Figures and words.")
        return False
    return True


def _make(held: Held) -> None:
    bar = st.progress(0.0, "Beginning")

    def tell(document: str, done: int, of: int) -> None:
        bar.progress(done / of, f"{document}: figure {done} of {of}")

    try:
        papers.save(held.data_dir, held.draft, owner=held.owner)
        made = making.documents(paper_of(held), data_dir=held.data_dir, progress=tell)
    except DashboardError as why:
        markup.box("problem", "The documents were not made.", str(why))
        return
    finally:
        bar.empty()
    made["json"] = making.recipe_document(held.draft, _today())
    st.session_state[_MADE] = _Made(_words_of(held.draft), made)


def _offer(draft: Draft) -> None:
    made: _Made | None = st.session_state.get(_MADE)
    if made is None:
        return
    if made.of != _words_of(draft):
        markup.quiet("The paper was changed since its documents were made: make them again.")
        return
    markup.status("The documents are ready.")
    with st.container(horizontal=True, key="paper_documents"):
        downloads.documents(made.documents, _BUTTONS, key="paper")
    markup.quiet(_RECIPE)


def _words_of(draft: Draft) -> tuple[object, ...]:
    """Return what tells a draft from any other: a figure is never changed under its id."""
    items = tuple((each.item_id, each.heading, each.commentary) for each in draft.items)
    return (draft.title, draft.introduction, items, _today())


def _today() -> date:
    return in_london(datetime.now(UTC).replace(tzinfo=None)).date()
