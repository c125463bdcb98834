"""How many measures signal concern or will miss their target, from a scan of all series."""

from dataclasses import replace

import polars as pl

from dashboard.metrics.metric import Choice, Metric, Result
from dashboard.metrics.period import resolve_period
from dashboard.metrics.places import home_force, names_of
from dashboard.metrics.scan import scan
from dashboard.metrics.shortfalls import CONCERNS
from dashboard.metrics.sources import is_invented
from dashboard.warehouse import Warehouse


def evaluate_scan(
    metric: Metric, choice: Choice, *, warehouse: Warehouse, by: tuple[str, ...]
) -> Result:
    """Return how many measures fall short in the place chosen, or in each district alone.

    A count without limits, since every measure is looked at. Raises UnknownChoice for an area or
    month that does not exist.
    """
    home = home_force(warehouse)
    districts = _districts(choice, warehouse)
    places = [(code,) for code in districts] if by else [choice.areas]
    counts = [_count(metric, replace(choice, areas=areas), warehouse) for areas in places]
    keys = {"area_code": districts} if by else {}
    frame = pl.DataFrame({**keys, "numerator": counts}, schema_overrides={"numerator": pl.Int64})
    return Result(
        metric=metric,
        choice=choice,
        by=by,
        period=resolve_period(choice, warehouse),
        frame=frame.with_columns(
            denominator=pl.lit(None, pl.Float64),
            value=pl.col("numerator").cast(pl.Float64),
            lower=pl.lit(None, pl.Float64),
            upper=pl.lit(None, pl.Float64),
            marker=pl.lit(""),
        ),
        version=warehouse.version,
        is_invented=is_invented(metric, warehouse),
        names=names_of([home, *choice.areas, *districts], warehouse),
    )


def _districts(choice: Choice, warehouse: Warehouse) -> list[str]:
    held = warehouse.table("dim_area").filter("is_home", area_type="district").sort("sort_order")
    return [code for code in held["area_code"] if not choice.areas or code in choice.areas]


def _count(metric: Metric, choice: Choice, warehouse: Warehouse) -> int:
    found = scan(choice, warehouse)
    return len(found.measures_of_concern if metric.key == CONCERNS.key else found.missing)
