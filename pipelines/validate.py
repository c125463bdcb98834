"""Holds prepared rows against their contract: accepted rows, and every fault of the others."""

from dataclasses import dataclass
from typing import Final

import pandera.polars as pa
import polars as pl
from pandera.errors import SchemaErrors

from pipelines.csv_rows import LineFault
from schemas.rule import Rule, broken_rules, contract_of
from schemas.street_crime import PREPARED

FAULT_SCHEMA: Final[dict[str, pl.DataType]] = {
    "line": pl.Int32(),
    "column_name": pl.String(),
    "value": pl.String(),
    "reason": pl.String(),
    "expected": pl.String(),
    "advice": pl.String(),
}
_LONGEST_VALUE: Final = 500
"""Characters of a value, or of a whole line, that are kept with a fault."""


@dataclass(frozen=True)
class Validated:
    """accepted: the rows that keep every rule. faults: one row per fault, by line."""

    accepted: pl.DataFrame
    faults: pl.DataFrame


def validate(prepared: pl.DataFrame, rules: tuple[Rule, ...]) -> Validated:
    """Return the accepted rows and the faults of the others, one for each row and column.

    Pandera names the faults. It plans each check anew, about 1 ms each, which a hundred small
    files would feel; so one pass over the rules first finds those that some row breaks.

    Raises:
        SchemaErrors: the frame itself is not as the contract says, which is our own mistake.
    """
    broken = broken_rules(prepared, rules)
    if not broken:
        return Validated(prepared, pl.DataFrame(schema=FAULT_SCHEMA))
    failed = _failed_checks(prepared, contract_of(PREPARED, broken))
    faults = pl.concat(
        _faults_of(rule, prepared[failed.filter(pl.col("check") == rule.name)["index"]])
        for rule in broken
    ).unique(["line", "column_name"], keep="first", maintain_order=True)
    is_accepted = ~pl.int_range(pl.len()).is_in(failed["index"].implode())
    return Validated(prepared.filter(is_accepted), faults)


def line_faults(faults: tuple[LineFault, ...]) -> pl.DataFrame:
    """Return the faults of rows that could not be read into columns, one row per fault."""
    rows = [
        (fault.line, None, fault.text[:_LONGEST_VALUE], fault.reason, fault.expected, fault.advice)
        for fault in faults
    ]
    return pl.DataFrame(rows, schema=FAULT_SCHEMA, orient="row")


def _failed_checks(prepared: pl.DataFrame, schema: pa.DataFrameSchema) -> pl.DataFrame:
    """Return one row per failed check: `check` (reason code) and `index` (place in the frame)."""
    try:
        schema.validate(prepared, lazy=True)
    except SchemaErrors as errors:
        cases: pl.DataFrame = errors.failure_cases
        if cases["index"].has_nulls():
            raise
        return cases.select("check", pl.col("index").cast(pl.Int64)).unique()
    return pl.DataFrame(schema={"check": pl.String, "index": pl.Int64})


def _faults_of(rule: Rule, rows: pl.DataFrame) -> pl.DataFrame:
    value = pl.col(rule.column).fill_null("").str.head(_LONGEST_VALUE)
    first_line = pl.col("first_line").cast(pl.String).fill_null("")
    return rows.select(
        pl.col("line").cast(pl.Int32),
        column_name=pl.lit(rule.column),
        value=value,
        reason=pl.lit(rule.reason),
        expected=_filled_in(rule.expected, "{first_line}", first_line),
        advice=_filled_in(rule.advice, "{value}", value),
    )


def _filled_in(template: str, placeholder: str, value: pl.Expr) -> pl.Expr:
    before, found, after = template.partition(placeholder)
    if not found:
        return pl.lit(template)
    return pl.concat_str(pl.lit(before), value, pl.lit(after))
