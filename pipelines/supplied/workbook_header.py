"""Finds fault with the top of a sheet: the header must be its first row, alone and whole."""

import re

from pipelines.errors import FileRefused
from pipelines.supplied.names import refuse_bad_names
from pipelines.supplied.workbook_cells import SheetCells, column_letters

_TOP = 10
"""Rows below the first that are looked at to tell a title from a header."""


def header_of(cells: SheetCells, sheet: str, file_name: str) -> tuple[str, ...]:
    """Return the names in row 1 of a sheet, trimmed. Messages name ranges, never what they hold.

    Raises:
        FileRefused: cells are merged; row 1 is empty, a title, one of two header rows, has gaps
            or a name twice; or a value stands in a column without a name.
    """
    _refuse_merged(cells, sheet, file_name)
    if not cells.rows or cells.numbers[0] != 1:
        what = "an empty row" if cells.rows else "an empty sheet"
        raise _refused(file_name, sheet, "A1", f"expected the header in row 1; found {what}")
    header, below = cells.rows[0], cells.rows[1 : _TOP + 1]
    widest = max((len(row) for row in below), default=0)
    top = f"A1:{column_letters(max(len(header), 1))}1"
    if len(_filled(header)) == 1 < widest:
        raise _refused(file_name, sheet, top, "expected the header in row 1; found title text")
    if below and cells.numbers[1] == 2 and _are_two_headers(header, below[0]):
        raise _refused(file_name, sheet, f"{top[:-1]}2", "expected one header row; found two")
    _refuse_gap(header, sheet, file_name)
    _refuse_unnamed(cells, sheet, file_name)
    names = tuple((name or "").strip() for name in header)
    refuse_bad_names(names, file_name)
    return names


def _refuse_merged(cells: SheetCells, sheet: str, file_name: str) -> None:
    if cells.merged:
        in_header = [each for each in cells.merged if re.match(r"\$?[A-Z]+\$?1(?!\d)", each)]
        what = "merged header cells" if in_header else "merged cells"
        where = (in_header or cells.merged)[0]
        raise _refused(file_name, sheet, where, f"expected one value in each cell; found {what}")


def _refuse_gap(header: list[str | None], sheet: str, file_name: str) -> None:
    for place, name in enumerate(header, start=1):
        if not name:
            where = f"{column_letters(place)}1"
            raise _refused(file_name, sheet, where, "expected a column name; found an empty cell")


def _refuse_unnamed(cells: SheetCells, sheet: str, file_name: str) -> None:
    width = len(cells.rows[0])
    for number, row in zip(cells.numbers, cells.rows, strict=True):
        if len(row) > width:
            where = f"{column_letters(len(row))}{number}"
            what = "found a value in a column that has no name in row 1"
            raise _refused(file_name, sheet, where, what)


def _are_two_headers(header: list[str | None], second: list[str | None]) -> bool:
    """Return whether row 2 says again what row 1 says, or names what row 1 only groups."""
    names, others = _filled(header), _filled(second)
    pairs = zip(header, second, strict=False)
    same = sum(bool(name) and _squashed(name) == _squashed(other) for name, other in pairs)
    is_group = len(set(names)) < len(names) or len(names) < len(header)
    all_words = all(re.search(r"[A-Za-z]{2}", other) for other in others)
    names_each = len(set(others)) == len(others) > len(set(names)) and all_words
    return same * 2 > len(names) or (is_group and names_each)


def _filled(row: list[str | None]) -> list[str]:
    return [value for value in row if value]


def _squashed(text: str | None) -> str:
    return re.sub(r"[\W_]+", "", text or "").lower()


def _refused(file_name: str, sheet: str, where: str, what: str) -> FileRefused:
    return FileRefused(
        file_name,
        f"{file_name}: sheet {sheet} {where}: {what}. Give each column one name in row 1, as in "
        "the template, with the data from row 2 and nothing above or beside it.",
        reason="HEADER_NOT_IN_ROW_1",
    )
