"""The one door for numbers: a metric and a choice in, a result out."""

from collections.abc import Mapping
from typing import Final

from dashboard.metrics.access import evaluate_access, evaluate_modelled
from dashboard.metrics.against_estimate import evaluate_reported, evaluate_take_up
from dashboard.metrics.beyond import evaluate_beyond
from dashboard.metrics.estimate import evaluate_estimate, evaluate_unreported
from dashboard.metrics.funding_spend import evaluate_spend
from dashboard.metrics.gap_capacity import evaluate_need_per_place
from dashboard.metrics.journey import evaluate_steps
from dashboard.metrics.lessons import evaluate_lessons
from dashboard.metrics.metric import Choice, Metric, Result, Way
from dashboard.metrics.provider_cost import evaluate_cost
from dashboard.metrics.provider_work import (
    evaluate_capacity,
    evaluate_contracts,
    evaluate_returns,
)
from dashboard.metrics.provision_cells import evaluate_provision
from dashboard.metrics.representation import (
    evaluate_estimate_share,
    evaluate_representation,
    evaluate_share_ratio,
)
from dashboard.metrics.rows import check_breakdowns
from dashboard.metrics.rural_ratio import evaluate_rural_ratio
from dashboard.metrics.rural_reach import evaluate_reach
from dashboard.metrics.rural_support import evaluate_support
from dashboard.metrics.scan_figures import evaluate_scan
from dashboard.metrics.series_ways import SERIES_WAYS, Evaluator
from dashboard.metrics.strategy_evidence import evaluate_commitments
from dashboard.metrics.targets import held_to_target
from dashboard.metrics.unmet import evaluate_unmet
from dashboard.metrics.victims_code_kept import evaluate_duties, evaluate_evidence
from dashboard.metrics.weighted import evaluate_weighted
from dashboard.warehouse import Warehouse

_WAYS: Final[Mapping[Way, Evaluator]] = {
    **SERIES_WAYS,
    "estimate": evaluate_estimate,
    "unreported": evaluate_unreported,
    "reported": evaluate_reported,
    "take_up": evaluate_take_up,
    "estimate_share": evaluate_estimate_share,
    "share_ratio": evaluate_share_ratio,
    "representation": evaluate_representation,
    "weighted": evaluate_weighted,
    "rural_ratio": evaluate_rural_ratio,
    "rural_support": evaluate_support,
    "reach": evaluate_reach,
    "code_evidence": evaluate_evidence,
    "duties": evaluate_duties,
    "provision": evaluate_provision,
    "modelled": evaluate_modelled,
    "access": evaluate_access,
    "need_per_place": evaluate_need_per_place,
    "unmet": evaluate_unmet,
    "beyond": evaluate_beyond,
    "steps": evaluate_steps,
    "capacity": evaluate_capacity,
    "cost": evaluate_cost,
    "returns": evaluate_returns,
    "contracts": evaluate_contracts,
    "spend": evaluate_spend,
    "lessons": evaluate_lessons,
    "commitments": evaluate_commitments,
    "scan": evaluate_scan,
}
"""How a metric is made, by the data that it is made of."""


def evaluate(
    metric: Metric, choice: Choice, *, warehouse: Warehouse, by: tuple[str, ...] = ()
) -> Result:
    """Return the metric for this choice, one row per combination of `by`, never rounded.

    The result's metric has the target in force at the end of the period.
    Raises UnknownChoice for an area, crime type, month or breakdown that does not exist.
    """
    by = by or metric.default_by
    check_breakdowns(metric, by)
    return held_to_target(_WAYS[metric.way](metric, choice, warehouse=warehouse, by=by), warehouse)
