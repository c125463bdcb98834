"""People supported by the class of their home, beside crime recorded in places of that class."""

from dataclasses import replace
from typing import Final

import numpy as np
import polars as pl

from dashboard.metrics.cells import evaluate_cells, nearest_published
from dashboard.metrics.metric import Choice, Metric, Result
from dashboard.metrics.recorded import evaluate_recorded
from dashboard.metrics.rural import RURAL_URBAN_RATE
from dashboard.metrics.rural_ratio import over_urban
from dashboard.metrics.statistics import rate_limits
from dashboard.warehouse import Warehouse
from schemas.codes import NOT_APPLICABLE

_SPLITS: Final = {"rural_class": "rural_urban"}
"""Breakdown of crime → the same of people, by their home."""

_CLASSES: Final = {"RURAL": "Rural", "URBAN": "Urban"}
_CRIME: Final = replace(RURAL_URBAN_RATE, kind="count", rows="crime")
_FIGURES: Final = ("numerator", "denominator", "value", "lower", "upper", "marker")


def evaluate_support(
    metric: Metric, choice: Choice, *, warehouse: Warehouse, by: tuple[str, ...]
) -> Result:
    """Return people supported per so many offences, or rural over urban where it is a ratio.

    One row per combination of `by`; each figure is one published count of people over the crimes
    of the same places and months. Raises UnknownChoice for a period or area that is not published.
    """
    if metric.kind == "ratio":
        return over_urban(_rates(metric, choice, warehouse, by=(*by, "rural_class")), metric)
    return _rates(metric, choice, warehouse, by=by)


def nearest_supported(
    metric: Metric, choice: Choice, *, warehouse: Warehouse, by: tuple[str, ...]
) -> Choice:
    """Return the choice over the published period of these people that is nearest to its months."""
    by = (*by, "rural_class") if metric.kind == "ratio" else by
    return nearest_published(_counted(metric), choice, warehouse=warehouse, by=_splits(by))


def _counted(metric: Metric) -> Metric:
    return replace(metric, kind="count", way="protected")


def _splits(by: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(_SPLITS.get(each, each) for each in by)


def _rates(metric: Metric, choice: Choice, warehouse: Warehouse, *, by: tuple[str, ...]) -> Result:
    people = evaluate_cells(_counted(metric), choice, warehouse=warehouse, by=_splits(by))
    during = choice.during(people.period.first_month, people.period.last_month)
    crime = evaluate_recorded(_CRIME, during, warehouse=warehouse, by=by)
    return replace(
        people,
        metric=metric,
        by=by,
        frame=_with_rate(_joined(people.frame, crime.frame, by), metric).select(*by, *_FIGURES),
        is_invented=people.is_invented or crime.is_invented,
        notes=(*_unknown(people), *people.notes, *crime.notes),
    )


def _joined(people: pl.DataFrame, crime: pl.DataFrame, by: tuple[str, ...]) -> pl.DataFrame:
    """Return the places that both know; people whose home is not known belong to none."""
    named = people.rename({split: name for name, split in _SPLITS.items() if name in by})
    if "rural_class" in by:
        classes = pl.col("rural_class").replace_strict(_CLASSES, default=None)
        named = named.with_columns(classes)
    counted = named.select(*by, people="numerator", hidden="marker", _one=1)
    offences = crime.select(*by, offences="numerator", absent="marker", _one=1)
    # A constant stands in where there is nothing to join by.
    return counted.join(offences, on=["_one", *by], how="inner", maintain_order="left")


def _with_rate(both: pl.DataFrame, metric: Metric) -> pl.DataFrame:
    count, base = (
        both[name].cast(pl.Float64).fill_null(np.nan).to_numpy() for name in ("people", "offences")
    )
    with np.errstate(divide="ignore", invalid="ignore"):
        value = np.where(base > 0, metric.per * count / base, np.nan)
    lower, upper = rate_limits(count, base, per=metric.per)
    return both.with_columns(
        pl.Series("value", value, nan_to_null=True),
        pl.Series("lower", lower, nan_to_null=True),
        pl.Series("upper", upper, nan_to_null=True),
        numerator="people",
        denominator=pl.col("offences").cast(pl.Float64),
    ).with_columns(
        pl.when(pl.col("value").is_not_null()).then(pl.col("lower", "upper")),
        marker=pl.when(pl.col("value").is_not_null())
        .then(pl.lit(""))
        .when(pl.col("hidden") != "")
        .then("hidden")
        .when(pl.col("absent") != "")
        .then("absent")
        .otherwise(pl.lit(NOT_APPLICABLE)),
    )


def _unknown(people: Result) -> tuple[str, ...]:
    """Say how many people have no known home, where that is of one area and shown."""
    if people.by != ("rural_urban",):
        return ()
    held = people.frame.filter(pl.col("rural_urban") == "NK")["numerator"]
    if held.is_empty() or held[0] is None:
        return ()
    return (f"The home of {held[0]:,} people supported is not known: they count in neither.",)
