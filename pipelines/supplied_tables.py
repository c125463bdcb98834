"""The published tables of supplied data that is not about people, as the loader writes them."""

from collections.abc import Mapping
from datetime import date

import polars as pl

from pipelines.record import frame
from schemas.protection import FLOORS
from schemas.published_supplied import (
    COUNTS_OF_PEOPLE,
    PUBLISHED_AS,
    RETURN_MEASURES,
    SUPPLIED_TABLES,
    published_fields,
    published_name,
)
from schemas.supplied.provider_return_rules import ALL


def supplied_tables(
    rows: Mapping[str, pl.DataFrame], log: None, *, as_of: date
) -> dict[str, pl.DataFrame]:
    """Return every table of the contract for supplied data by name, and rows of `meta_source`.

    rows: the accepted rows that count, by supplied table, each field typed; a table that is not
    there is empty. as_of: the day that clocks read as today.
    """
    found = {each.name: frame(each.name, []) for each in SUPPLIED_TABLES}
    for table, name in PUBLISHED_AS.items():
        if table in rows:
            found[name] = _open_table(rows[table], table)
    if "provider_returns" in rows:
        found["fact_return"] = _return_figures(rows["provider_returns"])
    return {**found, "meta_source": frame("meta_source", [])}


def _open_table(rows: pl.DataFrame, table: str) -> pl.DataFrame:
    counts = COUNTS_OF_PEOPLE.get(table, ())
    name = PUBLISHED_AS[table]
    shown = rows.with_columns(rounded_count(pl.col(each)) for each in counts).select(
        pl.col(field.name).alias(published_name(field)) for field in published_fields(table)
    )
    return frame(name, []).vstack(shown).sort(_sorted_by(name), nulls_last=True)


def rounded_count(count: pl.Expr) -> pl.Expr:
    """Return a count of people as it may be published by itself: rounded, null when few."""
    base = FLOORS.rounding_base
    return pl.when(count >= FLOORS.threshold).then((count + base // 2) // base * base)


def _return_figures(rows: pl.DataFrame) -> pl.DataFrame:
    shown = rows.filter(
        (pl.col("breakdown") == ALL) & pl.col("measure").is_in(RETURN_MEASURES)
    ).select(frame("fact_return", []).columns)
    return shown.sort(_sorted_by("fact_return"))


def _sorted_by(name: str) -> list[str]:
    return list({each.name: each for each in SUPPLIED_TABLES}[name].sorted_by)
