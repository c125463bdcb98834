"""The rules that follow from fields: each fault has one reason, and says what was expected."""

from collections.abc import Mapping
from datetime import date
from typing import Final

import polars as pl
import pytest

from schemas.rule import Rule, broken_rules
from schemas.supplied.field import SAMPLE_FIELD, SENDER_KEY, Contract, Field
from schemas.supplied.field_rules import PLACEHOLDERS, field_rules
from tests.support.prepared_rows import AS_OF, spoilt

MANY: Final = {f"C{number:02d}": "" for number in range(30)}

CONTRACT: Final = Contract(
    table="things",
    title="Things",
    row="thing",
    fields=(
        Field(
            name="thing_key", kind="key", meaning="Its key", is_required=True, pattern=SENDER_KEY
        ),
        Field(name="flag", kind="code", meaning="Yes or no", codes={"Y": "Yes", "N": "No"}),
        Field(name="marks", kind="codes", meaning="Marks", codes=MANY),
        Field(name="day", kind="date", meaning="A day"),
        Field(name="last_day", kind="date", meaning="An end", may_be_future=True),
        Field(name="quarter", kind="quarter", meaning="A quarter"),
        Field(name="year", kind="financial_year", meaning="A year", may_be_future=True),
        Field(name="amount", kind="decimal", meaning="An amount", least=0),
        Field(name="points", kind="integer", meaning="Points", least=1, most=5),
        SAMPLE_FIELD,
    ),
    rules=(),
    is_about_people=False,
    unique=("thing_key",),
)

GOOD: Final[dict[str, object]] = {
    "line": 2,
    "thing_key": "T-1",
    "thing_key:text": "T-1",
    "_as_of": AS_OF,
}


def broken(*rows: Mapping[str, object]) -> list[Rule]:
    frame = pl.DataFrame([{**GOOD, **row} for row in rows], schema=CONTRACT.prepared)
    return list(broken_rules(frame, field_rules(CONTRACT)))


def names(**row: object) -> list[str]:
    """Return the rules that the row breaks, where fields are given as name and name__text."""
    return [rule.name for rule in broken({key.replace("__", ":"): row[key] for key in row})]


def test_a_row_with_nothing_but_what_is_required_breaks_nothing() -> None:
    assert names() == []


def test_a_missing_value_says_what_is_wanted() -> None:
    (rule,) = broken({"thing_key": None, "thing_key:text": None})
    assert rule.name == "MISSING_VALUE in thing_key"
    assert "Its key" in rule.expected


def test_a_code_outside_the_list_is_met_with_the_list() -> None:
    (rule,) = broken({"flag": "y", "flag:text": "y"})
    assert rule.name == "BAD_CODE in flag"
    assert rule.expected == "one of Y, N"


def test_a_code_that_was_not_understood_is_as_bad() -> None:
    assert names(flag__text="maybe") == ["BAD_CODE in flag"]


def test_every_one_of_several_codes_must_be_in_the_list_which_is_shortened() -> None:
    assert names(marks=["C00", "C29"], marks__text="C00|C29") == []
    (rule,) = broken({"marks": ["C00", "X"], "marks:text": "C00|X"})
    assert rule.name == "BAD_CODE in marks"
    assert "30 codes" in rule.expected
    assert "C11 and so on" in rule.expected
    assert "C12" not in rule.expected


@pytest.mark.parametrize("serial", ["20000", "46285", "60000", "46285.0"])
def test_b39_an_excel_serial_number_is_named_as_such(serial: str) -> None:
    (rule,) = broken({"day:text": serial})
    assert rule.name == "EXCEL_DATE in day"
    assert "{excel_date}" in rule.advice


@pytest.mark.parametrize("text", ["19999", "60001", "2026-02-30", "soon", "2026-07-01 10:00"])
def test_other_text_in_a_date_field_is_no_date(text: str) -> None:
    assert names(day__text=text) == ["BAD_DATE in day"]


@pytest.mark.parametrize("text", PLACEHOLDERS)
def test_b40_a_date_that_stands_for_none_is_named_as_such(text: str) -> None:
    assert names(day__text=text) == ["PLACEHOLDER_DATE in day"]
    assert names(last_day__text=text) == ["PLACEHOLDER_DATE in last_day"]


