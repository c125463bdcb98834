"""What the text of each kind of field means, and what is not understood."""

from datetime import date

import polars as pl
import pytest

from pipelines.supplied.understand import understood
from schemas.supplied.field import Field, Kind

CODES = {"DA": "", "CYP": ""}


def _value(kind: Kind, text: str | None, **form: object) -> object:
    field = Field(name="field", kind=kind, meaning="", codes=CODES)
    frame = pl.DataFrame({"text": [text]}, schema={"text": pl.String})
    return frame.select(understood(field, pl.col("text"), **form)).to_series().to_list()[0]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        ("key", "R-1", "R-1"),
        ("code", "DA", "DA"),
        ("codes", "DA | CYP", ["DA", "CYP"]),
        ("codes", "DA|DA", ["DA"]),
        ("date", "2028-02-29", date(2028, 2, 29)),
        ("month", "2026-09", date(2026, 9, 1)),
        ("quarter", "2026-27 Q1", date(2026, 4, 1)),
        ("quarter", "2026-27 Q4", date(2027, 1, 1)),
        ("quarter", "1999-00 Q3", date(1999, 10, 1)),
        ("financial_year", "2026-27", date(2026, 4, 1)),
        ("integer", "-12", -12),
        ("integer", "12.0", 12),
        ("decimal", "0.5", 0.5),
        ("decimal", "-1.25", -1.25),
    ],
)
def test_what_is_understood(kind: Kind, text: str, value: object) -> None:
    assert _value(kind, text) == value


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("code", "da"),
        ("codes", "DA|XX"),
        ("codes", "DA||CYP"),
        ("date", "2026-02-30"),
        ("date", "2026-2-3"),
        ("date", "03/07/2026"),
        ("date", "46206"),
        ("month", "2026-13"),
        ("month", "2026-09-01"),
        ("quarter", "2026-28 Q1"),
        ("quarter", "2026-27 Q5"),
        ("financial_year", "2026"),
        ("integer", "1.5"),
        ("integer", "1,000"),
        ("decimal", "£5"),
        ("decimal", "nan"),
        ("decimal", "1e3"),
    ],
)
def test_what_is_not_understood_is_null(kind: Kind, text: str) -> None:
    assert _value(kind, text) is None
    assert _value(kind, None) is None


@pytest.mark.parametrize("text", ["03/07/2026", "3.7.2026", "03-07-2026", "2026-07-03"])
def test_b38_the_day_comes_first_where_the_policy_says_so(text: str) -> None:
    assert _value("date", text, date_order="day_first") == date(2026, 7, 3)


def test_b39_numbers_of_excel_are_taken_where_the_policy_says_so() -> None:
    assert _value("date", "46206", excel_dates=True) == date(2026, 7, 3)
    assert _value("date", "19999", excel_dates=True) is None
