"""What the text of a street row means: month, force, crime type, outcome, point, copies."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

import polars as pl

from pipelines.csv_header import Layout
from pipelines.policy import CrimeTypeRule, Policy
from pipelines.policy_file import STREET
from pipelines.reference import Reference
from schemas.codes import OUTCOMES, ROW_TYPES
from schemas.street_crime import COLUMN_NAMES, FIRST_MONTH, OLD_LAYOUT, PREPARED

LAYOUT: Final = Layout(
    columns=COLUMN_NAMES,
    old_name="police_uk_v1 (2012)",
    old_columns=OLD_LAYOUT,
    section=STREET,
)
_TYPE: Final = pl.Enum(ROW_TYPES)
_OUTCOME: Final = pl.Enum(OUTCOMES)
_MONTH: Final = r"^\d{4}-(0[1-9]|1[0-2])$"


@dataclass(frozen=True)
class Prepared:
    """Rows as `schemas.street_crime.PREPARED`, and the values that were read with some goodwill.

    unknown_forces: names in `Reported by` that no force has.
    case_variants: crime types written in another case, with the number of rows.
    unknown_outcomes: outcomes outside the list, counted as no outcome, with the number of rows.
    """

    frame: pl.DataFrame
    unknown_forces: tuple[str, ...]
    case_variants: Mapping[str, int]
    unknown_outcomes: Mapping[str, int]


def prepare(rows: pl.DataFrame, *, policy: Policy, reference: Reference) -> Prepared:
    """Return the rows with their text understood. What is not understood is null."""
    force_codes = _force_codes(reference)
    frame = rows.select("line", *COLUMN_NAMES).with_columns(
        month=_month(),
        force_code=pl.col("Reported by").replace_strict(
            force_codes, default=None, return_dtype=pl.String
        ),
        crime_type=pl.col("Crime type").cast(_TYPE, strict=False),
        outcome=pl.col("Last outcome category").cast(_OUTCOME, strict=False),
        longitude=pl.col("Longitude").cast(pl.Float64, strict=False),
        latitude=pl.col("Latitude").cast(pl.Float64, strict=False),
        first_line=pl.lit(None, pl.UInt32),
    )
    frame, unknown_forces = _with_tidied_forces(frame, force_codes)
    frame, case_variants = _with_tidied_types(frame, policy.crime_types)
    frame, unknown_outcomes = _with_tidied_outcomes(frame)
    frame = _with_first_lines(frame).select(*PREPARED)
    return Prepared(frame, unknown_forces, case_variants, unknown_outcomes)


@cache
def _force_codes(reference: Reference) -> dict[str, str]:
    return dict(reference.forces.select("reported_by", "force_code").iter_rows())


def _month() -> pl.Expr:
    text = pl.col("Month")
    month = (
        pl.when(text.str.contains(_MONTH)).then(text + "-01").str.to_date("%Y-%m-%d", strict=False)
    )
    return pl.when(month >= FIRST_MONTH).then(month)


def _with_tidied_forces(
    frame: pl.DataFrame, codes: Mapping[str, str]
) -> tuple[pl.DataFrame, tuple[str, ...]]:
    texts = _not_understood(frame, "Reported by", "force_code")
    if not texts:
        return frame, ()
    known = {_tidy(name): code for name, code in codes.items()}
    tidied = {text: known[_tidy(text)] for text in texts if _tidy(text) in known}
    unknown = tuple(sorted(text for text in texts if text not in tidied and text.strip()))
    return _filled(frame, "Reported by", "force_code", tidied), unknown


def _with_tidied_types(
    frame: pl.DataFrame, further: tuple[CrimeTypeRule, ...]
) -> tuple[pl.DataFrame, dict[str, int]]:
    texts = _not_understood(frame, "Crime type", "crime_type")
    known = {_tidy(name): name for name in ROW_TYPES}
    tidied = {text: known[_tidy(text)] for text in texts if _tidy(text) in known}
    frame = _filled(frame, "Crime type", "crime_type", tidied)
    for rule in further if texts else ():
        frame = _with_further_type(frame, rule)
    variants = {
        text: texts[text] for text, name in tidied.items() if " ".join(text.split()) != name
    }
    return frame, variants


def _with_further_type(frame: pl.DataFrame, rule: CrimeTypeRule) -> pl.DataFrame:
    applies = (pl.col("Crime type").str.strip_chars().str.to_lowercase() == _tidy(rule.name)) & (
        pl.col("month").is_between(rule.valid_from, rule.valid_to)
    )
    meant = pl.when(applies).then(pl.lit(rule.crime_type, _TYPE))
    return frame.with_columns(crime_type=pl.coalesce("crime_type", meant))


def _with_tidied_outcomes(frame: pl.DataFrame) -> tuple[pl.DataFrame, dict[str, int]]:
    texts = _not_understood(frame, "Last outcome category", "outcome")
    known = {_tidy(name): name for name in OUTCOMES}
    tidied = {text: known[_tidy(text)] for text in texts if _tidy(text) in known}
    frame = _filled(frame, "Last outcome category", "outcome", tidied)
    return frame, {text: count for text, count in texts.items() if text not in tidied}


def _not_understood(frame: pl.DataFrame, text: str, meaning: str) -> dict[str, int]:
    """Return the texts without meaning and their rows; cheap when there are none."""
    if frame[text].null_count() == frame[meaning].null_count():
        return {}
    texts = frame.filter(pl.col(text).is_not_null() & pl.col(meaning).is_null())[text]
    return dict(texts.value_counts().sort(text).iter_rows())


def _filled(
    frame: pl.DataFrame, text: str, meaning: str, values: Mapping[str, str]
) -> pl.DataFrame:
    if not values:
        return frame
    dtype = frame.schema[meaning]
    tidied = pl.col(text).replace_strict(dict(values), default=None, return_dtype=pl.String)
    return frame.with_columns(pl.coalesce(meaning, tidied.cast(dtype)).alias(meaning))


def _tidy(text: str) -> str:
    return re.sub(r"\s+", " ", text.strip()).lower()


def _with_first_lines(frame: pl.DataFrame) -> pl.DataFrame:
    """Fill `first_line` where rows are the same in every column and carry an identifier.

    Rows without an identifier are never copies: two incidents can share month, point and type.
    """
    identifiers = frame["Crime ID"].drop_nulls()
    if identifiers.n_unique() == identifiers.len():
        return frame
    identifier = pl.col("Crime ID")
    repeated = frame.filter(identifier.is_duplicated() & identifier.is_not_null())
    copies = repeated.filter(pl.struct(COLUMN_NAMES).is_duplicated()).select(
        "line", first_line=pl.col("line").min().over(COLUMN_NAMES)
    )
    return frame.drop("first_line").join(copies, on="line", how="left", maintain_order="left")
