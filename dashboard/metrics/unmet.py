"""Unmet need: people estimated to need support in a year, less those who were supported."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, Final

import polars as pl

from dashboard.metrics.against_estimate import people_counted, refuse_without_group
from dashboard.metrics.assumptions import Range
from dashboard.metrics.cell_numbers import small_numbers
from dashboard.metrics.estimate import evaluate_estimate, result_of
from dashboard.metrics.gap_places import named
from dashboard.metrics.metric import Choice, Metric, Result
from dashboard.metrics.needs import ESTIMATED_NEED
from dashboard.warehouse import Warehouse
from schemas.codes import HIDDEN, NOT_AVAILABLE

_PEOPLE: Final = "people_supported"
_SPLITS: Final = ("crime_group", "priority_flag")
_TYPES: Final = dict.fromkeys(("numerator", "denominator", "value", "lower", "upper"), pl.Float64)


def unmet(need: Range, supported: Range) -> Range:
    """Return what is left of a need: at the least when it is low and most people were supported.

    What is not known is None. Below zero more were supported than are estimated to be in need.
    """
    return Range(
        _less(need.low, supported.high),
        _less(need.central, supported.central),
        _less(need.high, supported.low),
    )


def evaluate_unmet(
    metric: Metric, choice: Choice, *, warehouse: Warehouse, by: tuple[str, ...]
) -> Result:
    """Return unmet need in a year, one row per combination of `by`.

    The numerator is the people newly supported, of the published twelve months nearest to those
    chosen; the denominator the central need. Where the count is hidden there is no value ([c]),
    and low and high hold all that it can be.

    Raises:
        UnknownChoice: no group is asked for, an area is not of the home force, or below district.
    """
    refuse_without_group(metric, by)
    need = evaluate_estimate(
        replace(ESTIMATED_NEED, of=metric.of), choice, warehouse=warehouse, by=by
    )
    held = people_counted(_PEOPLE, metric, choice, by, warehouse)
    joined = _with(need.frame.drop("numerator", "marker"), held.frame, by)
    for name, whole in _wholes(metric, choice, by, warehouse).items():
        on = tuple(each for each in by if each in whole.columns)
        joined = _with(joined, whole.select(*on, pl.col("numerator").alias(name)), on)
    slack = small_numbers(warehouse).rounding_base
    rows = [_row(row, by, slack=slack) for row in joined.iter_rows(named=True)]
    frame = pl.DataFrame(rows, schema_overrides=_TYPES)
    made = result_of(metric, choice, frame, by=by, notes=(), warehouse=warehouse)
    made = named(replace(made, period=held.period or made.period), warehouse)
    return replace(made, notes=(*_said(made), *held.notes, *need.notes))


def _with(frame: pl.DataFrame, counted: pl.DataFrame, on: tuple[str, ...]) -> pl.DataFrame:
    if on:
        return frame.join(counted, on=list(on), how="left", maintain_order="left")
    return frame.join(counted, how="cross")


def _wholes(
    metric: Metric, choice: Choice, by: tuple[str, ...], warehouse: Warehouse
) -> Mapping[str, pl.DataFrame]:
    """Return published counts that a hidden one lies within: of its group, and of its place.

    Nothing is worked out from several: each bound is one count that is published.
    """
    of_group = tuple(each for each in by if each in _SPLITS)
    of_place = tuple(each for each in by if each not in _SPLITS)
    anybody, anywhere = replace(metric, of=()), replace(choice, areas=())
    return {
        "in_group": people_counted(_PEOPLE, metric, anywhere, of_group, warehouse).frame,
        "in_place": people_counted(_PEOPLE, anybody, choice, of_place, warehouse).frame,
    }


def _row(row: Mapping[str, Any], by: tuple[str, ...], *, slack: int) -> dict[str, Any]:
    need = Range(row["lower"], row["value"], row["upper"])
    left = unmet(need, _supported(row, slack))
    hidden = row["marker"] or NOT_AVAILABLE if need.central is not None else NOT_AVAILABLE
    return {
        **{each: row[each] for each in by},
        "numerator": row["numerator"],
        "denominator": need.central,
        "value": left.central,
        "lower": left.low,
        "upper": left.high,
        "marker": "" if left.central is not None else hidden,
        "status": row["status"],
    }


def _supported(row: Mapping[str, Any], slack: int) -> Range:
    """Return the people supported: as counted, or where hidden from none to a count around it.

    A count around it may have been rounded down, by less than `slack`.
    """
    if row["marker"] == HIDDEN:
        around = [row[each] for each in ("in_group", "in_place") if row[each] is not None]
        return Range(0.0, None, min(around) + slack if around else None)
    return Range(row["numerator"], row["numerator"], row["numerator"])


def _less(whole: float | None, part: float | None) -> float | None:
    return None if whole is None or part is None else whole - part


def _said(made: Result) -> Iterator[str]:
    """Say where the range includes zero, and what stands for a hidden count."""
    across = made.frame.filter((pl.col("lower") <= 0) & (pl.col("upper") >= 0))
    if across.height:
        rows = across.select(made.by).iter_rows()
        which = "; ".join(", ".join(made.names.get(each, each) for each in row) for row in rows)
        where = f" for: {which}" if which else ""
        yield f"The range includes zero{where}. There it is not clear that need is unmet."
    if (made.frame["marker"] == HIDDEN).any():
        yield (
            f"{HIDDEN}: the count of people supported is hidden to protect them, so that there is "
            "no central value; low and high hold everything that it can be."
        )
