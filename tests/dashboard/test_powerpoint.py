"""A Board paper in PowerPoint: its numbers, its slides, what those hear who cannot see them."""

import io
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from pptx import Presentation
from pptx.oxml.ns import qn

from dashboard.charts import theme
from dashboard.charts.chart import Chart
from dashboard.report.document_published import as_published
from dashboard.report.document_text import is_drawn, shown
from dashboard.report.paper import PaperItem
from dashboard.report.powerpoint import powerpoint_bytes
from dashboard.report.powerpoint_charts import is_native
from schemas.codes import HIDDEN, SAMPLE_NOTICE
from tests.support.every_chart import every_chart
from tests.support.papers import every_figure, listing, paper, parts

NATIVE = [name for name, chart in every_chart().items() if is_native(chart)]


@pytest.fixture(scope="module")
def read() -> Any:
    """The paper with a figure of every form, as it is read back."""
    return opened(powerpoint_bytes(every_figure()))


def opened(content: bytes) -> Any:
    return Presentation(io.BytesIO(content))


def every_shape(slide: Any) -> Iterator[Any]:
    """Yield every shape of a slide, those within groups too."""
    for shape in slide.shapes:
        yield shape
        if shape.shape_type == 6:
            yield from shape.shapes


def native_charts(slide: Any) -> list[Any]:
    return [shape.chart for shape in every_shape(slide) if shape.has_chart]


def only_figure(chart: Chart) -> Any:
    """Return the one slide after the title slide of a paper of one chart."""
    _, slide = opened(powerpoint_bytes(paper(chart))).slides
    return slide


def numbers_in(chart: Chart) -> set[float]:
    return {
        float(cell) for row in chart.table.rows for cell in row if isinstance(cell, int | float)
    }


# Numbers


@pytest.mark.parametrize("name", NATIVE)
def test_native_charts_hold_each_value_of_the_figure_and_gaps_stay_gaps(name: str) -> None:
    chart = as_published(every_chart()[name])
    drawn = [
        series for each in native_charts(only_figure(chart)) for series in each.plots[0].series
    ]
    held = {(series.name, tuple(series.values)) for series in drawn}
    for series in chart.series:
        assert (series.name, series.y) in held


@pytest.mark.parametrize("name", ["bars", "control", "layers of need", "pairs"])
def test_what_opens_to_edit_is_what_is_drawn(name: str) -> None:
    for chart in native_charts(only_figure(every_chart()[name])):
        blob = chart.part.chart_workbook.xlsx_part.blob
        (sheet,) = load_workbook(io.BytesIO(blob)).worksheets
        for place, series in enumerate(chart.plots[0].series, start=2):
            column = [cell.value for cell in next(sheet.iter_cols(place, place))]
            assert column[0] == series.name
            assert column[1 : 1 + len(series.values)] == [*series.values]


@pytest.mark.parametrize("name", ["bars", "ranges", "duty bands", "layers of need", "funnel"])
def test_no_number_is_finer_than_the_table_gives_it(name: str) -> None:
    """Limits stand as how far they are from the value, as PowerPoint draws them."""
    chart = as_published(every_chart()[name])
    given = numbers_in(chart)
    allowed = given | {round(abs(one - other), 6) for one in given for other in given}
    ends = [*chart.bands, *chart.levels]
    for each in native_charts(only_figure(every_chart()[name])):
        own = [series for series in each.plots[0].series if series.name in names_of(chart)]
        assert own or ends
        for series in own:
            assert {value for value in series.values if value is not None} <= given
        arms = each._chartSpace.xpath(".//c:errBars//c:v")
        assert {round(float(arm.text), 6) for arm in arms} <= allowed
        values = {value for series in each.plots[0].series for value in series.values}
        loose = {value for value in values - {None} if float(value) not in given}
        assert all(float(f"{value:.4g}") == value for value in loose)


def names_of(chart: Chart) -> set[str]:
    return {series.name for series in chart.series}


def test_error_bars_end_at_the_limits() -> None:
    chart = every_chart()["bars"]
    (series,) = chart.series
    (drawn,) = native_charts(only_figure(chart))
    for kind, limits in (("plus", series.upper), ("minus", series.lower)):
        points = drawn._chartSpace.xpath(f".//c:errBars/c:{kind}//c:pt")
        arms = {int(point.get("idx")): float(point[0].text) for point in points}
        for place, (value, limit) in enumerate(zip(series.y, limits, strict=True)):
            if value is None or limit is None:
                assert place not in arms
            else:
                assert arms[place] == pytest.approx(abs(limit - value))


def test_a_table_has_its_cells_in_texts_and_markers_stay() -> None:
    chart = listing()
    (table,) = [shape.table for shape in only_figure(chart).shapes if shape.has_table]
    rows = [[cell.text for cell in row.cells] for row in table.rows]
    assert rows[0] == [*chart.table.columns]
    assert rows[1:] == [
        [shown(cell, form) for cell, form in zip(row, chart.table.formats, strict=True)]
        for row in chart.table.rows
    ]
    assert rows[2][1] == HIDDEN


