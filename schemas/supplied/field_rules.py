"""Rules that follow from the fields of a contract: missing, not a date, not a code, copies."""

from collections.abc import Iterator
from typing import Final

import polars as pl

from schemas.rule import Rule
from schemas.supplied.copy_rules import copy_rules
from schemas.supplied.field import Contract, Field, Kind

PLACEHOLDERS: Final = (
    "0000-00-00",
    "0001-01-01",
    "1899-12-30",
    "1899-12-31",
    "1900-01-00",
    "1900-01-01",
    "1970-01-01",
    "2999-12-31",
    "9999-01-01",
    "9999-12-31",
)
"""Dates that systems write where they have none."""

_EXCEL_SERIALS: Final = (20_000, 60_000)
_LISTED_IN_FULL: Final = 12
_ROUNDED_BY_EXCEL: Final = r"^\d(\.\d+)?[Ee]\+\d{1,3}$"

_WRITTEN_AS: Final[dict[Kind, str]] = {
    "month": "a month as YYYY-MM, such as 2026-09",
    "quarter": "a quarter such as 2026-27 Q2, which is July to September 2026",
    "financial_year": "a financial year such as 2026-27",
}


def field_rules(contract: Contract) -> tuple[Rule, ...]:
    """Return the rules that follow from the fields and from what must be unique.

    No two of them speak of the same value, so that each fault has one reason. `{excel_date}` in
    an advice stands for the date that an Excel serial number means, `{first_line}` for the line
    of the first copy.
    """
    rules = [rule for each in contract.fields for rule in _rules_of(each)]
    return (*rules, *copy_rules(contract))


def _rules_of(field: Field) -> Iterator[Rule]:
    if field.is_required:
        yield _missing(field)
    if field.kind in ("code", "codes"):
        yield _bad_code(field)
    elif field.kind == "date":
        yield from _date_rules(field)
    elif field.kind in _WRITTEN_AS:
        yield from _period_rules(field)
    elif field.kind in ("integer", "decimal"):
        yield from _number_rules(field)
    elif field.kind in ("key", "id"):
        yield from _key_rules(field)


def _text(field: Field) -> pl.Expr:
    return pl.col(f"{field.name}:text")


def _is_understood(field: Field) -> pl.Expr:
    """Return where the value was understood, or is blank."""
    return pl.col(field.name).is_not_null() | _text(field).is_null()


def _missing(field: Field) -> Rule:
    return Rule(
        reason="MISSING_VALUE",
        column=field.name,
        holds=_text(field).is_not_null(),
        expected=f"a value in every row: {field.meaning}",
        advice="Fill it in at the source and send the file again.",
    )


def _bad_code(field: Field) -> Rule:
    codes = list(field.codes)
    value = pl.col(field.name)
    is_allowed = value.is_in(codes)
    if field.kind == "codes":
        is_allowed = value.list.eval(pl.element().is_in(codes).fill_null(value=False)).list.all()
    amount = "one of" if field.kind == "code" else "some, separated by |, of"
    return Rule(
        reason="BAD_CODE",
        column=field.name,
        holds=_text(field).is_null() | is_allowed.fill_null(value=False),
        expected=f"{amount} {_listed(codes)}",
        advice="Use a code of the list in the data dictionary, in capitals as it stands there.",
    )


def _listed(codes: list[str]) -> str:
    if len(codes) <= _LISTED_IN_FULL:
        return ", ".join(codes)
    return f"{len(codes)} codes: {', '.join(codes[:_LISTED_IN_FULL])} and so on"


