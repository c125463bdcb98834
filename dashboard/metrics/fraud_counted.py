"""Reports and losses counted by what is asked, with zeros, gaps and person-years."""

from dataclasses import dataclass
from typing import Final

import polars as pl

from dashboard.metrics.fraud_snapshots import held, latest_reports
from dashboard.metrics.metric import Metric, Period
from dashboard.metrics.period import months_between, months_in
from dashboard.warehouse import Warehouse
from schemas.supplied.fraud_report import FRAUD_TYPE, FRAUD_VICTIM
from schemas.supplied.lists import AGE_BAND

_OF_ONE_MEDIAN: Final = ("force_code", "month", "fraud_type", "victim_type")


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What is to be counted: of which forces, over which months, by which dimensions."""

    metric: Metric
    by: tuple[str, ...]
    forces: tuple[str, ...]
    period: Period


def counted(asked: Asked, warehouse: Warehouse) -> pl.DataFrame:
    """Return one row per combination of `by`, zeros included, in list order.

    `reports`, `loss` and `median` (pounds), `lacks_loss` where a report has no loss beside it,
    `is_missing` where a month is not held, and `denominator`: person-years of a rate.
    """
    rows = _rows(asked, warehouse)
    full = rows.select(*_sums())
    if asked.by:
        sums = rows.group_by(asked.by).agg(*_sums())
        full = _grid(asked, rows).join(sums, on=asked.by, how="left", maintain_order="left")
    filled = full.with_columns(
        pl.col("reports", "loss").fill_null(0), pl.col("lacks_loss").fill_null(value=False)
    )
    return _with_person_years(_with_gaps(filled, asked, warehouse), asked, warehouse)


def _rows(asked: Asked, warehouse: Warehouse) -> pl.DataFrame:
    rows = latest_reports(warehouse).filter(
        pl.col("force_code").is_in(list(asked.forces)),
        pl.col("month").is_between(asked.period.first_month, asked.period.last_month),
        *(pl.col(split) == value for split, value in asked.metric.of),
    )
    return rows.filter(pl.col("age_band").is_not_null()) if "age_band" in asked.by else rows


def _sums() -> tuple[pl.Expr, ...]:
    # One median stands for the rows of a type and kind of victim; several cannot be joined.
    is_one = pl.struct(_OF_ONE_MEDIAN).n_unique() == 1
    is_same = pl.col("median_loss_gbp").n_unique() == 1
    return (
        pl.col("reports").sum(),
        pl.col("loss_gbp").sum().alias("loss"),
        pl.col("loss_gbp").is_null().any().alias("lacks_loss"),
        pl.when(is_one & is_same).then(pl.col("median_loss_gbp").first()).alias("median"),
    )


def _grid(asked: Asked, rows: pl.DataFrame) -> pl.DataFrame:
    """Return every combination of `by`, each in list order; ages are those that were given."""
    ages = set(rows["age_band"])
    axes = {
        "month": months_between(asked.period.first_month, asked.period.last_month),
        "force_code": asked.forces,
        "fraud_type": list(FRAUD_TYPE),
        "victim_type": list(FRAUD_VICTIM),
        "age_band": [each for each in AGE_BAND if each in ages],
    }
    first, *others = (pl.DataFrame({each: axes[each]}) for each in asked.by)
    for other in others:
        first = first.join(other, how="cross", maintain_order="left_right")
    return first


def _with_gaps(full: pl.DataFrame, asked: Asked, warehouse: Warehouse) -> pl.DataFrame:
    known = held(warehouse)
    months = months_between(asked.period.first_month, asked.period.last_month)
    gaps = [(f, month) for f in asked.forces for month in months if (f, month) not in known]
    keys = [each for each in ("force_code", "month") if each in asked.by]
    if not gaps or not keys:
        return full.with_columns(is_missing=pl.lit(bool(gaps)))
    missing = pl.DataFrame(gaps, schema={"force_code": pl.String, "month": pl.Date}, orient="row")
    marked = missing.select(keys).unique().with_columns(is_missing=pl.lit(value=True))
    joined = full.join(marked, on=keys, how="left", maintain_order="left")
    return joined.with_columns(pl.col("is_missing").fill_null(value=False))


def _with_person_years(full: pl.DataFrame, asked: Asked, warehouse: Warehouse) -> pl.DataFrame:
    if asked.metric.kind != "rate":
        return full.with_columns(denominator=pl.lit(None, pl.Float64))
    months = months_in(asked.period.first_month, asked.period.last_month)
    years = pl.col("residents") * ((1 if "month" in asked.by else months) / 12)
    areas = warehouse.table("dim_area").filter(pl.col("area_code").is_in(list(asked.forces)))
    if "force_code" not in asked.by:
        return full.with_columns(denominator=pl.lit(areas.select(years.sum()).item()))
    of_each = areas.select(force_code="area_code", denominator=years)
    return full.join(of_each, on="force_code", how="left", maintain_order="left")
