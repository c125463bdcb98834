"""A chart's table as CSV and as Excel, with everything that has to stand beside the figures."""

import csv
import io
import re
import unicodedata
from collections.abc import Sequence
from datetime import date
from typing import Final

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from dashboard.charts.chart import Cell, Chart
from schemas.codes import HIDDEN, NOT_APPLICABLE, NOT_AVAILABLE, SAMPLE_NOTICE

FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "\0")
"""A text that begins so may be taken for a formula by a spreadsheet (OWASP, CSV injection)."""

_MARKERS: Final = (
    (HIDDEN, "hidden to protect people"),
    (NOT_AVAILABLE, "not available: a month or a source is missing, which is not zero"),
    (NOT_APPLICABLE, "not applicable"),
)
_WIDEST: Final = 44
_DECIMALS: Final = 6


def csv_bytes(chart: Chart) -> bytes:
    """Return the chart as CSV: what it is, an empty line, then headings and rows.

    UTF-8 with the mark that Excel looks for. Numbers are not rounded to what is shown.
    """
    target = io.StringIO()
    writer = csv.writer(target, lineterminator="\r\n")
    writer.writerows([name, harmless(text)] for name, text in about(chart))
    writer.writerow([])
    writer.writerow([harmless(column) for column in chart.table.columns])
    writer.writerows([_csv_cell(cell) for cell in row] for row in chart.table.rows)
    return target.getvalue().encode("utf-8-sig")


def xlsx_bytes(chart: Chart) -> bytes:
    """Return the chart as an Excel workbook: a sheet of data and a sheet of notes.

    Texts are written as texts whatever they look like; numbers and months keep their types.
    """
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True, "nan_inf_to_errors": True})
    book.set_properties({"title": chart.headline, "subject": chart.subtitle})
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    wrap = book.add_format({"text_wrap": True, "valign": "top"})
    forms = [book.add_format({"num_format": excel_format(form)}) for form in chart.table.formats]
    _write_data(book.add_worksheet("Data"), chart, bold, forms)
    _write_notes(book.add_worksheet("Notes"), chart, bold, wrap)
    book.close()
    return target.getvalue()


def about(chart: Chart) -> list[tuple[str, str]]:
    """Return what has to stand beside the figures, as pairs of a name and a text."""
    notice = [("Notice", SAMPLE_NOTICE)] if chart.is_invented else []
    return [
        *notice,
        ("Headline", chart.headline),
        ("What it shows", chart.subtitle),
        ("Period", chart.period),
        ("Definition", chart.definition),
        ("Read with care", chart.caveat),
        *(("Note", note) for note in chart.notes),
        *(("Marker", f"{marker} {meaning}") for marker, meaning in _markers_in(chart)),
        ("Source", chart.source),
        ("Version", chart.version),
    ]


def harmless(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula: such texts get an apostrophe.

    Full-width signs count, and so do signs after leading spaces.
    """
    plain = unicodedata.normalize("NFKC", text)
    starts = (plain, plain.lstrip(" "), plain.lstrip())
    is_risky = any(start.startswith(FORMULA_STARTS) for start in starts)
    return f"'{text}" if is_risky else text


def excel_format(form: str) -> str:
    """Return Excel's number format for a Python one; 'General' for text.

    Raises ValueError for a format no chart uses.
    """
    if not form:
        return "General"
    if "%B" in form:
        return "mmmm yyyy"
    parts = re.fullmatch(r"\{:(?P<sign>\+?)(?P<comma>,?)\.(?P<decimals>\d)f\}", form)
    if parts is None:
        raise ValueError(f"No Excel format for {form!r}: expected one such as '{{:,.1f}}'.")
    places = int(parts["decimals"])
    number = ("#,##0" if parts["comma"] else "0") + ("." + "0" * places if places else "")
    return f"+{number};-{number};{number}" if parts["sign"] else number


def _markers_in(chart: Chart) -> list[tuple[str, str]]:
    used = {cell for row in chart.table.rows for cell in row if isinstance(cell, str)}
    return [(marker, meaning) for marker, meaning in _MARKERS if marker in used]


def _csv_cell(cell: Cell) -> str | int | float:
    if cell is None:
        return ""
    if isinstance(cell, str):
        return harmless(cell)
    if isinstance(cell, date):
        return f"{cell:%Y-%m}"
    return cell if isinstance(cell, int) else _short(cell)


def _short(value: float) -> float | int:
    """A whole number without a decimal point; otherwise six decimals, which is past any use."""
    return int(value) if value.is_integer() else round(value, _DECIMALS)


def _write_data(sheet: Worksheet, chart: Chart, bold: Format, forms: Sequence[Format]) -> None:
    for column, heading in enumerate(chart.table.columns):
        sheet.write_string(0, column, heading, bold)
        sheet.set_column(column, column, _width(chart, column))
    for line, row in enumerate(chart.table.rows, start=1):
        for column, cell in enumerate(row):
            _write_cell(sheet, line, column, cell, forms[column])
    sheet.freeze_panes(1, 1)
    if chart.table.rows:
        sheet.autofilter(0, 0, len(chart.table.rows), len(chart.table.columns) - 1)


def _write_cell(sheet: Worksheet, line: int, column: int, cell: Cell, form: Format) -> None:
    if cell is None:
        return
    if isinstance(cell, str):
        sheet.write_string(line, column, cell)
    elif isinstance(cell, date):
        sheet.write_datetime(line, column, cell, form)
    else:
        sheet.write_number(line, column, cell, form)


def _width(chart: Chart, column: int) -> int:
    texts = [str(row[column]) for row in chart.table.rows[:200] if isinstance(row[column], str)]
    longest = max([len(text) for text in texts], default=0)
    return min(_WIDEST, max(12, longest + 2, len(chart.table.columns[column]) // 2 + 4))


def _write_notes(sheet: Worksheet, chart: Chart, bold: Format, wrap: Format) -> None:
    sheet.set_column(0, 0, 18)
    sheet.set_column(1, 1, 100)
    for line, (name, text) in enumerate(about(chart)):
        sheet.write_string(line, 0, name, bold)
        sheet.write_string(line, 1, text, wrap)
