"""Medians and ninetieth percentiles of waits, in working days, where enough people stand behind.

Both are waits that somebody had: the fewest days within which at least half of the people, or
nine in ten, had waited. Waits that have not ended are left out.
"""

from datetime import date
from typing import Final

import polars as pl

from pipelines.counting.events import Rows, known, month_of
from pipelines.counting.grid import in_splits
from pipelines.counting.periods import months_of
from pipelines.counting.totals import area_links, in_district, named, wanted_levels
from pipelines.protection.areas import AreaTree
from pipelines.protection.index import KEYS, PERIOD
from pipelines.working_days import working_days_between
from schemas.cells import View, Wait
from schemas.codes import HIDDEN, NEARLY_ALL
from schemas.measures import WAITS
from schemas.protection import Protection

_CLOCKS: Final = {
    "report_to_referral": ("date_crime_reported", "date_referred"),
    "referral_to_contact": ("date_received", "date_first_contact"),
    "acceptance_to_start": ("date_accepted", "date_support_start"),
}
_SPLITS: Final = ("crime_group", "source", "service_id")
_TENTHS: Final = {"median": 5, "ninetieth_percentile": 9}
"""Statistic → how many of ten people waited no longer."""


def count_waits(
    rows: Rows, *, as_of: date, areas: AreaTree, protected: pl.DataFrame, policy: Protection
) -> pl.DataFrame:
    """Return one row per wait, statistic and cell, with the columns of `cube_protected_wait`.

    A wait is given where the count of the people it is about is shown, or said to be nearly all
    of a count that is, and `wait_base` of them waited; a percentile needs as many on either side
    of it. Where it is not given, `working_days` is null and the marker says hidden.

    Args:
        rows: the accepted rows that count, by table, each field typed.
        as_of: the day on which the rows are looked at; what ends later has not ended.
        areas: as for the counts.
        protected: the protected cells, with `count` and `marker`.
        policy: the small-number policy in force.
    """
    parts = [
        _given(_behind(wait, view, rows["referrals"], protected, areas, as_of), policy)
        for wait in WAITS
        for view in wait.views
    ]
    return pl.concat(parts).select(*KEYS, "statistic", "working_days", "marker")


def _behind(
    wait: Wait,
    view: View,
    referrals: pl.DataFrame,
    protected: pl.DataFrame,
    areas: AreaTree,
    as_of: date,
) -> pl.DataFrame:
    """Return the cells of a view with `people` who waited and each statistic of their days."""
    cells = protected.join(
        wanted_levels([view]), on=["area_type", "period_type"], how="semi"
    ).filter(pl.col("measure") == wait.people, in_splits(view.splits))
    links = area_links(areas)
    span = months_of(cells.select(PERIOD).unique())
    # Waits are many, and their months and districts few: what goes together is linked together.
    waited = _waits(referrals, wait, as_of).with_columns(in_district(links))
    together = waited.group_by(*view.splits, "month", "district").agg("days")
    asked = (
        together.join(span, on="month")
        .join(links, on="district")
        .join(wanted_levels([view]), on=["area_type", "period_type"], how="semi")
    )
    found = named(
        asked.group_by(*view.splits, *PERIOD, "area_type", "area_code").agg(*_statistics()),
        view.splits,
    )
    return cells.join(found, on=KEYS[1:], how="left", maintain_order="left").with_columns(
        measure=pl.lit(wait.key)
    )


def _waits(referrals: pl.DataFrame, wait: Wait, as_of: date) -> pl.DataFrame:
    start, end = _CLOCKS[wait.key]
    ended = referrals.filter(pl.col(end) < as_of)
    days = working_days_between(ended[start], ended[end]).alias("days")
    return ended.select(
        month_of("date_received"),
        pl.col("la_code").alias("area_code"),
        *(known(split) for split in _SPLITS),
        days,
    ).filter(pl.col("days") >= 0)


def _statistics() -> tuple[pl.Expr, ...]:
    days = pl.col("days").list.explode().sort()
    people = days.len().cast(pl.Int64)
    return (
        people.alias("people"),
        *(days.get(_rank(people, tenths) - 1).alias(name) for name, tenths in _TENTHS.items()),
    )


def _rank(people: pl.Expr, tenths: int) -> pl.Expr:
    """Return how many people, shortest waits first, make up this share at least."""
    return (people * tenths + 9) // 10


def _given(cells: pl.DataFrame, policy: Protection) -> pl.DataFrame:
    people = pl.col("people").fill_null(0)
    stands = pl.col("marker").is_in(["", NEARLY_ALL])
    rank = _rank(people, _TENTHS["ninetieth_percentile"])
    base = policy.wait_base
    enough = {
        "median": people >= base,
        "ninetieth_percentile": (people - rank >= base) & (rank - 1 >= base),
    }
    return pl.concat(
        cells.select(
            *KEYS,
            statistic=pl.lit(name),
            working_days=pl.when(stands & is_enough).then(pl.col(name)).cast(pl.Int32),
        )
        for name, is_enough in enough.items()
    ).with_columns(
        marker=pl.when(pl.col("working_days").is_null()).then(pl.lit(HIDDEN)).otherwise(pl.lit(""))
    )
