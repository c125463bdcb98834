"""A Board paper in PowerPoint: one finding a slide, charts that can be edited, notes."""

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.oxml.ns import qn
from pptx.presentation import Presentation as Deck
from pptx.slide import Slide
from pptx.util import Emu, Inches

from dashboard.charts import static, theme
from dashboard.charts.chart import Chart
from dashboard.report.document_grid import grid, lines_of
from dashboard.report.document_package import settled
from dashboard.report.document_text import (
    beside,
    finding_of,
    is_drawn,
    one_line,
    paragraphs,
    printable,
    source_line,
    title_of,
)
from dashboard.report.paper import Paper, PaperItem
from dashboard.report.powerpoint_base import LANGUAGE, Layouts, base
from dashboard.report.powerpoint_charts import draw, is_native, key_of
from dashboard.report.powerpoint_parts import Box
from dashboard.report.powerpoint_slide import (
    add_matrix,
    add_slide,
    add_table,
    add_words,
    describe,
    finish,
    height_of,
)
from dashboard.report.powerpoint_tables import MOST_COLUMNS, slides_of
from schemas.codes import SAMPLE_NOTICE

Progress = Callable[[int, int], None]
"""Told how many figures are done, of how many."""

_MATRICES: Final = ("matrix", "level_matrix")
_HEAD_AND_FOOT: Final = Inches(1.25)
_SHORT: Final = 12
_BESIDE: Final = 4
_GAP: Final = Inches(0.1)
_ROOM_ABOVE: Final = Inches(1)
"""Above the title of the first slide: where there is less, its footer alone has the mark."""

_SUBTITLES: Final = (PP_PLACEHOLDER.SUBTITLE, PP_PLACEHOLDER.BODY)
_FOOTER: Final = PP_PLACEHOLDER.FOOTER


@dataclass(frozen=True)
class _Pen:
    """What writing needs to know of the presentation it writes into."""

    deck: Deck
    paper: Paper
    layouts: Layouts


def powerpoint_bytes(
    paper: Paper, *, template: bytes | None = None, progress: Progress | None = None
) -> bytes:
    """Return the paper as a PowerPoint presentation; the same paper gives the same bytes.

    `template` is the office's own .pptx: its masters and layouts replace the default.

    Raises:
        TemplateRefused: the house template cannot be used; the message says why.
    """
    paper = printable(paper)
    pen = _Pen(*_opened(paper, template))
    _front(pen)
    for done, item in enumerate(paper.items, start=1):
        if is_drawn(item.chart):
            _figure(pen, item)
        else:
            _table_slides(pen, item)
        if progress:
            progress(done, len(paper.items))
    _set_language(pen.deck)
    target = io.BytesIO()
    pen.deck.save(target)
    return settled(target.getvalue(), paper.made_on)


def _opened(paper: Paper, template: bytes | None) -> tuple[Deck, Paper, Layouts]:
    deck, layouts = base(paper, template)
    return deck, paper, layouts


def _front(pen: _Pen) -> None:
    paper = pen.paper
    slide = add_slide(pen.deck, pen.layouts.front, one_line(paper.title))
    made_on = f"{paper.made_on.day} {paper.made_on:%B %Y}"
    lines = [one_line(paper.office), f"{made_on}, {one_line(paper.as_at)}"]
    below = [each for each in slide.placeholders if each.placeholder_format.type in _SUBTITLES]
    if below:
        below[0].text_frame.text = "\n".join(lines)
    title = slide.shapes.title
    if paper.is_invented and title is not None and title.top >= _ROOM_ABOVE:
        _mark(pen, slide, top=Inches(0.6), size=16)
    _finish(pen, slide, is_invented=paper.is_invented, notes=paragraphs(paper.introduction))


def _figure(pen: _Pen, item: PaperItem) -> None:
    chart = item.chart
    slide = add_slide(pen.deck, pen.layouts.inside, title_of(item))
    top = _head(pen, slide, item)
    foot = [one_line(chart.caveat), source_line(chart, pen.paper)]
    foot = [line for line in (key_of(chart), *foot) if line]
    bottom = pen.layouts.bottom - _GAP - height_of(foot, size=10, width=pen.layouts.width)
    box = (pen.layouts.left, top, pen.layouts.width, bottom - top - _GAP)
    shape = _graphic(slide, chart, box)
    shape.name = "Figure"
    describe(shape, title=one_line(chart.headline), alt=one_line(chart.alt))
    place = (pen.layouts.left, bottom, pen.layouts.width, pen.layouts.bottom - bottom)
    add_words(slide, foot, place, size=10, name="Care and source")
    _finish(pen, slide, is_invented=chart.is_invented, notes=_notes(pen, item))


