"""Recorded crime weighted by harm or by cost: crimes × a weight for each crime type."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

import polars as pl

from dashboard.metrics.assumptions import (
    NO_RANGE,
    SEVERITY,
    Assumption,
    Range,
    assumptions,
    weakest,
)
from dashboard.metrics.crime import RECORDED_CRIME_RATE
from dashboard.metrics.estimate_rates import Rate, notes_of
from dashboard.metrics.metric import Choice, Metric, Result
from dashboard.metrics.recorded import evaluate_recorded
from dashboard.metrics.sources import is_invented
from dashboard.warehouse import Warehouse
from schemas.codes import CRIME_TYPES, NOT_AVAILABLE

_PRICE_INDEX: Final = "PRICE_INDEX"
_COST_OF: Final = {
    "Burglary": "UNIT_COST_BURG_RES",
    "Robbery": "UNIT_COST_ROB",
    "Vehicle crime": "UNIT_COST_VEH",
    "Violence and sexual offences": "UNIT_COST_VIOL",
}
"""Crime type of police.uk → the unit cost that stands for it, itself of a narrower crime."""

_FIGURES: Final = ("numerator", "denominator", "value", "lower", "upper", "marker", "status")


def evaluate_weighted(
    metric: Metric, choice: Choice, *, warehouse: Warehouse, by: tuple[str, ...]
) -> Result:
    """Return crimes × weights, one row per combination of `by`.

    The numerator is the weighted sum; a metric with `per` is over person-years. Low and high are
    those of the weights. A type without a weight is left out and named.

    Raises:
        UnknownChoice: an area or crime type is not known, or an assumption that is tried is not
            in use.
    """
    weights = _weights(metric, choice, warehouse)
    plain = replace(choice, assumptions=())
    levels = tuple(each for each in by if each != "crime_type")
    counted = evaluate_recorded(
        RECORDED_CRIME_RATE, plain, warehouse=warehouse, by=(*levels, "crime_type")
    )
    frame = _summed(_with_weights(counted.frame, weights), metric, by)
    types = set(counted.frame["crime_type"])
    used = [weight for each, weight in weights.items() if each in types]
    status = weakest(weight.status for weight in used) if used else ""
    valued = pl.col("value").is_not_null()
    return Result(
        metric=metric,
        choice=choice,
        by=by,
        period=counted.period,
        frame=frame.with_columns(
            status=pl.when(valued).then(pl.lit(status)).otherwise(pl.lit(""))
        ).select(*by, *_FIGURES),
        version=counted.version,
        is_invented=counted.is_invented or is_invented(metric, warehouse),
        names=counted.names,
        notes=(*_left_out(weights, types), *notes_of(used), *counted.notes),
    )


def severity_code(crime_type: str) -> str:
    """Return the code of the assumption that weights a crime type of police.uk."""
    return f"{SEVERITY}_{crime_type.upper().replace(' ', '_')}"


def _weights(metric: Metric, choice: Choice, warehouse: Warehouse) -> Mapping[str, Rate]:
    held = assumptions(warehouse, choice)
    if SEVERITY in metric.assumes:
        found = {each: [held.get(severity_code(each))] for each in CRIME_TYPES}
    else:
        index = held.get(_PRICE_INDEX)
        found = {each: [held.get(code), index] for each, code in _COST_OF.items()}
    made = {each: _weight(parts) for each, parts in found.items()}
    return {each: weight for each, weight in made.items() if weight}


def _weight(parts: Sequence[Assumption | None]) -> Rate | None:
    product = Range(1, 1, 1)
    made_of = []
    for part in parts:
        if part is None or part.values.central is None:
            return None
        product = product.by(_filled(part.values))
        made_of.append(part)
    return Rate("crimes", product, tuple(made_of))


def _filled(values: Range) -> Range:
    """Return a value without a range as one whose low and high are the value itself."""
    low = values.central if values.low is None else values.low
    return Range(low, values.central, values.central if values.high is None else values.high)


def _with_weights(counted: pl.DataFrame, weights: Mapping[str, Rate]) -> pl.DataFrame:
    def weight(each: object) -> Range:
        found = weights.get(str(each))
        return found.percent if found else NO_RANGE

    ranges = [weight(each) for each in counted["crime_type"]]
    return counted.with_columns(
        pl.Series("w_value", [each.central for each in ranges], dtype=pl.Float64),
        pl.Series("w_lower", [each.low for each in ranges], dtype=pl.Float64),
        pl.Series("w_upper", [each.high for each in ranges], dtype=pl.Float64),
    )


def _summed(counted: pl.DataFrame, metric: Metric, by: tuple[str, ...]) -> pl.DataFrame:
    """Return the weighted sums; null where any of the counts is missing or none has a weight."""
    weighted = pl.col("w_value").is_not_null()
    is_whole = pl.col("numerator").is_not_null().all() & weighted.any()
    sums = [
        pl.when(is_whole).then((pl.col("numerator") * pl.col(f"w_{each}")).sum()).alias(each)
        for each in ("value", "lower", "upper")
    ]
    grouped = counted.group_by(by or pl.lit(1), maintain_order=True).agg(
        *sums, pl.col("denominator").first(), pl.col("marker").max()
    )
    is_rate = metric.kind == "rate"
    base = pl.col("denominator") if is_rate else pl.lit(1.0)
    scaled = [
        pl.when(base > 0).then(metric.per * pl.col(each) / base).alias(each)
        for each in ("value", "lower", "upper")
    ]
    done = grouped.with_columns(numerator="value").with_columns(*scaled)
    has_value = pl.col("value").is_not_null()
    return done.with_columns(
        denominator=pl.when(pl.lit(is_rate)).then("denominator"),
        marker=pl.when(has_value)
        .then(pl.lit(""))
        .when(pl.col("marker") == "")
        .then(pl.lit(NOT_AVAILABLE))
        .otherwise("marker"),
    )


def _left_out(weights: Mapping[str, Rate], types: set[str]) -> Iterator[str]:
    missing = [each for each in CRIME_TYPES if each in types and each not in weights]
    if missing:
        yield f"Left out, since no value is held for them: {', '.join(missing)}."
