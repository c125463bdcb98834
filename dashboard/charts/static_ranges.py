"""Ranges on paper: a bar from low to high with a mark at the central value."""

import math
from typing import Final

import numpy as np
from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter, MaxNLocator

from dashboard.charts import theme
from dashboard.charts.chart import Chart, Series
from dashboard.charts.key import range_lines
from dashboard.charts.static_parts import SMALL, inset, named_ticks, plain, text, thousands, values

_ACROSS: Final = 2


def range_bars(chart: Chart, axes: Axes) -> None:
    """Draw bars from low to high, the first row on top, figures in words to their right."""
    words = range_lines(chart)
    inset(axes, left=1.7, right=0.15, top=0.1 + 0.15 * len(words), bottom=0.45)
    _ranges(axes, chart.series[0])
    text(axes, 0, 1.01, "\n".join(words), transform=axes.transAxes, color=theme.QUIET_TEXT)
    axes.set_xlabel(chart.x_title, fontsize=SMALL + 0.5, color=theme.QUIET_TEXT)


def range_panels(chart: Chart, axes: Axes) -> None:
    """Draw one panel of ranges a series, two in a row, each on its own scale."""
    axes.set_axis_off()
    words = " | ".join(range_lines(chart))
    text(axes, 0, 1, words, transform=axes.transAxes, va="top", color=theme.QUIET_TEXT)
    deep = 1 / math.ceil(len(chart.series) / _ACROSS)
    for place, series in enumerate(chart.series):
        row, column = divmod(place, _ACROSS)
        box = (column / _ACROSS + 0.15, 1 - (row + 0.92) * deep, 0.33, 0.8 * deep)
        panel = axes.inset_axes(box)
        _ranges(panel, series, is_panel=True)
        text(panel, -0.45, 1.03, series.panel, transform=panel.transAxes, fontweight="bold")


def _ranges(axes: Axes, series: Series, *, is_panel: bool = False) -> None:
    """Draw the bars of one series, with room for their words; a panel is half as wide."""
    room, width, size, ticks = (2.5, 18, SMALL, 2) if is_panel else (1.45, 24, SMALL + 0.5, 5)
    plain(axes, grid="x")
    low, high, rows = values(series.lower), values(series.upper), np.arange(len(series.y))
    kinds = series.tones or (series.tone,) * len(series.x)
    colours = [theme.TONES[tone] for tone in kinds]
    drawn = axes.barh(rows, high - low, left=low, height=0.5, color=colours, alpha=0.45)
    for bar, tone in zip(drawn.patches, kinds, strict=True):
        bar.set_hatch("" if tone == "main" else "///")
        bar.set_edgecolor(theme.PAGE)
    axes.vlines(values(series.y), rows - 0.34, rows + 0.34, colors=colours, linewidth=2.6)
    most = max((end for end in series.upper if end is not None), default=0) or 1.0
    for row, (end, label) in enumerate(zip(series.upper, series.labels, strict=True)):
        at = (end or 0) + 0.02 * most
        text(axes, at, row, label.rpartition(": ")[2], va="center", fontsize=size)
    named_ticks(axes, series.x, along="y", width=width, size=size)
    axes.set_ylim(len(rows) - 0.4, -0.6)
    axes.set_xticks(MaxNLocator(ticks).tick_values(0, most))
    axes.set_xlim(0, most * room)
    axes.xaxis.set_major_formatter(FuncFormatter(thousands))
