"""Residents beyond reach: how many live too far from help, with outreach and telephone apart."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

from dashboard.directory.service import Service
from dashboard.metrics.access_services import is_for, running
from dashboard.metrics.access_sites import FIXED, OUTREACH, is_open_to, nearest_km
from dashboard.metrics.gap_places import group_columns, groups_asked, home_places, levels_of, named
from dashboard.metrics.metric import Choice, Metric, Period, Result
from dashboard.metrics.sources import is_invented
from dashboard.metrics.statistics import Array
from dashboard.metrics.travel import Travel, longest_journey, travel, travel_minutes
from dashboard.warehouse import Warehouse
from schemas.codes import NOT_APPLICABLE, NOT_AVAILABLE
from schemas.supplied.lists import CRIME_GROUP, PRIORITY_FLAG

LAYERS: Final[Mapping[str, str]] = {
    "FIXED": "Offices and centres",
    "OUTREACH": "Places of outreach as well",
    "REMOTE": "Telephone and online as well",
}
"""Kinds of help by their codes, each together with those before it."""

_LAYER: Final = "help_layer"
_USUAL: Final = "OUTREACH"
_FIGURES: Final = ("numerator", "denominator", "value", "lower", "upper", "marker")
_NO_DIRECTORY: Final = "No running service is listed, so nothing can be said of reach."


def evaluate_beyond(
    metric: Metric, choice: Choice, *, warehouse: Warehouse, by: tuple[str, ...]
) -> Result:
    """Return residents beyond reach and their share, one row per combination of `by`.

    Low and high are empty, since all residents are counted. By `help_layer` each kind of help
    stands with those before it. Where no service is listed there is no value ([x]).

    Raises:
        UnknownChoice: an area is of another force, or crime groups cross priority groups.
    """
    assumed, limit = travel(warehouse, choice), longest_journey(warehouse, choice)
    small = home_places(choice, warehouse)
    frames = []
    for group in groups_asked(metric, by):
        held = [each for each in running(warehouse) if is_for(each, group)]
        far = {layer: needed > limit for layer, needed in _minutes(held, small, assumed).items()}
        frames.append(_sums(small, far, by).with_columns(group_columns(group, by)))
    as_of = warehouse.build.as_of_date.replace(day=1)
    made = Result(
        metric=replace(metric, unit=f"{metric.unit}, over {limit:g} minutes away{assumed.mark}"),
        choice=choice,
        by=by,
        period=Period(as_of, as_of),
        frame=_figures(pl.concat(frames), metric, is_known=bool(running(warehouse))).select(
            *by, *_FIGURES
        ),
        version=warehouse.version,
        is_invented=is_invented(metric, warehouse),
        names={**LAYERS, **(PRIORITY_FLAG if "priority_flag" in by else CRIME_GROUP)},
        notes=(assumed.in_words, *(() if running(warehouse) else (_NO_DIRECTORY,))),
    )
    return named(made, warehouse)


def _minutes(
    services: Sequence[Service], small: pl.DataFrame, assumed: Travel
) -> Mapping[str, Array]:
    """Return by layer the minutes from each small area to help; infinite where there is none."""
    is_rural = (small["rural_class"] == "Rural").to_numpy()
    fixed, outreach = (
        travel_minutes(nearest_km(small, services, kinds), is_rural=is_rural, assumed=assumed)
        for kinds in (FIXED, {OUTREACH})
    )
    visited = _comes_to([each for each in services if _is_unplaced(each)], small)
    called = _comes_to([each for each in services if not each.sites], small)
    with_outreach = np.minimum.reduce([fixed, outreach, visited])
    return dict(zip(LAYERS, (fixed, with_outreach, np.minimum(with_outreach, called)), strict=True))


def _is_unplaced(service: Service) -> bool:
    """Return True when a service has outreach of which no place is given: it comes to people."""
    return any(each.site_type == OUTREACH and each.latitude is None for each in service.sites)


def _comes_to(services: Iterable[Service], small: pl.DataFrame) -> Array:
    """Return no minutes where one of the services works, which needs no journey, else infinite."""
    comes = np.zeros(small.height, dtype=np.bool_)
    for each in services:
        comes |= is_open_to(each, small["area_code"])
    return np.where(comes, 0.0, np.inf)


def _sums(
    small: pl.DataFrame, far: Mapping[str, NDArray[np.bool_]], by: tuple[str, ...]
) -> pl.DataFrame:
    """Return all residents, and those beyond reach, by place and layer as asked for."""
    levels = levels_of(by)
    residents = pl.col("residents").cast(pl.Float64)
    layers = tuple(LAYERS) if _LAYER in by else (_USUAL,)
    counted = small.with_columns(pl.Series(layer, far[layer]) for layer in layers)
    totals = [
        residents.sum().alias("denominator"),
        *((residents * pl.col(layer)).sum().alias(layer) for layer in layers),
    ]
    sums = (
        counted.group_by(levels, maintain_order=True).agg(totals)
        if levels
        else counted.select(totals)
    )
    return sums.unpivot(
        layers, index=[*levels, "denominator"], variable_name=_LAYER, value_name="numerator"
    )


def _figures(sums: pl.DataFrame, metric: Metric, *, is_known: bool) -> pl.DataFrame:
    has_value = pl.lit(is_known) & (pl.col("denominator") > 0)
    absent = NOT_APPLICABLE if is_known else NOT_AVAILABLE
    return sums.with_columns(
        numerator=pl.when(pl.lit(is_known)).then("numerator"),
        value=pl.when(has_value).then(metric.per * pl.col("numerator") / pl.col("denominator")),
        lower=pl.lit(None, pl.Float64),
        upper=pl.lit(None, pl.Float64),
        marker=pl.when(has_value).then(pl.lit("")).otherwise(pl.lit(absent)),
    )
