"""From a draft to the files that leave: Word, PowerPoint, and the recipe to make both again."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import Final, Protocol

from dashboard.charts.words import joined
from dashboard.directory.words import day
from dashboard.export import Document, FileFormat
from dashboard.papers.draft import Draft
from dashboard.papers.recipe import recipe_of, to_bytes
from dashboard.report.document_template import Kind, house_template
from dashboard.report.paper import Paper
from dashboard.report.powerpoint import powerpoint_bytes
from dashboard.report.word import word_bytes

WORDS: Final[Mapping[FileFormat, str]] = MappingProxyType(
    {"docx": "Word", "pptx": "PowerPoint", "json": "Recipe"}
)

Progress = Callable[[str, int, int], None]
"""Told which document is being written, how many figures are done, of how many."""


class _Writer(Protocol):
    def __call__(
        self,
        paper: Paper,
        *,
        template: bytes | None = None,
        progress: Callable[[int, int], None] | None = None,
    ) -> bytes: ...


_WRITERS: Final[Mapping[Kind, _Writer]] = MappingProxyType(
    {"docx": word_bytes, "pptx": powerpoint_bytes}
)


def documents(
    paper: Paper,
    *,
    data_dir: Path,
    kinds: Iterable[Kind] = ("docx", "pptx"),
    progress: Progress = lambda *_: None,
) -> dict[FileFormat, Document]:
    """Return a paper as documents, in the office's own templates where there are any.

    Raises TemplateRefused.
    """
    charts = tuple(item.chart for item in paper.items)
    made: dict[FileFormat, Document] = {}
    for kind in kinds:
        content = _WRITERS[kind](
            paper,
            template=house_template(data_dir, kind),
            progress=partial(progress, WORDS[kind]),
        )
        made[kind] = Document(name_of(paper.made_on), content, charts)
    return made


def recipe_document(draft: Draft, made_on: date) -> Document:
    """Return the recipe of a draft as a document."""
    content = to_bytes(recipe_of(draft, made_on=made_on))
    return Document(name_of(made_on), content, tuple(item.chart for item in draft.items))


def name_of(made_on: date) -> str:
    """Return what the files of a paper are called. A title that was typed may name somebody."""
    return f"board-paper-{made_on.isoformat()}"


def as_at(days: Mapping[str, date | None]) -> str:
    """Return in words which data a paper shows, from the day of each of its versions."""
    known = dict.fromkeys(day(each) for each in days.values() if each)
    if len(days) == 1 and known:
        return f"data as at {next(iter(known))}"
    said = [f"{day(each)} ({name})" if each else name for name, each in days.items()]
    return f"data as at {joined(said)}"
