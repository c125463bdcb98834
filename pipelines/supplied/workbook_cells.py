"""Reads the cells of one sheet as text, and stops at its limits."""

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final
from xml.sax.handler import ContentHandler
from xml.sax.xmlreader import AttributesImpl

from pipelines.errors import FileRefused
from pipelines.supplied.workbook_meaning import Meaning
from pipelines.supplied.workbook_safety import damaged
from pipelines.supplied.workbook_values import date_text, iso_text, number_text, unescaped
from pipelines.supplied.workbook_xml import Enough, attribute, local

MOST_ROWS: Final = 500_000
MOST_COLUMNS: Final = 100
_LAST_CELL: Final = re.compile(r"(?:.*:)?\$?([A-Z]{1,3})\$?(\d{1,7})")


@dataclass
class SheetCells:
    """What was read of a sheet.

    rows: one list per row with any value, cut after its last value; `numbers` gives its row in
    the sheet. row_count: rows with any value, counted cell by cell. unsaved: cells that hold a
    formula without a saved value. merged: merged ranges.
    """

    rows: list[list[str | None]] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)
    row_count: int = 0
    unsaved: list[str] = field(default_factory=list)
    merged: list[str] = field(default_factory=list)


class SheetReader(ContentHandler):
    """Collects the values of a sheet, and stops at its limits."""

    def __init__(
        self, meaning: Meaning, *, file_name: str, sheet: str, stops_early: bool = False
    ) -> None:
        """Read all values, or stop at the first, when `has_data` says that there is one."""
        super().__init__()
        self.has_data = False
        self.cells = SheetCells()
        self._meaning = meaning
        self._file_name, self._sheet = file_name, sheet
        self._stops_early = stops_early
        self._row: list[str | None] = []
        self._number = self._column = 0
        self._type = self._style = ""
        self._parts: list[str] = []
        self._is_in_rows = self._is_cell = self._is_value = False
        self._has_formula = self._has_value = self._row_has_value = self._is_aid = False

    def startElement(self, name: str, attrs: AttributesImpl) -> None:  # noqa: N802
        """Note where a row, a cell or a value begins."""
        if ":" in name:
            name = local(name)
        if self._is_cell:
            self._start_in_cell(name)
        elif name == "c" and self._is_in_rows:
            self._start_cell(attrs)
        elif name == "row" and self._is_in_rows:
            self._start_row(attrs.get("r"))
        elif name == "sheetData":
            self._is_in_rows = True
        elif name == "dimension":
            self._refuse_dimension(attribute(attrs, "ref"))
        elif name == "mergeCell":
            self.cells.merged.append(attribute(attrs, "ref"))

    def characters(self, content: str) -> None:
        """Keep a value's text."""
        if self._is_value:
            self._parts.append(content)

    def endElement(self, name: str) -> None:  # noqa: N802
        """Keep a whole cell or row."""
        if ":" in name:
            name = local(name)
        if name in ("v", "t"):
            self._is_value = False
        elif name == "rPh":
            self._is_aid = False
        elif name == "c" and self._is_cell:
            self._end_cell()
        elif name == "row" and self._is_in_rows:
            self._end_row()
        elif name == "sheetData":
            self._is_in_rows = False

    def _start_row(self, number: str | None) -> None:
        before = self._number
        self._number = int(number) if number else before + 1
        if self._number <= before:
            raise damaged(self._file_name, f"rows of sheet {self._sheet} are out of order")
        if self._number > MOST_ROWS + 1:
            raise self._beyond(f"row {self._number:,}")
        self._row, self._column, self._row_has_value = [], 0, False

    def _start_cell(self, attrs: AttributesImpl) -> None:
        reference = attrs.get("r")
        column = column_number(reference.rstrip("0123456789")) if reference else self._column + 1
        if column <= self._column:
            raise damaged(self._file_name, f"cells of sheet {self._sheet} are out of order")
        if column > MOST_COLUMNS:
            raise self._beyond(f"column {column_letters(column)}")
        self._column = column
        self._type, self._style = attrs.get("t", "n"), attrs.get("s", "")
        self._parts = []
        self._is_cell, self._has_formula, self._has_value = True, False, False

    def _start_in_cell(self, name: str) -> None:
        if name == "v" or (name == "t" and not self._is_aid):
            self._is_value = self._has_value = True
        elif name == "f":
            self._has_formula = True
        elif name == "rPh":
            self._is_aid = True

    def _end_cell(self) -> None:
        self._is_cell = False
        raw = "".join(self._parts)
        if self._has_formula and not raw and not (self._type == "str" and self._has_value):
            self.cells.unsaved.append(f"{column_letters(self._column)}{self._number}")
        text = self._text(raw) if raw else ""
        if self._has_formula or text.strip():
            self.has_data = True
            if self._stops_early:
                raise Enough
        if not text.strip():
            return
        self._row_has_value = True
        self._row.extend([None] * (self._column - 1 - len(self._row)))
        self._row.append(text)

    def _end_row(self) -> None:
        self.cells.row_count += self._row_has_value
        if self._row:
            self.cells.rows.append(self._row)
            self.cells.numbers.append(self._number)

    def _text(self, raw: str) -> str:
        if self._type == "s":
            return self._shared(raw)
        if self._type == "n":
            if self._style in self._meaning.date_styles:
                return date_text(raw, starts_1904=self._meaning.starts_1904)
            return number_text(raw)
        if self._type == "b":
            return "TRUE" if raw == "1" else "FALSE"
        return iso_text(raw) if self._type == "d" else unescaped(raw)

    def _shared(self, raw: str) -> str:
        try:
            return self._meaning.texts[int(raw)]
        except IndexError as fault:
            where = f"{column_letters(self._column)}{self._number} of sheet {self._sheet}"
            raise damaged(self._file_name, f"the text of cell {where} is missing") from fault

    def _refuse_dimension(self, stated: str) -> None:
        found = _LAST_CELL.fullmatch(stated)
        if found is None:
            return
        rows, columns = int(found[2]) - 1, column_number(found[1])
        if rows > MOST_ROWS or columns > MOST_COLUMNS:
            raise self._beyond(f"{rows + 1:,} rows × {columns:,} columns")

    def _beyond(self, what: str) -> FileRefused:
        return FileRefused(
            self._file_name,
            f"{self._file_name}: sheet {self._sheet} reaches {what}; the limits are "
            f"{MOST_ROWS:,} rows and {MOST_COLUMNS} columns. Empty cells with a format count: copy "
            "the rows into a new workbook, or save the sheet as CSV UTF-8.",
            reason="TOO_LARGE",
        )


@lru_cache(maxsize=1_000)
def column_number(letters: str) -> int:
    """Return the place of a column, 1 for A. Raises ValueError for anything but letters A to Z."""
    number = 0
    for letter in letters:
        if not "A" <= letter <= "Z":
            raise ValueError(letters)
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def column_letters(number: int) -> str:
    """Return the letters of a column, A for 1."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
