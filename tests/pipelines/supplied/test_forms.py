"""Keys and dates of a form that was not agreed: B38, B41, B46."""

import polars as pl
import pytest

from pipelines.supplied.forms import date_refusals, key_refusals
from tests.support.supplied_rows import NAME, VISIT, frame


def dates(*values: str | None, order: str = "iso") -> list[str]:
    rows = pl.DataFrame({"line": range(2, len(values) + 2), "Date_Received": values})
    found = date_refusals(rows.columns, rows, VISIT, NAME, date_order=order)  # type: ignore[arg-type]
    assert all(value not in str(refused) for refused in found for value in values if value)
    return [f"{refused.reason} {str(refused).split(':')[1].split(' has')[0]}" for refused in found]


@pytest.mark.parametrize("value", ["04/03/2026", "25/12/2026", "4-3-2026", "04.03.26"])
def test_b38_dates_that_are_not_iso_refuse_the_file(value: str) -> None:
    assert dates("2026-09-20", None, value) == ["AMBIGUOUS_DATE  date_received line 4"]


def test_b38_unless_the_policy_says_that_the_day_comes_first() -> None:
    assert dates("03/04/2026", order="day_first") == []


def test_b38_the_message_says_what_to_do() -> None:
    rows = frame(date_received="04/03/2026")
    (refused,) = date_refusals(VISIT.names, rows, VISIT, NAME)
    assert 'date_order = "day_first"' in str(refused)
    assert "YYYY-MM-DD" in str(refused)


@pytest.mark.parametrize(
    "value",
    [
        "2026-03-29 01:30",
        "2026-10-25T01:30:00Z",
        "2026-10-25 00:00:00",
        "29/03/2026 01:30",
        "01:30",
    ],
)
@pytest.mark.parametrize("order", ["iso", "day_first"])
def test_b41_dates_with_a_time_refuse_the_file(value: str, order: str) -> None:
    assert "TIME_GIVEN  date_received line 3" in dates("2026-09-20", value, order=order)


def test_dates_as_agreed_and_other_faults_of_single_cells_are_no_reason() -> None:
    assert dates("2026-09-20", None, "46285", "1900-01-00", "soon", "2026-13-01") == []


def keys(*values: str | None) -> list[str]:
    schema = {"line": pl.UInt32, "person_key": pl.String}
    rows = pl.DataFrame({"line": range(2, len(values) + 2), "person_key": values}, schema=schema)
    found = key_refusals(("person_key",), rows, VISIT, NAME)
    assert all(value not in str(refused) for refused in found for value in values if value)
    return [str(refused) for refused in found if refused.reason == "KEY_FORM"]


GOOD = "a1b2c3d4e5f6a7b8"


def test_b46_keys_of_the_wrong_form_throughout_refuse_the_file() -> None:
    (message,) = keys("22/12345/Z6", "22/12346/Z6", GOOD)
    assert "person_key must be 16 to 64 characters of [A-Za-z0-9_-]" in message
    assert "line 2 has 11 characters, 2 of them outside it" in message
    assert "2 of 3 keys are not of that form" in message


@pytest.mark.parametrize("values", [(GOOD, "short", None), (None, None), (GOOD, " " + GOOD)])
def test_b46_single_wrong_keys_are_no_reason_to_refuse_the_file(values: tuple[str, ...]) -> None:
    assert keys(*values) == []
