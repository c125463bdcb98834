"""A Board paper in Word: its numbers, its structure, what those hear who cannot see it."""

import csv
import io
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from docx import Document
from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from docx.table import Table as WordTable
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.__main__ import main
from dashboard.charts import theme
from dashboard.charts.bars import bars
from dashboard.charts.chart import Chart
from dashboard.metrics.crime import RECORDED_CRIME_RATE
from dashboard.metrics.evaluate import evaluate
from dashboard.metrics.metric import Choice
from dashboard.report.document_text import NOTHING, is_drawn, shown
from dashboard.report.paper import PaperItem
from dashboard.report.word import word_bytes
from dashboard.warehouse import Warehouse
from schemas.codes import HIDDEN, SAMPLE_NOTICE
from tests.support.every_chart import every_chart
from tests.support.papers import every_figure, listing, paper, parts


@pytest.fixture(scope="module")
def read() -> WordDocument:
    """The paper with a figure of every form, as it is read back."""
    return Document(io.BytesIO(word_bytes(every_figure())))


def table_of(chart: Chart) -> list[list[str]]:
    """Return the one table of a paper of one chart, as texts."""
    held = Document(io.BytesIO(word_bytes(paper(chart)))).tables
    assert len(held) == 1
    return texts(held[0])


def texts(table: WordTable) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in table.rows]


def expected(chart: Chart) -> list[list[str]]:
    rows = [
        [shown(cell, form) for cell, form in zip(row, chart.table.formats, strict=True)]
        for row in chart.table.rows
    ]
    return [list(chart.table.columns), *rows]


def outline(document: WordDocument) -> list[tuple[int, str]]:
    return [
        (int(each.style.name[-1]), each.text)
        for each in document.paragraphs
        if each.style is not None and (each.style.name or "").startswith("Heading ")
    ]


# Numbers


@pytest.mark.parametrize("name", ["bars", "control", "evidence grid"])
def test_a_figure_has_its_table_cell_by_cell(name: str) -> None:
    chart = every_chart()[name]
    assert table_of(chart) == expected(chart)


def test_a_table_says_what_the_command_line_prints(
    tiny_data: Path, tiny: Warehouse, capsys: pytest.CaptureFixture[str]
) -> None:
    """Cell by cell, for the same choice and version; a figure without a value by its marker."""
    main(("metric", "recorded_crime_rate", "--by", "area_code", "--data-dir", str(tiny_data)))
    printed = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    result = evaluate(RECORDED_CRIME_RATE, Choice(), warehouse=tiny, by=("area_code",))
    (_, *rows) = table_of(bars(result))
    held = {row[0]: row[1:] for row in rows}
    assert len(held) == len(printed) > 2
    for row in printed:
        value, *rest = (held[result.names[row["area_code"]]])[:5]
        wanted = [row[name] for name in ("lower", "upper", "numerator", "denominator")]
        forms = ("{:,.1f}", "{:,.1f}", "{:,.0f}", "{:,.0f}")
        assert value == (row["marker"] or f"{float(row['value']):,.1f}")
        assert rest == [
            form.format(float(cell)) if cell else NOTHING
            for form, cell in zip(forms, wanted, strict=True)
        ]


def test_a_table_wider_than_long_is_turned_and_keeps_every_cell() -> None:
    chart = every_chart()["multiples"]
    assert table_of(chart) == [list(column) for column in zip(*expected(chart), strict=True)]


def test_a_matrix_of_districts_keeps_its_average_in_the_last_column() -> None:
    """A name, nine districts, two places without one, and the average of all."""
    chart = listing(rows=13, columns=13)
    assert table_of(chart) == expected(chart)


def test_markers_months_and_missing_values_stay_what_they_are() -> None:
    assert table_of(listing())[1:3] == [
        ["January 2026", "1,234.5", "–"],
        ["February 2026", HIDDEN, "–"],
    ]


def test_a_long_table_is_cut_and_says_so() -> None:
    chart = listing(rows=80)
    assert table_of(chart) == expected(chart)[:25]
    said = "Shown: the first 24 of 80 rows. The download of this figure on the dashboard holds all."
    assert said in all_words(word_bytes(paper(chart)))


def test_of_a_long_table_by_month_the_latest_are_kept() -> None:
    chart = replace(listing(rows=80), x_axis="month")
    assert table_of(chart)[1:] == expected(chart)[-24:]
    assert "the latest 24 of 80 rows" in all_words(word_bytes(paper(chart)))


