"""What a source's rows contribute: who counts towards which measures, when and where."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import polars as pl

from schemas.menu.values import UNKNOWN

Rows = Mapping[str, pl.DataFrame]
"""The accepted rows by table, each field typed."""


@dataclass(frozen=True, kw_only=True)
class Events:
    """Rows that count towards measures.

    rows: one row per event: `month` (its first day), `area_code` (a district, OUT, NK or null),
        a column for each split, and for each measure a column of its name: a flag or a number.
    measures: their keys. first, last: the months that the source covers; events outside are not
        counted, because a month is told in full or not at all.
    person: the columns that name a person, for measures of distinct people; the rows are then in
        the order in which a person's first one is looked for.
    """

    rows: pl.DataFrame
    measures: tuple[str, ...]
    first: date
    last: date
    person: tuple[str, ...] = ()


@dataclass(frozen=True)
class Covered:
    """The months that a source covers, from its first row to its last whole month."""

    first: date
    last: date


def covered(rows: pl.DataFrame, field: str, *, as_of: date, months: int = 1) -> Covered | None:
    """Return the months from the first row to the last, none when no whole month is covered.

    A month in between without rows counts: that there was nobody is a fact about people, and one
    month left out of a year would tell it. `months`: 3 where the field names a quarter.
    """
    found = rows[field].drop_nulls()
    if found.is_empty():
        return None
    ends = pl.Series([found.min(), found.max(), as_of]).dt.truncate("1mo")
    latest = ends.dt.offset_by(f"{months - 1}mo")[1]
    last_whole = ends.dt.offset_by("-1mo")[2]
    last = min(latest, last_whole)
    return Covered(ends[0], last) if ends[0] <= last else None


def month_of(field: str) -> pl.Expr:
    """Return the first day of the month of a date."""
    return pl.col(field).dt.truncate("1mo").alias("month")


def known(field: str) -> pl.Expr:
    """Return a code, NK where it is blank."""
    return pl.col(field).fill_null(UNKNOWN)


def given(field: str) -> pl.Expr:
    """Return where a field is filled in."""
    return pl.col(field).is_not_null()


def holds(condition: pl.Expr) -> pl.Expr:
    """Return where a condition holds; not where it cannot be told."""
    return condition.fill_null(value=False)