def _head(pen: _Pen, slide: Slide, item: PaperItem) -> int:
    """Write the finding, where the title is the author's, and what is shown; return the end."""
    top, width = int(pen.layouts.top + _GAP // 2), pen.layouts.width
    said = (
        ("Finding", finding_of(item), 16, True, theme.TEXT),
        ("What it shows", one_line(item.chart.subtitle), 12, False, theme.QUIET_TEXT),
    )
    for name, text, size, is_bold, ink in said:
        if text:
            high = height_of([text], size=size, width=width)
            box = (pen.layouts.left, top, width, high)
            add_words(slide, [text], box, size=size, is_bold=is_bold, ink=ink, name=name)
            top += int(high + _GAP // 2)
    return int(top + _GAP // 2)


def _graphic(slide: Slide, chart: Chart, box: Box) -> Any:
    """Add what can be edited wherever PowerPoint can show it honestly, else a picture."""
    if chart.form in _MATRICES:
        return add_matrix(slide, chart, box)
    if is_native(chart):
        return draw(slide.shapes, chart, box)
    left, top, width, height = box
    if len(chart.table.rows) > _SHORT:
        return _picture(slide, chart, box)
    part = width * 11 // 20
    made = _picture(slide, chart, (left, top, part - _GAP, height))
    _add_numbers(slide, chart, (left + part, top, width - part, height))
    return made


def _add_numbers(slide: Slide, chart: Chart, box: Box) -> None:
    """Add the first columns of a short table beside a picture, which alone is hard to read off."""
    held = grid(chart, most_columns=_BESIDE, most_rows=_SHORT, some_rows=_SHORT)
    shape = add_table(slide, held, box, size=10)
    shape.name = "Numbers"
    describe(shape, title=one_line(chart.headline), alt=one_line(chart.subtitle))


def _picture(slide: Slide, chart: Chart, box: Box) -> Any:
    left, top, width, height = box
    made = slide.shapes.add_picture(io.BytesIO(static.bare_png(chart)), left, top)
    scale = min(width / made.width, height / made.height)
    made.width, made.height = Emu(int(made.width * scale)), Emu(int(made.height * scale))
    made.left = Emu(left + (width - made.width) // 2)
    return made


def _table_slides(pen: _Pen, item: PaperItem) -> None:
    """Write a table, continued on further slides where it is long."""
    room = pen.layouts.bottom - pen.layouts.top - _HEAD_AND_FOOT
    held, parts, size = slides_of(item.chart, (pen.layouts.width, room))
    for place, rows in enumerate(parts, start=1):
        more = f" ({place} of {len(parts)})" if len(parts) > 1 else ""
        slide = add_slide(pen.deck, pen.layouts.inside, f"{title_of(item)}{more}")
        top = _head(pen, slide, item)
        box = (pen.layouts.left, top, pen.layouts.width, 0)
        shape = add_table(slide, replace(held, rows=rows), box, size=size)
        shape.name = "Table"
        describe(shape, title=one_line(item.chart.headline), alt=one_line(item.chart.subtitle))
        foot = [line for line in (held.left_out, source_line(item.chart, pen.paper)) if line]
        high = height_of(foot, size=10, width=pen.layouts.width)
        place_below = (pen.layouts.left, pen.layouts.bottom - high - _GAP, pen.layouts.width, high)
        add_words(slide, foot, place_below, size=10, name="Source")
        _finish(pen, slide, is_invented=item.chart.is_invented, notes=_notes(pen, item))


def _notes(pen: _Pen, item: PaperItem) -> list[str]:
    """Return what a speaker needs: the author's words, what it means, care, source, numbers."""
    chart = item.chart
    said = [
        *([SAMPLE_NOTICE] if chart.is_invented else []),
        *paragraphs(item.commentary),
        f"In words: {one_line(chart.alt)}",
        f"What it measures: {one_line(chart.definition)}",
        *beside(chart, pen.paper),
    ]
    if is_drawn(chart) and len(chart.table.rows) <= _SHORT:
        held = grid(chart, most_columns=MOST_COLUMNS, most_rows=_SHORT, some_rows=_SHORT)
        said += ["In numbers:", *lines_of(held)]
    return said


def _finish(pen: _Pen, slide: Slide, *, is_invented: bool, notes: Sequence[str]) -> None:
    finish(slide, footer=one_line(pen.paper.title), is_invented=is_invented, notes=notes)
    has_footer = any(each.placeholder_format.type == _FOOTER for each in slide.placeholders)
    if is_invented and not has_footer:
        _mark(pen, slide, top=pen.layouts.bottom, size=12)


def _mark(pen: _Pen, slide: Slide, *, top: int, size: int) -> None:
    """Write the sample mark where no footer says it."""
    box = (pen.layouts.left, top, pen.layouts.width, Inches(0.3))
    ink = theme.SAMPLE_TINT[1]
    add_words(slide, [SAMPLE_NOTICE], box, size=size, ink=ink, is_bold=True, name="Sample mark")


def _set_language(deck: Deck) -> None:
    """Mark every run as British English, on slides and in notes."""
    for slide in deck.slides:
        held = [slide._element]
        if slide.has_notes_slide:
            held.append(slide.notes_slide._element)
        for element in held:
            for run in element.iter(qn("a:r")):
                run.get_or_add_rPr().set("lang", LANGUAGE)
            for end in element.iter(qn("a:endParaRPr"), qn("a:fld")):
                looks = end if end.tag == qn("a:endParaRPr") else end.find(qn("a:rPr"))
                if looks is not None:
                    looks.set("lang", LANGUAGE)
