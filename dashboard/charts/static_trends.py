"""Trends on paper: a control chart, and small multiples of it."""

import math
from typing import Final

from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter, MaxNLocator

from dashboard.charts import theme
from dashboard.charts.chart import Band, Chart, Level, Series
from dashboard.charts.key import key_lines
from dashboard.charts.static_parts import (
    MARKERS,
    NORMAL,
    SMALL,
    inset,
    month_numbers,
    month_ticks,
    plain,
    text,
    thousands,
    values,
)

_ACROSS: Final = 3


def line(chart: Chart, axes: Axes) -> None:
    """Draw each series as a line over its band and levels, their words above."""
    words = key_lines(chart)
    inset(axes, left=0.5, right=0.1, top=0.08 + 0.15 * len(words), bottom=0.32)
    plain(axes)
    for band in chart.bands:
        _band(axes, band)
    for level in chart.levels:
        _level(axes, level)
    for series in chart.series:
        _series(axes, series, size=4)
    axes.annotate(
        "\n".join(words),
        (0, 1),
        xytext=(0, 4),
        xycoords="axes fraction",
        textcoords="offset points",
        fontsize=SMALL + 0.5,
        color=theme.QUIET_TEXT,
        parse_math=False,
    )
    axes.yaxis.set_major_formatter(FuncFormatter(thousands))
    axes.yaxis.set_major_locator(MaxNLocator(6, integer=False))
    if chart.from_zero:
        axes.set_ylim(bottom=0)
    _months(axes, chart.series[0])


def multiples(chart: Chart, axes: Axes) -> None:
    """Draw small panels on one scale, three across, each named with its reading."""
    axes.set_axis_off()
    rows = math.ceil(len(chart.series) / _ACROSS)
    low, high = _reach(chart)
    for place, series in enumerate(chart.series):
        row, column = divmod(place, _ACROSS)
        box = ((column + 0.09) / _ACROSS, 1 - (row + 0.86) / rows, 0.88 / _ACROSS, 0.58 / rows)
        panel = axes.inset_axes(box)
        plain(panel)
        _panel(chart, panel, series)
        panel.set_ylim(low, high)
        panel.yaxis.set_major_locator(MaxNLocator(3))
        panel.tick_params(labelleft=column == 0, labelsize=SMALL)


def _panel(chart: Chart, panel: Axes, series: Series) -> None:
    for band in chart.bands:
        if band.panel == series.panel:
            _band(panel, band)
    for level in chart.levels:
        panel.axhline(level.value, color=theme.QUIET_TEXT, linewidth=0.7, linestyle=(0, (4, 3)))
    _series(panel, series, size=1.6)
    name, _, reading = series.name.partition(": ")
    mark = {"concern": "◆ ", "improving": "■ "}.get(series.tone, "")
    ink = theme.TONES[series.tone] if mark else theme.QUIET_TEXT
    text(panel, 0, 1.22, name, transform=panel.transAxes, fontsize=NORMAL, fontweight="bold")
    text(panel, 0, 1.05, mark + reading, transform=panel.transAxes, color=ink)
    ends = month_numbers([series.x[0], series.x[-1]])
    month_ticks(panel, [series.x[0], series.x[-1]], "%b %y")
    panel.set_xlim(ends[0] - (ends[1] - ends[0]) / 9 - 1, ends[1] + (ends[1] - ends[0]) / 9 + 1)


def _reach(chart: Chart) -> tuple[float, float]:
    ends = [value for band in chart.bands for value in (*band.lower, *band.upper)]
    ends += [value for series in chart.series for value in series.y if value is not None]
    low, high = (min(ends), max(ends)) if ends else (0.0, 1.0)
    room = (high - low) * 0.06
    return (0.0 if chart.from_zero else low - room), high + room


def _band(axes: Axes, band: Band) -> None:
    months = month_numbers(band.x)
    axes.fill_between(months, band.lower, band.upper, color=theme.BAND, linewidth=0)
    for edge in (band.lower, band.upper):
        axes.plot(months, edge, color=theme.AXIS, linewidth=0.6, linestyle=":")


def _level(axes: Axes, level: Level) -> None:
    if level.is_target:
        axes.axhline(level.value, color=theme.TEXT, linewidth=1.2, linestyle="-.")
    else:
        axes.axhline(level.value, color=theme.QUIET_TEXT, linewidth=0.9, linestyle=(0, (4, 3)))


def _series(axes: Axes, series: Series, *, size: float) -> None:
    months, heights = month_numbers(series.x), values(series.y)
    axes.plot(months, heights, color=theme.TONES[series.tone], linewidth=1.3 if size > 2 else 0.9)
    for place, tone in enumerate(series.tones or (series.tone,) * len(series.x)):
        axes.plot(
            months[place],
            heights[place],
            MARKERS.get(tone, "o"),
            color=theme.TONES[tone],
            markersize=size if tone == series.tone else size + 2,
        )


def _months(axes: Axes, series: Series) -> None:
    """Write no more than nine months: all, every third, sixth, or each January."""
    every = next((step for step in (1, 2, 3, 6, 12) if len(series.x) / step <= 9), 12)
    shown = [day for day in series.x if (int(str(day)[5:7]) - 1) % every == 0]
    month_ticks(axes, shown, "%b %Y")
