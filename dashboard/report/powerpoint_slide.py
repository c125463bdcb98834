"""One slide: title, words, picture or table, footer with its number, notes."""

from collections.abc import Sequence
from copy import deepcopy
from typing import Any, Final

from pptx.dml.color import RGBColor
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.presentation import Presentation as Deck
from pptx.slide import Slide
from pptx.util import Emu, Inches, Pt

from dashboard.charts import theme
from dashboard.charts.chart import Chart
from dashboard.charts.scales import step_of
from dashboard.report.document_grid import Grid
from dashboard.report.document_text import one_line
from dashboard.report.powerpoint_looks import colour
from dashboard.report.powerpoint_parts import Box
from schemas.codes import SAMPLE_NOTICE

_FOOTERS: Final = ("ftr", "sldNum")
_USUAL_TITLE: Final = 44
_SMALLEST: Final = 16
_FILLED: Final = 0.88
"""How much of its lines a title fills: words break before the end."""

_LEAST_ROW: Final = 1.5
"""Of the size of a letter: what a row of one line is high, so that it can be followed."""

_EDGE: Final = Inches(0.02)
"""Above and below the text of a cell."""

CHARACTER: Final = 0.5
"""Of the size of a letter: what one is wide, on average."""


def add_slide(deck: Deck, layout: Any, title: str) -> Slide:
    """Add a slide of a layout with its title."""
    slide = deck.slides.add_slide(layout)
    assert slide.shapes.title is not None  # noqa: S101  (for the type checker: both layouts have one)
    slide.shapes.title.text_frame.text = title
    _fit_title(slide, title)
    return slide


def _fit_title(slide: Slide, title: str) -> None:
    """Make a title smaller where it would not fit its box: PowerPoint does so only when edited."""
    box = slide.shapes.title
    own = size = _title_size(slide.slide_layout)
    width = int(box.width * _FILLED)
    while size > _SMALLEST and height_of([title], size=size, width=width) > box.height:
        size -= 2
    if size < own:
        for paragraph in box.text_frame.paragraphs:
            for run in paragraph.runs:
                run.font.size = Pt(size)


def _title_size(layout: Any) -> int:
    """Return the size of titles: the layout's own, else the master's."""
    where = "/a:lvl1pPr/a:defRPr/@sz"
    for held in (layout, layout.slide_master):
        for each in held.placeholders:
            if each.placeholder_format.type in (1, 3):
                for size in each._element.xpath(".//a:lstStyle" + where):
                    return int(size) // 100
    sizes = layout.slide_master._element.xpath(".//p:titleStyle" + where)
    return int(sizes[0]) // 100 if sizes else _USUAL_TITLE


def finish(slide: Slide, *, footer: str, is_invented: bool, notes: Sequence[str] = ()) -> None:
    """Write footer and number, which are read last, and the notes; drop what stayed empty."""
    for held in list(slide.placeholders):
        if held.has_text_frame and not held.text_frame.text:
            held._element.getparent().remove(held._element)
    for each in slide.slide_layout.placeholders:
        kind = each._element.xpath("./p:nvSpPr/p:nvPr/p:ph")[0].get("type")
        if kind in _FOOTERS:
            _add_footer(slide, each, kind, SAMPLE_NOTICE if is_invented else footer, is_invented)
    if notes:
        frame = slide.notes_slide.notes_text_frame
        assert frame is not None  # noqa: S101  (for the type checker: our notes have one)
        frame.text = "\n".join(notes)


def add_words(
    slide: Slide,
    lines: Sequence[str],
    box: Box,
    *,
    size: int,
    ink: str = theme.QUIET_TEXT,
    is_bold: bool = False,
    name: str,
) -> Any:
    """Add a box of lines, one paragraph each."""
    held = slide.shapes.add_textbox(*map(Emu, box))
    held.name = name
    frame = held.text_frame
    frame.word_wrap = True
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    for place, line in enumerate(lines):
        paragraph = frame.paragraphs[0] if place == 0 else frame.add_paragraph()
        run = paragraph.add_run()
        run.text = line
        run.font.size, run.font.bold, run.font.color.rgb = Pt(size), is_bold, colour(ink)
    return held


