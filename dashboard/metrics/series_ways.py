"""Ways of which there are series by month or quarter, for a scan, which `evaluate` itself asks."""

from collections.abc import Mapping
from typing import Final, Protocol

from dashboard.metrics.cells import evaluate_cells
from dashboard.metrics.fraud_figures import evaluate_fraud
from dashboard.metrics.metric import Choice, Metric, Result, Way
from dashboard.metrics.recorded import evaluate_recorded
from dashboard.metrics.targets import held_to_target
from dashboard.warehouse import Warehouse


class Evaluator(Protocol):
    """What makes the figures of one way."""

    def __call__(
        self, metric: Metric, choice: Choice, *, warehouse: Warehouse, by: tuple[str, ...]
    ) -> Result:
        """Return the metric for a choice, one row per combination of `by`."""
        ...


SERIES_WAYS: Final[Mapping[Way, Evaluator]] = {
    "recorded": evaluate_recorded,
    "protected": evaluate_cells,
    "fraud": evaluate_fraud,
}


def evaluate_series(
    metric: Metric, choice: Choice, *, warehouse: Warehouse, by: tuple[str, ...]
) -> Result:
    """Return a metric of one of these ways as `evaluate` does; raises UnknownChoice as it does."""
    found = SERIES_WAYS[metric.way](metric, choice, warehouse=warehouse, by=by)
    return held_to_target(found, warehouse)
