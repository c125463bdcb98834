"""Reads the rows of comma-separated text so that no line can hide, swallow or lose another."""

import csv
import io
from dataclasses import dataclass
from itertools import islice
from typing import Final

import numpy as np
import polars as pl
from polars.exceptions import PolarsError

from pipelines.errors import FileRefused

FIRST_DATA_LINE: Final = 2

_LONGEST_LINE: Final = 100_000
"""Bytes; a real row has about 200."""

_MOST_LINES_OF_A_ROW: Final = 10
"""Physical lines that one row with quoted line ends may take."""

_NOT_TEXT: Final = frozenset({"NUL_BYTE", "LINE_TOO_LONG", "UNTERMINATED_QUOTE"})
"""Faults of a physical line, which is set aside by itself and never read as CSV."""


@dataclass(frozen=True)
class LineFault:
    """A row that cannot be read into columns: its first physical line, its text, why."""

    line: int
    text: str
    reason: str
    expected: str
    advice: str


@dataclass(frozen=True)
class Rows:
    """The rows of a file.

    frame: one row per readable row; `line` (first physical line, the header being line 1), then
        the columns of the header as text, null where empty.
    faults: the rows that cannot be read.
    row_count: rows in the file by a count that does not depend on how they were read.
    """

    frame: pl.DataFrame
    faults: tuple[LineFault, ...]
    row_count: int


def read_rows(data: bytes, names: tuple[str, ...]) -> Rows:
    """Return the rows in `data`, the bytes after the header line."""
    return _read_at_once(data, names) or _read_by_line(data, names)


def incomplete_end(data: bytes, names: tuple[str, ...], file_name: str) -> FileRefused | None:
    """Return a refusal when the last line is cut off: too few fields and no line end."""
    if not data or data.endswith((b"\n", b"\r")):
        return None
    last = data[data.rfind(b"\n") + 1 :]
    fields = len(next(csv.reader([_text(last)]), [])) if len(last) < _LONGEST_LINE else len(names)
    if fields >= len(names):
        return None
    line = data.count(b"\n") + FIRST_DATA_LINE
    return FileRefused(
        file_name,
        f"{file_name}: line {line} has {fields} of {len(names)} fields and no line end: "
        "the file is incomplete. Download it again.",
        reason="INCOMPLETE_FILE",
    )


def _read_at_once(data: bytes, names: tuple[str, ...]) -> Rows | None:
    """Return all rows in one go, or None when any line may not be plain.

    Plain means no quotes, no NUL bytes, one kind of line end and as many commas in all as so
    many complete rows have; a row with too many fields makes Polars fail, so that one with too
    few cannot make up for it.
    """
    row_count = _count_byte(data, b"\n") + (not data.endswith(b"\n"))
    is_plain = (
        bool(data)
        and b'"' not in data
        and b"\0" not in data
        and (b"\r" not in data or data.count(b"\r") == data.count(b"\r\n") == row_count)
        and _count_byte(data, b",") == row_count * (len(names) - 1)
    )
    if not is_plain:
        return None
    try:
        frame = _parse(data, names)
    except PolarsError:
        return None
    if frame.height != row_count:
        return None
    return Rows(frame, (), row_count)


def _count_byte(data: bytes, byte: bytes) -> int:
    # Four times as fast as bytes.count where the byte is frequent.
    return int(np.count_nonzero(np.frombuffer(data, np.uint8) == byte[0]))


def _parse(data: bytes, names: tuple[str, ...]) -> pl.DataFrame:
    """Return plain rows, numbered as if they stood one below the other from the first on."""
    return pl.read_csv(
        data,
        has_header=False,
        schema=dict.fromkeys(names, pl.String),
        quote_char=None,
        row_index_name="line",
        row_index_offset=FIRST_DATA_LINE,
    )


def _read_by_line(data: bytes, names: tuple[str, ...]) -> Rows:
    """Return the rows read line by line: plain lines in one go, the others with care."""
    lines = [line.removesuffix(b"\r") for line in data.removesuffix(b"\n").split(b"\n")]
    odd = _odd_places(lines, len(names))
    read: dict[int, list[str]] = {}
    faults: list[LineFault] = []
    done = 0
    for place in odd:
        if place < done or not lines[place].strip():
            continue
        found, taken = _careful(lines, place, len(names))
        done = place + taken
        if isinstance(found, LineFault):
            faults.append(found)
        else:
            read[place] = found
    plain = sorted(set(range(len(lines))).difference(odd))
    frame = pl.concat([_plain_frame(lines, plain, names), _careful_frame(read, names)])
    return Rows(frame.sort("line"), tuple(faults), _count(lines, faults))


