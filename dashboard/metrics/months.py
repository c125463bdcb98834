"""Which months the source of a metric holds: each kind of source begins and ends where it does."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Final

from dashboard.metrics.cells import months_published
from dashboard.metrics.fraud_snapshots import months_reported
from dashboard.metrics.metric import Metric, Way
from dashboard.metrics.period import months_held
from dashboard.warehouse import Warehouse

_HELD: Final[Mapping[Way, Callable[[Metric, Warehouse], list[date]]]] = {
    "protected": months_published,
    "steps": months_published,
    "fraud": months_reported,
}
"""Ways whose months are their own; the others stand on the months of crime."""


def months_of(metric: Metric, warehouse: Warehouse) -> list[date]:
    """Return the months for which a metric has data of the home force, oldest first.

    Where its source is not loaded they are those of crime, so that a page has a period to name.
    """
    own = _HELD[metric.way](metric, warehouse) if metric.way in _HELD else []
    return own or months_held(warehouse)
