"""What a cell of a workbook says as text: numbers, dates by their number format, escapes."""

import math
import re
from datetime import datetime, timedelta
from decimal import Decimal, InvalidOperation
from typing import Final

_BUILT_IN_DATES: Final = frozenset([*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)])
"""Numbers of the formats that Excel knows as dates or times without writing them down."""

_NOT_LETTERS: Final = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]', re.I)
_ESCAPE: Final = re.compile(r"_x([0-9A-Fa-f]{4})_")
_MOST_DIGITS: Final = 15
"""Digits of a number that Excel keeps."""

_LAST_SERIAL: Final = 2_958_466
"""The day after 9999-12-31."""


def is_date_format(number: int, code: str | None) -> bool:
    """Return whether a number format shows dates or times."""
    if code is None:
        return number in _BUILT_IN_DATES
    first = _NOT_LETTERS.sub("", code).partition(";")[0].lower()
    return "general" not in first and bool(set("dmyhs") & set(first))


def number_text(raw: str) -> str:
    """Return a number as text.

    Whole numbers of 16 and more digits come as Excel shows them, such as 1.23E+15: it keeps 15
    digits, so that the last ones may be wrong, and the contract sets such keys aside. Fractions
    come in their shortest form, 1.1 for the 1.1000000000000001 that Excel writes.
    """
    if raw.isdecimal() and len(raw) <= _MOST_DIGITS:
        return raw
    try:
        exact, value = Decimal(raw), float(raw)
    except (InvalidOperation, ValueError):
        return raw
    if not math.isfinite(value):
        return raw
    if abs(value) >= 10**_MOST_DIGITS:
        return f"{exact.normalize():E}"
    if value == int(value):
        return str(int(value))
    return f"{Decimal(repr(value)):f}"


def date_text(raw: str, *, starts_1904: bool) -> str:
    """Return the day of a serial number as YYYY-MM-DD, with its time if it has one.

    Excel counts a 29 February 1900 that never was, and a day 0; both come as Excel shows them,
    so that the contract can say what is wrong.
    """
    try:
        serial = float(raw)
    except ValueError:
        return raw
    if not 0 <= serial < _LAST_SERIAL:
        return raw
    days, seconds = divmod(round(serial * 86_400), 86_400)
    return _day_text(days, starts_1904=starts_1904) + (_clock_text(seconds) if seconds else "")


def iso_text(raw: str) -> str:
    """Return a date written as ISO text, without the midnight that some writers add."""
    return re.sub(r"T00:00:00(\.0+)?Z?$", "", raw).replace("T", " ")


def unescaped(text: str) -> str:
    """Return text with the characters that Excel writes as _x000D_; halves of one stay so."""
    return _ESCAPE.sub(_character, text) if "_x" in text else text


def _day_text(days: int, *, starts_1904: bool) -> str:
    if starts_1904:
        return (datetime(1904, 1, 1) + timedelta(days=days)).date().isoformat()
    if days in (0, 60):
        return "1900-01-00" if days == 0 else "1900-02-29"
    first = datetime(1899, 12, 31) if days < 60 else datetime(1899, 12, 30)
    return (first + timedelta(days=days)).date().isoformat()


def _clock_text(seconds: int) -> str:
    return f" {seconds // 3600:02}:{seconds % 3600 // 60:02}:{seconds % 60:02}"


def _character(found: re.Match[str]) -> str:
    code = int(found[1], 16)
    return found[0] if 0xD800 <= code <= 0xDFFF else chr(code)
