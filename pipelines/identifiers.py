"""What gives a person away: names of columns, and shapes of values. The one list of both."""

import re
from collections.abc import Mapping
from functools import cache, lru_cache
from types import MappingProxyType
from typing import Final

import polars as pl

_IDENTIFIER_NAMES: Final = """
name full_name first_name middle_name forename given_name surname last_name family_name initials
maiden_name victim victim_name client_name person_name contact_name alias title_and_name
email e_mail email_address mail phone phone_number telephone telephone_number tel mobile
mobile_number contact_number address home_address address_line_1 address_line_2 address_1 address_2
street house_number postcode post_code postal_code uprn birth dob date_of_birth birth_date birthday
nhs nhs_number nhs_no ni_number nino national_insurance_number passport_number driving_licence
urn niche niche_id niche_ref niche_number crime_ref crime_reference crime_reference_number
crime_number crime_no occurrence_number custody_number pnc_id ip_address
"""
_FREE_TEXT_NAMES: Final = """
notes comment comments free_text freetext description details narrative remarks summary
"""

_GAP: Final = r"(?:[\s-]|\)\s?)?"
_PHONE_START: Final = r"(?:\+44(?:\s?\(0\))?|\b0044|\b0)"
_OUTWARD: Final = r"(?i)\b[A-Z]{1,2}\d[A-Z\d]?"
_INWARD: Final = r"\d[A-Z]{2}\b"

SPACED_POSTCODE: Final = rf"{_OUTWARD}\s{_INWARD}"

SHAPES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "an e-mail address": r"[\w.+-]+@[\w-]+\.[\w.-]+",
        "a postcode": rf"{_OUTWARD}\s?{_INWARD}",
        "a telephone number": rf"{_PHONE_START}{_GAP}\d(?:{_GAP}\d){{8,9}}\b",
        "a National Insurance number": r"(?i)\b[A-Z]{2}\s?\d{2}\s?\d{2}\s?\d{2}\s?[A-D]\b",
    }
)
"""Shapes that are looked for anywhere within a value."""

FREE_TEXT: Final = r"(?:\S+\s+){7}\S+"

NHS_CANDIDATE: Final = r"\b\d{3}[\s-]?\d{3}[\s-]?\d{4}\b"
"""Ten digits; whether they are an NHS number, their check digit tells: see `holds_nhs_number`."""

_YEAR: Final = r"(?:19|20)\d{2}"
_DAY: Final = r"(?:0?[1-9]|[12]\d|3[01])"
_MONTH_NAME: Final = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
DATE: Final = (
    rf"(?i)\b(?:{_YEAR}[-/.](?:0?[1-9]|1[0-2])[-/.]{_DAY}"
    rf"|{_DAY}[-/.]{_DAY}[-/.]{_YEAR}|{_DAY}[/.]{_DAY}[/.]\d{{2}}"
    rf"|{_DAY}(?:st|nd|rd|th)?[\s/.-]{_MONTH_NAME},?[\s/.-](?:{_YEAR}|\d{{2}}))\b"
)
"""A day of a year, as it may be written; where no date belongs, it may be a date of birth."""


def is_identifier_name(name: str) -> bool:
    """Return whether a column of this name stands for details of people."""
    return _squashed(name) in _IDENTIFIERS


def is_free_text_name(name: str) -> bool:
    """Return whether a column of this name stands for free text."""
    return _squashed(name) in _FREE_TEXTS


@lru_cache(maxsize=1_000)
def holds_identifier_shape(text: str) -> bool:
    """Return whether a name or another single text holds one of the shapes or an NHS number."""
    return bool(pl.DataFrame({"text": [text]}).select(_holds_shape()).item())


@cache
def _holds_shape() -> pl.Expr:
    value = pl.col("text")
    is_found = pl.any_horizontal(value.str.contains(each) for each in SHAPES.values())
    return is_found | holds_nhs_number(value)


def holds_nhs_number(value: pl.Expr) -> pl.Expr:
    """Return whether a text holds ten digits of which the last is the check digit.

    The first nine are weighted 10 down to 2; 11 less the remainder by 11 gives the last, 11 as 0.
    """
    digits = pl.element().str.replace_all(r"\D", "")
    figures = [digits.str.slice(place, 1).cast(pl.Int32) for place in range(10)]
    weighted = pl.sum_horizontal(
        figure * weight for figure, weight in zip(figures, range(10, 1, -1), strict=False)
    )
    is_number = (11 - weighted % 11) % 11 == figures[9]
    return value.str.extract_all(NHS_CANDIDATE).list.eval(is_number).list.any()


def _squashed(name: str) -> str:
    return re.sub(r"[\W_]+", "", name).lower()


_IDENTIFIERS: Final = frozenset(_squashed(name) for name in _IDENTIFIER_NAMES.split())
_FREE_TEXTS: Final = frozenset(_squashed(name) for name in _FREE_TEXT_NAMES.split())
