"""Holds prepared rows against their contract: accepted rows, and every fault of the others."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import pandera.polars as pa
import polars as pl
from pandera.errors import SchemaErrors

from pipelines.faults import FAULT_SCHEMA, LONGEST_VALUE
from pipelines.placeholders import Codes, filled_in
from schemas.rule import Rule, broken_rules
from schemas.rule_contract import contract_of


@dataclass(frozen=True)
class Validated:
    """What came of rows held against rules.

    accepted: the rows that keep every rule of level E. faults: one row per fault, by line.
    warnings: rules of level W that accepted rows break, with their number.
    """

    accepted: pl.DataFrame
    faults: pl.DataFrame
    warnings: tuple[tuple[Rule, int], ...] = ()


@dataclass(frozen=True, kw_only=True)
class Wording:
    """How faults are told: whether they may repeat what stands in a row, and the known codes."""

    shows_values: bool = True
    codes: Codes


PLAIN: Final = Wording(codes={})


def validate(
    prepared: pl.DataFrame,
    rules: tuple[Rule, ...],
    *,
    columns: Mapping[str, pl.DataType],
    wording: Wording = PLAIN,
) -> Validated:
    """Return the accepted rows and the faults of the others, one for each row and column.

    Pandera names the faults. It plans each check anew, about 1 ms each, which a hundred small
    files would feel; so one pass over the rules first finds those that some row breaks.

    Args:
        prepared: the rows.
        rules: what they must keep.
        columns: of a prepared row, with their types.
        wording: how faults are told.

    Raises:
        SchemaErrors: the frame itself is not as the contract says, which is our own mistake.
    """
    broken = broken_rules(prepared, rules)
    failing = tuple(rule for rule in broken if rule.level == "E")
    failed = _failed_checks(prepared, contract_of(columns, failing)) if failing else _NONE_FAILED
    is_accepted = ~pl.int_range(pl.len()).is_in(failed["index"].implode())
    odd = tuple(rule for rule in broken if rule.level == "W")
    return Validated(
        prepared.filter(is_accepted) if failing else prepared,
        _faults(failing, failed, prepared, wording),
        _warnings(odd, prepared, is_accepted),
    )


_NONE_FAILED: Final = pl.DataFrame(schema={"check": pl.String, "index": pl.Int64})


def _failed_checks(prepared: pl.DataFrame, schema: pa.DataFrameSchema) -> pl.DataFrame:
    """Return one row per failed check: `check` (reason code) and `index` (place in the frame)."""
    try:
        schema.validate(prepared, lazy=True)
    except SchemaErrors as errors:
        cases: pl.DataFrame = errors.failure_cases
        if cases["index"].has_nulls():
            raise
        return cases.select("check", pl.col("index").cast(pl.Int64)).unique()
    return _NONE_FAILED


def _faults(
    broken: tuple[Rule, ...], failed: pl.DataFrame, prepared: pl.DataFrame, wording: Wording
) -> pl.DataFrame:
    parts = [
        _faults_of(rule, prepared[failed.filter(pl.col("check") == rule.name)["index"]], wording)
        for rule in broken
    ]
    return pl.concat([pl.DataFrame(schema=FAULT_SCHEMA), *parts]).unique(
        ["line", "column_name"], keep="first", maintain_order=True
    )


def _faults_of(rule: Rule, rows: pl.DataFrame, wording: Wording) -> pl.DataFrame:
    def words(template: str) -> pl.Expr:
        return filled_in(
            template, rule.column, rows, values=wording.shows_values, codes=wording.codes
        )

    return rows.select(
        pl.col("line").cast(pl.Int32),
        column_name=pl.lit(rule.column),
        value=_value(rule.column, rows) if wording.shows_values else pl.lit(""),
        reason=pl.lit(rule.reason),
        rule_id=pl.lit(rule.rule_id),
        expected=words(rule.expected),
        advice=words(rule.advice),
    )


def _value(column: str, rows: pl.DataFrame) -> pl.Expr:
    """Return what stood in the file: supplied rows keep it beside what was understood."""
    as_written = f"{column}:text" if f"{column}:text" in rows.columns else column
    return pl.col(as_written).cast(pl.String).fill_null("").str.head(LONGEST_VALUE)


def _warnings(
    odd: tuple[Rule, ...], prepared: pl.DataFrame, is_accepted: pl.Expr
) -> tuple[tuple[Rule, int], ...]:
    """Count the accepted rows that break each rule; rules that compare rows see all of them."""
    counts = prepared.select(
        (~rule.holds.fill_null(value=False) & is_accepted).sum().alias(rule.name) for rule in odd
    )
    return tuple((rule, counts[rule.name].item()) for rule in odd if counts[rule.name].item())
