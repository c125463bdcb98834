"""What a service costs for each person newly supported, and for each score that improved."""

from dataclasses import replace
from datetime import date
from typing import Final

import polars as pl

from dashboard.errors import UnknownChoice
from dashboard.metrics.cells import evaluate_cells
from dashboard.metrics.funding_years import (
    chosen_year,
    ended_years,
    months_of_year,
    spent,
    year_words,
)
from dashboard.metrics.metric import Choice, Metric, Result
from dashboard.metrics.outcome import IMPROVED
from dashboard.metrics.people import PEOPLE_SUPPORTED
from dashboard.metrics.provider_work import FIGURES, refuse_areas
from dashboard.warehouse import Warehouse
from schemas.codes import NOT_APPLICABLE

_COUNTS: Final = {each.measure: each for each in (PEOPLE_SUPPORTED, IMPROVED)}


def evaluate_cost(
    metric: Metric, choice: Choice, *, warehouse: Warehouse, by: tuple[str, ...]
) -> Result:
    """Return pounds a person or score, one row per service (and financial year that has ended).

    `numerator` is what was spent, `denominator` the rounded count. Where that is hidden, so is the
    cost ([c]); a service without spend has none ([z]). There are no limits: all spend is counted.

    Raises:
        UnknownChoice: it is not by service, is asked for by area, or no year is held.
    """
    refuse_areas(metric, choice, warehouse)
    if "service_id" not in by:
        raise UnknownChoice(
            f"{metric.label} is not averaged over services: break it down by service_id."
        )
    year = chosen_year(metric, choice, warehouse)
    years = ended_years(metric, warehouse) if "financial_year" in by else [year]
    results = [(each, found) for each in years for found in _counted(metric, each, warehouse)]
    if not results:
        raise UnknownChoice(f"{metric.label}: no count of people is published for these years.")
    frames = (_year(metric, each, result, warehouse) for each, result in results)
    _, latest = results[-1]
    return replace(
        latest,
        metric=metric,
        choice=choice,
        by=by,
        period=months_of_year(results[-1][0]),
        frame=pl.concat(frames).select(*by, *FIGURES),
        notes=(*_left_out(warehouse, [each for each, _ in results]), *latest.notes),
    )


def _counted(metric: Metric, year: date, warehouse: Warehouse) -> list[Result]:
    """Return the protected counts of a year by service; none where the year is not published."""
    months = months_of_year(year)
    choice = Choice(first_month=months.first_month, last_month=months.last_month)
    count = _COUNTS[metric.measure]
    try:
        return [evaluate_cells(count, choice, warehouse=warehouse, by=("service_id",))]
    except UnknownChoice:
        return []


def _year(metric: Metric, year: date, result: Result, warehouse: Warehouse) -> pl.DataFrame:
    spend = (
        spent(warehouse, [year])
        .drop_nulls("service_id")
        .group_by("service_id")
        .agg(spend=pl.col("actual_gbp").sum())
    )
    both = result.frame.join(spend, on="service_id", how="left", maintain_order="left")
    has_count = pl.col("numerator") > 0
    return both.select(
        pl.lit(year_words(year)).alias("financial_year"),
        "service_id",
        numerator=pl.col("spend"),
        denominator=pl.col("numerator").cast(pl.Float64),
        value=pl.when(has_count).then(metric.per * pl.col("spend") / pl.col("numerator")),
        lower=pl.lit(None, pl.Float64),
        upper=pl.lit(None, pl.Float64),
        marker=pl.when(pl.col("spend").is_null() | (pl.col("numerator") == 0))
        .then(pl.lit(NOT_APPLICABLE))
        .otherwise("marker"),
    )


def _left_out(warehouse: Warehouse, years: list[date]) -> tuple[str, ...]:
    rest = spent(warehouse, years).filter(pl.col("service_id").is_null())["actual_gbp"].sum()
    if not rest:
        return ()
    return (
        f"Left out: £{rest:,.0f} spent in {', '.join(map(year_words, years))} from funds that pay "
        "for no one service.",
    )
