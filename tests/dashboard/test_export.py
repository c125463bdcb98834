"""Files that leave: what they carry, and that no label in them becomes a formula."""

import csv
import io
import re
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import replace
from itertools import product
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.charts.chart import Cell, Chart, Table
from dashboard.export import FileFormat, export, file_name
from dashboard.report.tables import FORMULA_STARTS, excel_format, harmless
from schemas.codes import SAMPLE_NOTICE
from tests.support.every_chart import every_chart
from tests.support.leaving import leaving
from tests.support.risky_texts import RISKY

CHARTS = every_chart()
DRAWN = ("control", "area map", "matrix")
"""Charts that leave as drawings, too; test_charts_drawing.py draws every one."""

Made = Callable[[Chart, FileFormat], bytes]
ROWS: tuple[tuple[Cell, ...], ...] = tuple((label, -5.5, "[x]") for label in RISKY)
HOSTILE_CHART = replace(
    CHARTS["bars"],
    headline="=HYPERLINK(1)",
    table=Table(("=Label", "Change", "Value"), ROWS, ("", "{:+,.1f}", "{:,.0f}")),
)


@pytest.fixture
def made(tmp_path: Path) -> Made:
    """The bytes of a chart as a file of a format, as they leave."""

    def export_it(chart: Chart, file_format: FileFormat) -> bytes:
        return export(chart, file_format, leaving=leaving(tmp_path)).content

    return export_it


def as_read(text: object) -> str:
    """Return a text of a workbook, with the characters that its XML cannot hold put back."""
    return re.sub("_x([0-9A-F]{4})_", lambda code: chr(int(code[1], 16)), str(text))


def rows_of(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def test_the_file_name_says_measure_place_and_months() -> None:
    name = file_name(CHARTS["control"], "png")
    assert name == "recorded-crime-by-month-west-mercia-2023-10-to-2026-09.png"


@pytest.mark.parametrize(
    ("name", "file_format"),
    [*product(CHARTS, ("csv", "xlsx")), *product(DRAWN, ("png", "svg"))],
)
def test_every_chart_leaves_in_every_format(
    tmp_path: Path, name: str, file_format: FileFormat
) -> None:
    download = export(CHARTS[name], file_format, leaving=leaving(tmp_path))
    starts = {"png": b"\x89PNG", "svg": b"<?xml", "csv": b"\xef\xbb\xbf", "xlsx": b"PK"}
    assert download.content.startswith(starts[file_format])
    assert download.file_name.endswith(f".{file_format}")


def test_csv_carries_all_that_stands_beside_the_figures(made: Made) -> None:
    chart = CHARTS["control"]
    beside = dict(row for row in rows_of(made(chart, "csv")) if len(row) == 2)
    assert beside["Notice"] == SAMPLE_NOTICE
    assert beside["Headline"] == chart.headline
    assert beside["What it shows"] == chart.subtitle
    assert beside["Period"] == chart.period
    assert beside["Read with care"] == chart.caveat
    assert beside["Source"] == chart.source
    assert beside["Version"] == chart.version


def test_excel_carries_the_same_on_its_sheet_of_notes(made: Made) -> None:
    book = openpyxl.load_workbook(io.BytesIO(made(CHARTS["control"], "xlsx")))
    beside = {str(name): str(text) for name, text in book["Notes"].iter_rows(values_only=True)}
    assert beside["Notice"] == SAMPLE_NOTICE
    assert beside["Version"] == CHARTS["control"].version


def test_excel_keeps_months_numbers_and_markers_in_their_types(made: Made) -> None:
    book = openpyxl.load_workbook(io.BytesIO(made(CHARTS["control"], "xlsx")))
    sheet = book["Data"]
    assert sheet["A2"].is_date
    assert sheet["A2"].number_format == "mmmm yyyy"
    assert (sheet["B2"].value, sheet["B2"].number_format) == (700, "#,##0")
    assert (sheet["B34"].value, sheet["B34"].data_type) == ("[x]", "s")


def test_b84_formula_like_labels_are_text_in_csv_and_negative_numbers_stay_numbers(
    made: Made,
) -> None:
    rows = rows_of(made(HOSTILE_CHART, "csv"))
    data = rows[-len(RISKY) :]
    assert [row[0] for row in data] == [f"'{label}" for label in RISKY]
    assert {row[1] for row in data} == {"-5.5"}
    assert ["Headline", "'=HYPERLINK(1)"] in rows
    assert ["'=Label", "Change", "Value"] in rows


def test_b84_formula_like_labels_are_text_in_excel_and_negative_numbers_stay_numbers(
    made: Made,
) -> None:
    book = openpyxl.load_workbook(io.BytesIO(made(HOSTILE_CHART, "xlsx")))
    data = list(book["Data"].iter_rows(min_row=2))
    assert {row[0].data_type for row in data} == {"s"}
    assert [as_read(row[0].value) for row in data] == list(RISKY)
    assert {(row[1].data_type, row[1].value) for row in data} == {("n", -5.5)}
    notes = [cell for row in book["Notes"].iter_rows() for cell in row]
    assert {cell.data_type for cell in notes} == {"s"}


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
@pytest.mark.parametrize("file_format", ["csv", "xlsx"])
def test_b84_libreoffice_reads_every_label_as_text_and_every_number_as_a_number(
    made: Made, tmp_path: Path, file_format: FileFormat
) -> None:
    source = tmp_path / f"chart.{file_format}"
    source.write_bytes(made(HOSTILE_CHART, file_format))
    read = tmp_path / "read"
    # 44,34,76: parted by commas, texts in quotes, UTF-8.
    options = ["--infilter=CSV:44,34,76"] if file_format == "csv" else []
    command = ["soffice", f"-env:UserInstallation=file://{tmp_path}/office", "--headless", *options]
    command += ["--convert-to", "xlsx", "--outdir", str(read), str(source)]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    sheet = openpyxl.load_workbook(read / "chart.xlsx").worksheets[0]
    data = list(sheet.iter_rows(min_row=sheet.max_row - len(RISKY) + 1))
    assert {(row[1].data_type, row[1].value) for row in data} == {("n", -5.5)}
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n"}
    assert {row[2].value for row in data} == {"[x]"}


@given(st.text(max_size=30))
def test_no_text_leaves_as_the_start_of_a_formula(text: str) -> None:
    assert not harmless(text).lstrip().startswith(FORMULA_STARTS)


@given(st.sampled_from(FORMULA_STARTS), st.text(max_size=10), st.integers(0, 3))
def test_a_text_that_starts_a_formula_is_always_marked(start: str, rest: str, spaces: int) -> None:
    text = " " * spaces + start + rest
    assert harmless(text) == f"'{text}"


@pytest.mark.parametrize(
    ("form", "expected"),
    [("", "General"), ("{:,.0f}", "#,##0"), ("{:,.1f}", "#,##0.0"), ("{:.4f}", "0.0000")],
)
def test_number_formats_carry_over_to_excel(form: str, expected: str) -> None:
    assert excel_format(form) == expected


def test_an_unknown_number_format_is_refused() -> None:
    with pytest.raises(ValueError, match="No Excel format"):
        excel_format("{:e}")
