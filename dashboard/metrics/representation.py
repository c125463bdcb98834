"""Shares among the people who come, held against shares among those estimated or resident."""

from dataclasses import replace
from typing import Final

import polars as pl

from dashboard.errors import UnknownChoice
from dashboard.metrics.against_estimate import people_metric
from dashboard.metrics.cells import evaluate_cells, nearest_published
from dashboard.metrics.estimate import evaluate_estimate, home_scope, result_of
from dashboard.metrics.metric import Choice, Metric, Result
from dashboard.metrics.needs import ESTIMATED_VICTIMS
from dashboard.metrics.population import part_residents
from dashboard.warehouse import Warehouse
from schemas.codes import NEARLY_ALL, NOT_APPLICABLE, NOT_AVAILABLE, VERY_FEW

CHARACTERISTICS: Final = ("age_band", "sex", "ethnic_group", "disability")
_LIMITS: Final = ("value", "lower", "upper")
_BOUNDS: Final = {VERY_FEW: "at most ", NEARLY_ALL: "at least "}


def evaluate_estimate_share(
    metric: Metric, choice: Choice, *, warehouse: Warehouse, by: tuple[str, ...]
) -> Result:
    """Return each priority group's share of all estimated victims, in percent.

    The whole adds up the crime groups that have an estimate, so that a person counts once for
    each crime. Low takes the group's low among the others' highs, high the reverse.

    Raises:
        UnknownChoice: an area is not of the home force, or below district.
    """
    _need(by, ("priority_flag",))
    levels = tuple(each for each in by if each != "priority_flag")
    groups = evaluate_estimate(
        ESTIMATED_VICTIMS, choice, warehouse=warehouse, by=(*levels, "crime_group")
    ).frame
    whole = groups.group_by(levels or pl.lit(1), maintain_order=True).agg(
        pl.col(each).sum().alias(f"all_{each}") for each in _LIMITS
    )
    of = evaluate_estimate(ESTIMATED_VICTIMS, choice, warehouse=warehouse, by=by)
    joined = of.frame.join(whole, on=list(levels)) if levels else of.frame.join(whole, how="cross")
    frame = joined.with_columns(
        value=100 * pl.col("value") / pl.col("all_value"),
        lower=_among("lower", "upper"),
        upper=_among("upper", "lower"),
        denominator=pl.when(pl.col("value").is_not_null()).then("all_value"),
    )
    return result_of(metric, choice, frame, by=by, notes=of.notes, warehouse=warehouse)


def evaluate_share_ratio(
    metric: Metric, choice: Choice, *, warehouse: Warehouse, by: tuple[str, ...]
) -> Result:
    """Return a priority group's share of referrals ÷ its share of estimated victims.

    The lower limit is the lower Wilson limit of the referrals over the high share of the estimate,
    the upper limit the reverse, so that both uncertainties are in it.

    Raises:
        UnknownChoice: an area is not of the home force, or below district.
    """
    if metric.of:
        return _of_one(metric, choice, by, warehouse)
    estimated = evaluate_estimate_share(metric, choice, warehouse=warehouse, by=by)
    base = estimated.frame.select(
        *by,
        denominator="value",
        least=pl.col("lower").fill_null(pl.col("value")),
        most=pl.col("upper").fill_null(pl.col("value")),
        status="status",
    )
    return _ratio("priority_groups", base, metric, choice, by=by, warehouse=warehouse)


def _of_one(metric: Metric, choice: Choice, by: tuple[str, ...], warehouse: Warehouse) -> Result:
    """Return the rows of the one group that the metric is about."""
    ((split, code),) = metric.of
    every = replace(metric, of=())
    found = evaluate_share_ratio(every, choice, warehouse=warehouse, by=(*by, split))
    own = found.frame.filter(pl.col(split) == code).drop(split)
    return replace(found, metric=metric, by=by, frame=own)


