"""Words shared by all charts: places, periods, numbers and what a result measures."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final, TypedDict

from dashboard.charts.chart import Cell
from dashboard.metrics.metric import Result
from dashboard.metrics.period import in_words
from dashboard.metrics.sources import SOURCES
from schemas.codes import SPECIAL_AREA_NAMES

HOME_NAME: Final = "West Mercia"
_POUNDS: Final = "pounds"
_COUNTS: Final = (
    *("none", "one", "two", "three", "four", "five", "six"),
    *("seven", "eight", "nine", "ten", "eleven", "twelve"),
)
_DIMENSION_WORDS: Final = {
    "force_code": "force",
    "partnership_code": "community safety partnership",
    "area_code": "district",
    "small_area_code": "small area",
    "hexagon": "hexagon",
    "hexagon_wide": "hexagon",
    "crime_type": "crime type",
    "outcome": "outcome",
    "outcome_group": "outcome",
    "rural_class": "kind of place",
    "town_class": "kind of place",
    "rural_urban": "kind of home area",
    "fraud_type": "type of fraud",
    "victim_type": "kind of victim",
    "priority_flag": "priority group",
    "enhanced": "kind of entitlement",
    "provider_id": "provider",
    "service_id": "service",
    "end_reason": "reason",
    "owner": "agency",
    "code_right": "right of the Code",
    "population": "group of people",
    "wait_band": "length of wait",
    "rural_theme": "theme",
    "duty_status": "legal status",
    "help_layer": "kind of help",
    "step": "step of the way",
    "scale": "tool and what it is about",
    "stream": "funding stream",
}

_PROPER: Final = (
    *("force_code", "partnership_code", "area_code", "small_area_code"),
    *("provider_id", "service_id", "stream", "ethnic_group"),
)
"""Columns whose names are proper names."""


class Facts(TypedDict):
    """The fields of a chart that come straight from its result."""

    source: str
    caveat: str
    version: str
    is_invented: bool
    period: str
    definition: str


def facts(result: Result) -> Facts:
    """Return source, caveat, version, period and definition, as every chart states them."""
    source = SOURCES[result.metric.source]
    return Facts(
        source=f"invented sample in the form of {source.form}"
        if result.is_invented
        else source.credit,
        caveat=result.metric.caveat,
        version=result.version,
        is_invented=result.is_invented,
        period=in_words(result.period),
        definition=result.metric.definition,
    )


def key(result: Result, kind: str = "") -> str:
    """Return the chart's key, also its file name: measure, kind, place, first to last month."""
    months = f"{result.period.first_month:%Y-%m} to {result.period.last_month:%Y-%m}"
    return slug(f"{measure(result)} {kind} {place(result)} {months}")


def slug(text: str) -> str:
    """Return a text as lower-case words joined by hyphens, fit for a file name."""
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")[:120].rstrip("-")


def measure(result: Result) -> str:
    """Return what is measured: 'Recorded crime', or the crime types that were chosen."""
    chosen = result.choice.crime_types
    if not chosen or len(chosen) > 3:
        return result.metric.label
    rate = " rate" if result.metric.kind == "rate" else ""
    return joined([chosen[0], *(each.lower() for each in chosen[1:])]) + rate


def lowered(text: str) -> str:
    """Return a text with a small first letter, to stand inside a sentence; 'HMCTS' stays."""
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]


def inside(result: Result, column: str, code: object) -> str:
    """Return a name as it stands inside a sentence: only proper names keep their capital."""
    said = name(result, code)
    return said if column in _PROPER else lowered(said)


def subject(result: Result) -> str:
    """Return the measure with its unit, as a subtitle begins: 'Recorded crime, offences'."""
    inside = unit(result).lower() in measure(result).lower()
    return measure(result) if inside else f"{measure(result)}, {unit(result)}"


def place_and_period(result: Result) -> str:
    """Return 'West Mercia, October 2025 to September 2026'."""
    return f"{place(result)}, {in_words(result.period)}"


