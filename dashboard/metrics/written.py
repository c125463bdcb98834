"""How a value of a metric is written in a sentence."""

from dashboard.metrics.metric import Metric


def written(metric: Metric, value: float) -> str:
    """Return a value as sentences have it, with the sign of a share: '95%', '1,234', '2.5'."""
    unit = "%" if metric.kind == "proportion" else ""
    places = metric.decimals
    return f"{round(value, places):,.{max(0, places)}f}{unit}"
