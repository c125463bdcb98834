"""A rule that a row of some source must keep, and the Pandera contract made of such rules."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import pandera.polars as pa
import polars as pl

Level = Literal["E", "W"]
"""E: the row is set aside. W: the row is loaded and the oddity is counted."""


@dataclass(frozen=True)
class Rule:
    """A rule that a prepared row must keep. It is broken when `holds` is not true.

    reason: why a row is set aside, as readers see it, such as NEGATIVE_INTERVAL.
    column: the column at fault. rule_id: its number in the data dictionary, such as R04.
    `{value}` in `advice` stands for the value found, `{first_line}` in `expected` for the line
    of the first copy. Rules of supplied tables also use in `expected`: `{<field>:text}` for that
    column of the row, `{nearest}` for the known code most like the value; and in `advice`:
    `{excel_date}` for the date that an Excel serial number means.
    """

    reason: str
    column: str
    holds: pl.Expr
    expected: str
    advice: str
    level: Level = "E"
    rule_id: str = ""

    @property
    def name(self) -> str:
        """Return a name that no other rule has."""
        return " ".join(part for part in (self.rule_id, self.reason, "in", self.column) if part)


def contract_of(prepared: Mapping[str, pl.DataType], rules: tuple[Rule, ...]) -> pa.DataFrameSchema:
    """Return the contract for a collected frame of prepared rows, one named check a rule.

    Validate with `lazy=True`: `failure_cases` then gives the rule (`check`) and the place of the
    row in the frame (`index`). On a LazyFrame Pandera checks no values.
    """
    return pa.DataFrameSchema(
        {name: pa.Column(dtype, nullable=True) for name, dtype in prepared.items()},
        checks=[_check(rule) for rule in rules],
        strict=True,
    )


def broken_rules(rows: pl.DataFrame, rules: tuple[Rule, ...]) -> tuple[Rule, ...]:
    """Return the rules that some row breaks: the contract in one pass, without the places."""
    kept = rows.select(rule.holds.fill_null(value=False).all().alias(rule.name) for rule in rules)
    return tuple(rule for rule in rules if not kept[rule.name].item())


def or_empty(condition: pl.Expr, *columns: str) -> pl.Expr:
    """Return the condition, true where one of the columns is empty: another rule speaks of that."""
    return condition | pl.any_horizontal(pl.col(column).is_null() for column in columns)


def _check(rule: Rule) -> pa.Check:
    return pa.Check(
        lambda data: data.lazyframe.select(rule.holds.alias(rule.reason)),
        name=rule.name,
        description=rule.expected,
        ignore_na=False,
    )
