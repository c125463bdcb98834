"""Figures of rural places over those of urban places, with the limits of their ratio."""

from dataclasses import replace
from typing import Final

import numpy as np
import polars as pl

from dashboard.metrics.metric import Choice, Metric, Result
from dashboard.metrics.ratio_limits import ratio_limits
from dashboard.metrics.recorded import evaluate_recorded
from dashboard.metrics.statistics import Array
from dashboard.warehouse import Warehouse
from schemas.codes import HIDDEN, NOT_APPLICABLE, NOT_AVAILABLE

_AREAS: Final = ("force_code", "partnership_code", "area_code")
_FIGURES: Final = ("numerator", "denominator", "value", "lower", "upper", "marker")
_ONE_KIND: Final = "An area that has only rural or only urban places has no ratio."


def evaluate_rural_ratio(
    metric: Metric, choice: Choice, *, warehouse: Warehouse, by: tuple[str, ...]
) -> Result:
    """Return recorded crime in rural places over urban, one row per combination of `by`.

    `numerator` is what was recorded in rural places, `denominator` what would have been at the
    urban rate, so that their quotient is the ratio of the rates. The marker is [z] where there is
    no urban or no rural place, or nothing was recorded in urban ones.
    """
    rate = replace(metric, kind="rate")
    rates = evaluate_recorded(rate, choice, warehouse=warehouse, by=(*by, "rural_class"))
    return over_urban(rates, metric)


def over_urban(rates: Result, metric: Metric) -> Result:
    """Return the ratio of a result whose last breakdown is by rural_class."""
    by = rates.by[:-1]
    # A constant stands in where there is nothing to join by.
    keyed = rates.frame.with_columns(_one=1)
    rural, urban = (keyed.filter(pl.col("rural_class") == kind) for kind in ("Rural", "Urban"))
    on = ["_one", *by]
    order = keyed.select(on).unique(maintain_order=True)
    pairs = order.join(rural, on=on, how="left", maintain_order="left").join(
        urban, on=on, how="left", maintain_order="left", suffix="_urban"
    )
    return replace(
        rates,
        metric=metric,
        by=by,
        frame=_with_ratio(pairs).select(*by, *_FIGURES),
        notes=(*((_ONE_KIND,) if set(_AREAS) & set(by) else ()), *rates.notes),
    )


def _with_ratio(pairs: pl.DataFrame) -> pl.DataFrame:
    count, base, other, other_base = (
        _numbers(pairs, name)
        for name in ("numerator", "denominator", "numerator_urban", "denominator_urban")
    )
    with np.errstate(divide="ignore", invalid="ignore"):
        expected = other * base / other_base
        value = np.where(expected > 0, count / expected, np.nan)
    lower, upper = ratio_limits((count, other), (base, other_base))
    has_value = pl.col("value").is_not_null()
    return pairs.with_columns(
        pl.Series("denominator", expected, nan_to_null=True),
        pl.Series("value", value, nan_to_null=True),
        pl.Series("lower", lower, nan_to_null=True),
        pl.Series("upper", upper, nan_to_null=True),
    ).with_columns(
        pl.when(has_value).then(pl.col("lower", "upper")),
        marker=pl.when(has_value)
        .then(pl.lit(""))
        .when(_is_said(HIDDEN))
        .then(pl.lit(HIDDEN))
        .when(_is_said(NOT_AVAILABLE))
        .then(pl.lit(NOT_AVAILABLE))
        .otherwise(pl.lit(NOT_APPLICABLE)),
    )


def _is_said(marker: str) -> pl.Expr:
    """Return where one of the two figures has this marker in its place."""
    return pl.any_horizontal(
        (pl.col(name) == marker).fill_null(value=False) for name in ("marker", "marker_urban")
    )


def _numbers(frame: pl.DataFrame, name: str) -> Array:
    return frame[name].cast(pl.Float64).fill_null(np.nan).to_numpy()
