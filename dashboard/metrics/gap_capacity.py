"""Need for each place: people in need against the people whom services for them can help."""

from collections.abc import Iterable, Mapping
from typing import Final

import numpy as np
import polars as pl

from dashboard.metrics.access_network import Places, all_places, need_at
from dashboard.metrics.access_services import Part, Serving, capacity_notes, serving
from dashboard.metrics.access_sites import is_open_to
from dashboard.metrics.catchment import shares
from dashboard.metrics.estimate import home_scope, result_of
from dashboard.metrics.gap_places import groups_asked, named, rate_notes, summed_by_group
from dashboard.metrics.metric import Choice, Metric, Result
from dashboard.metrics.statistics import Array
from dashboard.warehouse import Warehouse
from schemas.codes import NOT_APPLICABLE, NOT_AVAILABLE

_NEED: Final = ("low", "central", "high")


def evaluate_need_per_place(
    metric: Metric, choice: Choice, *, warehouse: Warehouse, by: tuple[str, ...]
) -> Result:
    """Return people in need for each who can be helped in a year, one row per combination of `by`.

    Where no service with a stated capacity works there is no value ([z]), and none where no need
    is estimated ([x]).

    Raises:
        UnknownChoice: an area is not of the home force, or below district.
    """
    home_scope(choice, warehouse)
    everywhere = all_places(warehouse)

    def make(group: Part | None) -> Mapping[str, Array]:
        need = need_at(everywhere, group, warehouse=warehouse, choice=choice)
        held = serving(warehouse, choice, group)
        found = {each: getattr(need, each) for each in _NEED}
        return {**found, "capacity": _capacity(held, need.central, everywhere)}

    names = (*_NEED, "capacity")
    sums = summed_by_group(metric, choice, by=by, warehouse=warehouse, names=names, make=make)
    has_any = pl.col("capacity") > 0

    def ratio(end: str) -> pl.Expr:
        return pl.when(has_any).then(pl.col(end) / pl.col("capacity"))

    frame = sums.with_columns(
        numerator="central",
        denominator="capacity",
        value=ratio("central"),
        lower=ratio("low"),
        upper=ratio("high"),
        marker=pl.when(pl.col("central").is_null())
        .then(pl.lit(NOT_AVAILABLE))
        .when(has_any)
        .then(pl.lit(""))
        .otherwise(pl.lit(NOT_APPLICABLE)),
    )
    groups = groups_asked(metric, by)
    counted = [each for group in groups for each in serving(warehouse, choice, group)]
    notes = (
        *capacity_notes(warehouse, choice, counted),
        *rate_notes(groups, choice, warehouse),
    )
    made = result_of(metric, choice, frame, by=by, notes=notes, warehouse=warehouse)
    return named(made, warehouse)


def _capacity(held: Iterable[Serving], need: Array, places: Places) -> Array:
    """Return what services can do for each place: each shared over its districts by need."""
    stated = [each for each in held if each.capacity is not None]
    districts = pl.Series(places.districts)
    is_open = [places.is_home & is_open_to(each.service, districts) for each in stated]
    if not stated:
        return np.zeros(len(need))
    parts = shares(need, np.stack(is_open, axis=1).astype(np.float64))
    return np.asarray(parts @ np.array([each.capacity for each in stated], dtype=np.float64))