def _odd_places(lines: list[bytes], width: int) -> list[int]:
    """Return the places of lines that are not plain rows. Blank lines are among them."""
    return [
        place
        for place, line in enumerate(lines)
        if line.count(b",") != width - 1
        or b'"' in line
        or b"\0" in line
        or b"\r" in line
        or len(line) >= _LONGEST_LINE
    ]


def _careful(lines: list[bytes], place: int, width: int) -> tuple[list[str] | LineFault, int]:
    """Return the row that starts at `place`, or its fault, and how many lines it takes."""
    line = lines[place]
    if b"\0" in line:
        return _fault(place, line, "NUL_BYTE", "text without NUL bytes"), 1
    if len(line) >= _LONGEST_LINE:
        expected = f"a line under {_LONGEST_LINE:,} bytes; this one has {len(line):,}"
        return _fault(place, line[:200], "LINE_TOO_LONG", expected), 1
    fields, taken = _quoted_row(lines, place, width)
    if fields is None:
        return _fault(place, line, "UNTERMINATED_QUOTE", "a closing quotation mark"), 1
    if len(fields) != width:
        reason = "MISSING_COLUMNS" if len(fields) < width else "TOO_MANY_COLUMNS"
        return _fault(place, line, reason, f"{width} fields; this line has {len(fields)}"), 1
    return fields, taken


def _quoted_row(lines: list[bytes], place: int, width: int) -> tuple[list[str] | None, int]:
    """Return the fields of the row at `place` and its number of lines; None when unterminated.

    A quoted field may run over several lines, but never over one that is a whole row itself: so
    a quotation mark that was never closed cannot swallow the rows after it.
    """
    text = _text(lines[place])
    fields = _split(text)
    if fields is not None:
        return fields, 1
    following = islice(lines, place + 1, place + _MOST_LINES_OF_A_ROW)
    for taken, line in enumerate(following, start=2):
        if b"\0" in line or len(line) >= _LONGEST_LINE or _is_whole(_text(line), width):
            break
        text += "\n" + _text(line)
        fields = _split(text)
        if fields is not None:
            return (fields, taken) if len(fields) == width else (None, 1)
    return None, 1


def _is_whole(text: str, width: int) -> bool:
    # Read leniently: a line with a stray quotation mark can still be a row of its own.
    return len(next(csv.reader([text]), [])) >= width or text.count(",") >= width - 1


def _split(text: str) -> list[str] | None:
    """Return the fields, None where quotation marks do not match."""
    try:
        return next(csv.reader([part + "\n" for part in text.split("\n")], strict=True))
    except csv.Error:
        return None


def _text(line: bytes) -> str:
    # A carriage return within a line would end the row for the csv module.
    return line.decode(errors="replace").replace("\r", " ")


def _fault(place: int, raw: bytes, reason: str, expected: str) -> LineFault:
    shown = raw.decode(errors="backslashreplace").replace("\0", "\\x00")
    advice = "Download the file again, or correct the line."
    return LineFault(place + FIRST_DATA_LINE, shown, reason, expected, advice)


def _plain_frame(lines: list[bytes], places: list[int], names: tuple[str, ...]) -> pl.DataFrame:
    if not places:
        return _careful_frame({}, names)
    frame = _parse(b"\n".join(lines[place] for place in places), names)
    numbers = pl.Series("line", places, dtype=pl.UInt32) + FIRST_DATA_LINE
    return frame.with_columns(numbers)


def _careful_frame(read: dict[int, list[str]], names: tuple[str, ...]) -> pl.DataFrame:
    rows = [
        (place + FIRST_DATA_LINE, *(field or None for field in fields))
        for place, fields in read.items()
    ]
    schema = {"line": pl.UInt32, **dict.fromkeys(names, pl.String)}
    return pl.DataFrame(rows, schema=schema, orient="row")


def _count(lines: list[bytes], faults: list[LineFault]) -> int:
    """Return the number of rows as the csv module counts them."""
    apart = {fault.line - FIRST_DATA_LINE for fault in faults if fault.reason in _NOT_TEXT}
    rest = [line for place, line in enumerate(lines) if place not in apart and line.strip()]
    text = io.StringIO(_text(b"\n".join(rest)), newline="\n")
    return len(apart) + sum(1 for row in csv.reader(text) if row)
