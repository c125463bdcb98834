"""How a value of a metric, and its usual range, are shown."""

import math

from dashboard.metrics.metric import Metric
from dashboard.metrics.statistics import ControlLimits


def written(metric: Metric, value: float) -> str:
    """Return a value as sentences have it, with the sign of a share: '95%', '1,234', '2.5'."""
    unit = "%" if metric.kind == "proportion" else ""
    places = metric.decimals
    return f"{round(value, places):,.{max(0, places)}f}{unit}"


def usual_range(metric: Metric, limits: ControlLimits) -> tuple[float, float]:
    """Return the limits as shown: nothing is below zero, and no share is above all."""
    top = metric.per if metric.kind == "proportion" else math.inf
    return max(0.0, limits.lower), min(limits.upper, top)
