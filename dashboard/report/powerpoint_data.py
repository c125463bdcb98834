"""The data behind a native chart: what PowerPoint draws, and the workbook that opens to edit it."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from io import BytesIO
from typing import Any, Final

from pptx.chart.data import CategoryChartData, XyChartData
from pptx.chart.series import _BaseCategorySeries
from pptx.chart.xlsx import CategoryWorkbookWriter, XyWorkbookWriter
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls
from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from dashboard.charts import theme
from dashboard.charts.chart import Chart, Series
from dashboard.report.tables import excel_format

_PLAIN: Final = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
_SAME_DAY: Final = datetime(1980, 1, 1)
_FALLBACK: Final = "#,##0.0"


class Categories(CategoryChartData):  # type: ignore[misc]
    """Values by category, and the limits of those series that have them."""

    def __init__(self, number_format: str) -> None:
        super().__init__(number_format=number_format)
        self.limited: list[Series] = []

    @property
    def _workbook_writer(self) -> CategoryWorkbookWriter:
        return _CategoryWriter(self)


class Points(XyChartData):  # type: ignore[misc]
    """Values at places of two scales."""

    @property
    def _workbook_writer(self) -> XyWorkbookWriter:
        return _PointWriter(self)


def number_format(chart: Chart, values: Sequence[float | None]) -> str:
    """Return Excel's format of the column of the chart's table that holds these values."""
    held = {value for value in values if value is not None}
    columns = zip(zip(*chart.table.rows, strict=True), chart.table.formats, strict=True)
    for cells, form in columns:
        if form and held and held <= {cell for cell in cells if isinstance(cell, int | float)}:
            return excel_format(form)
    return _FALLBACK


def as_dates(days: Sequence[object]) -> list[date]:
    """Return months written as 'YYYY-MM-DD' as days."""
    return [date.fromisoformat(str(day)) for day in days]


def add_limits(drawn: _BaseCategorySeries, data: Categories, series: Series, *, bar: bool) -> None:
    """Draw the limits of a series as error bars, which keep to columns of the workbook."""
    place = data.limited.index(series)
    first = 2 + len(data) + 2 * place
    below, above = _arms(series)
    direction = "" if bar else '<c:errDir val="y"/>'
    made = parse_xml(
        f'<c:errBars {nsdecls("c", "a")}>{direction}<c:errBarType val="both"/>'
        f'<c:errValType val="cust"/><c:noEndCap val="0"/>'
        f"<c:plus>{_reference(first + 1, above)}</c:plus>"
        f"<c:minus>{_reference(first, below)}</c:minus>"
        f'<c:spPr><a:ln w="12700"><a:solidFill><a:srgbClr val="{theme.TEXT[1:]}"/></a:solidFill>'
        "</a:ln></c:spPr></c:errBars>"
    )
    drawn._element.find(f"{{{drawn._element.nsmap['c']}}}cat").addprevious(made)


def _arms(series: Series) -> tuple[list[float | None], list[float | None]]:
    """Return how far each limit lies below and above its value; None where one is missing."""
    rows = list(zip(series.lower, series.y, series.upper, strict=True))
    return (
        [None if low is None or y is None else round(y - low, 9) for low, y, _ in rows],
        [None if high is None or y is None else round(high - y, 9) for _, y, high in rows],
    )


def _reference(column: int, values: Sequence[float | None]) -> str:
    letter = CategoryWorkbookWriter._column_reference(column)
    points = "".join(
        f'<c:pt idx="{place}"><c:v>{value!r}</c:v></c:pt>'
        for place, value in enumerate(values)
        if value is not None
    )
    return (
        f"<c:numRef><c:f>Sheet1!${letter}$2:${letter}${len(values) + 1}</c:f><c:numCache>"
        f'<c:formatCode>General</c:formatCode><c:ptCount val="{len(values)}"/>{points}'
        "</c:numCache></c:numRef>"
    )


@contextmanager
def _plain_sheet(target: BytesIO) -> Iterator[tuple[Workbook, Worksheet]]:
    """Open a workbook in which every text is a text, whatever it looks like."""
    book = Workbook(target, dict(_PLAIN))
    book.set_properties({"created": _SAME_DAY})
    yield book, book.add_worksheet()
    book.close()


class _CategoryWriter(CategoryWorkbookWriter):  # type: ignore[misc]
    def _open_worksheet(self, xlsx_file: BytesIO) -> Any:
        return _plain_sheet(xlsx_file)

    def _populate_worksheet(self, workbook: Workbook, worksheet: Worksheet) -> None:
        super()._populate_worksheet(workbook, worksheet)
        data = self._chart_data
        for place, series in enumerate(data.limited):
            column = 1 + len(data) + 2 * place
            for off, (name, arm) in enumerate(zip(("below", "above"), _arms(series), strict=True)):
                worksheet.write(0, column + off, f"{series.name}: limit, {name}")
                worksheet.write_column(1, column + off, arm)


class _PointWriter(XyWorkbookWriter):  # type: ignore[misc]
    def _open_worksheet(self, xlsx_file: BytesIO) -> Any:
        return _plain_sheet(xlsx_file)
