"""How many people in need live where, and how much of the help within reach comes to them."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

import numpy as np
import polars as pl

from dashboard.metrics.access_network import Network, all_places, need_at, network
from dashboard.metrics.access_services import Part, capacity_notes
from dashboard.metrics.catchment import access
from dashboard.metrics.estimate import result_of
from dashboard.metrics.gap_places import (
    groups_asked,
    named,
    rate_notes,
    rates_by_group,
    summed_by_group,
)
from dashboard.metrics.metric import Choice, Metric, Result
from dashboard.metrics.statistics import Array
from dashboard.metrics.travel import bands, travel
from dashboard.warehouse import Warehouse
from schemas.codes import NOT_APPLICABLE, NOT_AVAILABLE

_NONE: Final = pl.lit(None, pl.Float64)
_NEED: Final = ("low", "central", "high")
_GOT: Final = ("got_low", "got_central", "got_high")
"""What comes to a place at its low, central and high need."""
_APART: Final = (
    "Outreach, confidential places and telephone are a layer of their own and not in the score. "
    "[z]: nothing is within reach, which is not a score of zero."
)


def evaluate_modelled(
    metric: Metric, choice: Choice, *, warehouse: Warehouse, by: tuple[str, ...]
) -> Result:
    """Return the people in need in a year as modelled, one row per combination of `by`.

    Raises:
        UnknownChoice: an area is of another force, or crime groups cross priority groups.
    """
    everywhere = all_places(warehouse)

    def make(group: Part | None) -> Mapping[str, Array]:
        need = need_at(everywhere, group, warehouse=warehouse, choice=choice)
        return {each: getattr(need, each) for each in _NEED}

    sums = summed_by_group(metric, choice, by=by, warehouse=warehouse, names=_NEED, make=make)
    frame = sums.rename(dict(zip(_NEED, ("lower", "value", "upper"), strict=True))).with_columns(
        numerator=_NONE,
        denominator=_NONE,
        marker=pl.when(pl.col("value").is_null()).then(pl.lit(NOT_AVAILABLE)).otherwise(pl.lit("")),
    )
    notes = rate_notes(groups_asked(metric, by), choice, warehouse)
    made = result_of(metric, choice, frame, by=by, notes=notes, warehouse=warehouse)
    return named(made, warehouse)


def evaluate_access(
    metric: Metric, choice: Choice, *, warehouse: Warehouse, by: tuple[str, ...]
) -> Result:
    """Return what comes to places per so many in need, one row per combination of `by`.

    Low is at the high need, high at the low. Where nothing is within reach there is no value
    ([z]), and none where no need is estimated ([x]).

    Raises:
        UnknownChoice: an area is of another force, or crime groups cross priority groups.
    """

    def make(group: Part | None) -> Mapping[str, Array]:
        return _received(network(warehouse, choice, group))

    names = (*_NEED, *_GOT, "reached")
    sums = summed_by_group(metric, choice, by=by, warehouse=warehouse, names=names, make=make)
    is_reached = (pl.col("reached") > 0) & (pl.col("central") > 0)

    def score(end: str) -> pl.Expr:
        found = metric.per * pl.col(f"got_{end}") / pl.col(end)
        return pl.when(is_reached).then(found)

    frame = sums.with_columns(
        numerator=pl.when(is_reached).then("got_central"),
        denominator="central",
        value=score("central"),
        lower=score("high"),
        upper=score("low"),
        marker=pl.when(pl.col("central").is_null())
        .then(pl.lit(NOT_AVAILABLE))
        .when(is_reached)
        .then(pl.lit(""))
        .otherwise(pl.lit(NOT_APPLICABLE)),
    )
    groups = groups_asked(metric, by)
    notes = (*_of_access(groups, choice, warehouse), *rate_notes(groups, choice, warehouse))
    made = result_of(metric, choice, frame, by=by, notes=notes, warehouse=warehouse)
    return named(made, warehouse)


def _received(held: Network) -> Mapping[str, Array]:
    """Return the need of each place, and what comes to it at each end of the range of need."""
    found = {each: getattr(held.need, each) for each in _NEED}
    scores = {each: access(need, held.capacity, held.weights) for each, need in found.items()}
    got = {f"got_{each}": np.nan_to_num(scores[each]) * found[each] for each in _NEED}
    return {**found, **got, "reached": (~np.isnan(scores["central"])).astype(np.float64)}


def _of_access(
    groups: Iterable[Part | None], choice: Choice, warehouse: Warehouse
) -> Iterator[str]:
    rates = rates_by_group(groups, choice, warehouse)
    networks = [network(warehouse, choice, group) for group in rates if rates[group]]
    yield travel(warehouse, choice).in_words
    steps = ", ".join(f"{each.weight:g} up to {each.up_to:g}" for each in bands(warehouse, choice))
    yield f"A site counts by the minutes to it: {steps}, and nothing beyond."
    yield from _of_border(networks)
    yield from capacity_notes(
        warehouse, choice, (each for held in networks for each in held.served_by)
    )
    yield _APART


def _of_border(networks: Iterable[Network]) -> Iterator[str]:
    """Say how much of the capacity of sites goes to people beyond the border."""
    needs = [held for held in networks if held.sites and held.is_estimated]
    total = sum(held.capacity.sum() for held in needs)
    at_home = sum(_received(held)["got_central"][held.places.is_home].sum() for held in needs)
    if total:
        yield (
            f"People within 30 km beyond the border need the same sites: {1 - at_home / total:.0%} "
            "of what these can do goes there by the model. Help over there is not counted."
        )