def _date_rules(field: Field) -> Iterator[Rule]:
    value = pl.col(field.name)
    as_written = pl.coalesce(value.dt.strftime("%Y-%m-%d"), _text(field))
    is_placeholder = as_written.is_in(PLACEHOLDERS).fill_null(value=False)
    is_serial = value.is_null() & _is_excel_serial(_text(field))
    yield Rule(
        reason="PLACEHOLDER_DATE",
        column=field.name,
        holds=~is_placeholder,
        expected="a real date, or nothing where there is none",
        advice="Leave the field empty where the date is not known.",
    )
    yield Rule(
        reason="EXCEL_DATE",
        column=field.name,
        holds=~is_serial,
        expected="a date as YYYY-MM-DD",
        advice=(
            "The number looks like an Excel date ({excel_date}). Format the column as a date, or "
            "set excel_dates = true for this sender in policy.toml."
        ),
    )
    yield Rule(
        reason="BAD_DATE",
        column=field.name,
        holds=_is_understood(field) | is_placeholder | is_serial,
        expected="a date that exists, as YYYY-MM-DD",
        advice="Correct the date at the source and send the file again.",
    )
    yield _date_in_time(field, is_placeholder)


def _is_excel_serial(text: pl.Expr) -> pl.Expr:
    number = text.str.extract(r"^(\d{5})(\.0+)?$").cast(pl.Int32)
    return number.is_between(*_EXCEL_SERIALS).fill_null(value=False)


def _date_in_time(field: Field, is_placeholder: pl.Expr) -> Rule:
    last = "" if field.may_be_future else ", and not after the day of loading"
    return Rule(
        rule_id="R02",
        reason="DATE_OUT_OF_RANGE",
        column=field.name,
        holds=is_placeholder | _is_in_time(field),
        expected=f"a date from {field.first_day} on{last}",
        advice="Check the year; correct the date at the source.",
    )


def _is_in_time(field: Field) -> pl.Expr:
    """Return where a date, or a period's first day, is neither too early nor to come."""
    value = pl.col(field.name)
    is_in_time = value >= field.first_day
    if not field.may_be_future:
        is_in_time &= value <= pl.col("_as_of")
    return value.is_null() | is_in_time


def _period_rules(field: Field) -> Iterator[Rule]:
    yield Rule(
        reason="BAD_PERIOD",
        column=field.name,
        holds=_is_understood(field),
        expected=_WRITTEN_AS[field.kind],
        advice="Correct the period at the source and send the file again.",
    )
    last = "" if field.may_be_future else " that has begun"
    yield Rule(
        rule_id="R02",
        reason="DATE_OUT_OF_RANGE",
        column=field.name,
        holds=_is_in_time(field),
        expected=f"a period{last}, from {field.first_day} on",
        advice="Check the year; correct the period at the source.",
    )


def _number_rules(field: Field) -> Iterator[Rule]:
    kind = "a whole number" if field.kind == "integer" else "a number"
    yield Rule(
        reason="BAD_NUMBER",
        column=field.name,
        holds=_is_understood(field),
        expected=f"{kind}, without separators, units or signs for money",
        advice="Correct the number at the source and send the file again.",
    )
    if field.least is not None or field.most is not None:
        yield _out_of_range(field)


def _out_of_range(field: Field) -> Rule:
    value = pl.col(field.name)
    bounds = []
    if field.least is not None:
        bounds.append((value >= field.least, f"at least {field.least:g}"))
    if field.most is not None:
        bounds.append((value <= field.most, f"at most {field.most:g}"))
    return Rule(
        reason="OUT_OF_RANGE",
        column=field.name,
        holds=value.is_null() | pl.all_horizontal(is_within for is_within, _ in bounds),
        expected=" and ".join(bound for _, bound in bounds),
        advice="Check the number, and whether it stands in the right column.",
    )


def _key_rules(field: Field) -> Iterator[Rule]:
    is_rounded = _text(field).str.contains(_ROUNDED_BY_EXCEL).fill_null(value=False)
    yield Rule(
        reason="LOST_PRECISION",
        column=field.name,
        holds=~is_rounded,
        expected="the identifier with all its characters",
        advice=(
            "A spreadsheet took the identifier for a number and rounded it. Format the column as "
            "text before the values are put in, and send the file again."
        ),
    )
    if field.pattern is not None:
        is_well_formed = _text(field).str.contains(f"^(?:{field.pattern})$")
        yield Rule(
            reason="BAD_KEY",
            column=field.name,
            holds=_text(field).is_null() | is_well_formed | is_rounded,
            expected=f"text of the form {field.pattern}",
            advice="Send the identifier as the data dictionary describes it.",
        )
