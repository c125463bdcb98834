"""What a reader must know beside a figure, in whole sentences."""

from collections.abc import Iterator

import polars as pl

from dashboard.metrics.metric import Choice, Metric, Period
from dashboard.metrics.period import (
    USUAL_MONTHS,
    in_words,
    missing_months,
    months_between,
    months_in,
    months_in_words,
)
from dashboard.metrics.places import Scope, names_of
from dashboard.metrics.rows import type_condition, types_counted
from dashboard.warehouse import Warehouse
from schemas.codes import ANTISOCIAL_BEHAVIOUR, NO_LOCATION, OUTSIDE_FORCE

_BELOW_FORCE = frozenset(
    {
        *("partnership_code", "area_code", "small_area_code"),
        *("hexagon", "hexagon_wide", "rural_class", "town_class"),
    }
)


def notes_for(
    metric: Metric,
    choice: Choice,
    *,
    by: tuple[str, ...],
    scope: Scope,
    period: Period,
    warehouse: Warehouse,
) -> tuple[str, ...]:
    """Return the notes that this metric, choice and breakdown need, most important first."""
    months = months_in(period.first_month, period.last_month)
    return (
        *_missing(scope, period, warehouse),
        *_period(choice, period, months),
        *_crime_types(metric, choice),
        *_rates(metric, scope, warehouse, months=1 if "month" in by else months),
        *_whole_forces(metric, choice),
        *_places(metric, choice, by=by, scope=scope, period=period, warehouse=warehouse),
    )


def _missing(scope: Scope, period: Period, warehouse: Warehouse) -> Iterator[str]:
    months = months_between(period.first_month, period.last_month)
    for force in scope.force_codes:
        missing = tuple(month for _, month in missing_months(warehouse, months, (force,)))
        if missing:
            name = names_of([force], warehouse).get(force, force)
            yield f"Not supplied for {name}: {months_in_words(missing)}. Missing is not zero."


def _period(choice: Choice, period: Period, months: int) -> Iterator[str]:
    is_default = choice.first_month is None and choice.last_month is None
    if is_default and months < USUAL_MONTHS:
        yield (
            f"Twelve months without a gap are not held: the period is {in_words(period)} "
            f"({months} months)."
        )


def _crime_types(metric: Metric, choice: Choice) -> Iterator[str]:
    if metric.rows == "crime" and ANTISOCIAL_BEHAVIOUR in choice.crime_types:
        yield "Antisocial behaviour is not crime and is left out here; it has its own figures."
    if not types_counted(metric, choice):
        yield "None of the chosen crime types counts in this measure."
    if metric.rows == "antisocial_behaviour" and choice.crime_types:
        yield "The choice of crime types does not apply to antisocial behaviour."


def _rates(metric: Metric, scope: Scope, warehouse: Warehouse, *, months: int) -> Iterator[str]:
    if metric.kind != "rate":
        return
    if months != USUAL_MONTHS:
        yield f"Rates are for a year: {months} month{'s' * (months > 1)} scaled to twelve."
    if set(scope.force_codes) - {scope.home}:
        areas = warehouse.table("dim_area").filter(pl.col("area_type") == "force")
        basis = dict(areas.select("area_code", "residents_basis").iter_rows())
        others = {basis[force] for force in scope.force_codes if force != scope.home}
        yield (
            f"Residents of other forces: {' and '.join(sorted(filter(None, others)))}; "
            f"of the home force: {basis[scope.home]}."
        )


def _whole_forces(metric: Metric, choice: Choice) -> Iterator[str]:
    if metric.query == "location" and choice.areas:
        yield "The share is for the whole force: rows without a location belong to no district."


def _places(
    metric: Metric,
    choice: Choice,
    *,
    by: tuple[str, ...],
    scope: Scope,
    period: Period,
    warehouse: Warehouse,
) -> Iterator[str]:
    is_below = bool(_BELOW_FORCE & set(by)) or bool(scope.districts or scope.partnerships)
    if metric.query == "location" or scope.home not in scope.force_codes or not is_below:
        return
    types = types_counted(metric, choice)
    total, unlocated, outside = warehouse.once(_without_place, scope.home, period, types)
    if total:
        name = names_of([scope.home], warehouse)[scope.home]
        yield (
            f"Of {total:,} {metric.noun} in {name}, {unlocated / total:.1%} have no location and "
            f"{outside / total:.1%} lie outside its area: they count in no district."
        )


def _without_place(
    warehouse: Warehouse, force: str, period: Period, types: tuple[str, ...]
) -> tuple[int, int, int]:
    """Return the rows of a force, those with no location and those outside its area."""
    values: dict[str, object] = {
        "force": force,
        "first_month": period.first_month,
        "last_month": period.last_month,
    }
    counts = warehouse.query(
        "select area_code, sum(record_count)::bigint as rows from cube_crime"
        " where force_code = $force and month between $first_month and $last_month"
        f" and {type_condition(types, values)} group by area_code",
        **values,
    )
    by_area = dict(counts.iter_rows())
    return (
        sum(by_area.values()),
        by_area.get(NO_LOCATION, 0),
        by_area.get(OUTSIDE_FORCE, 0),
    )
