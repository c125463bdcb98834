"""What the measures of the gap map share: the places and groups asked for, and sums over them."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Final

import polars as pl

from dashboard.errors import UnknownChoice
from dashboard.metrics.access_hexagons import hexagons
from dashboard.metrics.access_services import Part, crimes_of
from dashboard.metrics.assumptions import Status, weakest
from dashboard.metrics.estimate_rates import COMBINED, Rate, notes_of, rates_of
from dashboard.metrics.metric import Choice, Metric, Result
from dashboard.metrics.needs import ESTIMATED_NEED
from dashboard.metrics.places import home_force, names_of, places, scope_of, within
from dashboard.metrics.statistics import Array
from dashboard.metrics.travel import travel
from dashboard.warehouse import Warehouse
from schemas.supplied.lists import CRIME_GROUP, PRIORITY_FLAG

_SPLITS: Final[Mapping[str, tuple[str, ...]]] = {
    "crime_group": tuple(CRIME_GROUP),
    "priority_flag": tuple(PRIORITY_FLAG),
}
_NAMED: Final = ("force_code", "partnership_code", "area_code", "small_area_code")


def groups_asked(metric: Metric, by: tuple[str, ...]) -> tuple[Part | None, ...]:
    """Return the groups that are asked for, in the order of lists; None where none is.

    Raises:
        UnknownChoice: crime groups are crossed with priority groups.
    """
    asked = [split for split in _SPLITS if split in by]
    if len(asked) > 1:
        raise UnknownChoice("Choose crime_group or priority_flag: one is made of the other.")
    if metric.of:
        return metric.of[:1]
    return tuple((split, code) for split in asked for code in _SPLITS[split]) or (None,)


def rates_by_group(
    groups: Iterable[Part | None], choice: Choice, warehouse: Warehouse
) -> Mapping[Part | None, tuple[Rate, ...]]:
    """Return for each group the rates that its need is estimated by; none where there are none."""
    held = rates_of(ESTIMATED_NEED, choice, warehouse)
    return {
        group: tuple(
            held[code]
            for code in ((COMBINED,) if group is None else crimes_of(group))
            if code in held
        )
        for group in groups
    }


def rate_notes(
    groups: Iterable[Part | None], choice: Choice, warehouse: Warehouse
) -> tuple[str, ...]:
    """Return what a reader must know of the rates by which the need of groups is estimated."""
    held = rates_by_group(groups, choice, warehouse)
    return notes_of(rate for rates in held.values() for rate in rates)


def status_of(rates: Iterable[Rate], choice: Choice, warehouse: Warehouse) -> Status:
    """Return how far a figure of need and travel may be relied on."""
    is_draft = travel(warehouse, choice).is_draft
    assumed: tuple[Status, ...] = ("DRAFT",) if is_draft else ()
    return weakest((*(each.status for each in rates), *assumed))


def summed_by_group(
    metric: Metric,
    choice: Choice,
    *,
    by: tuple[str, ...],
    warehouse: Warehouse,
    names: Sequence[str],
    make: Callable[[Part | None], Mapping[str, Array]],
) -> pl.DataFrame:
    """Return columns of small areas added up, one row per combination of `by`, with `status`.

    `make` gives the columns named, with a value for each place of the force in its order, of a
    group whose need is estimated; for other groups all are null.

    Raises:
        UnknownChoice: an area is of another force, or the groups are crossed.
    """
    groups = groups_asked(metric, by)
    rates = rates_by_group(groups, choice, warehouse)
    small = home_places(choice, warehouse)
    frames = []
    for group in groups:
        known = rates[group]
        made = make(group) if known else dict.fromkeys(names)
        sums = _summed(small, made, by, warehouse)
        status = status_of(known, choice, warehouse) if known else ""
        frames.append(sums.with_columns(group_columns(group, by), status=pl.lit(status)))
    return pl.concat(frames)


def home_places(choice: Choice, warehouse: Warehouse) -> pl.DataFrame:
    """Return the small areas chosen, with their `place` among those of the force.

    Raises:
        UnknownChoice: an area is of another force.
    """
    scope = scope_of(choice, warehouse)
    if set(scope.force_codes) - {home_force(warehouse)}:
        raise UnknownChoice("This is held for the home force and its parts only.")
    held = places(scope_of(Choice(), warehouse), warehouse, small=True)
    return held.with_row_index("place").filter(within(scope, has_small=True))


def levels_of(by: tuple[str, ...]) -> tuple[str, ...]:
    """Return the kinds of place of a breakdown, without groups and kinds of help."""
    return tuple(each for each in by if each not in (*_SPLITS, "help_layer"))


def group_columns(group: Part | None, by: tuple[str, ...]) -> list[pl.Expr]:
    """Return the column that names a group, where the breakdown is by it."""
    return [pl.lit(group[1]).alias(group[0])] if group and group[0] in by else []


def named(result: Result, warehouse: Warehouse) -> Result:
    """Return the result with the name of every place in it."""
    levels = [each for each in _NAMED if each in result.by]
    codes = {code for each in levels for code in result.frame[each].unique()}
    return replace(result, names={**result.names, **names_of(codes, warehouse)})


def _summed(
    small: pl.DataFrame,
    columns: Mapping[str, Array | None],
    by: tuple[str, ...],
    warehouse: Warehouse,
) -> pl.DataFrame:
    """Add columns up over the places asked for; by hexagon a small area is spread over its own."""
    levels = levels_of(by)
    held = small.with_columns(_series(name, values, small) for name, values in columns.items())
    if "hexagon_wide" in levels:
        held = held.join(hexagons(warehouse), on="small_area_code", maintain_order="left")
        held = held.with_columns(pl.col(each) * pl.col("part") for each in columns)
    # A sum with something unknown in it is unknown: polars would take it as zero.
    totals = [
        pl.when(pl.col(each).is_not_null().all()).then(pl.col(each).sum()).alias(each)
        for each in columns
    ]
    return held.group_by(levels, maintain_order=True).agg(totals) if levels else held.select(totals)


def _series(name: str, values: Array | None, small: pl.DataFrame) -> pl.Series:
    if values is None:
        return pl.Series(name, [None] * small.height, dtype=pl.Float64)
    return pl.Series(name, values[small["place"].to_numpy()], nan_to_null=True)
