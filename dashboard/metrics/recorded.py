"""Metrics of recorded crime: from counted rows of police.uk to figures with limits."""

from dataclasses import replace
from typing import Final

import numpy as np
import polars as pl

from dashboard.errors import UnknownChoice
from dashboard.metrics.grid import complete
from dashboard.metrics.metric import Choice, Metric, Period, Result
from dashboard.metrics.notes import notes_for
from dashboard.metrics.period import missing_months, months_between, months_in, resolve_period
from dashboard.metrics.places import (
    AREA_LEVELS,
    PLACE_DIMENSIONS,
    Scope,
    names_of,
    places,
    scope_of,
)
from dashboard.metrics.rows import BY_SMALL_AREA, counted_rows, query_name, types_counted
from dashboard.metrics.sources import is_invented
from dashboard.metrics.statistics import Array, count_limits, rate_limits, wilson_limits
from dashboard.warehouse import Warehouse
from schemas.codes import NOT_APPLICABLE, NOT_AVAILABLE, SPECIAL_AREA_NAMES

_OUTCOMES: Final = ("outcome", "outcome_group")
_FIGURES: Final = ("numerator", "denominator", "value", "lower", "upper")
_HOME_ONLY: Final = (*BY_SMALL_AREA, "crime_by_hexagon")


def evaluate_recorded(
    metric: Metric, choice: Choice, *, warehouse: Warehouse, by: tuple[str, ...]
) -> Result:
    """Return a metric of recorded crime, one row per combination of `by`, never rounded.

    Combinations without rows are zero when all their months are supplied; where a month is
    missing there is no value and the marker says so. Raises UnknownChoice for an area, crime
    type or month that does not exist.
    """
    scope = _scope(metric, choice, by=by, warehouse=warehouse)
    period = resolve_period(choice, warehouse)
    frame = _frame(metric, choice, by=by, scope=scope, period=period, warehouse=warehouse)
    return Result(
        metric=metric,
        choice=choice,
        by=by,
        period=period,
        frame=frame.select(*by, *_FIGURES, "marker"),
        version=warehouse.version,
        is_invented=is_invented(metric, warehouse),
        names=names_of(_codes(frame, by) | set(choice.areas) | _home_codes(warehouse), warehouse),
        notes=notes_for(metric, choice, by=by, scope=scope, period=period, warehouse=warehouse),
    )


def _scope(metric: Metric, choice: Choice, *, by: tuple[str, ...], warehouse: Warehouse) -> Scope:
    scope = scope_of(choice, warehouse, every_force="force_code" in by)
    if metric.query == "location":
        return scope.whole_forces
    if scope.small_areas and "small_area_code" not in metric.breakdowns:
        raise UnknownChoice(f"{metric.key} is not held for small areas. Choose a district.")
    if query_name(metric, scope, by) not in _HOME_ONLY:
        return scope
    at_home = replace(scope, forces=tuple(each for each in scope.forces if each == scope.home))
    if not at_home.force_codes:
        raise UnknownChoice("Small areas and hexagons are held for the home force only.")
    return at_home


def _frame(
    metric: Metric,
    choice: Choice,
    *,
    by: tuple[str, ...],
    scope: Scope,
    period: Period,
    warehouse: Warehouse,
) -> pl.DataFrame:
    types = types_counted(metric, choice, by)
    is_small = query_name(metric, scope, by) in BY_SMALL_AREA
    held = places(scope, warehouse, small=is_small).filter(
        *(pl.col(dimension) == value for dimension, value in metric.of)
    )
    counted = counted_rows(
        metric, scope=scope, period=period, crime_types=types, by=by, warehouse=warehouse
    )
    frame = complete(counted, by=by, period=period, places=held, crime_types=types)
    frame = _with_denominator(frame, metric, by=by, period=period, places=held)
    frame = _with_missing(frame, by=by, scope=scope, period=period, warehouse=warehouse)
    return _with_limits(frame, metric, is_counted=bool(types))


