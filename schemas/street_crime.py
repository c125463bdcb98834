"""The contract of one row of a police.uk street file."""

from dataclasses import dataclass
from datetime import date
from typing import Final

import polars as pl

from schemas.codes import OUTCOMES, ROW_TYPES
from schemas.rule import Rule, or_empty


@dataclass(frozen=True)
class StreetColumn:
    """One column of the file, as police.uk names it, and what it means."""

    name: str
    meaning: str


COLUMNS: Final = (
    StreetColumn("Crime ID", "64 hexadecimal characters; empty for antisocial behaviour"),
    StreetColumn("Month", "Month in which the police recorded it, YYYY-MM"),
    StreetColumn("Reported by", "Force that supplied the row"),
    StreetColumn("Falls within", "Force whose area it lies in; so far the force that supplied it"),
    StreetColumn("Longitude", "Degrees, of the anonymous map point nearest to the place"),
    StreetColumn("Latitude", "Degrees, of the anonymous map point nearest to the place"),
    StreetColumn("Location", "Name of the map point, or No Location"),
    StreetColumn("LSOA code", "Small area of the map point, 2011 or 2021 code; may be empty"),
    StreetColumn("LSOA name", "District and number of the small area"),
    StreetColumn("Crime type", "One of police.uk's fourteen types"),
    StreetColumn("Last outcome category", "As it stood on the day of issue; none for ASB"),
    StreetColumn("Context", "Always empty in real files"),
)

COLUMN_NAMES: Final = tuple(column.name for column in COLUMNS)

OLD_LAYOUT: Final = (
    "Month",
    "Reported by",
    "Falls within",
    "Easting",
    "Northing",
    "Location",
    "Crime type",
    "Context",
)
"""Header of 2012, without identifiers, small areas and outcomes."""

FIRST_MONTH: Final = date(2010, 12, 1)
"""The first month that police.uk published."""

PREPARED: Final[dict[str, pl.DataType]] = {
    "line": pl.UInt32(),
    **{name: pl.String() for name in COLUMN_NAMES},
    "month": pl.Date(),
    "force_code": pl.String(),
    "crime_type": pl.Enum(ROW_TYPES),
    "outcome": pl.Enum(OUTCOMES),
    "longitude": pl.Float64(),
    "latitude": pl.Float64(),
    "first_line": pl.UInt32(),
}
"""Columns of a prepared row: its line, the file's text, and what the text was understood as.

A typed column is null where its text was not understood. `first_line` is the first line of a
group of identical rows that carry a crime identifier; null for all other rows.
"""


def rules(*, as_of: date, file_month: date | None) -> tuple[Rule, ...]:
    """Return the rules, the more telling first where a column has several.

    Args:
        as_of: the day that clocks read as today; later months are the future.
        file_month: the month that the file's name states, if it states one.
    """
    return (*_month_rules(as_of=as_of, file_month=file_month), *_PLACE_RULES, *_OTHER_RULES)


def _month_rules(*, as_of: date, file_month: date | None) -> tuple[Rule, ...]:
    known = Rule(
        reason="BAD_MONTH",
        column="Month",
        holds=pl.col("month").is_not_null(),
        expected="a month from 2010-12 on, as YYYY-MM",
        advice="Correct the month, or download the file again.",
    )
    past = Rule(
        reason="FUTURE_MONTH",
        column="Month",
        holds=or_empty(pl.col("month") <= as_of, "month"),
        expected=f"a month up to {as_of:%Y-%m}, the day of loading being {as_of}",
        advice="Check the file's source, and the clock of this machine.",
    )
    if file_month is None:
        return known, past
    named = Rule(
        reason="MONTH_MISMATCH",
        column="Month",
        holds=or_empty(pl.col("month") == file_month, "month"),
        expected=f"{file_month:%Y-%m}, as the file's name says",
        advice="Load the month that the row belongs to from its own file.",
    )
    return known, past, named


_IS_ZEROED: Final = (pl.col("longitude") == 0) & (pl.col("latitude") == 0)
"""police.uk writes 0, 0 for places over 20 km from any map point: a row without location."""

_BOTH_OR_NEITHER: Final = pl.col("Longitude").is_null() == pl.col("Latitude").is_null()

_PLACE_RULES: Final = (
    Rule(
        reason="BAD_COORDINATE",
        column="Longitude",
        # Great Britain and Northern Ireland; one unreadable number is null, hence fill_null.
        holds=or_empty(
            (pl.col("longitude").is_between(-9, 3) | _IS_ZEROED).fill_null(value=False),
            "Longitude",
        )
        & _BOTH_OR_NEITHER,
        expected="degrees between -9 and 3, or both coordinates empty",
        advice="Download the file again; the place cannot be guessed.",
    ),
    Rule(
        reason="BAD_COORDINATE",
        column="Latitude",
        holds=or_empty(
            (pl.col("latitude").is_between(49, 61) | _IS_ZEROED).fill_null(value=False),
            "Latitude",
        ),
        expected="degrees between 49 and 61, or both coordinates empty",
        advice="Download the file again; the place cannot be guessed.",
    ),
    Rule(
        reason="UNKNOWN_LSOA",
        column="LSOA code",
        holds=or_empty(pl.col("LSOA code").str.contains(r"^[EWS]01\d{6}$"), "LSOA code"),
        expected="E01, W01 or S01 and six digits, or nothing",
        advice="Download the file again; the place cannot be guessed.",
    ),
)

_OTHER_RULES: Final = (
    Rule(
        reason="MISSING_FORCE",
        column="Reported by",
        holds=pl.col("force_code").is_not_null(),
        expected="the name of the force that supplied the row",
        advice="Download the file again.",
    ),
    Rule(
        reason="UNKNOWN_CATEGORY",
        column="Crime type",
        holds=pl.col("crime_type").is_not_null(),
        expected="one of the crime types of police.uk",
        advice=(
            "If the type is right, add to policy.toml: [[police_uk.crime_types]] "
            'name = "{value}" crime_type = "…" valid_from = YYYY-MM-DD valid_to = YYYY-MM-DD '
            "(one entry a line)."
        ),
    ),
    Rule(
        reason="DUPLICATE_CRIME_ID",
        column="Crime ID",
        holds=or_empty(pl.col("first_line") == pl.col("line"), "first_line"),
        expected="each crime once; the same row stands on line {first_line}",
        advice="Nothing: the first copy is counted.",
    ),
)
