"""What a template and its reader agree on: the fields it has, and its sheets that hold no rows."""

from typing import Final

from schemas.supplied.field import SAMPLE_FIELD, Contract, Field

NOTES_SHEET: Final = "About this template"
LISTS_SHEET: Final = "Lists for this template"

SHEETS_WITHOUT_ROWS: Final = frozenset({NOTES_SHEET, LISTS_SHEET})
"""Sheets that every template has beside the table's; whoever reads it passes them over."""


def template_fields(contract: Contract) -> tuple[Field, ...]:
    """Return the fields of a table's template: all but the mark of invented rows."""
    return tuple(each for each in contract.fields if each is not SAMPLE_FIELD)
