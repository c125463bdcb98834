"""Columns that no contract knows and that look as if they spoke about people."""

import re
from typing import Final

import polars as pl

from pipelines.errors import FileRefused

_NAMES: Final = frozenset(
    [
        "name",
        "full name",
        "first name",
        "forename",
        "surname",
        "last name",
        "victim",
        "victim name",
        "email",
        "e mail",
        "email address",
        "phone",
        "telephone",
        "mobile",
        "address",
        "postcode",
        "nhs number",
        "ni number",
        "date of birth",
        "dob",
        "notes",
        "comment",
        "comments",
        "free text",
        "description",
        "details",
        "narrative",
    ]
)
_SHAPES: Final = {
    "an e-mail address": r"[\w.+-]+@[\w-]+\.[\w.-]+",
    "a postcode": r"(?i)\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b",
    "a telephone number": r"(?:\+44|\b0)\d(?:[ -]?\d){8,9}\b",
    "a National Insurance number": r"(?i)\b[A-Z]{2} ?\d{2} ?\d{2} ?\d{2} ?[A-D]\b",
    "free text": r"(?:\S+\s+){7}\S+",
}


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
    if re.sub(r"[\W_]+", " ", name).strip().lower() in _NAMES:
        return "has a name that stands for details of people"
    for shape, pattern in _SHAPES.items():
        lines = rows.filter(pl.col(name).str.contains(pattern))["line"]
        if lines.len():
            return f"line {lines[0]} looks like {shape}"
    return None