def _with_denominator(
    frame: pl.DataFrame,
    metric: Metric,
    *,
    by: tuple[str, ...],
    period: Period,
    places: pl.DataFrame,
) -> pl.DataFrame:
    if metric.kind == "rate":
        base = places.with_columns(base=pl.col(metric.base))
        return _with_years(frame, by=by, period=period, places=base)
    if metric.kind == "count":
        return frame.with_columns(denominator=pl.lit(None, dtype=pl.Float64))
    # A share among outcomes is of all outcomes, so the denominator is summed across them.
    others = [each for each in by if each not in _OUTCOMES]
    total = pl.col("denominator").sum()
    if len(others) < len(by):
        total = total.over(others) if others else total
        frame = frame.with_columns(denominator=total)
    return frame.with_columns(pl.col("denominator").cast(pl.Float64))


def _with_years(
    frame: pl.DataFrame, *, by: tuple[str, ...], period: Period, places: pl.DataFrame
) -> pl.DataFrame:
    months = 1 if "month" in by else months_in(period.first_month, period.last_month)
    dimensions = [each for each in by if each in PLACE_DIMENSIONS]
    years = pl.col("base").sum() * months / 12
    if not dimensions:
        return frame.with_columns(denominator=pl.lit(places.select(years).item()))
    held = places.group_by(dimensions).agg(denominator=years)
    joined = frame.join(held, on=dimensions, how="left", maintain_order="left")
    levels = [each for each in dimensions if each in AREA_LEVELS]
    is_special = pl.any_horizontal(
        pl.lit(value=False), *(pl.col(each).is_in(list(SPECIAL_AREA_NAMES)) for each in levels)
    )
    return joined.with_columns(denominator=pl.when(~is_special).then("denominator"))


def _with_missing(
    frame: pl.DataFrame, *, by: tuple[str, ...], scope: Scope, period: Period, warehouse: Warehouse
) -> pl.DataFrame:
    months = months_between(period.first_month, period.last_month)
    gaps = missing_months(warehouse, months, scope.force_codes)
    keys = [each for each in ("force_code", "month") if each in by]
    if not gaps or not keys:
        return _blank(frame.with_columns(is_missing=pl.lit(bool(gaps))))
    missing = pl.DataFrame(gaps, schema={"force_code": pl.String, "month": pl.Date}, orient="row")
    marked = missing.select(keys).unique().with_columns(is_missing=pl.lit(value=True))
    joined = frame.join(marked, on=keys, how="left", maintain_order="left")
    return _blank(joined.with_columns(pl.col("is_missing").fill_null(value=False)))


def _blank(frame: pl.DataFrame) -> pl.DataFrame:
    return frame.with_columns(
        pl.when(~pl.col("is_missing")).then(pl.col("numerator", "denominator"))
    )


def _with_limits(frame: pl.DataFrame, metric: Metric, *, is_counted: bool) -> pl.DataFrame:
    value, lower, upper = _figures(frame, metric)
    has_value = pl.col("value").is_not_null() & pl.lit(is_counted)
    figures = frame.with_columns(
        pl.Series("value", value, nan_to_null=True),
        pl.Series("lower", lower, nan_to_null=True),
        pl.Series("upper", upper, nan_to_null=True),
    )
    return figures.with_columns(
        pl.when(has_value).then(pl.col("value", "lower", "upper")),
        marker=pl.when("is_missing")
        .then(pl.lit(NOT_AVAILABLE))
        .when(has_value)
        .then(pl.lit(""))
        .otherwise(pl.lit(NOT_APPLICABLE)),
    )


def _figures(frame: pl.DataFrame, metric: Metric) -> tuple[Array, Array, Array]:
    count = frame["numerator"].cast(pl.Float64).fill_null(np.nan).to_numpy()
    if metric.kind == "count":
        return (count, *count_limits(count))
    positive = frame["denominator"].replace(0.0, None)
    base = positive.cast(pl.Float64).fill_null(np.nan).to_numpy()
    value = metric.per * count / base
    if metric.kind == "rate":
        return (value, *rate_limits(count, base, per=metric.per))
    lower, upper = wilson_limits(count, base)
    return value, metric.per * lower, metric.per * upper


def _codes(frame: pl.DataFrame, by: tuple[str, ...]) -> set[str]:
    return {code for each in by if each in AREA_LEVELS for code in frame[each].unique()}


def _home_codes(warehouse: Warehouse) -> set[str]:
    """The home force and its parts: maps name them even where a result is by hexagon."""
    return set(warehouse.table("dim_area").filter("is_home")["area_code"])
