"""Who sent a row, and for which period: what a file replaces when it is loaded."""

import polars as pl

from pipelines.supplied.log import Holding
from schemas.supplied.field import Contract


def holding(contract: Contract) -> tuple[pl.Expr, pl.Expr]:
    """Return each row's sender and period, as `_sender` and `_period`; blank where it has none."""
    sender = pl.col(contract.sender_field) if contract.sender_field else pl.lit("")
    return sender.alias("_sender"), _period(contract).alias("_period")


def holdings(rows: pl.DataFrame, contract: Contract) -> tuple[Holding, ...]:
    """Return every sender and period that the typed rows are of, in order."""
    found = rows.select(holding(contract)).unique().drop_nulls().sort(["_period", "_sender"])
    return tuple(Holding(sender, period) for sender, period in found.iter_rows())


def rows_held(rows: pl.DataFrame, contract: Contract) -> dict[Holding, int]:
    """Return how many of the typed rows are of each sender and period."""
    marked = rows.with_columns(holding(contract))
    found = marked.group_by("_sender", "_period").len().drop_nulls()
    return {Holding(sender, period): count for sender, period, count in found.iter_rows()}


def _period(contract: Contract) -> pl.Expr:
    if contract.period_field is None:
        return pl.lit("")
    kind = next(each.kind for each in contract.fields if each.name == contract.period_field)
    day = pl.col(contract.period_field)
    if kind == "month":
        return day.dt.strftime("%Y-%m")
    label = _financial_year(day)
    return label if kind == "financial_year" else pl.concat_str(label, pl.lit(" Q"), _quarter(day))


def _financial_year(day: pl.Expr) -> pl.Expr:
    """Return such as 2026-27: April to March."""
    first = day.dt.offset_by("-3mo").dt.year()
    second = ((first + 1) % 100).cast(pl.String).str.zfill(2)
    return pl.concat_str(first.cast(pl.String), pl.lit("-"), second)


def _quarter(day: pl.Expr) -> pl.Expr:
    return day.dt.offset_by("-3mo").dt.quarter().cast(pl.String)
