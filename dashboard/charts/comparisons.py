"""Comparisons of places and types: one name for each, as pages ask for them."""

from dashboard.charts.bars import bars
from dashboard.charts.changes import largest_changes
from dashboard.charts.funnel import funnel
from dashboard.charts.matrix import matrix
from dashboard.charts.outcomes import outcomes

__all__ = ["bars", "funnel", "largest_changes", "matrix", "outcomes"]
