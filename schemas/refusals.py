"""Why a whole file was refused, in plain words; `reasons.py` says the same of single rows."""

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from schemas.reasons import REASONS

REFUSALS: Final[Mapping[str, str]] = MappingProxyType(
    {
        # What would give people away
        "IDENTIFIER_COLUMN": "A column of details of people",
        "IDENTIFIER_CELL": "A cell that looks like a detail of a person",
        "IDENTIFIER_FILE_NAME": "A file name that looks like a detail of a person",
        "FREE_TEXT_COLUMN": "A column of free text",
        "PERSONAL_COLUMN": "A column that may speak of people",
        # What kind of file it is
        "EMPTY_FILE": "The file is empty",
        "NO_ROWS": "There is a header but no rows",
        "UNKNOWN_KIND": "Neither CSV nor Excel",
        "NOT_CSV": "Named as CSV, but something else",
        "NOT_A_WORKBOOK": "Not an Excel workbook of today's kind",
        "NO_FILES": "There is no file in it that could be loaded",
        "WEB_PAGE": "A web page, not data",
        "UNREADABLE": "The file cannot be read",
        "DAMAGED_FILE": "The file is damaged",
        "DAMAGED_ARCHIVE": "The archive is damaged",
        "INCOMPLETE_FILE": "The file breaks off",
        "TOO_LARGE": "The file is too large",
        "UNSAFE_ARCHIVE": "The archive is not safe to open",
        "REPEATED_MEMBER": "Two files of one name in the archive",
        "UNSAFE_XML": "The workbook is not safe to open",
        "MACROS": "The workbook may hold macros",
        "EXTERNAL_LINK": "The workbook has links to other files",
        "EMBEDDED_OBJECT": "The workbook has other files within",
        "PASSWORD": "The workbook has a password",
        # What kind of map it is
        "NOT_JSON": "Not JSON",
        "NOT_FEATURES": "JSON, but no map of areas",
        "WRONG_PROJECTION": "The coordinates are not longitude and latitude",
        "NO_CODE_PROPERTY": "No property holds codes of areas",
        "REPEATED_AREA": "An area stands there twice",
        "MISSING_AREA": "An area is missing",
        "AREA_ELSEWHERE": "An area lies where it should not",
        "EMPTY_GEOMETRY": "An area without a shape",
        "NO_AREA": "Points or lines, not areas",
        "BAD_COORDINATES": "Coordinates that are no numbers",
        "BAD_RING": "The line round an area is not closed",
        "CROSSING_RING": "The line round an area crosses itself",
        "MORE_FAULTS": "There are more faults than are listed",
        # How it is laid out
        "WRONG_ENCODING": "The letters cannot be read",
        "WRONG_DELIMITER": "The fields are not divided by commas",
        "WRONG_SHEET": "It is not clear which sheet to read",
        "HEADER_NOT_IN_ROW_1": "The header is not in the first row",
        "FORMULA_WITHOUT_VALUE": "A formula with no saved value",
        "NO_COLUMN_NAME": "A column has no name",
        "DUPLICATE_COLUMN": "Two columns have one name",
        "MISSING_COLUMN": "A column is missing",
        "UNKNOWN_COLUMN": "A column that is not in the template",
        "UNKNOWN_TABLE": "The columns are not those of any return",
        "OLD_LAYOUT": "The layout is an old one",
        # What it says
        "KEY_FORM": "The identifiers have the wrong form",
        "TIME_GIVEN": "A time of day where only a day belongs",
        "AMBIGUOUS_DATE": "Dates that can be read two ways",
        "UNKNOWN_FORCE": "The force is not known",
        "MISNAMED_FILE": "The file's name says another month",
        "MIXED_SAMPLE": "Invented rows among real ones",
        "MIXED_WITH_SAMPLE": "Invented rows among real ones",
        "INVENTED_BESIDE_REAL": "Invented rows where real ones are kept",
        "TOO_MANY_SET_ASIDE": "Too many rows would be set aside",
        "FAR_FEWER_ROWS": "Far fewer rows than are loaded of the same period",
        "TOO_MANY_OUTSIDE": "Too many places lie in other forces' areas",
        "ROWS_LOST": "Rows were lost, which is our mistake",
    }
)


def reason_in_words(reason: str) -> str:
    """Return a reason code of a row or a file in plain words, one word at least for each code."""
    known = REASONS.get(reason) or REFUSALS.get(reason)
    return known or reason.replace("_", " ").capitalize()


def codes_in_words(message: str) -> str:
    """Return a message with each reason code that it names, such as BAD_MONTH, in plain words."""
    return re.sub(r"\b[A-Z]+(?:_[A-Z]+)+\b", _quoted_if_known, message)


def _quoted_if_known(found: re.Match[str]) -> str:
    code = found.group()
    is_known = code in REASONS or code in REFUSALS
    return f"“{reason_in_words(code)}”" if is_known else code
