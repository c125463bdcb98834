"""Trends as native charts: lines by month, alone or as small charts on one scale."""

from collections.abc import Sequence
from typing import Any

from pptx.enum.chart import XL_CHART_TYPE
from pptx.shapes.base import BaseShape
from pptx.util import Emu

from dashboard.charts.chart import Band, Chart, Level, Series
from dashboard.report.powerpoint_axes import scale_values, show_months
from dashboard.report.powerpoint_data import Categories, as_dates, number_format
from dashboard.report.powerpoint_looks import (
    SMALL,
    look_as_edge,
    look_as_level,
    look_as_line,
    look_plain,
)
from dashboard.report.powerpoint_parts import Box, name_panel, without_mark

_ACROSS = 3


def line(shapes: Any, chart: Chart, box: Box) -> BaseShape:
    held = _lines(shapes, chart, chart.series, chart.bands, chart.levels, box)
    made = held.chart
    made.has_legend = True
    look_plain(made)
    scale_values(made, chart, title=chart.y_title)
    show_months(made, len(chart.series[0].x))
    return held


def multiples(shapes: Any, chart: Chart, box: Box) -> BaseShape:
    """Draw small charts on one scale in a group, three across, each named with its reading."""
    group = shapes.add_group_shape()
    rows = -(-len(chart.series) // _ACROSS)
    low, high = _reach(chart)
    for series, place in zip(chart.series, _cells(box, _ACROSS, rows), strict=False):
        bands = [band for band in chart.bands if band.panel == series.panel]
        held = _lines(group.shapes, chart, (series,), bands, chart.levels, place, size=2)
        name_panel(held, series.name)
        made = held.chart
        made.has_legend = False
        look_plain(made, size=SMALL)
        scale_values(made, chart, low=low, high=high)
        show_months(made, len(series.x), most=3)
    return group


def _lines(
    shapes: Any,
    chart: Chart,
    series: Sequence[Series],
    bands: Sequence[Band],
    levels: Sequence[Level],
    box: Box,
    *,
    size: int = 6,
) -> Any:
    """Draw lines of months: gaps stay gaps, ends of a band dotted, levels dashed."""
    months = as_dates(series[0].x)
    data = Categories(number_format(chart, series[0].y))
    data.categories = months
    data.categories.number_format = "mmm yyyy"
    for each in series:
        data.add_series(each.name, each.y)
    for band in bands:
        name = without_mark(band.name)
        data.add_series(f"{name}: lower end", band.lower)
        data.add_series(f"{name}: upper end", band.upper)
    for level in levels:
        data.add_series(level.label, (level.value,) * len(months))
    held = shapes.add_chart(XL_CHART_TYPE.LINE_MARKERS, *map(Emu, box), data)
    drawn = list(held.chart.plots[0].series)
    for each, line in zip(series, drawn, strict=False):
        look_as_line(line, each, size=size)
    edges = drawn[len(series) : len(series) + 2 * len(bands)]
    for edge in edges:
        look_as_edge(edge)
    for level, line in zip(levels, drawn[len(series) + len(edges) :], strict=True):
        look_as_level(line, is_target=level.is_target)
    return held


def _cells(box: Box, across: int, rows: int) -> list[Box]:
    left, top, width, height = box
    wide, high = width // across, height // rows
    return [
        (left + column * wide, top + row * high, wide, high)
        for row in range(rows)
        for column in range(across)
    ]


def _reach(chart: Chart) -> tuple[float, float]:
    ends = [value for band in chart.bands for value in (*band.lower, *band.upper)]
    ends += [value for series in chart.series for value in series.y if value is not None]
    room = (max(ends) - min(ends)) * 0.06
    return 0.0 if chart.from_zero else round(min(ends) - room), round(max(ends) + room)
