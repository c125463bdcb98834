"""Ranges on paper: a bar from low to high with a mark at the central value."""

import numpy as np
from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter

from dashboard.charts import theme
from dashboard.charts.chart import Chart
from dashboard.charts.key import range_lines
from dashboard.charts.static_parts import SMALL, inset, named_ticks, plain, text, thousands, values


def range_bars(chart: Chart, axes: Axes) -> None:
    """Draw bars from low to high, the first row on top, figures in words to their right."""
    series = chart.series[0]
    words = range_lines(chart)
    inset(axes, left=1.7, right=0.15, top=0.1 + 0.15 * len(words), bottom=0.45)
    plain(axes, grid="x")
    low, high, rows = values(series.lower), values(series.upper), np.arange(len(series.y))
    kinds = series.tones or (series.tone,) * len(series.x)
    colours = [theme.TONES[tone] for tone in kinds]
    drawn = axes.barh(rows, high - low, left=low, height=0.5, color=colours, alpha=0.45)
    for bar, tone in zip(drawn.patches, kinds, strict=True):
        bar.set_hatch("" if tone == "main" else "///")
        bar.set_edgecolor(theme.PAGE)
    axes.vlines(values(series.y), rows - 0.34, rows + 0.34, colors=colours, linewidth=2.6)
    most = float(high.max()) or 1.0
    for row, (end, label) in enumerate(zip(high, series.labels, strict=True)):
        said = label.rpartition(": ")[2]
        text(axes, end + 0.015 * most, row, said, va="center", color=theme.TEXT)
    text(axes, 0, 1.01, "\n".join(words), transform=axes.transAxes, color=theme.QUIET_TEXT)
    named_ticks(axes, series.x, along="y", width=24)
    axes.set_ylim(len(rows) - 0.4, -0.6)
    axes.set_xlim(0, most * 1.45)
    axes.xaxis.set_major_formatter(FuncFormatter(thousands))
    axes.set_xlabel(chart.x_title, fontsize=SMALL + 0.5, color=theme.QUIET_TEXT)