def test_a_long_table_goes_on_over_slides_and_says_where_it_ends() -> None:
    _, *slides = opened(powerpoint_bytes(paper(listing(rows=80)))).slides
    tables = [shape.table for slide in slides for shape in slide.shapes if shape.has_table]
    assert len(tables) == len(slides) > 1
    assert len(tables) <= 3
    shown_rows = sum(len(table.rows) - 1 for table in tables)
    assert slides[0].shapes.title.text_frame.text.endswith(f"(1 of {len(slides)})")
    said = " ".join(shape.text_frame.text for shape in slides[0].shapes if shape.has_text_frame)
    assert f"the first {shown_rows} of 80 rows" in said


def test_a_table_of_long_texts_fills_three_slides_and_no_more() -> None:
    chart = listing(rows=30)
    long = tuple((month, "a long text " * 60, "") for month, *_ in chart.table.rows)
    _, *slides = opened(
        powerpoint_bytes(paper(replace(chart, table=replace(chart.table, rows=long))))
    ).slides
    said = " ".join(shape.text_frame.text for shape in slides[0].shapes if shape.has_text_frame)
    assert len(slides) <= 3
    assert "Long texts are shortened." in said


def test_bars_begin_at_zero_and_blanks_are_gaps(read: Any) -> None:
    bars = [
        chart
        for slide in read.slides
        for chart in native_charts(slide)
        if "Bar" in type(chart.plots[0]).__name__
    ]
    assert bars
    for chart in bars:
        lowest = chart.value_axis.minimum_scale
        values = [
            value
            for series in chart.plots[0].series
            for value in series.values
            if value is not None
        ]
        assert lowest == 0 or min(values) < 0
    blanks = [
        part
        for name, part in parts(powerpoint_bytes(paper(every_chart()["control"])))
        if "/charts/chart" in name and name.endswith(".xml")
    ]
    assert all(b'dispBlanksAs val="gap"' in part for part in blanks)


# Slides


def test_each_slide_has_one_title_read_first_and_no_empty_placeholder(read: Any) -> None:
    for slide in read.slides:
        assert slide.shapes[0] == slide.shapes.title or slide.shapes[0].is_placeholder
        assert slide.shapes.title.text_frame.text
        for held in slide.placeholders:
            assert held.text_frame.text or held._element.xpath(".//a:fld")
        ids = slide._element.xpath(".//p:cNvPr/@id")
        assert len(set(ids)) == len(ids)


def test_each_finding_has_a_slide_in_order(read: Any) -> None:
    titles = [slide.shapes.title.text_frame.text for slide in read.slides][1:]
    drawn = [item.chart.headline for item in every_figure().items if is_drawn(item.chart)]
    assert titles[: len(drawn)] == drawn


def test_every_graphic_says_what_it_shows(read: Any) -> None:
    for slide in read.slides:
        for shape in every_shape(slide):
            if shape.has_chart or shape.has_table or shape.shape_type in (6, 13):
                (held, *_) = shape._element.xpath(".//p:cNvPr")
                assert held.get("descr"), slide.shapes.title.text_frame.text
    figures = [each for slide in read.slides for each in slide.shapes if each.name == "Figure"]
    alts = [each._element.xpath(".//p:cNvPr")[0].get("descr") for each in figures]
    assert alts == [item.chart.alt for item in every_figure().items if is_drawn(item.chart)]


def test_every_table_flags_its_heading_row(read: Any) -> None:
    tables = [each.table for slide in read.slides for each in slide.shapes if each.has_table]
    assert tables
    assert all(table.first_row for table in tables)
    assert not [cell for table in tables for cell in table.iter_cells() if cell.is_merge_origin]


def test_notes_say_source_care_definition_and_version(read: Any) -> None:
    figures = [item.chart for item in every_figure().items if is_drawn(item.chart)]
    for slide, chart in zip(list(read.slides)[1:], figures, strict=False):
        notes = slide.notes_slide.notes_text_frame.text
        for words in (SAMPLE_NOTICE, chart.alt, chart.definition, chart.caveat, chart.version):
            assert words in notes
        assert f"Period: {chart.period}" in notes


def test_commentary_is_for_the_speaker() -> None:
    item = PaperItem(chart=listing(), heading="Which month?", commentary="Say this.")
    _, slide = opened(powerpoint_bytes(paper(items=(item,)))).slides
    assert slide.shapes.title.text_frame.text == "Which month?"
    assert "Say this." in slide.notes_slide.notes_text_frame.text
    said = [shape.text_frame.text for shape in slide.shapes if shape.has_text_frame]
    assert item.chart.headline in said


def test_the_sample_is_marked_on_every_slide(read: Any) -> None:
    for slide in read.slides:
        said = [shape.text_frame.text for shape in slide.shapes if shape.has_text_frame]
        assert SAMPLE_NOTICE in said
    real = powerpoint_bytes(paper(replace(listing(), is_invented=False)))
    assert not [name for name, part in parts(real) if SAMPLE_NOTICE.encode() in part]


