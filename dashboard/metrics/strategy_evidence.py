"""Which commitments of the strategy have a measure that is live."""

from dataclasses import replace

import polars as pl

from dashboard.errors import UnknownChoice
from dashboard.metrics import catalogue
from dashboard.metrics.menu import table_of
from dashboard.metrics.metric import Choice, Metric, Period, Result
from dashboard.metrics.places import home_force, names_of
from dashboard.metrics.sources import is_invented
from dashboard.metrics.strategy import OBJECTIVES, Commitment, read_plan
from dashboard.warehouse import Warehouse


def live_metric(metric_id: str, warehouse: Warehouse) -> Metric | None:
    """Return the metric that an id of the agreed list stands for; None while it is not live.

    It is live where it is in the catalogue and all that it is made of is loaded.
    """
    try:
        found = catalogue.metric(metric_id)
    except UnknownChoice:
        return None
    made_of = {table_of(each) for each in (found.measure, found.whole) if each}
    held = set(warehouse.table("meta_source")["source_key"])
    return found if (made_of or {found.source}) <= held else None


def has_evidence(commitment: Commitment, warehouse: Warehouse) -> bool:
    """Return whether at least one measure of a commitment is live."""
    return any(live_metric(each, warehouse) for each in commitment.metric_ids)


def evaluate_commitments(
    metric: Metric, choice: Choice, *, warehouse: Warehouse, by: tuple[str, ...]
) -> Result:
    """Return the share of commitments that have evidence, of all or by objective.

    Commitments are those of the whole force, as they stand on the as-of day.

    Raises:
        UnknownChoice: no commitment is loaded.
    """
    plan = read_plan(warehouse)
    if not plan.commitments:
        raise UnknownChoice(f"{metric.label}: not loaded. Load the list of commitments first.")
    month = plan.as_of.replace(day=1)
    home = home_force(warehouse)
    return Result(
        metric=metric,
        choice=replace(choice, areas=(), first_month=None, last_month=None),
        by=by,
        period=Period(month, month),
        frame=_figures(plan.commitments, metric, by, warehouse),
        version=warehouse.version,
        is_invented=is_invented(metric, warehouse),
        names={**names_of([home], warehouse), **(OBJECTIVES if by else {})},
        notes=("Coverage, not achievement.",),
    )


def _figures(
    commitments: tuple[Commitment, ...], metric: Metric, by: tuple[str, ...], warehouse: Warehouse
) -> pl.DataFrame:
    rows = [(each.objective, has_evidence(each, warehouse)) for each in commitments]
    counts = (pl.col("has").sum().cast(pl.Int64), pl.len().cast(pl.Float64).alias("denominator"))
    found = pl.DataFrame(rows, schema=["objective", "has"], orient="row")
    summed = found.group_by(by, maintain_order=True).agg(counts) if by else found.select(counts)
    return summed.select(
        *by,
        pl.col("has").alias("numerator"),
        "denominator",
        (metric.per * pl.col("has") / pl.col("denominator")).alias("value"),
        # All commitments are counted, so that nothing is left to chance.
        pl.lit(None, pl.Float64).alias("lower"),
        pl.lit(None, pl.Float64).alias("upper"),
        pl.lit("").alias("marker"),
    )
