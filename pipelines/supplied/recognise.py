"""Tells which table a supplied file is, by its columns, and what its columns have too much."""

import difflib
from typing import Final

import polars as pl

from pipelines.errors import FileRefused
from pipelines.identifiers import (
    FREE_TEXT,
    holds_identifier_shape,
    is_free_text_name,
    is_identifier_name,
)
from schemas.supplied.field import Contract, Field

_LISTED: Final = 8
_LONGEST_NAME: Final = 60


def recognise(header: tuple[str, ...], file_name: str, contracts: tuple[Contract, ...]) -> Contract:
    """Return the contract that the columns match best; capitals make no difference.

    The file's name only decides between tables that match alike. Columns that the contract does
    not know are another question: see `column_refusals`.

    Raises:
        FileRefused: no table matches, a required column is missing, or two tables match alike.
            Unknown names are not repeated: without a header line they are data.
    """
    names = {name.casefold() for name in header}
    ranked = sorted(contracts, key=lambda each: _rank(each, names, file_name), reverse=True)
    nearest = ranked[0]
    matched = names & set(nearest.names)
    missing = _missing(nearest, names)
    if not matched or (missing and 2 * len(matched) < len(header)):
        raise _unknown(file_name, nearest, missing, matched=len(matched), width=len(header))
    if missing:
        raise _incomplete(file_name, nearest, missing, names)
    if len(ranked) > 1 and _rank(ranked[1], names, file_name) == _rank(nearest, names, file_name):
        raise _ambiguous(file_name, nearest, ranked[1])
    return nearest


def fields_by_column(header: tuple[str, ...], contract: Contract) -> dict[str, Field]:
    """Return the field of each column that the contract knows, by the column's name in the file."""
    fields = {each.name: each for each in contract.fields}
    return {name: fields[name.casefold()] for name in header if name.casefold() in fields}


def column_refusals(
    header: tuple[str, ...], rows: pl.DataFrame, contract: Contract, file_name: str
) -> tuple[FileRefused, ...]:
    """Return a refusal for each column outside the contract.

    A column whose name stands for details of people is left to `identifier_refusals`.
    """
    known = fields_by_column(header, contract)
    return tuple(
        _column_refusal(name, place, rows, contract, file_name=file_name)
        for place, name in enumerate(header, start=1)
        if name not in known and not is_identifier_name(name)
    )


def column_words(name: str, place: int) -> str:
    """Return how to speak of a column outside the contract: by place if its name is no name."""
    is_name = len(name) <= _LONGEST_NAME and not holds_identifier_shape(name)
    return f"column {name}" if is_name else f"column {place}"


def _column_refusal(
    name: str, place: int, rows: pl.DataFrame, contract: Contract, *, file_name: str
) -> FileRefused:
    column = column_words(name, place)
    start = f"{file_name} line 1: {column} is not part of the contract for {contract.table}"
    free_text = _free_text_line(rows, name)
    if is_free_text_name(name) or free_text is not None:
        where = f" (line {free_text})" if free_text is not None else ""
        return FileRefused(
            file_name,
            f"{start} and looks like free text{where}, which may speak of people. Nothing was "
            "kept. Remove the column and load again.",
            reason="FREE_TEXT_COLUMN",
        )
    near = difflib.get_close_matches(name.casefold(), contract.names, n=1, cutoff=0.0)
    return FileRefused(
        file_name,
        f"{start}; nearest field {near[0]}. Rename the column if it is that field, or remove it, "
        "and load again.",
        reason="UNKNOWN_COLUMN",
    )


def _free_text_line(rows: pl.DataFrame, name: str) -> int | None:
    lines = rows.filter(pl.col(name).str.contains(FREE_TEXT))["line"]
    return int(lines[0]) if lines.len() else None


def _rank(contract: Contract, names: set[str], file_name: str) -> tuple[int, int, bool]:
    matched = len(names & set(contract.names))
    is_named = file_name.lower().startswith(contract.table)
    return matched, -len(_missing(contract, names)), is_named


def _missing(contract: Contract, names: set[str]) -> tuple[str, ...]:
    required = (each.name for each in contract.fields if each.is_required)
    return tuple(name for name in required if name not in names)


def _unknown(
    file_name: str, nearest: Contract, missing: tuple[str, ...], *, matched: int, width: int
) -> FileRefused:
    return FileRefused(
        file_name,
        f"{file_name} line 1: no table has these columns. Nearest is {nearest.table}: {matched} of "
        f"{width} columns match, and {_listed(missing)} missing. Is line 1 the header? Use the "
        "template of the table, and load again.",
        reason="UNKNOWN_TABLE",
    )


def _incomplete(
    file_name: str, nearest: Contract, missing: tuple[str, ...], names: set[str]
) -> FileRefused:
    unknown = len(names - set(nearest.names))
    are = "column is" if unknown == 1 else "columns are"
    others = f"; {unknown} {are} not part of it" if unknown else ""
    return FileRefused(
        file_name,
        f"{file_name} line 1: nearest table {nearest.table}; {_listed(missing)} missing{others}. "
        "Add the columns, named as in the template, and load again.",
        reason="MISSING_COLUMN",
    )


def _ambiguous(file_name: str, first: Contract, second: Contract) -> FileRefused:
    return FileRefused(
        file_name,
        f"{file_name} line 1: the columns fit {first.table} and {second.table} alike. Begin the "
        "file's name with the table's, and load again.",
        reason="UNKNOWN_TABLE",
    )


def _listed(missing: tuple[str, ...]) -> str:
    if not missing:
        return "nothing is"
    words = ", ".join(missing[:_LISTED])
    more = f" and {len(missing) - _LISTED} more" if len(missing) > _LISTED else ""
    return f"{words}{more} {'is' if len(missing) == 1 else 'are'}"
