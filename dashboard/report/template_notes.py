"""The sheet of a template that explains it: fields, codes and rules, as the data dictionary has."""

from collections.abc import Iterable, Iterator
from typing import Final

import xlsxwriter

from schemas.supplied.dictionary import TableEntry, code_lists, entry
from schemas.supplied.dictionary_words import FOR_EVERY_TABLE
from schemas.supplied.field import Contract
from schemas.supplied.template import NOTES_SHEET, template_fields

_WIDTHS: Final = (28, 22, 26, 60, 60)

Line = tuple[str, ...]


def write_notes(book: xlsxwriter.Workbook, contract: Contract) -> None:
    """Add the sheet to a template. It is locked, so that no rows are put there by mistake."""
    sheet = book.add_worksheet(NOTES_SHEET)
    sheet.protect()
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    wrap = book.add_format({"text_wrap": True, "valign": "top"})
    for column, width in enumerate(_WIDTHS):
        sheet.set_column(column, column, width)
    for row, (is_heading, line) in enumerate(_lines(contract)):
        for column, text in enumerate(line):
            sheet.write_string(row, column, text, bold if is_heading or not column else wrap)


def _lines(contract: Contract) -> Iterator[tuple[bool, Line]]:
    """Yield the lines of the sheet, and whether each is a heading."""
    told = entry(contract)
    for part in (_about(told), _fields(contract), _codes(told), _rules(told), _general()):
        for place, line in enumerate(part):
            yield place == 0, line
        yield False, ()


def _about(told: TableEntry) -> Iterator[Line]:
    yield told.title, f"One row per {told.row}"
    yield "Who sends it", told.sender
    yield "When", told.rhythm
    yield "Replaces", told.replaces


def _fields(contract: Contract) -> Iterator[Line]:
    names = {field.name for field in template_fields(contract)}
    yield "Field", "Kind", "Needed", "Allowed", "Meaning"
    for each in entry(contract).fields:
        if each.name in names:
            yield each.name, each.kind, each.needed, each.allowed, each.meaning


def _codes(told: TableEntry) -> Iterator[Line]:
    yield "List of codes", "Code", "", "Meaning"
    for name in dict.fromkeys(each.code_list for each in told.fields if each.code_list):
        yield from ((name, code, "", meaning) for code, meaning in code_lists()[name].items())


def _rules(told: TableEntry) -> Iterator[Line]:
    yield "Field", "Rule", "A row that breaks it", "Expected", "What to do"
    for each in told.rules:
        yield each.column, each.rule_id, each.level, each.expected, each.advice


def _general() -> Iterable[Line]:
    lines = ((subject, "", "", text) for subject, text in FOR_EVERY_TABLE.items())
    return ("For every table",), *lines
