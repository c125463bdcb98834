"""The record of faults, of crime files and of supplied files alike, with who sent each file."""

from typing import Final

import polars as pl

from dashboard.warehouse import Warehouse
from schemas.protection import RECORD_BASE
from schemas.published_supplied import ABOUT_PEOPLE
from schemas.supplied.contracts import CONTRACTS

FEWEST_TOLD: Final = RECORD_BASE // 2
FEW: Final = f"fewer than {FEWEST_TOLD}"
"""Said of rows about people where their number is too small to be told."""

SUPPLIED_TITLES: Final = {each.table: each.title for each in CONTRACTS}
_CRIME: Final = "police_uk"
_NOBODY: Final = "the invented sample"
_FILE: Final = ("source", "sender", "file_sha256", "file_name")
_FAULT: Final = (*_FILE, "line", "column_name", "value", "reason", "expected", "advice")
_WARNING: Final = (*_FILE, "column_name", "reason", "row_count", "message", "is_rounded")


def faults(warehouse: Warehouse) -> pl.DataFrame:
    """Return one row per fault in a row set aside: source and sender in words, file, line, …"""
    crime = warehouse.table("meta_set_aside").with_columns(*_crime_words(warehouse))
    supplied = _supplied(warehouse, kind="set aside")
    return pl.concat([crime.select(_FAULT), supplied.select(_FAULT)]).sort(
        "sender", "file_name", "line", "column_name"
    )


def warnings(warehouse: Warehouse) -> pl.DataFrame:
    """Return one row per kind of oddity in a file whose rows were loaded all the same.

    `row_count` is rounded where `is_rounded`, and empty where it is too small to be told.
    """
    crime = warehouse.table("meta_warning").with_columns(
        *_crime_words(warehouse),
        column_name=pl.col("detail"),
        is_rounded=pl.lit(value=False),
    )
    supplied = _supplied(warehouse, kind="warning").with_columns(
        message=pl.col("expected"), is_rounded=is_about_people()
    )
    return pl.concat([crime.select(_WARNING), supplied.select(_WARNING)])


def is_about_people() -> pl.Expr:
    """Return whether a file's rows are about people, or may be: its table is not known."""
    return pl.col("table_name").is_in(["", *ABOUT_PEOPLE])


def table_words() -> pl.Expr:
    """Return the title of the supplied table that a file was taken for."""
    return pl.col("table_name").replace({"": "not recognised", **SUPPLIED_TITLES})


def sender_words(warehouse: Warehouse) -> pl.Expr:
    """Return who sent a supplied file: a provider by name, else who publishes the source."""
    providers = warehouse.table("dim_provider").select("provider_id", "provider_name")
    names = dict(providers.iter_rows())
    publishers = {
        key: _NOBODY if is_invented else publisher
        for key, publisher, is_invented in warehouse.table("meta_source")
        .select("source_key", "publisher", "is_invented")
        .iter_rows()
    }
    named = pl.col("sender").str.split(", ").list.eval(pl.element().replace(names)).list.join(", ")
    published = pl.col("table_name").replace_strict(
        publishers, default="not known", return_dtype=pl.String
    )
    return pl.when(pl.col("sender") == "").then(published).otherwise(named)


def _supplied(warehouse: Warehouse, *, kind: str) -> pl.DataFrame:
    held = warehouse.table("meta_supplied_fault").filter(pl.col("kind") == kind)
    return held.with_columns(source=table_words(), sender=sender_words(warehouse))


def _crime_words(warehouse: Warehouse) -> tuple[pl.Expr, pl.Expr]:
    source = warehouse.table("meta_source").filter(pl.col("source_key") == _CRIME)
    name, publisher, is_invented = source.select("source_name", "publisher", "is_invented").row(0)
    sender = _NOBODY if is_invented else publisher
    return pl.lit(name).alias("source"), pl.lit(sender).alias("sender")
