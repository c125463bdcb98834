"""What a metric is held to, and whether the way things go will reliably meet it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Final

import polars as pl

from dashboard.metrics import catalogue
from dashboard.metrics.metric import Metric, Result
from dashboard.metrics.statistics import Assurance
from dashboard.metrics.written import written
from dashboard.warehouse import Warehouse

_FORCE: Final = "FORCE"
_BASES: Final = {"LEGAL": "set by law", "CONTRACT": "set by contract", "LOCAL": "set by the office"}
"""Who set a target, the one that binds most first."""

_DIRECTIONS: Final = {"HIGHER": "higher", "LOWER": "lower"}
_WORDS: Final[dict[Assurance, str]] = {
    "consistent_pass": "will reliably meet",
    "consistent_fail": "will reliably miss",
    "inconsistent": "may or may not meet",
}


def with_target(metric: Metric, areas: Sequence[str], *, on: date, warehouse: Warehouse) -> Metric:
    """Return the metric with the target that the office holds for one area on a day.

    Where the office's table names none, the metric keeps its own. A target of the area comes
    before one of the whole force, and law before contract before what is set locally. A target
    that holds the opposite direction to be better is not used.
    """
    rows = warehouse.table("dim_target").filter(
        pl.col("metric_id").is_in(_names_of(metric)),
        pl.col("area").is_in([_FORCE, *areas[:1]] if len(areas) == 1 else [_FORCE]),
        pl.col("direction").replace_strict(_DIRECTIONS) == metric.better,
        pl.col("valid_from") <= on,
        pl.col("valid_to").is_null() | (pl.col("valid_to") >= on),
    )
    if rows.is_empty():
        return metric
    first = rows.sort(pl.col("area") == _FORCE, _rank(), "valid_from").row(0, named=True)
    is_same_law = first["basis"] == "LEGAL" and first["value"] == metric.target
    basis = metric.target_basis if is_same_law else _BASES[first["basis"]]
    return replace(metric, target=first["value"], target_basis=basis)


def held_to_target(result: Result, warehouse: Warehouse) -> Result:
    """Return a result whose metric has the target in force at the end of its period."""
    areas, last = result.choice.areas, result.period.last_month
    return replace(result, metric=with_target(result.metric, areas, on=last, warehouse=warehouse))


def _names_of(metric: Metric) -> list[str]:
    """Return what a row of the table may call a metric: its key, and the id that it stands for.

    An id stands for those of its metrics that have a target, else for the first listed.
    """
    is_first = any(each.id == metric.id for each in catalogue.METRICS) and (
        catalogue.metric(metric.id).key == metric.key
    )
    stands_for_id = metric.target is not None or is_first
    return [metric.key, *([metric.id] if stands_for_id else [])]


def _rank() -> pl.Expr:
    return pl.col("basis").replace_strict({basis: place for place, basis in enumerate(_BASES)})


def target_words(metric: Metric) -> str:
    """Return the target with who set it: 'target 100% (the Victims' Code)'; empty without one."""
    if metric.target is None:
        return ""
    return f"target {written_target(metric)} ({metric.target_basis})"


def written_target(metric: Metric) -> str:
    """Return the target with its unit: '100%', '2 working days'; empty without one."""
    if metric.target is None:
        return ""
    unit = "" if metric.kind == "proportion" else f" {metric.unit}"
    return f"{written(metric, metric.target)}{unit}"


def outlook_words(outlook: Assurance) -> str:
    """Return what a control chart says of a target, as a verb: 'will reliably miss'."""
    return _WORDS[outlook]
