"""Columns that no contract knows and that look as if they spoke about people."""

import polars as pl

from pipelines.errors import FileRefused
from pipelines.identifiers import FREE_TEXT, SHAPES, is_free_text_name, is_identifier_name


def personal_columns(
    rows: pl.DataFrame, extra: tuple[str, ...], file_name: str
) -> tuple[FileRefused, ...]:
    """Return a refusal for each extra column with a telling name or value.

    The value itself is never repeated, only its line and what it looks like.
    """
    found = ((name, _finding(rows, name)) for name in extra)
    return tuple(
        FileRefused(
            file_name,
            f"{file_name}: column {name} {finding}. It is not part of the contract, and nothing "
            "about people may be loaded here. Remove the column and load again.",
            reason="PERSONAL_COLUMN",
        )
        for name, finding in found
        if finding
    )


def _finding(rows: pl.DataFrame, name: str) -> str | None:
    if is_identifier_name(name) or is_free_text_name(name):
        return "has a name that stands for details of people"
    for shape, pattern in (*SHAPES.items(), ("free text", FREE_TEXT)):
        lines = rows.filter(pl.col(name).str.contains(pattern))["line"]
        if lines.len():
            return f"line {lines[0]} looks like {shape}"
    return None
