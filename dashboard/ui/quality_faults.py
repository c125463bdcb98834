"""What was wrong or odd in the files: listings by reason, and the list to send back."""

from typing import Final

import polars as pl

from dashboard.charts.chart import Chart
from dashboard.charts.words import slug
from dashboard.ui import quality_record
from dashboard.ui.listing import Column, listing, many
from dashboard.ui.quality_record import FEW, FEWEST_TOLD
from dashboard.warehouse import Warehouse
from schemas.protection import RECORD_BASE
from schemas.refusals import reason_in_words

_COUNT: Final = "{:,.0f}"
_FILES: Final = pl.col("file_sha256").n_unique()
_ADVICE_FOR_SENDERS: Final = (
    "Correct each row where you keep it, and send the whole file for its period again: it takes "
    "the place of the one before. Line 1 is the header.",
    "Rows about people are named by file, line and column only. Do not add names, addresses or "
    "other details of people to this list or to the file.",
)


def set_aside_reasons(warehouse: Warehouse) -> Chart:
    """Return one row per source, reason and column: how many rows, and what to do about them."""
    rows = pl.struct("file_sha256", "line").n_unique()
    told = (pl.col("expected").first(), pl.col("advice").first())
    counted = (
        quality_record.faults(warehouse)
        .group_by("source", "reason", "column_name")
        .agg(rows.alias("rows"), _FILES.alias("files"), *told)
        .sort("rows", "source", "reason", "column_name", descending=[True, False, False, False])
    )
    return listing(
        "set-aside-reasons",
        f"{many(counted.height, 'reason')} for setting rows aside",
        "A row that breaks the contract is not counted, and is listed below with its reason",
        columns=(
            Column("Reason"),
            Column("Source"),
            Column("Column"),
            Column("Rows", _COUNT),
            Column("Files", _COUNT),
            Column("For example, expected"),
            Column("What to do"),
        ),
        rows=counted.select(
            _words(), "source", "column_name", "rows", "files", "expected", "advice"
        ).iter_rows(),
        warehouse=warehouse,
    )


def senders(warehouse: Warehouse) -> list[str]:
    """Return who sent files with faults, in the order of the alphabet."""
    return sorted(quality_record.faults(warehouse)["sender"].unique())


def faults(warehouse: Warehouse, sender: str = "") -> Chart:
    """Return one row per fault to send back, of one sender or of all: file, line, column, …"""
    held = quality_record.faults(warehouse)
    if sender:
        held = held.filter(pl.col("sender") == sender)
    number = many(held.height, "fault")
    return listing(
        slug(f"faults to send back {sender}"),
        f"{number} to send back{f' to {sender}' if sender else ''}",
        "By file, line and column; line 1 is the header",
        columns=(
            Column("File"),
            Column("Line", "{:.0f}"),
            *map(Column, ("Column", "What is wrong", "Found", "Expected", "What to do")),
            Column("From"),
        ),
        rows=held.select(
            *("file_name", "line", "column_name"),
            _words(),
            *("value", "expected", "advice", "sender"),
        ).iter_rows(),
        warehouse=warehouse,
        notes=_ADVICE_FOR_SENDERS,
    )


def oddities(warehouse: Warehouse) -> Chart:
    """Return one row per kind of oddity in rows that were loaded all the same."""
    counted = (
        quality_record.warnings(warehouse)
        .group_by("source", "reason", "column_name")
        .agg(
            pl.col("row_count").sum().alias("rows"),
            pl.col("row_count").is_null().any().alias("is_more"),
            pl.col("is_rounded").any(),
            _FILES.alias("files"),
            pl.col("message").first(),
        )
        .sort("rows", "source", "reason", "column_name", descending=[True, False, False, False])
    )
    return listing(
        "loaded-with-a-warning",
        f"{many(counted.height, 'kind')} of oddity loaded and counted",
        "Rows that are unusual but keep to the contract. Counts of rows about people are rounded "
        f"to {RECORD_BASE}, and not told below {FEWEST_TOLD} in a file",
        columns=(
            Column("Kind"),
            Column("Source"),
            Column("Concerns"),
            Column("Rows", _COUNT),
            Column("Files", _COUNT),
            Column("In words"),
        ),
        rows=(
            (
                reason_in_words(row["reason"]),
                row["source"],
                row["column_name"],
                _rows(row["rows"], is_rounded=row["is_rounded"], is_more=row["is_more"]),
                row["files"],
                row["message"],
            )
            for row in counted.iter_rows(named=True)
        ),
        warehouse=warehouse,
    )


def _words() -> pl.Expr:
    return pl.col("reason").map_elements(reason_in_words, return_dtype=pl.String)


def _rows(count: int, *, is_rounded: bool, is_more: bool) -> str | int:
    """Return a count of rows; in words where it is rounded or does not hold all of them."""
    if not is_rounded:
        return count
    if is_more:
        return f"about {count:,} and more" if count else f"{FEW} in a file"
    return f"about {count:,}"
