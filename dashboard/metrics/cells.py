"""Metrics about people: the protected cells that were published, selected and never summed."""

from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np
import polars as pl

from dashboard.errors import UnknownChoice
from dashboard.metrics.metric import Choice, Metric, Period, Result
from dashboard.metrics.period import in_words
from dashboard.metrics.places import home_force, names_of
from dashboard.metrics.rows import QUERIES
from dashboard.metrics.statistics import count_limits, wilson_limits
from dashboard.warehouse import Warehouse
from schemas.cells import SPLITS
from schemas.codes import HIDDEN, NEARLY_ALL, VERY_FEW

_TIMES: Final = ("month", "quarter")
_AREAS: Final = {"partnership_code": "partnership", "area_code": "district"}
_FIGURES: Final = ("numerator", "denominator", "value", "lower", "upper", "marker")
_SQL: Final = (QUERIES / "cells.sql").read_text(encoding="utf-8")
_PERIODS_SQL: Final = (QUERIES / "cell_periods.sql").read_text(encoding="utf-8")


def evaluate_cells(
    metric: Metric, choice: Choice, *, warehouse: Warehouse, by: tuple[str, ...]
) -> Result:
    """Return a metric about people, one row per combination of `by`, from protected counts.

    A hidden count has the marker [c]. A share whose part or rest is hidden is a bound: at most
    (marker <=) or at least (>=) the value. Shares are whole numbers and need a whole of the
    published smallest size.

    Raises:
        UnknownChoice: the period, area or breakdown is not among those declared.
    """
    asked = _asked(metric, choice, by=by, warehouse=warehouse)
    frame = _cells(metric, asked, warehouse)
    figures = _counts(frame) if metric.kind == "count" else _shares(frame, metric, warehouse)
    return Result(
        metric=metric,
        choice=choice,
        by=by,
        period=asked.period,
        frame=figures.select(*by, *_FIGURES),
        version=warehouse.version,
        is_invented=warehouse.build.is_invented,
        names=names_of(set(frame["area_code"]) | {home_force(warehouse)}, warehouse),
        notes=_notes(metric),
    )


@dataclass(frozen=True)
class _Asked:
    """What is to be selected: the splits, the level of areas, the kind of period."""

    splits: tuple[str, ...]
    area_level: str
    area_type: str
    areas: tuple[str, ...]
    time: str
    period_type: str
    period: Period


def _asked(metric: Metric, choice: Choice, *, by: tuple[str, ...], warehouse: Warehouse) -> _Asked:
    level, area_type, areas = _areas(choice, by, warehouse)
    time = next((each for each in by if each in _TIMES), "")
    period_type, period = _period(metric, choice, time, warehouse)
    splits = tuple(each for each in SPLITS if each in by)
    if len(splits) > 2 or choice.crime_types:
        raise UnknownChoice(
            f"{metric.key} is about people: it is published by at most two breakdowns beside "
            "area and time, and never by police.uk crime type. Ask for fewer."
        )
    return _Asked(splits, level, area_type, areas, time, period_type, period)


def _areas(
    choice: Choice, by: tuple[str, ...], warehouse: Warehouse
) -> tuple[str, str, tuple[str, ...]]:
    """Return the dimension, the published level and the codes; no codes means all of the level."""
    kinds = dict(warehouse.table("dim_area").select("area_code", "area_type").iter_rows())
    unknown = [code for code in choice.areas if code not in kinds]
    if unknown:
        raise UnknownChoice(f"There is no area with the code {unknown[0]!r}.")
    level = next((each for each in by if each in _AREAS), "")
    if level:
        return level, _AREAS[level], choice.areas
    if len(choice.areas) > 1:
        raise UnknownChoice(
            "Counts of people in several areas are shown side by side and never summed: sums "
            "would undo their protection. Break down by area_code, or choose one area."
        )
    code = choice.areas[0] if choice.areas else home_force(warehouse)
    return "", kinds[code], (code,)


def _period(metric: Metric, choice: Choice, time: str, warehouse: Warehouse) -> tuple[str, Period]:
    held = warehouse.once(_periods_held, metric.measure)
    if not held:
        raise UnknownChoice(f"{metric.label} is not loaded. Load its source first.")
    declared = {(first, last): kind for kind, first, last in held}
    if choice.first_month and choice.last_month:
        chosen = (choice.first_month, choice.last_month)
    else:
        chosen = next(((f, t) for kind, f, t in reversed(held) if kind == "year"), held[-1][1:])
    if not time and chosen not in declared:
        raise UnknownChoice(
            "Figures about people are published for months, quarters, financial years to date "
            "and twelve months that end with a quarter; "
            f"{in_words(Period(*chosen))} is none of those held."
        )
    return time or declared[chosen], Period(*chosen)