def evaluate_representation(
    metric: Metric, choice: Choice, *, warehouse: Warehouse, by: tuple[str, ...]
) -> Result:
    """Return a group's share of the people supported ÷ its share of residents.

    Answers that no census counts, such as not asked, are rows of their own without a ratio.

    Raises:
        UnknownChoice: an area is not of the home force, or below district.
    """
    (characteristic,) = _need(by, CHARACTERISTICS)
    levels = tuple(each for each in by if each != characteristic)
    residents = part_residents(characteristic, home_scope(choice, warehouse), warehouse)
    summed = residents.group_by([*levels, "part"], maintain_order=True).agg(pl.sum("residents"))
    whole = pl.sum("residents").over(levels) if levels else pl.sum("residents")
    base = summed.select(
        *levels,
        pl.col("part").alias(characteristic),
        denominator=100 * pl.col("residents") / whole,
        status=pl.lit(""),
    ).with_columns(least="denominator", most="denominator")
    return _ratio("who_is_supported", base, metric, choice, by=by, warehouse=warehouse)


def _need(by: tuple[str, ...], one_of: tuple[str, ...]) -> tuple[str, ...]:
    found = tuple(each for each in by if each in one_of)
    if len(found) != 1:
        raise UnknownChoice(f"Break down by one of: {', '.join(one_of)}.")
    return found


def _among(own: str, others: str) -> pl.Expr:
    """Return a group's own low or high as a share of itself and the others' other end."""
    rest = pl.col(f"all_{others}") - pl.col(others)
    return 100 * pl.col(own) / (pl.col(own) + rest)


def _ratio(
    key: str,
    base: pl.DataFrame,
    metric: Metric,
    choice: Choice,
    *,
    by: tuple[str, ...],
    warehouse: Warehouse,
) -> Result:
    """Return published shares over the shares in `base`; one row per share published."""
    try:
        shares = _published(key, choice, by, warehouse)
    except UnknownChoice as refusal:
        empty = base.with_columns(
            pl.lit(None, pl.Float64).alias("numerator"),
            *(pl.lit(None, pl.Float64).alias(each) for each in _LIMITS),
            pl.lit(NOT_AVAILABLE).alias("marker"),
        )
        return result_of(metric, choice, empty, by=by, notes=[str(refusal)], warehouse=warehouse)
    joined = _shares(shares).join(base, on=list(by), how="left", maintain_order="left")
    frame = _over(joined, NOT_AVAILABLE if "priority_flag" in by else NOT_APPLICABLE)
    if "area_code" in by:
        frame = frame.filter(pl.col("area_code").is_in(base["area_code"].implode()))
    made = result_of(metric, choice, frame, by=by, notes=shares.notes, warehouse=warehouse)
    return replace(made, period=shares.period, names={**made.names, **shares.names})


def _published(key: str, choice: Choice, by: tuple[str, ...], warehouse: Warehouse) -> Result:
    people = people_metric(key)
    asked = replace(choice, crime_types=(), assumptions=())
    nearest = nearest_published(people, asked, warehouse=warehouse, by=by)
    return evaluate_cells(people, nearest, warehouse=warehouse, by=by)


def _shares(found: Result) -> pl.DataFrame:
    """Return the published shares; of counts that are shown without rounding to whole numbers."""
    exact = 100 * pl.col("numerator") / pl.col("denominator")
    shown = pl.when(pl.col("marker") == "").then(exact).otherwise("value")
    return found.frame.with_columns(value=shown).drop("denominator")


def _over(joined: pl.DataFrame, without_base: str) -> pl.DataFrame:
    """Return shares over the shares of the base; what is a bound stays one, in words."""
    has_base = (pl.col("denominator") > 0).fill_null(value=False)
    is_bound = pl.col("marker").is_in(list(_BOUNDS))
    ratio = pl.col("value") / pl.col("denominator")
    bound = pl.concat_str(pl.col("marker").replace(_BOUNDS), ratio.round(2), pl.lit(" times"))
    return joined.with_columns(
        numerator=pl.when(~is_bound).then("value"),
        marker=pl.when(~has_base)
        .then(pl.lit(without_base))
        .when(is_bound)
        .then(bound)
        .otherwise("marker"),
        status=pl.col("status").fill_null(""),
        **{
            each: pl.when(has_base & ~is_bound).then(pl.col(each) / pl.col(base))
            for each, base in (("value", "denominator"), ("lower", "most"), ("upper", "least"))
        },
    )
