"""The Pandera contract made of rules: apart from them, so that who reads rules need not load it."""

from collections.abc import Mapping

import pandera.polars as pa
import polars as pl

from schemas.rule import Rule


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


def _check(rule: Rule) -> pa.Check:
    return pa.Check(
        lambda data: data.lazyframe.select(rule.holds.alias(rule.reason)),
        name=rule.name,
        description=rule.expected,
        ignore_na=False,
    )