def _periods_held(warehouse: Warehouse, measure: str) -> list[tuple[str, date, date]]:
    return list(warehouse.query(_PERIODS_SQL, measure=measure).iter_rows())


def _cells(metric: Metric, asked: _Asked, warehouse: Warehouse) -> pl.DataFrame:
    """Return one row per cell, its breakdowns under their own names, with the whole beside it."""
    first, second = (*asked.splits, "", "")[:2]
    found = warehouse.query(
        _SQL,
        measures=[metric.measure, *([metric.whole] if metric.whole else [])],
        split_1=first,
        split_2=second,
        area_type=asked.area_type,
        areas=list(asked.areas),
        period_type=asked.period_type,
        first_month=asked.period.first_month,
        last_month=asked.period.last_month,
    )
    if found.is_empty():
        raise UnknownChoice(
            f"{metric.key} is not published by {', '.join(asked.splits) or 'nothing'} for a "
            f"{asked.area_type} and a {asked.period_type}: the groups would be too small. "
            "Ask for fewer breakdowns, a larger area or a longer period."
        )
    keys = ("value_1", "value_2", "area_code", "first_month")
    parts = found.filter(pl.col("measure") == metric.measure).drop("measure")
    wholes = found.filter(pl.col("measure") == metric.whole).select(
        *keys, whole="count", whole_rounding="rounding"
    )
    joined = parts.join(wholes, on=keys, how="left", maintain_order="left")
    return joined.with_columns(**_named(asked))


def _named(asked: _Asked) -> dict[str, pl.Expr]:
    named = {split: pl.col(f"value_{n}") for n, split in enumerate(asked.splits, start=1)}
    if asked.area_level == "partnership_code":
        named["partnership_code"] = pl.col("area_code")
    if asked.time:
        named[asked.time] = pl.col("first_month")
    return named


def _counts(frame: pl.DataFrame) -> pl.DataFrame:
    count = frame["count"].cast(pl.Float64).fill_null(np.nan).to_numpy()
    lower, upper = count_limits(count)
    return frame.with_columns(
        pl.col("count").alias("numerator"),
        pl.lit(None, pl.Float64).alias("denominator"),
        pl.col("count").cast(pl.Float64).alias("value"),
        pl.Series("lower", lower, nan_to_null=True),
        pl.Series("upper", upper, nan_to_null=True),
        marker=pl.when(pl.col("count").is_null()).then(pl.lit(HIDDEN)).otherwise(pl.lit("")),
    )


def _shares(frame: pl.DataFrame, metric: Metric, warehouse: Warehouse) -> pl.DataFrame:
    base = _policy(warehouse, "percentage_base")
    most_hidden = _policy(warehouse, "threshold") - 1
    part = frame["count"].cast(pl.Float64).fill_null(np.nan).to_numpy()
    whole = frame["whole"].cast(pl.Float64).fill_null(np.nan).to_numpy()
    lower, upper = wilson_limits(np.minimum(part, whole), whole)
    # The largest share that the hidden count allows: the whole may be as small as rounding lets.
    bound = 100 * most_hidden / (pl.col("whole") - pl.col("whole_rounding") // 2)
    is_large = pl.col("whole") >= base
    share = (metric.per * pl.col("count") / pl.col("whole")).clip(upper_bound=metric.per).round()
    marker = pl.when(~is_large.fill_null(value=False)).then(pl.lit(HIDDEN)).otherwise("marker")
    return (
        frame.with_columns(
            pl.Series("lower", metric.per * lower, nan_to_null=True),
            pl.Series("upper", metric.per * upper, nan_to_null=True),
            numerator=pl.col("count"),
            denominator=pl.col("whole").cast(pl.Float64),
            marker=marker,
        )
        .with_columns(
            value=pl.when(pl.col("marker") == "")
            .then(share)
            .when(pl.col("marker") == VERY_FEW)
            .then(bound.ceil())
            .when(pl.col("marker") == NEARLY_ALL)
            .then((100 - bound).floor()),
        )
        .with_columns(pl.when(pl.col("marker") == "").then(pl.col("lower", "upper")))
    )


def _policy(warehouse: Warehouse, name: str) -> float:
    numbers = warehouse.table("meta_protection")
    return float(numbers.row(by_predicate=pl.col("name") == name, named=True)["value"])


def _notes(metric: Metric) -> tuple[str, ...]:
    rounded = (
        "Counts of people are rounded to the nearest 5 and hidden below 10, and may not add up; "
        f"{HIDDEN} marks a count hidden to protect people."
    )
    if metric.kind == "count":
        return (rounded,)
    return (
        rounded,
        f"Shares come from the rounded counts: {VERY_FEW} means at most, {NEARLY_ALL} at least. "
        "A share of fewer than 50 people is not given.",
    )
