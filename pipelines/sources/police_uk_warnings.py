"""Oddities of a street file whose rows are loaded and counted all the same."""

import hashlib
from collections import Counter
from collections.abc import Iterator
from typing import Final, NamedTuple

import polars as pl

from pipelines.csv_header import Header
from pipelines.reference import HOME_FORCE_CODE
from pipelines.sources.police_uk_rows import Prepared
from schemas.codes import ANTISOCIAL_BEHAVIOUR

WARNING_SCHEMA: Final[dict[str, pl.DataType]] = {
    "reason": pl.String(),
    "detail": pl.String(),
    "row_count": pl.Int32(),
    "message": pl.String(),
}
_MANY_COPIES: Final = 0.001
"""Share of a file's rows; more exact copies than this are warned of."""


class _Warning(NamedTuple):
    reason: str
    detail: str
    row_count: int
    message: str


def warnings(
    accepted: pl.DataFrame,
    placed: pl.DataFrame,
    *,
    prepared: Prepared,
    header: Header,
    faults: pl.DataFrame,
) -> pl.DataFrame:
    """Return one row per kind of oddity: reason, detail, row_count, message."""
    found = [
        *_new_columns(header, prepared.frame.height),
        *_case_variants(prepared),
        *_unknown_outcomes(prepared),
        *_many_copies(faults, prepared.frame.height),
        *_odd_identifiers(accepted),
        *_odd_places(placed),
    ]
    return pl.DataFrame(found, schema=WARNING_SCHEMA, orient="row")


def _new_columns(header: Header, rows: int) -> Iterator[_Warning]:
    for name in header.extra:
        fingerprint = hashlib.sha256(",".join(header.names).encode()).hexdigest()[:12]
        message = f"new column {name} ignored; tell the maintainer (header {fingerprint})"
        yield _Warning("NEW_COLUMN", name, rows, message)


def _case_variants(prepared: Prepared) -> Iterator[_Warning]:
    for text, count in prepared.case_variants.items():
        message = f"crime type written '{text}', read as the usual name"
        yield _Warning("CASE_VARIANT", text, count, message)


def _unknown_outcomes(prepared: Prepared) -> Iterator[_Warning]:
    for text, count in prepared.unknown_outcomes.items():
        message = f"outcome '{text}' is not known; the rows count, without outcome"
        yield _Warning("UNKNOWN_OUTCOME", text, count, message)


def _many_copies(faults: pl.DataFrame, rows: int) -> Iterator[_Warning]:
    copies = faults.filter(pl.col("reason") == "DUPLICATE_CRIME_ID").height
    if copies > _MANY_COPIES * rows:
        message = f"{copies:,} rows are exact copies of others ({copies / rows:.1%}); set aside"
        yield _Warning("MANY_DUPLICATES", "Crime ID", copies, message)


def _odd_identifiers(accepted: pl.DataFrame) -> Iterator[_Warning]:
    identifier = pl.col("Crime ID")
    is_blank = identifier.is_null() & (pl.col("crime_type") != ANTISOCIAL_BEHAVIOUR)
    is_repeated = identifier.is_duplicated() & identifier.is_not_null()
    blank, repeated = accepted.select(blank=is_blank.sum(), repeated=is_repeated.sum()).row(0)
    if blank:
        yield from _blank_identifiers(accepted.filter(is_blank))
    if repeated:
        message = "one Crime ID on several different rows, such as two places; all counted"
        yield _Warning("REPEATED_CRIME_ID", "Crime ID", repeated, message)


def _blank_identifiers(rows: pl.DataFrame) -> Iterator[_Warning]:
    counts = rows["crime_type"].cast(pl.String).value_counts().sort("crime_type")
    for crime_type, count in counts.iter_rows():
        message = f"{crime_type} without Crime ID; counted"
        yield _Warning("BLANK_CRIME_ID", crime_type, count, message)


def _odd_places(placed: pl.DataFrame) -> Iterator[_Warning]:
    if zeroed := int(placed["is_zeroed"].sum()):
        message = "coordinates 0, 0: over 20 km from any map point; counted without a point"
        yield _Warning("ZEROED_POINT", "Longitude", zeroed, message)
    if placed["is_outside"].any():
        yield from _outside(placed)
    if unknown := int(placed["is_unknown"].sum()):
        message = "small area in none of the lists of 2011 and 2021, nor its district"
        yield _Warning("UNKNOWN_LSOA", "LSOA code", unknown, message)


def _outside(rows: pl.DataFrame) -> Iterator[_Warning]:
    outside = rows["force_code"].filter(rows["is_outside"])
    for force_code, count in sorted(Counter(outside).items()):
        where = (
            "counted for the force, in no district"
            if force_code == HOME_FORCE_CODE
            else "counted for the force"
        )
        message = f"placed in another force's area; {where}"
        yield _Warning("OUT_OF_AREA", force_code, count, message)