def test_a_wide_table_stands_on_a_page_on_its_side(read: WordDocument) -> None:
    turned = [each.orientation for each in read.sections]
    assert turned[0] == 0
    assert 1 in turned
    widths = [(each.page_width or 0) > (each.page_height or 0) for each in read.sections]
    assert widths == [bool(each) for each in turned]


def test_nothing_beyond_the_table_gets_into_the_file() -> None:
    chart = every_chart()["bars"]
    hidden = replace(chart.series[0], y=(75.31313, *chart.series[0].y[1:]))
    content = word_bytes(paper(replace(chart, series=(hidden,))))
    assert not [name for name, part in parts(content) if b"75.31313" in part]


# Structure


def test_headings_begin_at_one_and_never_jump(read: WordDocument) -> None:
    levels = [level for level, _ in outline(read)]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_the_title_says_what_it_is_and_nobody_is_named(read: WordDocument) -> None:
    held = read.core_properties
    assert (held.title, held.author, held.last_modified_by) == ("Victims in West Mercia", "", "")
    assert read.paragraphs[0].style is not None
    assert read.paragraphs[0].style.name == "Title"


def test_the_language_is_british_english(read: WordDocument) -> None:
    (language,) = read.styles.element.xpath("./w:docDefaults//w:lang/@w:val")
    assert language == "en-GB"
    assert not [each for each in read.element.xpath("//w:lang/@w:val") if each != "en-GB"]


def test_every_picture_says_what_it_shows(read: WordDocument) -> None:
    drawn = read.element.xpath("//wp:docPr")
    figures = [item.chart for item in every_figure().items if is_drawn(item.chart)]
    assert [each.get("descr") for each in drawn] == [chart.alt for chart in figures]
    assert all(each.get("title") for each in drawn)
    assert len({each.get("id") for each in drawn}) == len(drawn)


def test_every_table_has_one_heading_row_and_no_merged_or_split_cells(read: WordDocument) -> None:
    assert len(read.tables) == len(every_figure().items)
    for table in read.tables:
        element = table._tbl
        first, *others = element.xpath("./w:tr")
        assert first.xpath("./w:trPr/w:tblHeader")
        assert not [row for row in others if row.xpath("./w:trPr/w:tblHeader")]
        assert len(element.xpath("./w:tr/w:trPr/w:cantSplit")) == len(others) + 1
        assert not element.xpath(".//w:gridSpan | .//w:vMerge")
        assert element.xpath("./w:tblPr/w:tblCaption/@w:val")
        assert element.xpath("./w:tblPr/w:tblDescription/@w:val")


def test_figures_and_tables_are_numbered_by_fields_in_their_order(read: WordDocument) -> None:
    captions = [
        each.text for each in read.paragraphs if each.style and each.style.name == "Caption"
    ]
    for kind in ("Figure", "Table"):
        numbers = [int(each.split(".")[0].split()[1]) for each in captions if each.startswith(kind)]
        assert numbers == list(range(1, len(numbers) + 1))
    fields = read.element.xpath("//w:instrText[contains(., 'SEQ')]")
    assert len(fields) == len(captions)


def test_the_contents_are_filled_and_every_link_leads_somewhere(read: WordDocument) -> None:
    entries = [each for each in read.paragraphs if each.style and each.style.name == "toc 1"]
    firsts = [text for level, text in outline(read) if level == 1]
    assert [entry.text.rstrip() for entry in entries] == firsts
    marks = set(read.element.xpath("//w:bookmarkStart/@w:name"))
    links = read.element.xpath("//w:hyperlink/@w:anchor")
    assert links
    assert set(links) <= marks
    assert len(marks) == len(read.element.xpath("//w:bookmarkStart"))


def test_fields_open_and_close(read: WordDocument) -> None:
    kinds = read.element.xpath("//w:fldChar/@w:fldCharType")
    assert kinds.count("begin") == kinds.count("separate") == kinds.count("end")


def test_an_authors_heading_stands_above_the_finding() -> None:
    chart = listing()
    item = PaperItem(chart=chart, heading="Where is it highest?", commentary="One.\n\nTwo.")
    read = Document(io.BytesIO(word_bytes(paper(items=(item,)))))
    assert outline(read)[:2] == [(1, "Where is it highest?"), (2, chart.headline)]
    said = [each.text for each in read.paragraphs if each.style and each.style.name == "Normal"]
    assert "One." in said
    assert "Two." in said


