"""Native charts, which can be edited in PowerPoint, for every form that it can draw honestly."""

from collections.abc import Callable
from types import MappingProxyType
from typing import Any, Final

from pptx.shapes.base import BaseShape

from dashboard.charts.chart import Chart, Form
from dashboard.charts.key import key_lines, range_lines
from dashboard.report import powerpoint_bars, powerpoint_dots, powerpoint_trends
from dashboard.report.document_published import as_published
from dashboard.report.powerpoint_axes import starts_at_zero
from dashboard.report.powerpoint_parts import Box, without_mark

_MOST_DOTS: Final = 16
_LONGEST_NAME: Final = 40
"""Names stand under the dots, turned: longer ones would leave no room above them."""

_DRAWERS: Final = MappingProxyType[Form, Callable[[Any, Chart, Box], BaseShape]](
    {
        "line": powerpoint_trends.line,
        "multiples": powerpoint_trends.multiples,
        "bar": powerpoint_bars.bar,
        "range_bar": powerpoint_bars.bar,
        "range_panels": powerpoint_bars.range_panels,
        "stacked_bar": powerpoint_bars.stacked,
        "dots": powerpoint_dots.dots,
        "funnel": powerpoint_dots.funnel,
    }
)


def is_native(chart: Chart) -> bool:
    """True where PowerPoint can draw it; maps, matrices and long lists of dots are pictures."""
    if chart.form == "dots" and chart.series:
        names = [str(name) for name in chart.series[0].x]
        return len(names) <= _MOST_DOTS and max(map(len, names)) <= _LONGEST_NAME
    return bool(chart.series) and chart.form in _DRAWERS


def draw(shapes: Any, chart: Chart, box: Box) -> BaseShape:
    """Add the chart to a slide's shapes and return what was added: one chart or one group."""
    return _DRAWERS[chart.form](shapes, as_published(chart), box)


def key_of(chart: Chart) -> str:
    """Return in words what a slide draws otherwise than the dashboard, and its marks."""
    if not (is_native(chart) or chart.scale):
        return ""
    if chart.form in ("line", "funnel"):
        held = [*(band.name for band in chart.bands), *(level.label for level in chart.levels)]
        marks = [line for line in key_lines(chart) if line not in held]
        starts = [] if starts_at_zero(chart) else ["The upright axis does not start at zero"]
        return "; ".join([*marks, *starts])
    if chart.form == "multiples":
        return "Dotted: usual range; dashed: own average; the upright axis does not start at zero"
    if chart.form in ("range_bar", "range_panels"):
        return "; ".join(["Bar: central value; line: low to high", *range_lines(chart)])
    if chart.scale and not chart.shapes:
        return f"Shades, palest first: {'; '.join(step.words for step in chart.scale)}"
    # Lines over bars are no part of a native chart; over dots they are.
    ends = [] if chart.form == "dots" else [without_mark(level.label) for level in chart.levels]
    return "; ".join([*ends, *_marks(chart)])


def _marks(chart: Chart) -> list[str]:
    if chart.form != "dots" or len(chart.series) > 1:
        return []
    is_open = any("context" in series.tones for series in chart.series)
    return ["Triangle: no clear difference"] if is_open else []
