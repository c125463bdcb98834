"""By which step of time a figure about people is charted."""

from dashboard.errors import UnknownChoice
from dashboard.metrics.cell_numbers import small_numbers
from dashboard.metrics.cells import evaluate_cells
from dashboard.metrics.metric import Choice, Metric
from dashboard.metrics.period import Step
from dashboard.warehouse import Warehouse


def chart_step(metric: Metric, choice: Choice, *, warehouse: Warehouse) -> Step:
    """Return whether a chart of this choice goes by month or by quarter.

    A share goes by month where its usual whole, the median of the months, is large enough for a
    control chart; anything goes by quarter where months are not published.
    """
    if "month" not in metric.breakdowns:
        return "quarter"
    try:
        months = evaluate_cells(metric, choice, warehouse=warehouse, by=("month",)).frame
    except UnknownChoice:
        return "quarter"
    if metric.kind != "proportion":
        return "month"
    usual = months["denominator"].fill_null(0).median()
    is_large = isinstance(usual, float) and usual >= small_numbers(warehouse).chart_base
    return "month" if is_large else "quarter"
