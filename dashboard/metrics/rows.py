"""From a metric and a choice to counted rows: composes the one statement that is run."""

from collections.abc import Iterable
from pathlib import Path
from typing import Final

import polars as pl

from dashboard.errors import UnknownChoice
from dashboard.metrics.metric import DIMENSIONS, Choice, Metric, Period
from dashboard.metrics.places import Scope
from dashboard.warehouse import Warehouse
from schemas.codes import ANTISOCIAL_BEHAVIOUR, CRIME_TYPES, ROW_TYPES

QUERIES: Final = Path(__file__).resolve().parent.parent / "queries"
BY_SMALL_AREA: Final = frozenset({"crime_by_small_area", "rural_share"})
"""Queries whose rows are of small areas: located rows of the home force."""

_SMALL_AREA: Final = frozenset({"small_area_code", "rural_class", "town_class"})
_HEXAGON: Final = frozenset({"hexagon", "hexagon_wide"})


def check_breakdowns(metric: Metric, by: tuple[str, ...]) -> None:
    """Raise UnknownChoice when the metric cannot be broken down this way."""
    for dimension in by:
        if dimension not in DIMENSIONS or dimension not in metric.breakdowns:
            raise UnknownChoice(
                f"{metric.key} cannot be broken down by {dimension!r}. "
                f"Choose from: {', '.join(metric.breakdowns)}."
            )
    if len(set(by)) < len(by):
        raise UnknownChoice("The same breakdown is named twice. Name each once.")
    if _HEXAGON & set(by) and _SMALL_AREA & set(by):
        raise UnknownChoice("Hexagons and small areas cannot be crossed. Choose one of them.")


def types_counted(metric: Metric, choice: Choice, by: tuple[str, ...] = ()) -> tuple[str, ...]:
    """Return the police.uk types that count, in field order; empty when none of the chosen does.

    Raises UnknownChoice for a type that police.uk does not have.
    """
    chosen = choice.crime_types
    unknown = [each for each in chosen if each not in ROW_TYPES]
    if unknown:
        raise UnknownChoice(
            f"There is no crime type {unknown[0]!r}. Choose from: {', '.join(ROW_TYPES)}."
        )
    if metric.rows == "antisocial_behaviour":
        return (ANTISOCIAL_BEHAVIOUR,)
    is_asked = metric.rows == "crime_unless_asked" and (chosen or "crime_type" in by)
    counted = metric.types or (ROW_TYPES if metric.rows == "any" or is_asked else CRIME_TYPES)
    return tuple(each for each in counted if not chosen or each in chosen)


def query_name(metric: Metric, scope: Scope, by: Iterable[str]) -> str:
    """Return the name of the `.sql` file whose rows are fine enough for this breakdown."""
    dimensions = set(by)
    if metric.query != "crime":
        return metric.query
    if dimensions & _HEXAGON:
        return "crime_by_hexagon"
    if dimensions & _SMALL_AREA or scope.small_areas:
        return "crime_by_small_area"
    return metric.query


def counted_rows(
    metric: Metric,
    *,
    scope: Scope,
    period: Period,
    crime_types: tuple[str, ...],
    by: tuple[str, ...],
    warehouse: Warehouse,
) -> pl.DataFrame:
    """Return one row per combination of `by` that has rows: numerator, and denominator if any."""
    name = query_name(metric, scope, by)
    values: dict[str, object] = {
        "first_month": period.first_month,
        "last_month": period.last_month,
        **dict(metric.of),
    }
    conditions = [
        "month between $first_month and $last_month",
        _place_condition(scope, values, has_small=name in BY_SMALL_AREA),
        *(f"{dimension} = ${dimension}" for dimension, _ in metric.of),
        type_condition(crime_types, values),
    ]
    measures = ["numerator", "denominator"] if metric.kind == "proportion" else ["numerator"]
    sql = _statement(name, by=by, measures=measures, conditions=conditions)
    return warehouse.query(sql, **values)


def _statement(
    name: str, *, by: tuple[str, ...], measures: list[str], conditions: list[str]
) -> str:
    # Only names from the closed list DIMENSIONS come here (see check_breakdowns).
    dimensions = [f"{each}::varchar as {each}" if each != "month" else each for each in by]
    sums = [f"coalesce(sum({each}), 0)::bigint as {each}" for each in measures]
    row_set = (QUERIES / f"{name}.sql").read_text(encoding="utf-8")
    return (
        f"with row_set as not materialized (\n{row_set})\n"
        f"select {', '.join((*dimensions, *sums))}\n"
        f"from row_set\nwhere {' and '.join(conditions)}\n"
        + (f"group by {', '.join(f'row_set.{each}' for each in by)}" if by else "")
    )


def type_condition(crime_types: tuple[str, ...], values: dict[str, object]) -> str:
    """Add the types to `values` and return the condition that a row is of one of them.

    It names the few to leave out when that is shorter, and compares as enumeration, not as
    text: together five times as fast on a large cube.
    """
    others = tuple(each for each in ROW_TYPES if each not in crime_types)
    is_shorter = len(others) < len(crime_types)
    listed = _placeholders("type", others if is_shorter else crime_types, values, "::crime_type")
    if not listed:
        return "true" if is_shorter else "false"
    return f"crime_type {'not in' if is_shorter else 'in'} ({listed})"


def _place_condition(scope: Scope, values: dict[str, object], *, has_small: bool) -> str:
    inside = [
        f"{column} in ({_placeholders(column, codes, values)})"
        for column, codes in (
            ("partnership_code", scope.partnerships),
            ("area_code", scope.districts),
            ("small_area_code", scope.small_areas if has_small else ()),
        )
        if codes
    ]
    either = []
    if scope.forces:
        either.append(f"force_code in ({_placeholders('force_code', scope.forces, values)})")
    if inside:
        values["home"] = scope.home
        either.append(f"(force_code = $home and ({' or '.join(inside)}))")
    return f"({' or '.join(either)})"


def _placeholders(
    prefix: str, chosen: Iterable[str], values: dict[str, object], cast: str = ""
) -> str:
    """Add the chosen values to `values` and return their parameter names."""
    named = {f"{prefix}_{number}": each for number, each in enumerate(chosen)}
    values.update(named)
    return ", ".join(f"${name}{cast}" for name in named)
