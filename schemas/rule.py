"""A rule that a row of some source must keep."""

from dataclasses import dataclass
from typing import Literal

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


def broken_rules(rows: pl.DataFrame, rules: tuple[Rule, ...]) -> tuple[Rule, ...]:
    """Return the rules that some row breaks: the contract in one pass, without the places."""
    kept = rows.select(rule.holds.fill_null(value=False).all().alias(rule.name) for rule in rules)
    return tuple(rule for rule in rules if not kept[rule.name].item())


def or_empty(condition: pl.Expr, *columns: str) -> pl.Expr:
    """Return the condition, true where one of the columns is empty: another rule speaks of that."""
    return condition | pl.any_horizontal(pl.col(column).is_null() for column in columns)
