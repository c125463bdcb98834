"""Dots with their limits on paper: ratios round a line at 1, and rural beside urban."""

from collections.abc import Sequence
from typing import Final

import numpy as np
from matplotlib.axes import Axes
from matplotlib.ticker import FixedLocator, FuncFormatter, NullLocator

from dashboard.charts import theme
from dashboard.charts.chart import Chart, Series
from dashboard.charts.key import dot_lines
from dashboard.charts.static_parts import (
    MARKERS,
    SMALL,
    inset,
    named_ticks,
    plain,
    text,
    thousands,
    values,
)

_LOG_TICKS: Final = (0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50)


def dots(chart: Chart, axes: Axes) -> None:
    """Draw a row of dots for each name, limits as lines, the values in words beside them."""
    words = dot_lines(chart)
    inset(axes, left=1.7, right=0.15, top=0.1 + 0.15 * len(words), bottom=0.45)
    plain(axes, grid="x")
    if len(chart.series) > 1:
        _join(chart.series, axes)
    for series in chart.series:
        _draw(series, axes)
    for level in chart.levels:
        axes.axvline(level.value, color=theme.QUIET_TEXT, linewidth=0.9, linestyle=(0, (4, 3)))
    text(axes, 0, 1.01, "\n".join(words), transform=axes.transAxes, color=theme.QUIET_TEXT)
    named_ticks(axes, chart.series[0].x, along="y", width=24)
    axes.set_ylim(len(chart.series[0].x) - 0.4, -0.6)
    _set_scale(chart, axes)
    _write_values(chart.series, axes)
    axes.set_xlabel(chart.x_title, fontsize=SMALL + 0.5, color=theme.QUIET_TEXT)


def _draw(series: Series, axes: Axes) -> None:
    across, rows = values(series.y), np.arange(len(series.y))
    if any(limit is not None for limit in series.upper):
        ends = (values(series.lower), values(series.upper))
        axes.hlines(rows, *ends, color=theme.TEXT, linewidth=0.9)
    kinds = series.tones or (series.tone,) * len(across)
    for x, y, tone in zip(across, rows, kinds, strict=True):
        colour = theme.TONES[tone]
        fill = theme.PAGE if tone in ("context", "second") else colour
        axes.plot(x, y, MARKERS[tone], markersize=5.5, markeredgecolor=colour, markerfacecolor=fill)


def _join(series: Sequence[Series], axes: Axes) -> None:
    first, second = (values(each.y) for each in series)
    axes.hlines(np.arange(len(first)), first, second, color=theme.AXIS, linewidth=1.2)


def _reach(series: Sequence[Series]) -> np.ndarray:
    """Return how far each row is drawn to the right."""
    sides = [values(side) for each in series for side in (each.y, each.upper) if side]
    return np.asarray(np.nanmax(np.vstack(sides), axis=0))


def _set_scale(chart: Chart, axes: Axes) -> None:
    most = float(np.nanmax(_reach(chart.series)))
    if not chart.is_log:
        held = [limit for each in chart.series for limit in (*each.y, *each.lower) if limit]
        axes.set_xlim(1.1 * min([0.0, *held]), most * 1.25)
        axes.xaxis.set_major_formatter(FuncFormatter(thousands))
        return
    least = min(limit for each in chart.series for limit in (*each.y, *each.lower) if limit)
    levels = [level.value for level in chart.levels]
    low, high = min(least, *levels), max(most, *levels)
    axes.set_xscale("log")
    axes.set_xlim(low / (high / low) ** 0.08, high * max(high / low, 2) ** 0.25)
    axes.xaxis.set_major_locator(FixedLocator(_LOG_TICKS))
    axes.xaxis.set_minor_locator(NullLocator())
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:g}"))


def _write_values(series: Sequence[Series], axes: Axes) -> None:
    labels = zip(*(each.labels for each in series), strict=True)
    for row, (end, said) in enumerate(zip(_reach(series), labels, strict=True)):
        axes.annotate(
            " | ".join(label.rpartition(": ")[2] for label in said),
            (end, row),
            xytext=(5, 0),
            textcoords="offset points",
            va="center",
            fontsize=SMALL + 0.5,
            color=theme.TEXT,
            parse_math=False,
        )
