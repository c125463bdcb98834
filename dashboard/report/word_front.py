"""The first page of a paper in Word: title, opening words, contents."""

from collections.abc import Sequence
from typing import Final

from dashboard.report.document_plan import Planned, annexed
from dashboard.report.document_text import one_line, paragraphs, title_of
from dashboard.report.word_pen import Pen, mark
from dashboard.report.word_xml import Node, field, linked, node, run
from schemas.codes import SAMPLE_NOTICE

ANNEX: Final = "The figures in numbers"


def front(pen: Pen, them: Sequence[Planned]) -> tuple[Node, ...]:
    """Return title, office, day, sample mark, the author's opening words and the contents."""
    paper = pen.paper
    made_on = f"{paper.made_on.day} {paper.made_on:%B %Y}"
    notice = [pen.words("Sample notice", run(SAMPLE_NOTICE))] if paper.is_invented else []
    return (
        pen.words("Title", run(one_line(paper.title))),
        pen.words("Subtitle", run(one_line(paper.office))),
        pen.words("Subtitle", run(f"{made_on}, {one_line(paper.as_at)}")),
        *notice,
        *(pen.words("Normal", run(text)) for text in paragraphs(paper.introduction)),
        *(_contents(pen, them) if them else ()),
    )


def _contents(pen: Pen, them: Sequence[Planned]) -> tuple[Node, ...]:
    """Write the contents as Word would, ready to be read and followed.

    Its page numbers are fields that Word fills when it prints or updates; none is guessed here,
    and none asks the reader to allow an update on opening.
    """
    named = [(mark(each.place + 1), title_of(each.item)) for each in them]
    annex = [(mark(0), ANNEX)] if annexed(them) else []
    entries = [_entry(pen, to, text) for to, text in (*named, *annex)]
    begin = [
        node("r", node("fldChar", fldCharType="begin")),
        node("r", node("instrText", text=' TOC \\o "1-1" \\h \\z \\u ')),
        node("r", node("fldChar", fldCharType="separate")),
    ]
    for place, part in enumerate(begin, start=1):
        entries[0].insert(place, part)
    entries[-1].append(node("r", node("fldChar", fldCharType="end")))
    return (pen.words("TOC Heading", run("Contents")), *entries)


def _entry(pen: Pen, to: str, text: str) -> Node:
    page = field(f"PAGEREF {to} \\h", "")
    made = pen.words("toc 1", linked([run(text), node("r", node("tab")), *page], to=to))
    looks = made[0]
    tab = node("tab", val="right", pos=pen.width.twips)
    looks.append(node("tabs", tab))
    return made
