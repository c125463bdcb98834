"""Reads the one sheet of an Excel workbook as text, without trusting the workbook.

Our own stream reader is used, not openpyxl: openpyxl expands parts without a limit, its read-only
mode knows nothing of merged cells, and its dates lose what the cell really holds. The decompressed
bytes are counted as they come, the XML is read by a parser that knows no entities, nothing is ever
calculated.
"""

import re
from dataclasses import dataclass
from typing import Final
from xml.sax.handler import ContentHandler
from xml.sax.xmlreader import AttributesImpl

import polars as pl

from pipelines.errors import FileRefused
from pipelines.identifiers import holds_identifier_shape
from pipelines.supplied.workbook_cells import SheetCells, SheetReader
from pipelines.supplied.workbook_header import header_of
from pipelines.supplied.workbook_meaning import Meaning, read_meaning
from pipelines.supplied.workbook_safety import Package, open_package
from pipelines.supplied.workbook_xml import attribute, local, parse
from schemas.supplied.template import SHEETS_WITHOUT_ROWS

_LISTED: Final = 5


@dataclass(frozen=True)
class Sheet:
    """The sheet of a workbook that holds the table.

    rows: one row per row below the header that holds anything; `line` is its row in the sheet,
        the other columns are text named as the header, null where empty.
    row_count: rows below the header, counted cell by cell while reading.
    warnings: what was left aside, such as hidden sheets.
    """

    name: str
    header: tuple[str, ...]
    rows: pl.DataFrame
    row_count: int
    warnings: tuple[str, ...]


@dataclass(frozen=True)
class _Entry:
    name: str
    part: str
    is_hidden: bool


def read_workbook(raw: bytes, file_name: str, *, tables: tuple[str, ...] = ()) -> Sheet:
    """Return the sheet that holds the table.

    It is the only visible sheet with data, or the only one named as one of `tables`. The sheets
    that a template has beside it are passed over without a word.

    Raises:
        FileRefused: the workbook is unsafe, damaged, too large or no workbook; its sheet cannot
            be told; formulas have no saved value; the header is not one row at the top.
    """
    package = open_package(raw, file_name)
    listing = _listing(package)
    meaning = read_meaning(package, starts_1904=listing.starts_1904)
    entry, warnings = _choose(package, _with_rows(listing.entries), meaning, tables=tables)
    reader = SheetReader(meaning, file_name=file_name, sheet=entry.name)
    parse(package, entry.part, reader)
    _refuse_unsaved(reader.cells, entry.name, file_name)
    header = header_of(reader.cells, entry.name, file_name)
    rows = _frame(reader.cells, header)
    return Sheet(entry.name, header, rows, reader.cells.row_count - 1, warnings)


class _Listing(ContentHandler):
    """The sheets that a workbook lists; one named like a detail of a person goes by its number."""

    def __init__(self, targets: dict[str, str]) -> None:
        super().__init__()
        self.entries: list[_Entry] = []
        self.starts_1904 = False
        self._targets = targets

    def startElement(self, name: str, attrs: AttributesImpl) -> None:  # noqa: N802
        name = local(name)
        if name == "workbookPr":
            self.starts_1904 = attribute(attrs, "date1904") in ("1", "true")
        elif name == "sheet" and (part := self._targets.get(attribute(attrs, "id"))):
            is_hidden = attribute(attrs, "state", "visible") != "visible"
            title = attribute(attrs, "name")
            if holds_identifier_shape(title):
                title = f"number {len(self.entries) + 1}"
            self.entries.append(_Entry(title, part, is_hidden))


class _Targets(ContentHandler):
    """The parts of a workbook that are sheets of cells, by the id of their relationship."""

    def __init__(self) -> None:
        super().__init__()
        self.targets: dict[str, str] = {}

    def startElement(self, name: str, attrs: AttributesImpl) -> None:  # noqa: N802
        if attribute(attrs, "Type").endswith("/worksheet"):
            target = attribute(attrs, "Target")
            path = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
            self.targets[attribute(attrs, "Id")] = re.sub(r"^xl/\./", "xl/", path)


def _listing(package: Package) -> _Listing:
    targets = _Targets()
    parse(package, "xl/_rels/workbook.xml.rels", targets)
    listing = _Listing(targets.targets)
    parse(package, "xl/workbook.xml", listing)
    return listing


def _with_rows(entries: list[_Entry]) -> list[_Entry]:
    """Return the sheets without those by which our templates explain themselves."""
    return [entry for entry in entries if entry.name not in SHEETS_WITHOUT_ROWS]


def _choose(
    package: Package, entries: list[_Entry], meaning: Meaning, *, tables: tuple[str, ...]
) -> tuple[_Entry, tuple[str, ...]]:
    visible = [entry for entry in entries if not entry.is_hidden]
    filled = (
        visible
        if len(visible) == 1
        else [entry for entry in visible if _has_data(package, entry, meaning)]
    )
    wanted = [entry for entry in filled if entry.name.strip().lower() in tables]
    chosen = wanted if len(filled) > 1 and len(wanted) == 1 else filled
    if len(chosen) != 1:
        raise _no_one_sheet(package.file_name, filled)
    return chosen[0], _left_aside(entries, filled, chosen[0])


def _has_data(package: Package, entry: _Entry, meaning: Meaning) -> bool:
    """Return whether a sheet holds any value; its reading stops at the first."""
    reader = SheetReader(meaning, file_name=package.file_name, sheet=entry.name, stops_early=True)
    parse(package, entry.part, reader)
    return reader.has_data


def _no_one_sheet(file_name: str, filled: list[_Entry]) -> FileRefused:
    names = ", ".join(entry.name for entry in filled[:_LISTED])
    found = f"{len(filled)} visible sheets with data ({names})" if filled else "no visible sheet"
    return FileRefused(
        file_name,
        f"{file_name}: found {found}, expected one table in one sheet. Delete or hide the other "
        "sheets, or name the sheet as its table, such as referral.",
        reason="WRONG_SHEET",
    )


def _left_aside(entries: list[_Entry], filled: list[_Entry], chosen: _Entry) -> tuple[str, ...]:
    hidden = [entry.name for entry in entries if entry.is_hidden]
    others = [entry.name for entry in filled if entry != chosen]
    return tuple(
        f"{what} ignored: {', '.join(names[:_LISTED])}."
        for what, names in (("Hidden sheets", hidden), ("Other sheets", others))
        if names
    )


def _refuse_unsaved(cells: SheetCells, sheet: str, file_name: str) -> None:
    if not cells.unsaved:
        return
    others = len(cells.unsaved) - 1
    raise FileRefused(
        file_name,
        f"{file_name}: sheet {sheet} cell {cells.unsaved[0]} holds a formula with no saved value"
        f"{f' (and {others:,} more cells)' if others else ''}. Open the file in Excel and save it, "
        "or paste the values in place of the formulas.",
        reason="FORMULA_WITHOUT_VALUE",
    )


def _frame(cells: SheetCells, header: tuple[str, ...]) -> pl.DataFrame:
    """Return the rows below the header as columns of text."""
    width = len(header)
    padded = [row + [None] * (width - len(row)) for row in cells.rows[1:]]
    columns = list(zip(*padded, strict=True)) or [()] * width
    lines = pl.Series("line", cells.numbers[1:], dtype=pl.UInt32)
    texts = (
        pl.Series(name, list(values), dtype=pl.String)
        for name, values in zip(header, columns, strict=True)
    )
    return pl.DataFrame([lines, *texts])
