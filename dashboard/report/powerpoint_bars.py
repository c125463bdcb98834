"""Bars as native charts: lying down, from zero, with limits; panels of them; shares of a whole."""

from typing import Any, Final

from pptx.enum.chart import XL_CHART_TYPE
from pptx.shapes.base import BaseShape
from pptx.util import Emu

from dashboard.charts.chart import Chart, Series
from dashboard.report.powerpoint_axes import line_up_categories, look_as_names, scale_values
from dashboard.report.powerpoint_data import Categories, add_limits, number_format
from dashboard.report.powerpoint_looks import (
    SMALL,
    fill_bars,
    label_bars,
    label_shares,
    look_plain,
)
from dashboard.report.powerpoint_parts import Box, name_panel

_MANY: Final = 12


def bar(shapes: Any, chart: Chart, box: Box) -> BaseShape:
    held = _bars(shapes, chart, chart.series[0], box)
    look_plain(held.chart)
    if len(chart.series[0].x) > _MANY:
        held.chart.category_axis.tick_labels.font.size = SMALL
    scale_values(held.chart, chart, title=chart.x_title)
    label_bars(held.chart, chart.series[0])
    return held


def range_panels(shapes: Any, chart: Chart, box: Box) -> BaseShape:
    """Draw a panel of ranges a series side by side, names on the left one alone."""
    group = shapes.add_group_shape()
    left, top, width, height = box
    part = width // (len(chart.series) + 1)
    for place, series in enumerate(chart.series):
        is_first = place == 0
        start = left if is_first else left + (place + 1) * part
        cell = (start, top, 2 * part if is_first else part, height)
        held = _bars(group.shapes, chart, series, cell)
        name_panel(held, series.panel)
        look_plain(held.chart, size=SMALL)
        scale_values(held.chart, chart)
        look_as_names(held.chart, is_shown=is_first, share=0.5)
    return group


def stacked(shapes: Any, chart: Chart, box: Box) -> BaseShape:
    data = Categories(number_format(chart, chart.series[0].y))
    data.categories = [str(name) for name in chart.series[0].x]
    for series in chart.series:
        data.add_series(series.name, series.y)
    held = shapes.add_chart(XL_CHART_TYPE.BAR_STACKED, *map(Emu, box), data)
    made = held.chart
    made.has_legend = True
    look_plain(made)
    scale_values(made, chart, low=0, high=100)
    for series, drawn in zip(chart.series, made.plots[0].series, strict=True):
        label_shares(drawn, series)
    made.plots[0].gap_width = 35
    line_up_categories(made)
    return held


def _bars(shapes: Any, chart: Chart, series: Series, box: Box) -> Any:
    """Draw bars lying down from zero, the first on top, limits as lines."""
    data = Categories(number_format(chart, series.y))
    data.categories = [str(name) for name in series.x]
    data.add_series(series.name, series.y)
    if any(limit is not None for limit in series.upper):
        data.limited.append(series)
    held = shapes.add_chart(XL_CHART_TYPE.BAR_CLUSTERED, *map(Emu, box), data)
    made = held.chart
    made.has_legend = False
    drawn = made.plots[0].series[0]
    if data.limited:
        add_limits(drawn, data, series, bar=True)
    fill_bars(made, series)
    line_up_categories(made)
    return held