def test_every_figure_says_source_period_care_as_at_and_version(read: WordDocument) -> None:
    notes = [
        each.text for each in read.paragraphs if each.style and each.style.name == "Figure note"
    ]
    for chart in every_chart().values():
        (line,) = {
            each
            for each in notes
            if each.startswith(f"Source: {chart.source}. Period: {chart.period}.")
        }
        assert line.endswith(f"Data as at 1 November 2026. Version {chart.version}.")
        assert chart.caveat in notes


def test_the_sample_is_marked_first_above_each_page_and_under_each_figure() -> None:
    chart = listing()
    read = Document(io.BytesIO(word_bytes(paper(chart))))
    assert [each.text for each in read.paragraphs].count(SAMPLE_NOTICE) == 2
    assert SAMPLE_NOTICE in [each.text for each in read.sections[0].header.paragraphs]
    assert SAMPLE_NOTICE not in all_words(word_bytes(paper(replace(chart, is_invented=False))))


def test_every_page_has_its_number(read: WordDocument) -> None:
    for section in read.sections:
        assert section.footer._element.xpath(".//w:instrText[contains(., 'PAGE')]")


def test_words_can_be_read_on_their_ground(read: WordDocument) -> None:
    tint, ink = theme.SAMPLE_TINT
    assert theme.contrast(ink, tint) >= 4.5
    for name in {each.style.name for each in read.paragraphs if each.style}:
        (colour,) = read.styles[name or ""].element.xpath("./w:rPr/w:color/@w:val")
        assert theme.contrast(f"#{colour}", theme.PAGE) >= 4.5, name


def test_pictures_are_sharp_at_the_width_they_are_printed(read: WordDocument) -> None:
    part = read.part
    for inline in read.element.xpath("//wp:inline"):
        (key,) = inline.xpath(".//a:blip/@r:embed")
        image = part.related_parts[key].image
        assert image.px_width / (int(inline.extent.cx) / 914_400) >= 299


# Making it


def test_the_same_paper_gives_the_same_bytes() -> None:
    same = paper(every_chart()["control"], listing())
    assert word_bytes(same) == word_bytes(same)


def test_progress_is_told_figure_by_figure() -> None:
    told: list[tuple[int, int]] = []
    word_bytes(paper(listing(), listing()), progress=lambda done, total: told.append((done, total)))
    assert told == [(1, 2), (2, 2)]


def test_a_paper_without_figures_or_a_title_is_a_paper() -> None:
    content = word_bytes(paper(title=" "))
    assert "The second words." in all_words(content)
    assert Document(io.BytesIO(content)).core_properties.title == "Board paper"


PARAGRAPH = (
    *("pStyle", "keepNext", "keepLines", "pageBreakBefore", "widowControl", "pBdr", "shd", "tabs"),
    *("spacing", "jc", "outlineLvl", "rPr", "sectPr"),
)
"""The order in which Word wants what it is told of a paragraph; in another it refuses the file."""


def test_paragraphs_are_told_in_the_order_that_word_wants(read: WordDocument) -> None:
    for element in (read.element, *(section.footer._element for section in read.sections)):
        for told in element.iter(qn("w:pPr")):
            names = [each.tag.rpartition("}")[2] for each in told]
            assert names == sorted(set(names), key=PARAGRAPH.index)


ODD = st.text(max_size=60) | st.sampled_from(
    ["=1+1", "@cmd", "x" * 400, "a\x00b\x0b\x1f", "\ud800", "\r\n\r\n"]
)


@given(text=ODD)
@settings(max_examples=6, deadline=None)
def test_any_text_can_be_written_and_is_only_a_text(text: str) -> None:
    chart = listing()
    rows = ((text, text, text),)
    odd = replace(chart, headline=text, caveat=text, table=replace(chart.table, rows=rows))
    item = PaperItem(chart=odd, heading=text, commentary=text)
    read = Document(io.BytesIO(word_bytes(paper(title=text, introduction=text, items=(item,)))))
    assert len(read.tables[0].rows) == 2


def all_words(content: bytes) -> str:
    read = Document(io.BytesIO(content))
    return "\n".join(each.text or "" for each in read.element.iter(qn("w:t")))
