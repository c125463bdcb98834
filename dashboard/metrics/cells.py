"""Metrics about people: the protected cells that were published, selected and never summed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

import polars as pl

from dashboard.errors import UnknownChoice
from dashboard.metrics.cell_areas import CellAreas, cell_areas
from dashboard.metrics.cell_figures import changes, counts, notes, rates, waits
from dashboard.metrics.cell_names import area_names, split_names
from dashboard.metrics.cell_numbers import small_numbers
from dashboard.metrics.cell_periods import Held, nearest_period, one_period, series_period
from dashboard.metrics.cell_shares import shares
from dashboard.metrics.menu import (
    AREA_DIMENSIONS,
    TIME_DIMENSIONS,
    level_words,
    levels,
    part_of,
    periods_said,
    published_by,
    whole_splits,
)
from dashboard.metrics.metric import Choice, Metric, Period, Result
from dashboard.metrics.period import months_between
from dashboard.metrics.rows import QUERIES
from dashboard.metrics.sources import is_invented
from dashboard.metrics.unfinished import unfinished_note, without_unfinished
from dashboard.warehouse import Warehouse
from schemas.cells import SPLITS, PeriodType

_FIGURES: Final = ("numerator", "denominator", "value", "lower", "upper", "marker")
_MONTHS_IN: Final[Mapping[PeriodType, int]] = {"month": 1, "quarter": 3}
_SQL: Final = (QUERIES / "cells.sql").read_text(encoding="utf-8")
_WAITS_SQL: Final = (QUERIES / "waits.sql").read_text(encoding="utf-8")
_CHANGES_SQL: Final = (QUERIES / "changes.sql").read_text(encoding="utf-8")
_PERIODS_SQL: Final = (QUERIES / "cell_periods.sql").read_text(encoding="utf-8")


def evaluate_cells(
    metric: Metric, choice: Choice, *, warehouse: Warehouse, by: tuple[str, ...]
) -> Result:
    """Return a metric about people, one row per combination of `by`, from protected cells.

    A hidden count has the marker [c]. A share whose part or rest is hidden is a bound: at most
    (marker <=) or at least (>=) the value. Shares are whole numbers and need a whole of the
    published smallest size. In a series, cohorts too young for the metric have no value ([x]).

    Raises:
        UnknownChoice: the period, area or breakdown is not among those published.
    """
    asked = _asked(metric, choice, by=by, warehouse=warehouse)
    as_of = warehouse.build.as_of_date
    figures = _figures(metric, asked, warehouse)
    if not by and figures.is_empty():
        raise UnknownChoice(f"{metric.label}: nothing is published for this choice.")
    if asked.time:
        months = _MONTHS_IN[asked.time]
        figures = without_unfinished(figures, metric, as_of, months=months)
    names = {
        **area_names(asked.areas, warehouse),
        **split_names(asked.splits, warehouse),
    }
    return Result(
        metric=metric,
        choice=choice,
        by=by,
        period=asked.period,
        frame=_in_order(figures, asked, list(names)).select(*by, *_FIGURES),
        version=warehouse.version,
        is_invented=is_invented(metric, warehouse),
        names=names,
        notes=(
            *unfinished_note(metric, asked.period, as_of),
            *notes(metric, asked.period, small_numbers(warehouse)),
        ),
    )


def nearest_published(
    metric: Metric, choice: Choice, *, warehouse: Warehouse, by: tuple[str, ...]
) -> Choice:
    """Return the choice over the published period that is nearest to its months.

    Raises UnknownChoice for an area that is not held.
    """
    areas = cell_areas(choice, by, warehouse)
    splits = tuple(each for each in SPLITS if each in by)
    return nearest_period(choice, _held(warehouse, metric, splits, areas.area_type))


def months_published(metric: Metric, warehouse: Warehouse) -> list[date]:
    """Return the months of all periods for which the force's figure is published, oldest first."""
    splits = tuple(each for each in SPLITS if each in metric.default_by)
    held = _held(warehouse, metric, splits, "force")
    return sorted({month for _, first, last in held for month in months_between(first, last)})


@dataclass(frozen=True, kw_only=True)
class _Asked:
    """What is to be selected: splits, areas, and the one period or the series of them."""

    splits: tuple[str, ...]
    areas: CellAreas
    time: PeriodType | None
    kind: PeriodType
    period: Period


def _asked(metric: Metric, choice: Choice, *, by: tuple[str, ...], warehouse: Warehouse) -> _Asked:
    if choice.crime_types:
        raise UnknownChoice(
            f"“{metric.label}” is about people, whose crimes are coded by crime group and never by "
            "police.uk crime type. Break down by crime_group instead."
        )
    _refuse_crossed(by)
    areas = cell_areas(choice, by, warehouse)
    splits = tuple(each for each in SPLITS if each in by)
    time = next((each for each in TIME_DIMENSIONS if each in by), None)
    _check_published(metric, splits, areas, time=time)
    held = _held(warehouse, metric, splits, areas.area_type)
    if not held:
        raise UnknownChoice(f"{metric.label}: not loaded. Load its source first.")
    if time:
        period = series_period(choice, time, held)
        return _Asked(splits=splits, areas=areas, time=time, kind=time, period=period)
    what = f"{metric.label}: published for {periods_said(levels(metric, splits), areas.area_type)};"
    kind, period = one_period(choice, held, what=what)
    return _Asked(splits=splits, areas=areas, time=None, kind=kind, period=period)


