"""What is kept of a fault in a row that was set aside."""

from typing import Final

import polars as pl

from pipelines.csv_rows import LineFault

FAULT_SCHEMA: Final[dict[str, pl.DataType]] = {
    "line": pl.Int32(),
    "column_name": pl.String(),
    "value": pl.String(),
    "reason": pl.String(),
    "rule_id": pl.String(),
    "expected": pl.String(),
    "advice": pl.String(),
}
LONGEST_VALUE: Final = 500
"""Characters of a value, or of a whole line, that are kept with a fault."""


def line_faults(faults: tuple[LineFault, ...], *, shows_values: bool = True) -> pl.DataFrame:
    """Return the faults of rows that could not be read into columns, one row per fault."""
    rows = [
        {
            "line": fault.line,
            "value": fault.text[:LONGEST_VALUE] if shows_values else "",
            "reason": fault.reason,
            "rule_id": "",
            "expected": fault.expected,
            "advice": fault.advice,
        }
        for fault in faults
    ]
    return pl.DataFrame(rows, schema=FAULT_SCHEMA, orient="row")
