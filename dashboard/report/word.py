"""A Board paper in Word: contents, numbered figures with their words, tables, an annex."""

import io
from collections.abc import Callable, Sequence
from copy import deepcopy
from dataclasses import dataclass
from itertools import count, groupby
from typing import Final

from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from docx.shared import Cm, Emu

from dashboard.charts import static, theme
from dashboard.report.document_package import settled
from dashboard.report.document_plan import Planned, annexed, planned
from dashboard.report.document_text import (
    beside,
    finding_of,
    one_line,
    paragraphs,
    printable,
    title_of,
)
from dashboard.report.paper import Paper
from dashboard.report.word_base import base, style_ids
from dashboard.report.word_front import ANNEX, front
from dashboard.report.word_pen import Pen, mark
from dashboard.report.word_styles import TABLE_STYLE
from dashboard.report.word_tables import table
from dashboard.report.word_xml import Node, bookmarked, field, linked, node, run
from schemas.codes import SAMPLE_NOTICE

Progress = Callable[[int, int], None]
"""Told how many figures are done, of how many."""
_PICTURE_WIDTH: Final = Cm(17)
_PICTURE_HEIGHT: Final = Cm(19)
_ANNEX_WORDS: Final = (
    "One table for each figure: what it shows, as it is published. A dash is no value, which is "
    "not zero."
)


@dataclass(frozen=True)
class _Block:
    """What stands together on pages of one direction."""

    nodes: tuple[Node, ...]
    is_wide: bool = False


def word_bytes(
    paper: Paper, *, template: bytes | None = None, progress: Progress | None = None
) -> bytes:
    """Return the paper as a Word document; the same paper gives the same bytes.

    `template` is the office's own .docx: its styles, page, header and footer replace the default.

    Raises:
        TemplateRefused: the house template cannot be used; the message says why.
    """
    paper = printable(paper)
    made = base(paper, template)
    pen = Pen(made, paper, style_ids(made), count(1))
    them = planned(paper)
    blocks = [_Block(front(pen, them))]
    for done, each in enumerate(them, start=1):
        blocks.append(_item(pen, each))
        if progress:
            progress(done, len(them))
    blocks += _annex(pen, annexed(them))
    _lay_out(made, blocks)
    target = io.BytesIO()
    made.save(target)
    return settled(target.getvalue(), paper.made_on)


def _item(pen: Pen, each: Planned) -> _Block:
    item = each.item
    finding = finding_of(item)
    head = [pen.heading("Heading 1", title_of(item), mark(each.place + 1))]
    head += [pen.words("Heading 2", run(finding))] if finding else []
    said = [pen.words("Normal", run(text)) for text in paragraphs(item.commentary)]
    shows = _picture(pen, each) if each.figure else _table(pen, each)
    is_wide = not each.figure and each.is_wide
    return _Block((*head, *said, *shows, *_under(pen, each)), is_wide)


def _picture(pen: Pen, each: Planned) -> list[Node]:
    chart = each.item.chart
    caption = _caption(pen, "Figure", each.figure, one_line(chart.subtitle))
    drawn = io.BytesIO(static.bare_png(chart))
    inline = pen.document.part.new_pic_inline(drawn, width=min(_PICTURE_WIDTH, pen.width))
    if inline.extent.cy > _PICTURE_HEIGHT:
        drawn.seek(0)
        inline = pen.document.part.new_pic_inline(drawn, height=_PICTURE_HEIGHT)
    inline.docPr.set("id", str(next(pen.numbers)))
    inline.docPr.set("name", each.label)
    inline.docPr.set("title", one_line(chart.headline))
    inline.docPr.set("descr", one_line(chart.alt))
    held = pen.words("Normal", node("r", node("drawing", inline)))
    held[0].append(node("keepNext"))
    return [caption, held]