def _refuse_crossed(by: tuple[str, ...]) -> None:
    """Refuse districts within partnerships and months within quarters: nothing is held of both."""
    for what, dimensions in (("areas", AREA_DIMENSIONS), ("periods", TIME_DIMENSIONS)):
        named = [each for each in dimensions if each in by]
        if len(named) > 1:
            raise UnknownChoice(
                f"Counts of people are published by one kind of {what} at a time. "
                f"Choose {' or '.join(named)}."
            )


def _check_published(
    metric: Metric, splits: tuple[str, ...], areas: CellAreas, *, time: PeriodType | None
) -> None:
    held = levels(metric, splits)
    is_held = any(area == areas.area_type and time in (None, kind) for area, kind in held)
    if is_held:
        return
    by = f" by {' and '.join(splits)}" if splits else ""
    level = f" for {level_words(areas.area_type, time)}" if held else ""
    raise UnknownChoice(
        f"“{metric.label}”{by} is not published{level}: it would make small groups. "
        f"{published_by(metric, splits)}"
    )


def _held(warehouse: Warehouse, metric: Metric, splits: tuple[str, ...], area_type: str) -> Held:
    key = (metric.measure, *_two(_all_splits(metric, splits)), area_type)
    return warehouse.once(_all_held).get(key, [])


def _all_held(warehouse: Warehouse) -> Mapping[tuple[str, ...], Held]:
    """Return the periods of all cells, read at once: a page asks for those of thirty measures."""
    held: dict[tuple[str, ...], list[tuple[PeriodType, date, date]]] = {}
    for *key, kind, first, last in warehouse.query(_PERIODS_SQL).iter_rows():
        held.setdefault(tuple(key), []).append((kind, first, last))
    return held


def _all_splits(metric: Metric, splits: tuple[str, ...]) -> set[str]:
    return {*splits, *(split for split, _ in metric.of)}


def _two(splits: set[str]) -> tuple[str, str]:
    """Return the two splits as cells name them: in the order of the menu, '' for none."""
    first, second = (*(each for each in SPLITS if each in splits), "", "")[:2]
    return first, second


def _figures(metric: Metric, asked: _Asked, warehouse: Warehouse) -> pl.DataFrame:
    if metric.kind == "wait":
        return waits(_cells(_WAITS_SQL, metric, asked, warehouse, statistic=metric.statistic))
    if metric.kind == "mean":
        return changes(_cells(_CHANGES_SQL, metric, asked, warehouse))
    above = part_of(metric.measure)
    whole_split_1, whole_split_2 = _two(whole_splits(metric, _all_splits(metric, asked.splits)))
    found = _cells(
        _SQL,
        metric,
        asked,
        warehouse,
        whole=metric.whole,
        whole_split_1=whole_split_1,
        whole_split_2=whole_split_2,
        above=above,
    )
    if metric.kind == "count":
        return counts(found)
    if metric.kind == "rate":
        return rates(found, metric, small_numbers(warehouse))
    return shares(found, metric, small_numbers(warehouse), is_direct=above == metric.whole)


def _cells(
    sql: str, metric: Metric, asked: _Asked, warehouse: Warehouse, **more: str
) -> pl.DataFrame:
    """Return one row per cell, its splits under their own names, its area as it is shown."""
    first, second = _two(_all_splits(metric, asked.splits))
    found = warehouse.query(
        sql,
        measure=metric.measure,
        split_1=first,
        split_2=second,
        areas=list(asked.areas.cells.values()),
        period_type=asked.kind,
        is_series=bool(asked.time),
        first_month=asked.period.first_month,
        last_month=asked.period.last_month,
        **more,
    )
    named = {name: split for name, split in (("value_1", first), ("value_2", second)) if split}
    shown = {cell: code for code, cell in asked.areas.cells.items()}
    return (
        found.rename(named)
        .filter(*(pl.col(split) == value for split, value in metric.of))
        .with_columns(pl.col("area_code").replace_strict(shown))
    )


def _in_order(figures: pl.DataFrame, asked: _Asked, codes: list[str]) -> pl.DataFrame:
    """Return the rows under the names asked for, by month, area and split, in list order."""
    places: Mapping[str, int] = {code: place for place, code in enumerate(codes)}
    listed = (
        pl.col(each).replace_strict(places, default=len(codes), return_dtype=pl.Int64)
        for each in ("area_code", *asked.splits)
    )
    ordered = figures.sort("first_month", *listed)
    if asked.time:
        ordered = ordered.rename({"first_month": asked.time})
    if asked.areas.dimension:
        ordered = ordered.rename({"area_code": asked.areas.dimension})
    return ordered
