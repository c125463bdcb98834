"""Makes Excel workbooks for tests: sound ones, and ones with a part changed."""

import io
import zipfile
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime

import xlsxwriter

Cell = str | int | float | date | datetime | bool | None
Table = Sequence[Sequence[Cell]]

TABLE: Table = (("referral_id", "person_key"), ("R-1", "k" * 20), ("R-2", "m" * 20))


def workbook(sheets: Mapping[str, Table], *, hidden: tuple[str, ...] = ()) -> bytes:
    """Return a workbook with these sheets; dates are real dates with a date format."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"strings_to_numbers": False}) as book:
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        for name, table in sheets.items():
            sheet = book.add_worksheet(name)
            for row, cells in enumerate(table):
                for column, cell in enumerate(cells):
                    if isinstance(cell, date):
                        sheet.write_datetime(row, column, cell, day)
                    else:
                        sheet.write(row, column, cell)
            if name in hidden:
                sheet.hide()
    return file.getvalue()


def with_part(raw: bytes, part: str, change: Callable[[bytes], bytes] | bytes) -> bytes:
    """Return the workbook with one part added, replaced or changed."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as old, zipfile.ZipFile(file, "w", 8) as new:
        for member in old.infolist():
            content = old.read(member)
            if member.filename == part:
                content = change if isinstance(change, bytes) else change(content)
            new.writestr(member.filename, content)
        if part not in old.namelist():
            assert isinstance(change, bytes), f"there is no part {part} to change"
            new.writestr(part, change)
    return file.getvalue()


def with_cells(cells: str, *, before: str = "", after: str = "") -> bytes:
    """Return a workbook whose sheet `referral` has this XML within and around its sheetData."""
    head = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    sheet = f"{head}{before}<sheetData>{cells}</sheetData>{after}</worksheet>"
    return with_part(workbook({"referral": TABLE}), "xl/worksheets/sheet1.xml", sheet.encode())
