"""Dots as native charts: over their names with their limits, or against residents."""

from collections.abc import Sequence
from typing import Any

from pptx.enum.chart import XL_CHART_TYPE
from pptx.shapes.base import BaseShape
from pptx.util import Emu

from dashboard.charts.chart import Chart
from dashboard.report.powerpoint_axes import scale_values, turn_names
from dashboard.report.powerpoint_data import Categories, Points, add_limits, number_format
from dashboard.report.powerpoint_looks import (
    look_as_dots,
    look_as_edge,
    look_as_level,
    look_plain,
)
from dashboard.report.powerpoint_parts import Box, without_mark


def dots(shapes: Any, chart: Chart, box: Box) -> BaseShape:
    """Draw dots over their names, limits as lines; on a scale of ratios where the chart has one."""
    first = chart.series[0]
    data = Categories(number_format(chart, first.y))
    data.categories = [str(name) for name in first.x]
    for series in chart.series:
        data.add_series(series.name, series.y)
        if any(limit is not None for limit in series.upper):
            data.limited.append(series)
    for level in chart.levels:
        data.add_series(level.label, (level.value,) * len(first.x))
    held = shapes.add_chart(XL_CHART_TYPE.LINE_MARKERS, *map(Emu, box), data)
    made = held.chart
    made.has_legend = len(chart.series) > 1 or bool(chart.levels)
    look_plain(made)
    drawn = list(made.plots[0].series)
    for series, dots in zip(chart.series, drawn, strict=False):
        look_as_dots(dots, series)
        if series in data.limited:
            add_limits(dots, data, series, bar=False)
    for line in drawn[len(chart.series) :]:
        look_as_level(line)
    scale_values(made, chart, title=chart.x_title, is_log=chart.is_log)
    turn_names(made, len(first.x))
    return held


def funnel(shapes: Any, chart: Chart, box: Box) -> BaseShape:
    """Draw named points against residents, with the ends of the limits as lines."""
    points = chart.series[0]
    data = Points(number_format=number_format(chart, points.y))
    for band in chart.bands:
        _add_points(data, f"{without_mark(band.name)}: lower", band.x, band.lower)
        _add_points(data, f"{without_mark(band.name)}: upper", band.x, band.upper)
    ends = (min(map(_number, points.x)), max(map(_number, points.x)))
    if chart.bands:
        ends = (_number(chart.bands[0].x[0]), _number(chart.bands[0].x[-1]))
    for level in chart.levels:
        _add_points(data, level.label, ends, (level.value, level.value))
    # Last, and so over the lines.
    _add_points(data, points.name, points.x, points.y)
    held = shapes.add_chart(XL_CHART_TYPE.XY_SCATTER, *map(Emu, box), data)
    made = held.chart
    made.has_legend = True
    look_plain(made)
    drawn = list(made.plots[0].series)
    edges = 2 * len(chart.bands)
    for place, edge in enumerate(drawn[:edges]):
        look_as_edge(edge, place=place // 2)
    for line in drawn[edges:-1]:
        look_as_level(line)
    look_as_dots(drawn[-1], points, names=[label.partition(": ")[0] for label in points.labels])
    scale_values(made, chart, title=chart.y_title, across=chart.x_title)
    return held


def _add_points(
    data: Points, name: str, across: Sequence[object], up: Sequence[float | None]
) -> None:
    series = data.add_series(name)
    for x, y in zip(across, up, strict=True):
        if y is not None:
            series.add_data_point(_number(x), y)


def _number(cell: object) -> float:
    return float(str(cell))
