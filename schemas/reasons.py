"""Reason codes in plain words: why a row was set aside, or loaded with a warning."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

REASONS: Final[Mapping[str, str]] = MappingProxyType(
    {
        # Rows that cannot be read
        "NUL_BYTE": "The line is damaged",
        "LINE_TOO_LONG": "The line is far too long",
        "UNTERMINATED_QUOTE": "A quotation mark is never closed",
        "MISSING_COLUMNS": "The line has too few fields",
        "TOO_MANY_COLUMNS": "The line has too many fields",
        # Street files, set aside
        "BAD_MONTH": "The month cannot be read",
        "FUTURE_MONTH": "The month has not come yet",
        "MONTH_MISMATCH": "The month is not the one in the file's name",
        "BAD_COORDINATE": "The place on the map cannot be right",
        "UNKNOWN_LSOA": "The small area is not known",
        "MISSING_FORCE": "The force is not named, or not known",
        "UNKNOWN_CATEGORY": "The crime type is not known",
        "DUPLICATE_CRIME_ID": "An exact copy of another row",
        # Street files, loaded with a warning
        "NEW_COLUMN": "A column that is not in the contract",
        "CASE_VARIANT": "A crime type spelt differently",
        "UNKNOWN_OUTCOME": "The outcome is not known",
        "MANY_DUPLICATES": "Many exact copies",
        "BLANK_CRIME_ID": "The crime has no identifier",
        "REPEATED_CRIME_ID": "One identifier on several rows",
        "ZEROED_POINT": "The place is at 0, 0",
        "OUT_OF_AREA": "The place lies in another force's area",
        "LOW_MONTH_APPROVED": "A low month, published on someone's word",
    }
)