def unit(result: Result) -> str:
    """Return the unit as it follows a number: 'offences', 'per 1,000 residents', '%'."""
    return result.metric.unit


def place(result: Result) -> str:
    """Return the places that were chosen, by name; the home force when none was."""
    if "force_code" in result.by and not result.choice.areas:
        return "all forces loaded"
    names = [name(result, code) for code in result.choice.areas]
    return (joined(names) if len(names) <= 3 else f"{count(len(names))} areas") or HOME_NAME


def name(result: Result, code: object) -> str:
    """Return the name of an area, crime type or other code as people say it."""
    text = str(code)
    return result.names.get(text) or SPECIAL_AREA_NAMES.get(text, text)


def cell(row: Mapping[str, Any], column: str = "value") -> Cell:
    """Return a value for a table, or the marker that stands in its place."""
    value: float | None = row[column]
    return str(row["marker"]) if value is None else value


def month(day: date) -> str:
    """Return 'October 2025'."""
    return f"{day:%B %Y}"


def quarter(day: date) -> str:
    """Return the quarter of the financial year that begins on this day: '2025-26 Q3'."""
    year = day.year - (day.month < 4)
    return f"{year}-{(year + 1) % 100:02} Q{(day.month - 4) % 12 // 3 + 1}"


def number_format(result: Result) -> str:
    """Return the format string of a result's values: '{:,.0f}', '{:,.1f}'."""
    return f"{{:,.{max(0, result.metric.decimals)}f}}"


def number(result: Result, value: float | None) -> str:
    """Return a value as it is written in sentences and tables; '[x]' when there is none."""
    return "[x]" if value is None else number_format(result).format(rounded(result, value))


def rounded(result: Result, value: float) -> float:
    """Return a value as it is shown, where that is to tens or hundreds: 83,384 → 83,400."""
    decimals = result.metric.decimals
    return round(value, decimals) if decimals < 0 else value


def amount(result: Result, value: float | None) -> str:
    """Return a value with the sign that belongs to it: '12.4%', '£1,200'; else the number alone."""
    said = number(result, value)
    if unit(result).startswith(_POUNDS) and value is not None:
        return f"£{said}"
    return f"{said}%" if unit(result).startswith("%") else said


def quantity(result: Result, value: float | None) -> str:
    """Return a value with its unit: '7,166 offences', '12.4% of rows', '£1,200 a year'."""
    rest = unit(result).removeprefix("%").removeprefix(_POUNDS).strip()
    return f"{amount(result, value)} {rest}".strip()


def dimension(column: str, *, several: bool = False) -> str:
    """Return the word for one column: 'district', 'districts'."""
    word = _DIMENSION_WORDS.get(column, column.replace("_", " "))
    if not several:
        return word
    noun, *rest = word.split(" of ", maxsplit=1)
    return " of ".join((plural(noun), *rest))


def plural(word: str) -> str:
    """Return the plural of a regular noun: 'month' → 'months', 'study' → 'studies'."""
    if word.endswith("x"):
        return f"{word}es"
    return f"{word[:-1]}ies" if word.endswith("y") else f"{word}s"


def count(how_many: int) -> str:
    """Return a small number in words, a larger one in figures."""
    return _COUNTS[how_many] if how_many < len(_COUNTS) else f"{how_many:,}"


def joined(parts: Sequence[str]) -> str:
    """Return 'a', 'a and b', 'a, b and c'."""
    return " and ".join([", ".join(parts[:-1]), parts[-1]] if len(parts) > 1 else parts)


def listed(parts: Sequence[str]) -> str:
    """Return parts joined, by semicolons where one of several has a comma or an 'and' of its own.

    So 'cyber; stalking and harassment' cannot be read as three.
    """
    is_plain = not any(", " in part or " and " in part for part in parts)
    return joined(parts) if is_plain else "; ".join(parts)


def sentence(text: str) -> str:
    """Return a text with a capital first letter; the rest is left alone."""
    return text[:1].upper() + text[1:]