def test_b40_a_placeholder_is_known_in_another_order_of_day_and_month() -> None:
    assert names(day=date(1970, 1, 1), day__text="01/01/1970") == ["PLACEHOLDER_DATE in day"]


def test_r02_only_some_fields_may_lie_in_the_future_and_none_before_2015() -> None:
    later, earlier = date(2027, 3, 31), date(2014, 12, 31)
    rule = "R02 DATE_OUT_OF_RANGE in"
    assert names(day=later, day__text="2027-03-31") == [f"{rule} day"]
    assert names(last_day=later, last_day__text="2027-03-31") == []
    assert names(last_day=earlier, last_day__text="2014-12-31") == [f"{rule} last_day"]


def test_a_period_that_cannot_be_read_is_met_with_an_example() -> None:
    (rule,) = broken({"quarter:text": "Q2 26/27"})
    assert rule.name == "BAD_PERIOD in quarter"
    assert "2026-27 Q2" in rule.expected


def test_r02_only_some_periods_may_begin_in_the_future_and_none_before_2015() -> None:
    rule = "R02 DATE_OUT_OF_RANGE in"
    assert names(quarter=date(2027, 1, 1), quarter__text="2026-27 Q4") == [f"{rule} quarter"]
    assert names(quarter=date(2014, 10, 1), quarter__text="2014-15 Q3") == [f"{rule} quarter"]
    assert names(quarter=date(2026, 10, 1), quarter__text="2026-27 Q3") == []
    assert names(year=date(2027, 4, 1), year__text="2027-28") == []


def test_numbers_are_numbers_within_their_range() -> None:
    assert names(amount__text="£5") == ["BAD_NUMBER in amount"]
    assert names(amount=-0.01, amount__text="-0.01") == ["OUT_OF_RANGE in amount"]
    assert names(points=6, points__text="6") == ["OUT_OF_RANGE in points"]
    assert names(points=5, points__text="5", amount=0.0, amount__text="0") == []


def test_the_range_is_told() -> None:
    (rule,) = broken({"points": 0, "points:text": "0"})
    assert rule.expected == "at least 1 and at most 5"


@pytest.mark.parametrize("text", ["1.23E+15", "2e+9"])
def test_b56_a_rounded_identifier_is_named_as_such(text: str) -> None:
    assert names(thing_key=text, thing_key__text=text) == ["LOST_PRECISION in thing_key"]


def test_a_key_of_another_form_is_bad() -> None:
    for text in ("A B", "x" * 65, "22/1234"):
        assert names(thing_key=text, thing_key__text=text) == ["BAD_KEY in thing_key"]


def test_an_identifier_that_merely_looks_like_a_power_is_good() -> None:
    assert names(thing_key="12E4", thing_key__text="12E4") == []


def test_the_sample_mark_has_one_value() -> None:
    assert names(sample_mark="x", sample_mark__text="x") == ["BAD_CODE in sample_mark"]


def test_copies_are_set_aside_but_the_first_and_different_copies_all() -> None:
    first = {"first_line": 2}
    copy = {"line": 3, "first_line": 2}
    assert [rule.reason for rule in broken(first, copy)] == ["DUPLICATE_ROW"]
    other = copy | {"flag": "Y", "flag:text": "Y"}
    assert [rule.reason for rule in broken(first, other)] == ["CONFLICTING_DUPLICATE"]


def test_a_contract_without_unique_fields_has_no_rules_about_copies() -> None:
    reasons = {rule.reason for rule in field_rules(CONTRACT)}
    assert "DUPLICATE_ROW" in reasons
    free = Contract(
        table="t", title="T", row="t", fields=CONTRACT.fields, rules=(), is_about_people=False
    )
    assert "DUPLICATE_ROW" not in {rule.reason for rule in field_rules(free)}


def test_a_date_that_is_not_understood_breaks_no_rule_about_the_order_of_days() -> None:
    found = spoilt("referrals", **{"date_received:text": "soon"})
    assert found == ["BAD_DATE date_received"]