def _table(pen: Pen, each: Planned) -> list[Node]:
    chart = each.item.chart
    page = pen.document.sections[0]
    long_side = max(page.page_width or 0, page.page_height or 0)
    wide = Emu(long_side - (page.left_margin or 0) - (page.right_margin or 0))
    made = table(
        each.grid,
        title=f"Table {each.table}. {one_line(chart.headline)}",
        about=one_line(chart.subtitle),
        width=(wide if each.is_wide else pen.width).twips,
        styles=(pen.styles[TABLE_STYLE], pen.styles["Table text"]),
    )
    left_out = [pen.words("Figure note", run(each.grid.left_out))] if each.grid.left_out else []
    return [_caption(pen, "Table", each.table, one_line(chart.subtitle)), made, *left_out]


def _caption(pen: Pen, kind: str, number: int, text: str) -> Node:
    label = [run(f"{kind} "), *field(f"SEQ {kind} \\* ARABIC", str(number))]
    held = bookmarked(label, name=f"{kind.lower()}_{number}", number=next(pen.numbers))
    made = pen.words("Caption", *held, run(f". {text}"))
    # Whatever the style says: a caption never stands on the page before.
    made[0].append(node("keepNext"))
    return made


def _under(pen: Pen, each: Planned) -> list[Node]:
    """Write what stands under a figure: sample mark, notes, care, source, where its numbers are."""
    chart = each.item.chart
    notice = [pen.words("Figure note", _strong(SAMPLE_NOTICE))] if chart.is_invented else []
    notes = [pen.words("Figure note", run(line)) for line in beside(chart, pen.paper)]
    return [*notice, *notes, *([_numbers_line(pen, each)] if each.figure else [])]


def _strong(text: str) -> Node:
    made = run(text)
    made.insert(0, node("rPr", node("b"), node("color", val=theme.SAMPLE_TINT[1].lstrip("#"))))
    return made


def _numbers_line(pen: Pen, each: Planned) -> Node:
    to = linked([run(f"Table {each.table}")], to=f"table_{each.table}")
    return pen.words("Figure note", run("In numbers: "), to)


def _annex(pen: Pen, them: Sequence[Planned]) -> list[_Block]:
    if not them:
        return []
    heading = pen.heading("Heading 1", ANNEX, mark(0))
    heading[0].append(node("pageBreakBefore"))
    blocks = [_annexed_table(pen, each) for each in them]
    first = _Block((heading, pen.words("Normal", run(_ANNEX_WORDS))), blocks[0].is_wide)
    return [first, *blocks]


def _annexed_table(pen: Pen, each: Planned) -> _Block:
    chart = each.item.chart
    heading = pen.words("Heading 2", run(f"{each.label}: {one_line(chart.headline)}"))
    measures = f"What it measures: {one_line(chart.definition)}"
    after = pen.words("Figure note", run(measures))
    return _Block((heading, *_table(pen, each), after), each.is_wide)


def _lay_out(made: WordDocument, blocks: Sequence[_Block]) -> None:
    """Put the blocks on pages; those that are wide on pages turned on their side."""
    last = made.element.body[-1]
    runs = [(is_wide, list(group)) for is_wide, group in groupby(blocks, lambda each: each.is_wide)]
    for place, (is_wide, group) in enumerate(runs):
        nodes = [each for block in group for each in block.nodes]
        for each in nodes:
            last.addprevious(each)
        section = _section(last, is_wide=is_wide, is_first=place == 0)
        if place < len(runs) - 1:
            nodes[-1][0].append(section)
        else:
            last.getparent().replace(last, section)


def _section(of: Node, *, is_wide: bool, is_first: bool) -> Node:
    """Return a section as another, upright or turned; only the first begins anew."""
    made = deepcopy(of)
    for each in made.xpath("./w:type" if is_first else "./w:type | ./w:titlePg"):
        made.remove(each)
    if not is_first:
        for numbers in made.findall(qn("w:pgNumType")):
            numbers.attrib.pop(qn("w:start"), None)
    size = made.find(qn("w:pgSz"))
    sides = sorted((size.get(qn("w:w")), size.get(qn("w:h"))), key=int, reverse=is_wide)
    size.set(qn("w:w"), sides[0])
    size.set(qn("w:h"), sides[1])
    size.attrib.pop(qn("w:orient"), None)
    if is_wide:
        size.set(qn("w:orient"), "landscape")
    return made
