"""Rules for rows that come more than once."""

import polars as pl

from schemas.rule import Rule
from schemas.supplied.field import Contract


def copy_rules(contract: Contract) -> tuple[Rule, ...]:
    """Return the rules for rows with the same unique fields; none when nothing must be unique.

    Copies alike in every field count once. Where copies differ none is chosen: all are set aside.
    """
    if not contract.unique:
        return ()
    content = pl.struct(f"{name}:text" for name in contract.names).hash()
    are_alike = content.n_unique().over("first_line") == 1
    is_alone = pl.col("first_line").is_null()
    fields = ", ".join(contract.unique)
    return (
        Rule(
            rule_id=contract.unique_rule,
            reason="CONFLICTING_DUPLICATE",
            column=contract.unique[-1],
            holds=is_alone | are_alike,
            expected=f"one row for each {fields}; a different one begins on line {{first_line}}",
            advice="Find out which row is right, and send that one only.",
        ),
        Rule(
            rule_id=contract.unique_rule,
            reason="DUPLICATE_ROW",
            column=contract.unique[-1],
            holds=is_alone | ~are_alike | (pl.col("first_line") == pl.col("line")),
            expected=f"one row for each {fields}; the same row stands on line {{first_line}}",
            advice="Nothing: the first copy is counted.",
        ),
    )