def test_every_slide_has_its_number(read: Any) -> None:
    for slide in read.slides:
        assert slide._element.xpath(".//a:fld[@type='slidenum']")


def test_the_language_is_british_english_and_the_title_is_set(read: Any) -> None:
    assert read.core_properties.title == "Victims in West Mercia"
    assert read.core_properties.author == ""
    for slide in read.slides:
        for element in (slide._element, slide.notes_slide._element):
            assert set(element.xpath(".//a:r/a:rPr/@lang")) <= {"en-GB"}
            assert not element.xpath(".//a:r[not(a:rPr/@lang)]")


def test_words_can_be_read_on_their_ground(read: Any) -> None:
    inks = {
        ink
        for slide in read.slides
        for ink in slide._element.xpath(
            "./p:cSld/p:spTree/p:sp//a:r/a:rPr/a:solidFill/a:srgbClr/@val"
        )
    }
    assert inks
    assert all(theme.contrast(f"#{ink}", theme.PAGE) >= 4.5 for ink in inks)


def test_nothing_stands_outside_its_slide(read: Any) -> None:
    for slide in read.slides:
        for shape in slide.shapes:
            assert shape.left >= 0
            assert shape.top >= 0
            assert shape.left + shape.width <= read.slide_width
            assert shape.top + height_of(shape) <= read.slide_height


def height_of(shape: Any) -> int:
    """Return the height of a shape; a table's own says nothing of its rows."""
    return sum(row.height for row in shape.table.rows) if shape.has_table else shape.height


@pytest.mark.parametrize("name", ["pages", "few"])
def test_a_table_ends_above_its_source_also_where_cells_are_empty(name: str) -> None:
    chart = listing(rows=80, columns=8 if name == "pages" else 4)
    empty = tuple((*row[:2], *("" for _ in row[2:])) for row in chart.table.rows)
    whole = paper(replace(chart, table=replace(chart.table, rows=empty)))
    _, *slides = opened(powerpoint_bytes(whole)).slides
    for slide in slides:
        held = {shape.name: shape for shape in slide.shapes}
        assert held["Table"].top + height_of(held["Table"]) <= held["Source"].top
        sizes = set(held["Table"]._element.xpath(".//a:r/a:rPr/@sz"))
        ends = [cell._tc.xpath(".//a:endParaRPr/@sz") for cell in held["Table"].table.iter_cells()]
        assert {end for (end,) in ends} == sizes
        assert not held["Table"]._element.xpath(".//a:r[not(a:t/text())]")


SERIES = (
    *("idx", "order", "tx", "spPr", "invertIfNegative", "marker", "dPt", "dLbls", "errBars"),
    *("cat", "val", "xVal", "yVal", "smooth"),
)
"""The order in which PowerPoint wants what it is told of a series; in another it repairs a file."""


def test_series_are_told_in_the_order_that_powerpoint_wants(read: Any) -> None:
    for slide in read.slides:
        for chart in native_charts(slide):
            for told in chart._chartSpace.iter(qn("c:ser")):
                names = [each.tag.rpartition("}")[2] for each in told]
                assert names == sorted(names, key=SERIES.index)


# Making it


def test_the_same_paper_gives_the_same_bytes() -> None:
    same = paper(every_chart()["control"], every_chart()["funnel"], listing())
    assert powerpoint_bytes(same) == powerpoint_bytes(same)


def test_progress_is_told_figure_by_figure() -> None:
    told: list[tuple[int, int]] = []
    charts = paper(listing(), listing())
    powerpoint_bytes(charts, progress=lambda done, total: told.append((done, total)))
    assert told == [(1, 2), (2, 2)]


def test_texts_that_look_like_formulas_are_texts_in_the_workbook() -> None:
    bars = every_chart()["bars"]
    (series,) = bars.series
    names = ("=1+1", "=HYPERLINK(1)", *series.x[2:])
    odd = replace(bars, series=(replace(series, name="=2+2", x=names),))
    content = dict(parts(powerpoint_bytes(paper(odd))))
    (sheet,) = [part for name, part in content.items() if re.search(r"xlsx/xl/worksheets", name)]
    assert b"<f>" not in sheet


ODD = st.text(max_size=60) | st.sampled_from(
    ["x" * 400, "a\x00b\x0b\x1f", "\ud800", "\r\n\r\n", "_x000D_"]
)


@given(text=ODD)
@settings(max_examples=6, deadline=None)
def test_any_text_can_be_written(text: str) -> None:
    bars = every_chart()["bars"]
    (series,) = bars.series
    odd = replace(
        bars,
        headline=text,
        alt=text,
        series=(replace(series, name=text, x=(text,) * len(series.x)),),
    )
    table = replace(listing(), table=replace(listing().table, rows=((text, text, text),)))
    content = powerpoint_bytes(paper(odd, table, title=text, introduction=text))
    assert len(opened(content).slides) == 3
