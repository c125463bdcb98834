"""What writing into a Word document needs to know of it."""

from dataclasses import dataclass
from itertools import count

from docx.document import Document as WordDocument
from docx.shared import Cm, Emu

from dashboard.report.paper import Paper
from dashboard.report.word_xml import Node, bookmarked, paragraph, run


@dataclass(frozen=True)
class Pen:
    """The document that is written, its paper, its styles by name, and numbers for bookmarks."""

    document: WordDocument
    paper: Paper
    styles: dict[str, str]
    numbers: "count[int]"

    @property
    def width(self) -> Emu:
        """The width between the margins of an upright page."""
        page = self.document.sections[0]
        sides = sorted((page.page_width or Cm(21), page.page_height or Cm(29.7)))
        return Emu(sides[0] - (page.left_margin or 0) - (page.right_margin or 0))

    def words(self, style: str, *inner: Node) -> Node:
        """Return a paragraph in a style by its name."""
        return paragraph(self.styles[style], *inner)

    def heading(self, style: str, text: str, mark: str) -> Node:
        """Return a heading that contents and links can point to."""
        return self.words(style, *bookmarked([run(text)], name=mark, number=next(self.numbers)))


def mark(number: int) -> str:
    """Return the name of the bookmark of a first heading, as Word names those of contents."""
    return f"_Toc{700_000_000 + number}"
