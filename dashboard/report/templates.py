"""The Excel template of a supplied table: its header, its lists of codes, its rules in words."""

import io
from typing import Any, Final

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from dashboard.report.template_notes import write_notes
from schemas.supplied.dictionary import FieldEntry, entry
from schemas.supplied.field import Contract, Field
from schemas.supplied.template import LISTS_SHEET, template_fields

_LAST_ROW: Final = 100_000
"""Rows that lists and hints reach down to; rows below are read as well."""

_TEXT: Final = "@"
"""Keeps leading zeros, and keeps Excel from taking 10-15 or 2026-09 for a date."""

_FORMATS: Final = {"date": "yyyy-mm-dd", "integer": "0", "decimal": "General"}
_NEEDED_COLOUR: Final = "#cfe0f0"
_OTHER_COLOUR: Final = "#eeeeee"
_LONGEST_HINT: Final = 255
_LONGEST_TITLE: Final = 32
_NARROWEST: Final = 12

Hint = dict[str, Any]


def template(contract: Contract) -> bytes:
    """Return the template as a workbook that the loader takes once rows are filled in.

    The first sheet is named as the table and holds one row, the names of the fields, each with a
    note. The second says what the fields mean and which rules hold; the third, hidden, holds the
    codes. There are no macros, no merged cells and no titles.
    """
    target = io.BytesIO()
    told = {each.name: each for each in entry(contract).fields}
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        book.set_properties({"title": f"Template: {contract.title}"})
        rows = book.add_worksheet(contract.table)
        write_notes(book, contract)
        lists = book.add_worksheet(LISTS_SHEET)
        lists.hide()
        rows.freeze_panes(1, 0)
        for column, field in enumerate(template_fields(contract)):
            _write_header(rows, column, told[field.name], _header_format(book, field))
            form = book.add_format({"num_format": _FORMATS.get(field.kind, _TEXT)})
            rows.set_column(column, column, max(_NARROWEST, len(field.name) + 2), form)
            _write_codes(lists, column, field)
            hint = _hint(field, column) | _message(told[field.name])
            rows.data_validation(1, column, _LAST_ROW, column, hint)
    return target.getvalue()


def _header_format(book: xlsxwriter.Workbook, field: Field) -> Format:
    colour = _NEEDED_COLOUR if field.is_required else _OTHER_COLOUR
    return book.add_format({"bold": True, "bottom": 1, "bg_color": colour, "num_format": _TEXT})


def _write_header(sheet: Worksheet, column: int, told: FieldEntry, form: Format) -> None:
    sheet.write_string(0, column, told.name, form)
    note = f"{told.meaning}.\nNeeded: {told.needed}.\nAllowed: {told.allowed}."
    sheet.write_comment(0, column, note, {"x_scale": 2, "y_scale": 1.5})


def _write_codes(sheet: Worksheet, column: int, field: Field) -> None:
    if field.codes:
        for row, text in enumerate((field.name, *field.codes)):
            sheet.write_string(row, column, text)


def _hint(field: Field, column: int) -> Hint:
    """Return what Excel takes in the cells of a field; anything, where it cannot tell."""
    if field.codes:
        letters = xlsxwriter.utility.xl_col_to_name(column)
        source = f"='{LISTS_SHEET}'!${letters}$2:${letters}${len(field.codes) + 1}"
        # Several codes stand in one cell: the list helps, and does not insist.
        return {"validate": "list", "source": source, "show_error": field.kind == "code"}
    if field.kind == "date":
        return {"validate": "date", "criteria": ">=", "value": field.first_day}
    if field.kind in ("integer", "decimal") and field.least is not None:
        return {"validate": field.kind, **_range(field)}
    return {"validate": "any"}


def _range(field: Field) -> Hint:
    if field.most is None:
        return {"criteria": ">=", "value": field.least}
    return {"criteria": "between", "minimum": field.least, "maximum": field.most}


def _message(told: FieldEntry) -> Hint:
    return {
        "input_title": told.name[:_LONGEST_TITLE],
        "input_message": _cut(f"{told.meaning}. Needed: {told.needed}. {told.allowed}"),
        "error_title": told.name[:_LONGEST_TITLE],
        "error_message": _cut(f"Allowed: {told.allowed}"),
    }


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST_HINT else f"{text[: _LONGEST_HINT - 1]}…"
