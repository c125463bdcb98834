"""Metrics of fraud reports: from the snapshots that count to figures with limits."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final

import numpy as np
import polars as pl

from dashboard.errors import UnknownChoice
from dashboard.metrics.cell_numbers import small_numbers
from dashboard.metrics.fraud_counted import Asked, counted
from dashboard.metrics.fraud_notes import fraud_notes
from dashboard.metrics.fraud_snapshots import forces_reported, held, months_reported
from dashboard.metrics.metric import Choice, Kind, Metric, Period, Result
from dashboard.metrics.period import latest_run, months_between
from dashboard.metrics.places import home_force, names_of, scope_of
from dashboard.metrics.sources import is_invented
from dashboard.metrics.statistics import count_limits, rate_limits
from dashboard.warehouse import Warehouse
from schemas.codes import HIDDEN, NOT_APPLICABLE, NOT_AVAILABLE
from schemas.supplied.fraud_report import FRAUD_TYPE, FRAUD_VICTIM
from schemas.supplied.lists import AGE_BAND

_VALUES: Final = ("numerator", "denominator", "value", "lower", "upper")
_NONE: Final = pl.lit(None, pl.Float64)


def evaluate_fraud(
    metric: Metric, choice: Choice, *, warehouse: Warehouse, by: tuple[str, ...]
) -> Result:
    """Return a metric of fraud reports, one row per combination of `by`, never rounded.

    Each month of a force counts as its latest snapshot gives it. A combination without reports is
    zero where the month is held. A median (pounds) is that of one month, type and kind of victim:
    medians are not made from medians. Losses of few reports are hidden.

    Raises:
        UnknownChoice: no report is loaded, crime types of police.uk are chosen, or an area is
            not known.
    """
    shown = _whole_forces(metric, choice, warehouse)
    forces = _forces(shown, by, warehouse)
    period = _period(metric, shown, by=by, forces=forces, warehouse=warehouse)
    asked = Asked(metric=metric, by=by, forces=forces, period=period)
    threshold = small_numbers(warehouse).threshold
    figures = _blank(_FIGURES[metric.kind](counted(asked, warehouse), metric, threshold))
    fewer_than = threshold if HIDDEN in figures["marker"] else None
    return Result(
        metric=metric,
        choice=shown,
        by=by,
        period=period,
        frame=figures.select(*by, *_VALUES, "marker"),
        version=warehouse.version,
        is_invented=is_invented(metric, warehouse),
        names=_names({*forces, home_force(warehouse)}, warehouse),
        notes=fraud_notes(asked, choice, fewer_than=fewer_than, warehouse=warehouse),
    )


def _whole_forces(metric: Metric, choice: Choice, warehouse: Warehouse) -> Choice:
    """Return the choice widened to whole forces, below which no report is held."""
    if choice.crime_types:
        raise UnknownChoice(
            f"“{metric.label}” is about reports that police.uk does not hold, so its crime types "
            "do not apply. Break down by fraud_type instead."
        )
    if not months_reported(metric, warehouse):
        raise UnknownChoice(f"{metric.label}: not loaded. Load its source first.")
    forces = scope_of(choice, warehouse).force_codes
    return replace(choice, areas=() if forces == (home_force(warehouse),) else forces)


def _forces(shown: Choice, by: tuple[str, ...], warehouse: Warehouse) -> tuple[str, ...]:
    if shown.areas:
        return shown.areas
    return forces_reported(warehouse) if "force_code" in by else (home_force(warehouse),)


def _period(
    metric: Metric,
    shown: Choice,
    *,
    by: tuple[str, ...],
    forces: tuple[str, ...],
    warehouse: Warehouse,
) -> Period:
    """Return the months chosen, naming those that a force lacks; of a median only the last."""
    ours = months_reported(metric, warehouse)
    usual = latest_run(ours)
    is_open = shown.first_month is None and shown.last_month is None
    first = usual.first_month if is_open else (shown.first_month or ours[0]).replace(day=1)
    last = (shown.last_month or ours[-1]).replace(day=1)
    if first > last:
        raise UnknownChoice(
            f"The first month ({first:%Y-%m}) is after the last ({last:%Y-%m}). Swap them."
        )
    if metric.kind == "median" and "month" not in by:
        first = last
    known = held(warehouse)
    every = months_between(first, last)
    missing = (month for month in every if any((force, month) not in known for force in forces))
    return Period(first, last, tuple(missing))


def _names(forces: set[str], warehouse: Warehouse) -> dict[str, str]:
    return {**names_of(forces, warehouse), **FRAUD_TYPE, **FRAUD_VICTIM, **AGE_BAND}


def _reports(rows: pl.DataFrame, metric: Metric, _: int) -> pl.DataFrame:
    """Return counts, or rates per so many person-years, with their limits; all are open."""
    reports = rows["reports"].cast(pl.Float64)
    if metric.kind == "count":
        lower, upper = count_limits(reports.to_numpy())
        value = reports
    else:
        base = rows["denominator"].cast(pl.Float64).fill_null(np.nan).to_numpy()
        lower, upper = rate_limits(reports.to_numpy(), base, per=metric.per)
        value = metric.per * reports / rows["denominator"]
    return rows.with_columns(
        pl.Series("lower", lower, nan_to_null=True),
        pl.Series("upper", upper, nan_to_null=True),
        numerator="reports",
        value=value,
        marker=pl.when(value.is_null()).then(pl.lit(NOT_APPLICABLE)).otherwise(pl.lit("")),
    )


def _total(rows: pl.DataFrame, _: Metric, threshold: int) -> pl.DataFrame:
    """Return losses added up, hidden where few reports are behind them."""
    return _loss(rows, "loss", is_known=~pl.col("lacks_loss"), threshold=threshold)


def _median(rows: pl.DataFrame, _: Metric, threshold: int) -> pl.DataFrame:
    """Return medians of losses, hidden where few reports are behind them."""
    has_reports = pl.col("reports") > 0
    figures = _loss(rows, "median", is_known=pl.col("median").is_not_null(), threshold=threshold)
    return figures.with_columns(
        numerator=_NONE,
        marker=pl.when(has_reports & (pl.col("marker") == HIDDEN))
        .then(pl.lit(HIDDEN))
        .when(pl.col("value").is_null())
        .then(pl.lit(NOT_APPLICABLE))
        .otherwise("marker"),
    )


def _loss(rows: pl.DataFrame, column: str, *, is_known: pl.Expr, threshold: int) -> pl.DataFrame:
    is_few = pl.col("reports").is_between(1, threshold - 1)
    value = pl.when(is_known & ~is_few).then(pl.col(column).cast(pl.Float64))
    return rows.with_columns(
        numerator=value,
        value=value,
        lower=_NONE,
        upper=_NONE,
        marker=pl.when(is_few)
        .then(pl.lit(HIDDEN))
        .when(is_known)
        .then(pl.lit(""))
        .otherwise(pl.lit(NOT_AVAILABLE)),
    )


_FIGURES: Final[Mapping[Kind, Callable[[pl.DataFrame, Metric, int], pl.DataFrame]]] = {
    "count": _reports,
    "rate": _reports,
    "amount": _total,
    "median": _median,
}


def _blank(figures: pl.DataFrame) -> pl.DataFrame:
    """Return the figures with none where a month is not held: missing is not zero."""
    return figures.with_columns(
        pl.when(~pl.col("is_missing")).then(pl.col(_VALUES)),
        marker=pl.when("is_missing").then(pl.lit(NOT_AVAILABLE)).otherwise("marker"),
    )
