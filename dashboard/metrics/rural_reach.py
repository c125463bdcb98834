"""How far help is: residents by the distance to the nearest place where a service sees people."""

from dataclasses import replace
from typing import Final

import numpy as np
import polars as pl

from dashboard.errors import UnknownChoice
from dashboard.metrics.access_services import running
from dashboard.metrics.access_sites import FIXED, OUTREACH, nearest_km
from dashboard.metrics.metric import Choice, Metric, Period, Result
from dashboard.metrics.places import AREA_LEVELS, home_force, names_of, places, scope_of
from dashboard.metrics.rural_help import DISTANCE, WITHIN_REACH_OF_OUTREACH
from dashboard.metrics.sources import is_invented
from dashboard.metrics.statistics import Array
from dashboard.metrics.travel import Travel, travel, travel_minutes
from dashboard.warehouse import Warehouse
from schemas.codes import NOT_APPLICABLE, NOT_AVAILABLE

MINUTES: Final = 30
BANDS: Final = {
    "Within 15 minutes": (-1, 15),
    "15 to 30 minutes": (15, 30),
    "30 to 60 minutes": (30, 60),
    "Over an hour": (60, float("inf")),
}
"""Bands of travel: over, and up to and including, so many minutes."""

_BAND: Final = "travel_band"

_FIGURES: Final = ("numerator", "denominator", "value", "lower", "upper")
_NOTHING: Final = "No place where a service sees people is loaded: load the directory of services."


def evaluate_reach(
    metric: Metric, choice: Choice, *, warehouse: Warehouse, by: tuple[str, ...]
) -> Result:
    """Return how near help is, one row per combination of `by`; no limits, since all are counted.

    Of shares, `numerator` counts residents within reach; of the distance it sums their kilometres.
    The months and crime types of the choice do not bear on it. Raises UnknownChoice for areas of
    other forces.
    """
    assumed = travel(warehouse, choice)
    has_outreach = metric.key == WITHIN_REACH_OF_OUTREACH.key
    held = warehouse.once(_nearest, assumed, has_outreach)
    is_known = warehouse.once(_nearest, assumed, True)["km"].is_not_null().any()
    scope = scope_of(choice, warehouse)
    if set(scope.force_codes) != {scope.home}:
        raise UnknownChoice("Distances to help are held for the home force only.")
    shown = held.join(
        places(scope, warehouse, small=True).select("small_area_code"), on="small_area_code"
    )
    codes = {code for each in by if each in AREA_LEVELS for code in shown[each].unique()}
    as_of = warehouse.build.as_of_date.replace(day=1)
    return Result(
        # Where a number stands alone its unit says that it rests on a placeholder.
        metric=replace(metric, unit=f"{metric.unit}{assumed.mark}"),
        choice=choice,
        by=by,
        period=Period(as_of, as_of),
        frame=_figures(shown, metric, by),
        version=warehouse.version,
        is_invented=is_invented(metric, warehouse),
        names=names_of(codes | set(choice.areas) | {home_force(warehouse)}, warehouse),
        notes=(assumed.in_words if is_known else _NOTHING,),
    )


def _nearest(warehouse: Warehouse, assumed: Travel, has_outreach: bool) -> pl.DataFrame:
    """Return every small area with `km` by road and `minutes` to the nearest place of help."""
    small = places(scope_of(Choice(), warehouse), warehouse, small=True)
    kinds = FIXED | {OUTREACH} if has_outreach else FIXED
    straight = _straight(warehouse, small, kinds)
    is_rural = (small["rural_class"] == "Rural").to_numpy()
    needed = travel_minutes(straight, is_rural=is_rural, assumed=assumed)
    return small.with_columns(
        pl.Series("km", assumed.detour * straight, nan_to_null=True),
        pl.Series("minutes", needed, nan_to_null=True),
    )


def _straight(warehouse: Warehouse, small: pl.DataFrame, kinds: frozenset[str]) -> Array:
    """Return km to the nearest place of help, infinite where no service works in the district.

    NaN where no place of help is known at all.
    """
    km = nearest_km(small, running(warehouse), kinds)
    return km if np.isfinite(km).any() else np.full(small.height, np.nan)


def _figures(small: pl.DataFrame, metric: Metric, by: tuple[str, ...]) -> pl.DataFrame:
    sums = _sums(small, metric, by)
    value = metric.per * pl.col("numerator") / pl.col("denominator")
    is_finite = pl.col("numerator").cast(pl.Float64).is_finite()
    has_value = (pl.col("denominator") > 0) & is_finite
    absent = pl.when("absent").then(pl.lit(NOT_AVAILABLE))
    marker = absent.otherwise(pl.lit(NOT_APPLICABLE))
    return sums.with_columns(
        value=pl.when(has_value).then(value),
        numerator=pl.when(is_finite).then("numerator"),
        absent=pl.col("numerator").is_null(),
        lower=pl.lit(None, pl.Float64),
        upper=pl.lit(None, pl.Float64),
    ).select(
        *by,
        *_FIGURES,
        marker=pl.when(pl.col("value").is_not_null()).then(pl.lit("")).otherwise(marker),
    )


def _sums(small: pl.DataFrame, metric: Metric, by: tuple[str, ...]) -> pl.DataFrame:
    """Return what is counted and out of how many; nothing is where no distance is known."""
    places_by = [each for each in by if each != _BAND]
    known = pl.when(pl.col("km").is_not_null().all())
    everyone = pl.col("residents").sum().cast(pl.Float64).alias("denominator")
    sums = (known.then(each.sum()).alias(name) for name, each in _parts(metric, by).items())
    found = _grouped(small, places_by, [*sums, everyone])
    if _BAND not in by:
        return found
    return found.unpivot(
        [*BANDS], index=[*places_by, "denominator"], variable_name=_BAND, value_name="numerator"
    ).sort(pl.col(_BAND).cast(pl.Enum([*BANDS])), maintain_order=True)


def _parts(metric: Metric, by: tuple[str, ...]) -> dict[str, pl.Expr]:
    """Return by name what is summed: residents in each band or within reach, or kilometres."""
    residents, minutes = pl.col("residents"), pl.col("minutes")
    if _BAND in by:
        return {
            name: residents * ((minutes > low) & (minutes <= high))
            for name, (low, high) in BANDS.items()
        }
    is_distance = metric.key == DISTANCE.key
    return {"numerator": residents * (pl.col("km") if is_distance else minutes <= MINUTES)}


def _grouped(small: pl.DataFrame, by: list[str], sums: list[pl.Expr]) -> pl.DataFrame:
    return small.group_by(by, maintain_order=True).agg(sums) if by else small.select(sums)
