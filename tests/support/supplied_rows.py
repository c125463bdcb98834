"""A small table about people with a field of each kind, and harmless rows for it."""

import base64
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

import polars as pl
from hypothesis import strategies as st

from schemas.supplied.field import Contract, Field

CODES: Final = MappingProxyType({"POLICE": "", "SELF": "", "16-17": "", "E06000019": "", "NK": ""})
NAME: Final = "visit_2026-27Q2_brook.csv"


def _field(name: str, kind: str, *, pattern: str | None = None, required: bool = False) -> Field:
    codes = CODES if kind in ("code", "codes") else {}
    return Field(
        name=name,
        kind=kind,  # type: ignore[arg-type]
        meaning=name,
        is_required=required,
        codes=codes,
        pattern=pattern,
    )


VISIT: Final = Contract(
    table="visit",
    title="Visits",
    row="visit",
    fields=(
        _field("visit_id", "key", pattern="[A-Za-z0-9_-]{1,40}", required=True),
        _field("person_key", "key", pattern="[A-Za-z0-9_-]{16,64}", required=True),
        _field("service_id", "id", required=True),
        _field("service_name", "text"),
        _field("opening_hours", "text"),
        _field("source_url", "text"),
        _field("source", "code"),
        _field("priority_flags", "codes"),
        _field("date_received", "date", required=True),
        _field("month", "month"),
        _field("quarter", "quarter"),
        _field("financial_year", "financial_year"),
        _field("sessions", "integer"),
        _field("score", "decimal"),
    ),
    rules=(),
    is_about_people=True,
)

HARMLESS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "visit_id": ("R-1", "VIS_2026_17"),
        "person_key": ("k" * 20, "Zm9v-YmFy_MTIzNDU2Nzg5"),
        "service_id": ("brook-isva", "WM07"),
        "service_name": ("Brook House ISVA service (18+)", "Helpline 24/7"),
        "opening_hours": ("Mon-Fri 09:00-17:00", "Mon-Sun 00:00-24:00, Sat 0900-1300"),
        "source_url": ("https://www.gov.uk/code-2024-01-30/a1-2bc",),
        "source": ("POLICE", "16-17"),
        "priority_flags": ("SELF|NK", "E06000019"),
        "date_received": ("2026-09-20", "2015-01-01"),
        "month": ("2026-09",),
        "quarter": ("2026-27 Q2",),
        "financial_year": ("2026-27",),
        "sessions": ("0", "123456789", "-1"),
        "score": ("52.0936123456", "0.0123456789012"),
    }
)


def frame(rows: int = 3, /, **cells: str | None) -> pl.DataFrame:
    """Return harmless rows; a cell named by its column stands in the last row instead."""
    columns = {
        name: [values[place % len(values)] for place in range(rows)]
        for name, values in HARMLESS.items()
    }
    table = pl.DataFrame(columns, schema=dict.fromkeys(columns, pl.String))
    lines = pl.Series("line", range(2, rows + 2), dtype=pl.UInt32)
    last = pl.int_range(pl.len()) == rows - 1
    return table.select(lines, pl.all()).with_columns(
        pl.when(last).then(pl.lit(value, pl.String)).otherwise(pl.col(name)).alias(name)
        for name, value in cells.items()
    )


def harmless(field: Field) -> st.SearchStrategy[str | None]:
    """Return values of a field's kind as they come in sound files."""
    words = st.text("abcdefghij ,.()&'", max_size=30)
    hours = st.times().map(lambda time: f"Mon-Fri {time:%H:%M}-17:00")
    number = st.integers(-999_999_999, 999_999_999).map(str)
    made: Mapping[str, Callable[[], st.SearchStrategy[str]]] = {
        "key": lambda: st.uuids().map(str) | st.binary(min_size=12, max_size=30).map(_base64),
        "id": lambda: st.from_regex(r"[a-z]{3,8}-[a-z]{2,6}", fullmatch=True),
        "text": lambda: words | hours | st.sampled_from(HARMLESS["source_url"]),
        "code": lambda: st.sampled_from(tuple(CODES)),
        "codes": lambda: st.lists(st.sampled_from(tuple(CODES)), min_size=1).map("|".join),
        "date": lambda: st.dates().map(str),
        "month": lambda: st.dates().map(lambda day: f"{day:%Y-%m}"),
        "quarter": lambda: st.integers(1, 4).map(lambda quarter: f"2026-27 Q{quarter}"),
        "financial_year": lambda: st.integers(10, 98).map(lambda year: f"20{year}-{year + 1}"),
        "integer": lambda: number,
        "decimal": lambda: number | st.floats(-180, 180).map(lambda value: f"{value:.12f}"),
    }
    return st.none() | made[field.kind]()


def _base64(value: bytes) -> str:
    return base64.urlsafe_b64encode(value).decode().rstrip("=")
