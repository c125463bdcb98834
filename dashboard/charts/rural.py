"""Rural beside urban: one name for each figure, as pages ask for them."""

from dashboard.charts.paired import paired
from dashboard.charts.ratios import ratios
from dashboard.charts.reach import travel_bands

__all__ = ["paired", "ratios", "travel_bands"]
