"""Reports of fraud as the kept snapshots give them: which forces and months, and how complete."""

from datetime import date
from typing import Final

import polars as pl

from dashboard.metrics.metric import Metric
from dashboard.metrics.places import home_force, names_of
from dashboard.metrics.rows import QUERIES
from dashboard.warehouse import Warehouse

_SQL: Final = (QUERIES / "fraud.sql").read_text(encoding="utf-8")
_SNAPSHOTS_SQL: Final = (QUERIES / "fraud_snapshots.sql").read_text(encoding="utf-8")


def latest_reports(warehouse: Warehouse) -> pl.DataFrame:
    """Return the reports that count, each month of a force as its latest snapshot gives it.

    One row per force, month, type, kind of victim and age; `age_band` is null of organisations.
    """
    return warehouse.once(_latest)


def _latest(warehouse: Warehouse) -> pl.DataFrame:
    return warehouse.query(_SQL)


def months_reported(_: Metric, warehouse: Warehouse) -> list[date]:
    """Return the months of which reports of the home force are held, oldest first."""
    home = home_force(warehouse)
    return sorted(month for force, month in held(warehouse) if force == home)


def held(warehouse: Warehouse) -> set[tuple[str, date]]:
    """Return each force and month of which reports are held."""
    return warehouse.once(_held)


def _held(warehouse: Warehouse) -> set[tuple[str, date]]:
    return set(latest_reports(warehouse).select("force_code", "month").unique().iter_rows())


def forces_reported(warehouse: Warehouse) -> tuple[str, ...]:
    """Return the forces of which reports are held, the home force first, then in list order."""
    codes = {force for force, _ in held(warehouse)}
    areas = warehouse.table("dim_area").filter(pl.col("area_code").is_in(list(codes)))
    return tuple(areas.sort("is_home", "sort_order", descending=[True, False])["area_code"])


def snapshots(warehouse: Warehouse) -> pl.DataFrame:
    """Return the reports of the home force by month and snapshot, both oldest first."""
    return warehouse.once(_snapshots)


def _snapshots(warehouse: Warehouse) -> pl.DataFrame:
    home = home_force(warehouse)
    name = names_of([home], warehouse)[home].lower()
    named = pl.col("force_name").str.to_lowercase().str.starts_with(name)
    return warehouse.query(_SNAPSHOTS_SQL).filter(named)


def growth(warehouse: Warehouse) -> float | None:
    """Return by how much months have grown since their own snapshot, as a share of it.

    Of the months that were held in their own snapshot and in a later one; None without any.
    """
    taken = snapshots(warehouse)
    last = taken.group_by("month").agg(
        pl.col("reports").last(), last_snapshot=pl.col("snapshot_month").last()
    )
    first = taken.filter(pl.col("snapshot_month") == pl.col("month"))
    both = first.join(last.filter(pl.col("last_snapshot") > pl.col("month")), on="month")
    before, after = int(both["reports"].sum()), int(both["reports_right"].sum())
    return after / before - 1 if before else None


def is_first_count(month: date, warehouse: Warehouse) -> bool:
    """Return True when a month is held in no later snapshot than its own."""
    taken = snapshots(warehouse).filter(pl.col("month") == month)
    return bool(taken.height) and taken["snapshot_month"].max() == month
