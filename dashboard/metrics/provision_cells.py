"""Need beside provision, for each priority group and district: counted where need has no help."""

from typing import Final

import polars as pl

from dashboard.directory.eligibility import Seeker
from dashboard.directory.provision import NONE, SPECIALIST, provision
from dashboard.directory.read import directory
from dashboard.errors import UnknownChoice
from dashboard.metrics.against_estimate import people_metric
from dashboard.metrics.cells import evaluate_cells, nearest_published
from dashboard.metrics.estimate import evaluate_estimate, result_of
from dashboard.metrics.metric import Choice, Metric, Result
from dashboard.metrics.needs import ESTIMATED_NEED
from dashboard.metrics.places import Scope, home_force
from dashboard.metrics.population import all_residents
from dashboard.metrics.provision import NEED_THRESHOLD, WITHOUT_SERVICE
from dashboard.warehouse import Warehouse
from schemas.codes import NOT_AVAILABLE
from schemas.supplied.lists import PRIORITY_FLAG

BY: Final = ("priority_flag", "area_code")
_TEXTS: Final = dict.fromkeys((*BY, "level"), pl.String)
_NO_DIRECTORY: Final = "No directory of services is loaded, so nothing can be said of provision."


def evaluate_provision(
    metric: Metric, choice: Choice, *, warehouse: Warehouse, by: tuple[str, ...]
) -> Result:
    """Return how many pairs of a group and a district with need lack a specialist, or any service.

    One row per combination of `by`; the denominator counts the pairs with need. Without a
    directory there is no value ([x]).

    Raises:
        UnknownChoice: an area is not of the home force, or below district.
    """
    cells = provision_cells(choice, warehouse)
    lacks = ~has_some(metric)
    counted = [
        (pl.col("has_need") & lacks).sum().cast(pl.Float64).alias("numerator"),
        pl.col("has_need").sum().cast(pl.Float64).alias("denominator"),
    ]
    sums = cells.group_by(by, maintain_order=True).agg(counted) if by else cells.select(counted)
    is_known = pl.lit(bool(directory(warehouse).services))
    frame = sums.with_columns(
        numerator=pl.when(is_known).then("numerator"),
        value=pl.when(is_known).then("numerator"),
        lower=pl.lit(None, pl.Float64),
        upper=pl.lit(None, pl.Float64),
        marker=pl.when(is_known).then(pl.lit("")).otherwise(pl.lit(NOT_AVAILABLE)),
        status=pl.lit(""),
    )
    notes = (need_basis(cells),) if directory(warehouse).services else (_NO_DIRECTORY,)
    return result_of(metric, choice, frame, by=by, notes=notes, warehouse=warehouse)


def provision_cells(
    choice: Choice, warehouse: Warehouse, seeker: Seeker | None = None
) -> pl.DataFrame:
    """Return one row per priority group and district chosen: `level` of help and need.

    `need` is people a year, null where it is not known; `is_estimated` says whether it is an
    estimate rather than referrals shared out; `has_need` whether it reaches the threshold. A group
    that the seeker cannot be of has no rows.
    """
    found = provision(directory(warehouse), seeker)
    levels = [(*cell, each.level) for cell, each in found.items()]
    held = pl.DataFrame(levels, schema=[*BY, "level"], orient="row", schema_overrides=_TEXTS)
    need = _estimated(choice, warehouse).join(_referred(warehouse), on=BY, how="left")
    return held.join(need, on=BY, how="inner", maintain_order="left").select(
        *BY,
        "level",
        need=pl.coalesce("estimated", "referred"),
        is_estimated=pl.col("estimated").is_not_null(),
        has_need=(pl.coalesce("estimated", "referred") >= NEED_THRESHOLD).fill_null(value=False),
    )


def has_some(metric: Metric) -> pl.Expr:
    """Return where the help counts as some: any service, or a specialist."""
    level = pl.col("level")
    return level != NONE if metric.key == WITHOUT_SERVICE.key else level == SPECIALIST


def need_basis(cells: pl.DataFrame) -> str:
    """Return on what the need rests, and of which groups it is not known, as sentences."""
    unknown = cells.filter(pl.col("need").is_null())["priority_flag"].unique(maintain_order=True)
    estimated = cells.filter("is_estimated")["priority_flag"].unique(maintain_order=True)
    names = "; ".join(PRIORITY_FLAG[each].lower() for each in unknown)
    without = f" It is not known of: {names}; they do not count." if names else ""
    return (
        f"Need is estimated of {estimated.len()} groups; of the others it is the force's referrals "
        f"with the flag, shared out by residents, since where there is no service nobody is "
        f"referred.{without}"
    )


def _estimated(choice: Choice, warehouse: Warehouse) -> pl.DataFrame:
    """Return the districts chosen with the central estimate of each group, null without one."""
    found = evaluate_estimate(ESTIMATED_NEED, choice, warehouse=warehouse, by=BY)
    return found.frame.select(*BY, estimated="value")


def _referred(warehouse: Warehouse) -> pl.DataFrame:
    """Return the force's published referrals of each group, shared out by residents."""
    residents = all_residents(Scope(home="", forces=(home_force(warehouse),)), warehouse)
    share = pl.col("residents") / pl.col("residents").sum()
    return (
        residents.select("area_code", share=share)
        .join(_referrals(warehouse), how="cross")
        .select(*BY, referred=pl.col("numerator") * pl.col("share"))
    )


def _referrals(warehouse: Warehouse) -> pl.DataFrame:
    """Return the latest published year's referrals by priority group; no rows without any."""
    by = ("priority_flag",)
    metric = people_metric("priority_groups")
    try:
        year = nearest_published(metric, Choice(), warehouse=warehouse, by=by)
        found = evaluate_cells(metric, year, warehouse=warehouse, by=by).frame
    except UnknownChoice:
        return pl.DataFrame(schema={"priority_flag": pl.String, "numerator": pl.Float64})
    return found.select("priority_flag", pl.col("numerator").cast(pl.Float64))
