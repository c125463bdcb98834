"""What a supplied table is: its fields, its rules, who sends it and for which period."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import Final, Literal

import polars as pl

from schemas.rule import Rule
from schemas.supplied.lists import SAMPLE

Kind = Literal[
    "key",  # identifier of a person, case or referral made by the sender; never shown again
    "id",  # identifier of an organisation, service, site or fund; may be shown
    "text",  # words about an organisation or a service, never about a person
    "code",  # one of the codes
    "codes",  # some of the codes, separated by |
    "date",  # YYYY-MM-DD
    "month",  # YYYY-MM, typed as its first day
    "quarter",  # 2026-27 Q2, typed as its first day
    "financial_year",  # 2026-27, typed as its first day
    "integer",
    "decimal",
]

TYPES: Final[Mapping[Kind, pl.DataType]] = MappingProxyType(
    {
        "key": pl.String(),
        "id": pl.String(),
        "text": pl.String(),
        "code": pl.String(),
        "codes": pl.List(pl.String()),
        "date": pl.Date(),
        "month": pl.Date(),
        "quarter": pl.Date(),
        "financial_year": pl.Date(),
        "integer": pl.Int64(),
        "decimal": pl.Float64(),
    }
)
"""The type of a field once its text was understood."""

FIRST_DAY: Final = date(2015, 1, 1)
"""No date or period supplied is older, unless its field says so."""

NO_CODES: Final[Mapping[str, str]] = MappingProxyType({})


@dataclass(frozen=True, kw_only=True)
class Field:
    """One field of a supplied table.

    codes: code → meaning, for the kinds `code` and `codes`. least, most: for numbers, included.
    pattern: what a key or an id must match whole. is_required: blank is an error in every row;
    "needed if" is a rule of the contract. may_be_future: the date, or the period's first day, may
    lie after the day of loading (the end of a contract, a day by which something is due).
    first_day: the date, or the period's first day, is not before it. Codes
    made of a stem and a suffix, such as OUTCOME_IMPROVED_COPE, are all listed in `codes`, each with
    its meaning.
    """

    name: str
    kind: Kind
    meaning: str
    is_required: bool = False
    codes: Mapping[str, str] = field(default_factory=lambda: NO_CODES)
    least: float | None = None
    most: float | None = None
    pattern: str | None = None
    may_be_future: bool = False
    first_day: date = FIRST_DAY


SAMPLE_FIELD: Final = Field(
    name="sample_mark",
    kind="code",
    meaning="Says that the row is invented; blank in real files",
    codes=SAMPLE,
)
"""The last field of every contract."""

PERSON_KEY: Final = r"[A-Za-z0-9_-]{16,64}"
"""Pattern of a person's key, which the sender makes at random or by a keyed hash."""

SENDER_KEY: Final = r"[A-Za-z0-9_-]{1,64}"
"""Pattern of a key of a case, referral, complaint or other record of the sender."""

PUBLIC_ID: Final = r"[A-Za-z0-9_-]{1,40}"
"""Pattern of an identifier of an organisation, service, site or fund."""


@dataclass(frozen=True, kw_only=True)
class Contract:
    """The contract of one supplied table. `row` completes the sentence "One row per …".

    is_about_people: rows are about people: they stay in the restricted store, and only protected
        cells leave it.
    period_field: the field whose quarter (or financial year, or month) is the row's period; a
        file replaces the periods it holds. None: the table is replaced whole.
    sender_field: the field that names who sent the row; None when there is one sender.
    context: columns that the loader joins from other tables before the rules are held against
        the rows, with their types; each name starts with an underscore. `_as_of` is always there.
    unique: the fields that only one row may have; `field_rules` makes the rules that set copies
        aside. unique_rule: what the data dictionary calls that rule, such as R01.
    rules: the cross-field rules of the data dictionary, in its order. Rules that follow from the
        fields (missing, not a date, not a code) are made by `field_rules`.
    """

    table: str
    title: str
    row: str
    fields: tuple[Field, ...]
    rules: tuple[Rule, ...]
    is_about_people: bool
    period_field: str | None = None
    sender_field: str | None = None
    unique: tuple[str, ...] = ()
    unique_rule: str = ""
    context: Mapping[str, pl.DataType] = field(
        default_factory=lambda: MappingProxyType[str, pl.DataType]({})
    )

    @property
    def names(self) -> tuple[str, ...]:
        """Return the names of the fields, in the order of the template."""
        return tuple(each.name for each in self.fields)

    @property
    def prepared(self) -> dict[str, pl.DataType]:
        """Return the columns of a prepared row.

        `line`; each field typed, null where blank or not understood; `<field>:text` as it stood
        in the file, null where blank; `first_line` (first line of rows with the same `unique`
        fields, null when alone); `_as_of`; the context.
        """
        typed = {each.name: TYPES[each.kind] for each in self.fields}
        text = {f"{each.name}:text": pl.String() for each in self.fields}
        return {
            "line": pl.UInt32(),
            **typed,
            **text,
            "first_line": pl.UInt32(),
            "_as_of": pl.Date(),
            **self.context,
        }
