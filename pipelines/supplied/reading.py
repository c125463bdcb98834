"""Reads a supplied file, CSV or Excel workbook, as text with the lines it came from."""

import re
from dataclasses import dataclass
from typing import Final

import polars as pl

from pipelines.csv_rows import LineFault, incomplete_end, read_rows
from pipelines.csv_text import open_csv
from pipelines.errors import FileRefused
from pipelines.offered import is_workbook_name
from pipelines.supplied.names import file_name_refusal, refuse_bad_names
from pipelines.supplied.workbook import read_workbook

SECTION: Final = "supplied"
"""Where `policy.toml` speaks of supplied files."""


@dataclass(frozen=True)
class ReadFile:
    """A supplied file as text.

    header: names as the file writes them, trimmed; none is blank, none stands twice.
    rows: one row per readable row; `line` (physical line, or row in the sheet; the header is 1),
        then the header's columns as text, null where empty. Blank lines are left out.
    faults: rows that cannot be read into columns.
    row_count: rows by a count that does not depend on how they were read, faults included.
    warnings: what was left aside, in words.
    refusals: why the file must not be loaded, although it could be read on.
    """

    header: tuple[str, ...]
    rows: pl.DataFrame
    faults: tuple[LineFault, ...]
    row_count: int
    warnings: tuple[str, ...]
    refusals: tuple[FileRefused, ...]


def read_supplied(
    raw: bytes, file_name: str, *, encoding: str, tables: tuple[str, ...] = ()
) -> ReadFile:
    """Return what a supplied file says.

    Args:
        raw: its bytes, decompressed.
        file_name: without folder; its ending tells how it is read.
        encoding: of a CSV file, utf-8 unless the policy says otherwise.
        tables: names of tables, one of which may name the sheet of a workbook with several.

    Raises:
        FileRefused: nothing more can be said about the file.
    """
    if refused := file_name_refusal(file_name):
        raise refused
    name = file_name.lower()
    if is_workbook_name(name):
        return _from_workbook(raw, file_name, tables=tables)
    if name.endswith((".csv", ".csv.gz")):
        return _from_csv(raw, file_name, encoding=encoding)
    raise FileRefused(
        file_name,
        f"{file_name} is neither .csv nor .xlsx. Save it as CSV UTF-8 or .xlsx and load again.",
        reason="UNKNOWN_KIND",
    )


def _from_workbook(raw: bytes, file_name: str, *, tables: tuple[str, ...]) -> ReadFile:
    sheet = read_workbook(raw, file_name, tables=tables)
    refusals = () if sheet.row_count else (_no_rows(file_name),)
    return ReadFile(sheet.header, sheet.rows, (), sheet.row_count, sheet.warnings, refusals)


def _from_csv(raw: bytes, file_name: str, *, encoding: str) -> ReadFile:
    _refuse_workbook_as_csv(raw, file_name)
    text = open_csv(raw, file_name, encoding=encoding, section=SECTION)
    refuse_bad_names(text.header, file_name)
    data = _without_empty_rows(text.data, len(text.header))
    rows = read_rows(data, text.header)
    cut = incomplete_end(data, text.header, file_name)
    ends = () if rows.row_count else (_no_rows(file_name),)
    refusals = (*text.refusals, *ends, *((cut,) if cut else ()))
    return ReadFile(text.header, rows.frame, rows.faults, rows.row_count, (), refusals)


def _refuse_workbook_as_csv(raw: bytes, file_name: str) -> None:
    if raw.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise FileRefused(
            file_name,
            f"{file_name} is a workbook or an archive, not CSV. Save it as CSV UTF-8, or name "
            "it .xlsx if it is an Excel workbook, and load again.",
            reason="NOT_CSV",
        )


def _without_empty_rows(data: bytes, width: int) -> bytes:
    """Return the bytes with lines of commas only made blank; Excel writes such lines.

    The lines stay, so that line numbers do. No quoted value can hold such a line: the reader
    takes a line with as many commas as a row to be a row.
    """
    commas = b"," * (width - 1)
    if b"\n" + commas not in data and not data.startswith(commas):
        return data
    return re.sub(rb"^" + commas + rb"(?=\r?$)", b"", data, flags=re.MULTILINE)


def _no_rows(file_name: str) -> FileRefused:
    return FileRefused(
        file_name,
        f"{file_name} has a header but no data rows. Ask the sender for the rows, or delete the "
        "file if there is nothing to send.",
        reason="NO_ROWS",
    )
