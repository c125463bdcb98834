"""What is read from a sound workbook: text as it stands, dates as dates, long numbers as such."""

import random
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.supplied.reading import read_supplied
from pipelines.supplied.workbook import read_workbook
from tests.support.workbooks import Cell, with_cells, with_part, workbook

NAME = "referral.xlsx"


def column(*cells: Cell) -> list[str | None]:
    """Return what is read of one column of cells."""
    table = [("referral_id", "kept"), *((cell, "x") for cell in cells)]
    return read_workbook(workbook({"referral": table}), NAME).rows["referral_id"].to_list()


def raw_number(written: str) -> str | None:
    header = '<row><c t="inlineStr"><is><t>a</t></is></c></row>'
    raw = with_cells(f"{header}<row><c><v>{written}</v></c></row>")
    return str(read_workbook(raw, NAME).rows["a"].item())


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("1230000000000000", "1.23E+15"),
        ("1.23E+15", "1.23E+15"),
        ("1234567890123456", "1.234567890123456E+15"),
        ("1.2345678901234501E+21", "1.2345678901234501E+21"),
        ("123456789012345", "123456789012345"),
    ],
)
def test_b56_numbers_longer_than_excel_keeps_stay_as_excel_shows_them(
    written: str, shown: str
) -> None:
    assert raw_number(written) == shown


def test_b56_text_that_looks_like_such_a_number_stays_text() -> None:
    assert column("1.23E+15", "0012345678901234567") == ["1.23E+15", "0012345678901234567"]


@pytest.mark.parametrize(
    ("written", "shown"),
    [("1.1000000000000001", "1.1"), ("1E-4", "0.0001"), ("3.0", "3"), ("-2", "-2"), ("0", "0")],
)
def test_numbers_come_in_their_shortest_form(written: str, shown: str) -> None:
    assert raw_number(written) == shown


def test_real_dates_come_as_dates_and_plain_serial_numbers_as_numbers() -> None:
    cells = (date(2026, 9, 20), 46285, "2026-09-20", datetime(2026, 3, 29, 1, 30))
    assert column(*cells) == ["2026-09-20", "46285", "2026-09-20", "2026-03-29 01:30:00"]


def test_the_days_that_excel_made_up_come_as_excel_shows_them() -> None:
    header = '<row><c t="inlineStr"><is><t>a</t></is></c></row>'
    cells = "".join(f'<row><c s="1"><v>{serial}</v></c></row>' for serial in (0, 1, 59, 60, 61))
    raw = with_cells(header + cells)

    def with_a_date_style(content: bytes) -> bytes:
        return content.replace(b"</cellXfs>", b'<xf numFmtId="14"/></cellXfs>')

    rows = read_workbook(with_part(raw, "xl/styles.xml", with_a_date_style), NAME).rows
    expected = ["1900-01-00", "1900-01-01", "1900-02-28", "1900-02-29", "1900-03-01"]
    assert rows["a"].to_list() == expected


def test_dates_that_count_from_1904() -> None:
    def from_1904(content: bytes) -> bytes:
        return content.replace(b"<workbookPr", b'<workbookPr date1904="1"')

    raw = workbook({"referral": [("a", "b"), (date(2026, 9, 20), "x")]})
    rows = read_workbook(with_part(raw, "xl/workbook.xml", from_1904), NAME).rows
    assert rows["a"].to_list() == ["2030-09-21"]


def test_blank_rows_are_left_out_and_lines_are_rows_of_the_sheet() -> None:
    table = [("a ", "b"), ("1", None), (None, " "), (None, None), (None, "2")]
    read = read_supplied(workbook({"Any": table}), NAME, encoding="utf-8")
    assert read.header == ("a", "b")
    assert read.rows.rows() == [(2, "1", None), (5, None, "2")]
    assert (read.row_count, read.faults, read.refusals) == (2, (), ())


def test_a_header_without_rows_is_refused() -> None:
    read = read_supplied(workbook({"Any": [("a", "b")]}), NAME, encoding="utf-8")
    assert [refused.reason for refused in read.refusals] == ["NO_ROWS"]


TEXT = st.text(
    st.characters(blacklist_categories=["Cs", "Cc"], blacklist_characters="\ufffe\uffff"),
    max_size=12,
)


@given(st.lists(st.tuples(TEXT, TEXT), min_size=1, max_size=6))
def test_text_comes_as_it_was_written(cells: list[tuple[str, str]]) -> None:
    # Written as texts in the cells: xlsxwriter would take some for formulas or links.
    def cell(text: str) -> str:
        escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace("_x", "_x005F_x")
        return f'<c t="inlineStr"><is><t xml:space="preserve">{escaped}</t></is></c>'

    rows = [("a", "b"), *cells]
    raw = with_cells("".join(f"<row>{cell(one)}{cell(two)}</row>" for one, two in rows))
    expected = [
        (line, one if one.strip() else None, two if two.strip() else None)
        for line, (one, two) in enumerate(cells, start=2)
        if one.strip() or two.strip()
    ]
    sheet = read_workbook(raw, NAME)
    assert sheet.rows.rows() == expected
    assert sheet.row_count == len(expected)


def test_twenty_thousand_rows_are_read_whole() -> None:
    chance = random.Random(1)
    words = [f"word{number}" for number in range(400)]
    names = tuple(f"column_{number}" for number in range(3))
    table = [names, *(tuple(chance.choices(words, k=3)) for _ in range(20_000))]
    raw = workbook({"referral": table})
    found = read_workbook(raw, NAME).rows.drop("line").rows()
    assert found == table[1:]