def height_of(lines: Sequence[str], *, size: int, width: int) -> int:
    """Return the height that lines need when they wrap to a width."""
    held = max(1, int(width / (Pt(size) * CHARACTER)))
    count = sum(max(1, -(-len(line) // held)) for line in lines)
    return int(count * Pt(size) * 1.22)


def describe(shape: Any, *, title: str, alt: str) -> None:
    """Say what a graphic shows to those who have it read to them."""
    held = shape._element.xpath(".//p:cNvPr")[0]
    held.set("descr", alt)
    held.set("title", title)


def add_table(slide: Slide, content: Grid, box: Box, *, size: int) -> Any:
    """Add a table whose first row is flagged as its headings."""
    shape = slide.shapes.add_table(len(content.rows) + 1, len(content.headings), *map(Emu, box))
    made = shape.table
    made.first_row, made.first_col, made.horz_banding = True, False, True
    capacity = int(box[2] / (Pt(size) * CHARACTER))
    for column, share in zip(made.columns, content.widths(capacity), strict=True):
        column.width = Emu(int(box[2] * share))
    heights = row_heights(content, box[2], size=size)
    for row, texts, high in zip(made.rows, (content.headings, *content.rows), heights, strict=True):
        row.height = Emu(high)
        for cell, text, is_figure in zip(row.cells, texts, content.are_figures, strict=True):
            _write_cell(cell, text, size=size, is_figure=is_figure)
    return shape


def row_heights(content: Grid, width: int, *, size: int) -> list[int]:
    """Return the height of each row of a table of that width, its headings first."""
    # A house font may be wider than ours.
    capacity = width / Pt(size) / (1.1 * CHARACTER)
    held = [max(1, int(share * capacity) - 2) for share in content.widths(int(capacity))]
    return [_row_height(row, held, size) for row in (content.headings, *content.rows)]


def _row_height(row: Sequence[str], widths: Sequence[int], size: int) -> int:
    lines = max(-(-len(text) // wide) for text, wide in zip(row, widths, strict=True))
    return int(max(_LEAST_ROW, 1.2 * max(1, lines)) * Pt(size) + 2 * _EDGE)


def add_matrix(slide: Slide, chart: Chart, box: Box) -> Any:
    """Add a matrix as a table of shaded cells, one row a series."""
    columns = chart.series[0].x
    shape = slide.shapes.add_table(len(chart.series) + 1, len(columns) + 1, *map(Emu, box))
    made = shape.table
    made.first_row, made.first_col, made.horz_banding = True, True, False
    first = min(box[2] // 4, Inches(2.6))
    longest = max(len(label) for each in chart.series for label in each.labels)
    room = ((box[2] - first) / len(columns) - Inches(0.16)) / Pt(1)
    usual = 11 if len(chart.series) <= 12 else 9
    size = max(7, min(usual, int(room / max(1, longest) / CHARACTER)))
    for place, column in enumerate(made.columns):
        column.width = Emu(first if place == 0 else (box[2] - first) // len(columns))
    texts = [(chart.y_title, *map(str, columns))]
    texts += [(each.name, *each.labels) for each in chart.series]
    shades = theme.steps(len(chart.scale)) if chart.scale else ()
    head = Pt(2.7 * size)
    for number, (row, words) in enumerate(zip(made.rows, texts, strict=True)):
        row.height = Emu((box[3] - head) // len(chart.series)) if number else head
        for place, (cell, text) in enumerate(zip(row.cells, words, strict=True)):
            _write_cell(cell, one_line(text), size=size, is_figure=False)
            if number and place:
                _shade(cell, chart, chart.series[number - 1].y[place - 1], shades)
    return shape


def _shade(cell: Any, chart: Chart, value: float | None, shades: Sequence[str]) -> None:
    step = step_of(chart.scale, value)
    fill = theme.NO_VALUE if step is None else shades[step]
    cell.fill.solid()
    cell.fill.fore_color.rgb = colour(fill)
    paragraph = cell.text_frame.paragraphs[0]
    paragraph.alignment = PP_ALIGN.CENTER
    for run in paragraph.runs:
        run.font.color.rgb = colour(theme.text_on(fill))


def _write_cell(cell: Any, text: str, *, size: int, is_figure: bool) -> None:
    cell.vertical_anchor = MSO_ANCHOR.MIDDLE
    cell.margin_left = cell.margin_right = Inches(0.07)
    cell.margin_top = cell.margin_bottom = _EDGE
    paragraph = cell.text_frame.paragraphs[0]
    if text:
        run = paragraph.add_run()
        run.text = text
        run.font.size = Pt(size)
    # Else a cell without a text is as high as one of 18 points, and the table leaves its slide.
    paragraph._p.get_or_add_endParaRPr().set("sz", str(size * 100))
    if is_figure:
        paragraph.alignment = PP_ALIGN.RIGHT


def _add_footer(slide: Slide, of: Any, kind: str, text: str, is_invented: bool) -> None:
    """Copy a placeholder of the layout: PowerPoint shows footers only where a slide has its own."""
    made = deepcopy(of._element)
    slide.shapes._spTree.append(made)
    held = slide.shapes[-1]
    made.xpath("./p:nvSpPr/p:cNvPr")[0].set("id", str(slide.shapes._next_shape_id))
    if kind == "ftr":
        held.text_frame.text = text
        font = held.text_frame.paragraphs[0].runs[0].font
        if is_invented:
            font.bold, font.color.rgb = True, RGBColor(*theme.rgb(theme.SAMPLE_TINT[1]))
