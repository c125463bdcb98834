"""Which district outlines maps draw, of when, and what became of each boundary file."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

import polars as pl

from dashboard.charts.chart import Cell, Chart
from dashboard.charts.words import lowered
from dashboard.directory.words import day
from dashboard.ui.listing import Column, listing
from dashboard.warehouse import Warehouse
from schemas.refusals import codes_in_words

_COUNT: Final = "{:,.0f}"


def boundaries(warehouse: Warehouse) -> Chart:
    """Return one row per set of outlines: those drawn first, then the others, the latest first."""
    held = warehouse.table("meta_boundary").sort(
        pl.col("status") != "in use", -pl.col("load_number")
    )
    drawn = held.row(0, named=True)
    return listing(
        "boundaries",
        _headline(drawn),
        f"{_fineness(drawn)} {drawn['credit']}",
        columns=(
            *(Column("Outlines"), Column("State"), Column("File"), Column("Loaded on")),
            *(Column("Areas read", _COUNT), Column("Drawn", _COUNT), Column("Set aside", _COUNT)),
            Column("Why"),
        ),
        rows=[_row(row) for row in held.iter_rows(named=True)],
        warehouse=warehouse,
    )


def _headline(drawn: Mapping[str, Any]) -> str:
    name = lowered(str(drawn["source_name"]))
    if drawn["loaded_at"] is None:
        return f"Maps draw {name}: no official boundary file is loaded"
    return f"Maps draw {name}, from {drawn['file_name']}, loaded {_day(drawn['loaded_at'])}"


def _fineness(drawn: Mapping[str, Any]) -> str:
    metres = drawn["tolerance_metres"]
    simplified = f", simplified by about {metres:,.0f} metres" if metres else ""
    return f"{drawn['vertices']:,} points in all{simplified}."


def _row(row: Mapping[str, Any]) -> tuple[Cell, ...]:
    return (
        str(row["source_name"]) or "not known",
        str(row["status"]),
        str(row["file_name"] or "none"),
        _day(row["loaded_at"]),
        *(row[name] for name in ("rows_read", "rows_loaded", "rows_set_aside")),
        codes_in_words(str(row["message"])),
    )


def _day(when: object) -> str:
    return day(when.date()) if isinstance(when, datetime) else "with the product"
