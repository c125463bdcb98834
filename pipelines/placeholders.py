"""Puts what stands in a row into the words of a rule, unless the row is about a person."""

import difflib
import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Final

import polars as pl

_PLACEHOLDER: Final = re.compile(r"(\{[a-z][^{}]*\})")
_OF_THE_ROW: Final = re.compile(r" \(\{(?:[^{}]+:text|value|excel_date)\}\)")
"""A value of the row in brackets: the sentence is whole without it."""

_EXCEL_DAY_0: Final = date(1899, 12, 30)

Codes = Mapping[str, tuple[str, ...]]
"""Column → the codes known for it, of which `{nearest}` names one."""


def filled_in(
    template: str, column: str, rows: pl.DataFrame, *, values: bool, codes: Codes
) -> pl.Expr:
    """Return the template's text for each row.

    Args:
        template: words of a rule about `column`, see `schemas.rule.Rule`.
        column: the column at fault.
        rows: the rows at fault.
        values: whether values may be repeated; they are left out of rows about people.
        codes: the known codes.
    """
    words = template if values else without_values(template)
    parts = [part for part in _PLACEHOLDER.split(words) if part]
    if not any(_PLACEHOLDER.fullmatch(part) for part in parts):
        return pl.lit(words)
    return pl.concat_str(_parts(parts, column, rows, codes=codes))


def without_values(template: str) -> str:
    """Return the template without what would repeat a value of the row."""
    return _OF_THE_ROW.sub("", template)


def _parts(parts: list[str], column: str, rows: pl.DataFrame, *, codes: Codes) -> Iterator[pl.Expr]:
    for part in parts:
        name = part[1:-1]
        if not _PLACEHOLDER.fullmatch(part):
            yield pl.lit(part)
        elif name == "nearest":
            yield _nearest(rows[f"{column}:text"], codes.get(column, ()))
        elif name == "excel_date":
            yield _excel_date(pl.col(f"{column}:text"))
        else:
            yield pl.col(column if name == "value" else name).cast(pl.String).fill_null("")


def _nearest(found: pl.Series, known: tuple[str, ...]) -> pl.Expr:
    nearest = {text: _nearest_code(text, known) for text in found.drop_nulls().unique()}
    return pl.lit(found.replace_strict(nearest, default="none", return_dtype=pl.String))


def _nearest_code(text: str, known: tuple[str, ...]) -> str:
    near = difflib.get_close_matches(text, known, n=1, cutoff=0.0)
    return near[0] if near else "none: the directory is not loaded"


def _excel_date(text: pl.Expr) -> pl.Expr:
    days = text.str.extract(r"^(\d+)").cast(pl.Int32, strict=False)
    return (pl.lit(_EXCEL_DAY_0) + pl.duration(days=days)).cast(pl.String).fill_null("")
