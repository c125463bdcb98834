"""Templates say what the contracts say, and come back from a sender without a word of complaint."""

import io
from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from dashboard.export import export
from dashboard.report import templates
from pipelines.supplied.context import Known
from pipelines.supplied.door import door_refusals
from pipelines.supplied.prepare import prepare
from pipelines.supplied.reading import ReadFile, read_supplied
from pipelines.supplied.recognise import recognise
from schemas.rule import broken_rules
from schemas.supplied.contracts import CONTRACTS, contract
from schemas.supplied.dictionary import entry
from schemas.supplied.field import Field
from schemas.supplied.field_rules import field_rules
from schemas.supplied.template import LISTS_SHEET, NOTES_SHEET
from tests.support.leaving import leaving
from tests.support.prepared_rows import AS_OF, GOOD

NAMES = tuple(each.table for each in CONTRACTS)
each_table = pytest.mark.parametrize("table", NAMES)
AS_TEXT = {"key", "id", "text", "code", "codes", "month", "quarter", "financial_year"}


@cache
def book(table: str) -> bytes:
    return templates.template(contract(table))


def opened(table: str) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(book(table)))


@cache
def template(table: str) -> openpyxl.Workbook:
    """Return the template for tests that only look at it."""
    return opened(table)


def rows_of(table: str) -> Worksheet:
    sheet = template(table)[table]
    assert isinstance(sheet, Worksheet)
    return sheet


def fields(table: str) -> dict[str, Field]:
    return {each.name: each for each in contract(table).fields}


def filled(table: str, *rows: Mapping[str, object]) -> ReadFile:
    """Return the template as read back after someone filled in rows and saved it."""
    book = opened(table)
    names = [cell.value for cell in book[table][1]]
    for row in rows:
        typed = [_as_typed(fields(table)[str(name)], row.get(str(name))) for name in names]
        book[table].append(typed)
    target = io.BytesIO()
    book.save(target)
    return read_supplied(target.getvalue(), f"{table}.xlsx", encoding="utf-8")


def _as_typed(field: Field, value: object) -> object:
    """Return a value of a prepared row as a person types it into a cell."""
    if isinstance(value, list):
        return "|".join(value)
    if not isinstance(value, date) or field.kind == "date":
        return value
    if field.kind == "month":
        return f"{value:%Y-%m}"
    year = value.year - (value.month < 4)
    name = f"{year}-{(year + 1) % 100:02d}"
    return name if field.kind == "financial_year" else f"{name} Q{(value.month - 4) % 12 // 3 + 1}"


@each_table
def test_the_header_is_the_fields_of_the_contract_but_for_the_mark(table: str) -> None:
    names = [cell.value for cell in rows_of(table)[1]]
    assert names == list(contract(table).names[:-1])
    assert rows_of(table).max_row == 1


@each_table
def test_the_sheets_are_the_table_then_notes_then_hidden_lists(table: str) -> None:
    states = {sheet.title: sheet.sheet_state for sheet in template(table).worksheets}
    assert list(states) == [table, NOTES_SHEET, LISTS_SHEET]
    assert list(states.values()) == ["visible", "visible", "hidden"]


@each_table
def test_every_header_has_a_note_that_says_what_is_needed_and_allowed(table: str) -> None:
    for cell, told in zip(rows_of(table)[1], entry(contract(table)).fields, strict=False):
        assert cell.comment is not None
        assert all(each in cell.comment.text for each in (told.meaning, told.needed, told.allowed))


@each_table
def test_a_list_offers_exactly_the_codes_of_its_field(table: str) -> None:
    lists = template(table)[LISTS_SHEET]
    offered: dict[str, list[object]] = {}
    for each in rows_of(table).data_validations.dataValidation:
        if each.type == "list":
            cells = lists[str(each.formula1).rpartition("!")[2].replace("$", "")]
            (place,) = each.sqref.ranges
            name = rows_of(table).cell(1, place.min_col).value
            offered[str(name)] = [row[0].value for row in cells]
    coded = {name: list(each.codes) for name, each in fields(table).items() if each.codes}
    assert offered == {name: codes for name, codes in coded.items() if name != "sample_mark"}


@each_table
def test_identifiers_codes_and_periods_are_texts_and_dates_are_dates(table: str) -> None:
    sheet = rows_of(table)
    for cell in sheet[1]:
        kind = fields(table)[str(cell.value)].kind
        style = sheet.column_dimensions[cell.column_letter].number_format
        assert (style == "@") == (kind in AS_TEXT), cell.value
        assert (style == "yyyy-mm-dd") == (kind == "date"), cell.value


@each_table
def test_the_notes_tell_every_field_and_rule(table: str) -> None:
    texts = {cell.value for row in template(table)[NOTES_SHEET] for cell in row}
    told = entry(contract(table))
    assert {each.meaning for each in told.fields[:-1]} <= texts
    assert {each.expected for each in told.rules} <= texts


@each_table
def test_a_filled_template_is_read_as_it_was_filled_without_refusal_or_warning(table: str) -> None:
    read = filled(table, GOOD[table])
    assert recognise(read.header, f"{table}.xlsx", CONTRACTS) is contract(table)
    assert door_refusals(read, contract(table), f"{table}.xlsx") == ()
    assert (read.row_count, read.faults, read.warnings) == (1, (), ())
    rows = prepare(read.rows, contract(table), as_of=AS_OF, known=Known())
    assert broken_rules(rows, field_rules(contract(table))) == ()
    understood = rows.select(contract(table).names).row(0, named=True)
    assert understood == {name: GOOD[table].get(name) for name in contract(table).names}


def test_an_empty_template_is_refused_because_it_has_no_rows() -> None:
    (refusal,) = read_supplied(book("vrr"), "vrr.xlsx", encoding="utf-8").refusals
    assert refusal.reason == "NO_ROWS"


def test_b54_a_sheet_that_is_not_the_templates_own_is_still_spoken_of() -> None:
    book = opened("vrr")
    book["vrr"].append(["V-1"])
    book.create_sheet("Scratch").append(["left over"])
    target = io.BytesIO()
    book.save(target)
    read = read_supplied(target.getvalue(), "vrr.xlsx", encoding="utf-8", tables=("vrr",))
    assert read.warnings == ("Other sheets ignored: Scratch.",)


def test_several_codes_may_be_typed_where_the_list_only_helps() -> None:
    lists = rows_of("referrals").data_validations.dataValidation
    letters = {cell.value: cell.column_letter for cell in rows_of("referrals")[1]}
    for name, insists in (("status", True), ("priority_flags", False)):
        (found,) = (each for each in lists if str(each.sqref).startswith(f"{letters[name]}2:"))
        assert (found.type, bool(found.showErrorMessage)) == ("list", insists)


def test_a_template_is_a_workbook_and_nothing_else(tmp_path: Path) -> None:
    leaves = leaving(tmp_path)
    assert export(contract("vrr"), "xlsx", leaving=leaves).file_name == "vrr-template.xlsx"
    with pytest.raises(KeyError):
        export(contract("vrr"), "png", leaving=leaves)


def test_the_notes_are_locked_so_that_no_rows_are_put_there() -> None:
    assert template("referrals")[NOTES_SHEET].protection.sheet
