"""Figures of whole services: use of capacity, returns in time, contracts that end."""

from dataclasses import replace
from typing import Final

import polars as pl

from dashboard.directory.read import directory
from dashboard.directory.service import Service
from dashboard.errors import UnknownChoice
from dashboard.metrics.cells import evaluate_cells
from dashboard.metrics.metric import Choice, Metric, Period, Result
from dashboard.metrics.people import RETURNED_ACTIVE
from dashboard.metrics.period import add_months
from dashboard.metrics.places import home_force
from dashboard.metrics.provider import CONTRACTS_ENDING_SOON
from dashboard.metrics.sources import is_invented
from dashboard.warehouse import Warehouse
from schemas.codes import NOT_APPLICABLE

FIGURES: Final = ("numerator", "denominator", "value", "lower", "upper", "marker")
NOT_COMMISSIONED: Final = ("NATIONAL", "NOT_FUNDED")
"""Funding routes of services that owe the office no return."""

_CASELOAD: Final = "CASELOAD"
_QUARTERS: Final = 4


def is_commissioned(service: Service) -> bool:
    """True when somebody commissions the service here, so that it owes returns."""
    return service.record["funding_route"] not in NOT_COMMISSIONED


def refuse_areas(metric: Metric, choice: Choice, warehouse: Warehouse) -> None:
    """Raise UnknownChoice for an area: these are figures of whole services."""
    if set(choice.areas) - {home_force(warehouse)}:
        raise UnknownChoice(f"{metric.label} is of whole services, and not held by area.")


def evaluate_capacity(
    metric: Metric, choice: Choice, *, warehouse: Warehouse, by: tuple[str, ...]
) -> Result:
    """Return the use of capacity, one row per service (and quarter), of the latest quarter.

    Only services with a contract for a caseload have it; the marker is [z] for the others and [c]
    where the people are hidden.

    Raises:
        UnknownChoice: it is not by service, is asked for by area, or no return is held.
    """
    refuse_areas(metric, choice, warehouse)
    if "service_id" not in by:
        raise UnknownChoice(f"{metric.label} is not added up: break it down by service_id.")
    series = evaluate_cells(
        RETURNED_ACTIVE, _year(choice), warehouse=warehouse, by=("quarter", "service_id")
    )
    held = series.frame
    if "quarter" not in by:
        held = held.filter(pl.col("quarter") == pl.col("quarter").max())
    if held.is_empty():
        raise UnknownChoice(f"{metric.label}: no return is published for these months.")
    contracted = [
        (each.record["service_id"], each.record["capacity_value"])
        for each in directory(warehouse).services
        if each.record["capacity_unit"] == _CASELOAD
    ]
    caseload = pl.DataFrame(
        contracted,
        schema={"service_id": pl.String, "denominator": pl.Float64},
        orient="row",
    )
    both = held.drop("denominator").join(
        caseload, on="service_id", how="left", maintain_order="left"
    )
    has_both = pl.col("numerator").is_not_null() & (pl.col("denominator") > 0)
    share = metric.per * pl.col("numerator") / pl.col("denominator")
    frame = both.with_columns(
        value=pl.when(has_both).then(share.round()),
        lower=pl.lit(None, pl.Float64),
        upper=pl.lit(None, pl.Float64),
        marker=pl.when(pl.col("denominator").is_null())
        .then(pl.lit(NOT_APPLICABLE))
        .otherwise("marker"),
    )
    first = held["quarter"].min()
    last = held["quarter"].max()
    return replace(
        series,
        metric=metric,
        choice=choice,
        by=by,
        period=Period(first, add_months(last, 2)),  # type: ignore[arg-type]
        frame=frame.select(*by, *FIGURES),
        notes=(
            "[z]: the contract is for something else than a caseload, such as beds or sessions.",
            *series.notes,
        ),
    )


def _year(choice: Choice) -> Choice:
    """Return the choice over at least the twelve months that end with it."""
    if choice.last_month is None:
        return choice
    first = min(choice.first_month or choice.last_month, add_months(choice.last_month, -11))
    return choice.during(first, choice.last_month)


def evaluate_returns(
    metric: Metric, choice: Choice, *, warehouse: Warehouse, by: tuple[str, ...]
) -> Result:
    """Return the share of returns that came in time, one row per combination of `by`.

    Of the four quarters that end with the period, or of all within it by quarter; returns whose
    day has not come are left out. All are counted, so that there are no limits.

    Raises:
        UnknownChoice: it is asked for by area, or no return is due yet.
    """
    refuse_areas(metric, choice, warehouse)
    held = warehouse.table("meta_return_due").filter(pl.col("status") != "not yet due")
    if choice.last_month:
        held = held.filter(pl.col("quarter") <= choice.last_month)
    if held.is_empty():
        raise UnknownChoice(f"{metric.label}: no return is due yet in this period.")
    last = held["quarter"].max()
    first = add_months(last, 3 - 3 * _QUARTERS)  # type: ignore[arg-type]
    if "quarter" in by and choice.first_month:
        first = min(first, choice.first_month)
    held = held.filter(pl.col("quarter") >= first)
    counted = (
        (pl.col("status") == "on time").sum().cast(pl.Int64).alias("numerator"),
        pl.len().cast(pl.Float64).alias("denominator"),
    )
    sums = held.group_by(by).agg(counted).sort(by) if by else held.select(counted)
    providers = warehouse.table("dim_provider").select("provider_id", "provider_name")
    return Result(
        metric=metric,
        choice=choice,
        by=by,
        period=Period(held["quarter"].min(), add_months(last, 2)),  # type: ignore[arg-type]
        frame=sums.with_columns(
            value=metric.per * pl.col("numerator") / pl.col("denominator"),
            lower=pl.lit(None, pl.Float64),
            upper=pl.lit(None, pl.Float64),
            marker=pl.lit(""),
        ).select(*by, *FIGURES),
        version=warehouse.version,
        is_invented=is_invented(metric, warehouse),
        names=dict(providers.iter_rows()),
    )


def evaluate_contracts(
    metric: Metric, choice: Choice, *, warehouse: Warehouse, by: tuple[str, ...]
) -> Result:
    """Return contracts of commissioned services that end soon, or their value a year, summed.

    The months of the choice do not bear on it: the directory is as it stands. Raises UnknownChoice
    for an area.
    """
    refuse_areas(metric, choice, warehouse)
    months = 6 if metric.key == CONTRACTS_ENDING_SOON.key else 12
    is_value = metric.kind == "amount"
    rows = [
        (each.record["provider_id"], (each.record["annual_value_gbp"] or 0.0) if is_value else 1.0)
        for each in directory(warehouse).services
        if is_commissioned(each) and each.ends_within(months)
    ]
    ends = pl.DataFrame(rows, schema={"provider_id": pl.String, "value": pl.Float64}, orient="row")
    total = pl.col("value").sum()
    sums = ends.group_by(by).agg(total).sort(by) if by else ends.select(total)
    month = warehouse.build.as_of_date.replace(day=1)
    names = warehouse.table("dim_provider").select("provider_id", "provider_name")
    return Result(
        metric=metric,
        choice=choice,
        by=by,
        period=Period(month, month),
        frame=sums.with_columns(
            numerator=pl.col("value").round().cast(pl.Int64),
            denominator=pl.lit(None, pl.Float64),
            lower=pl.lit(None, pl.Float64),
            upper=pl.lit(None, pl.Float64),
            marker=pl.lit(""),
        ).select(*by, *FIGURES),
        version=warehouse.version,
        is_invented=warehouse.is_invented("services"),
        names=dict(names.iter_rows()),
    )
