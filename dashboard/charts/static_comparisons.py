"""Comparisons on paper: bars, stacked shares, matrix and funnel."""

from typing import Any, Final

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import Patch, Rectangle
from matplotlib.ticker import FuncFormatter, MaxNLocator

from dashboard.charts import labels, scales, theme
from dashboard.charts.chart import Chart, Series, Tone
from dashboard.charts.key import key_lines
from dashboard.charts.static_parts import (
    MARKERS,
    SMALL,
    inset,
    legend,
    named_ticks,
    plain,
    text,
    thousands,
    values,
)

_UNRANKED: Final = "///"
_SHARES: Final[dict[Tone, str]] = {"second": "///", "third": "\\\\\\", "fourth": "..."}
"""What tells shares of one grey apart in a print without colour."""
_POINTS_PER_INCH: Final = 72


def bars(chart: Chart, axes: Axes) -> None:
    """Draw horizontal bars from zero with their limits, the first row on top."""
    series = chart.series[0]
    inset(axes, left=1.7, right=0.15, top=0.1 + 0.15 * len(chart.levels), bottom=0.45)
    plain(axes, grid="x")
    lengths, rows = values(series.y), np.arange(len(series.y))
    kinds = series.tones or (series.tone,) * len(series.x)
    drawn = axes.barh(rows, lengths, color=[theme.TONES[tone] for tone in kinds], height=0.66)
    for bar, tone in zip(drawn.patches, kinds, strict=True):
        bar.set_hatch(_UNRANKED if tone == "context" else "")
        bar.set_edgecolor(theme.PAGE)
    if series.upper:
        # From limit to limit: a share in whole numbers may lie just outside its own.
        ends = (values(series.lower), values(series.upper))
        for colour, width in ((theme.PAGE, 2.4), (theme.TEXT, 0.9)):
            axes.hlines(rows, *ends, color=colour, linewidth=width)
    _bar_words(axes, series)
    for level in chart.levels:
        axes.axvline(level.value, color=theme.QUIET_TEXT, linewidth=0.9, linestyle=(0, (4, 3)))
    key = "\n".join(level.label for level in chart.levels)
    text(axes, 0, 1.01, key, transform=axes.transAxes, color=theme.QUIET_TEXT)
    named_ticks(axes, series.x, along="y", width=24)
    axes.set_ylim(len(rows) - 0.4, -0.6)
    axes.set_xlim(*_range(series))
    axes.xaxis.set_major_formatter(FuncFormatter(thousands))
    axes.set_xlabel(chart.x_title, fontsize=SMALL + 0.5, color=theme.QUIET_TEXT)


def stacked_bars(chart: Chart, axes: Axes) -> None:
    """Draw shares of a whole as bars laid end to end, the larger shares in figures."""
    inset(axes, left=1.7, right=0.15, top=0.05, bottom=0.75)
    plain(axes, grid="")
    rows = np.arange(len(chart.series[0].x))
    starts = np.zeros(len(rows))
    for series in chart.series:
        shares = np.nan_to_num(values(series.y))
        axes.barh(rows, shares, left=starts, height=0.72, **_fill(series.tone))
        _share_words(axes, series, starts)
        starts = starts + shares
    named_ticks(axes, chart.series[0].x, along="y", width=24)
    axes.set_ylim(len(rows) - 0.4, -0.6)
    axes.set_xlim(0, 100)
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:.0f}%"))
    patches = [Patch(label=each.name, **_fill(each.tone)) for each in chart.series]
    legend(axes, patches, columns=3, below=0.3)


def matrix(chart: Chart, axes: Axes) -> None:
    """Draw a table of shaded cells with their figures, one series a row."""
    inset(axes, left=1.5, right=0.02, top=0.45, bottom=0.5)
    colours = theme.steps(len(chart.scale))
    columns = chart.series[0].x
    is_words = chart.form == "level_matrix"
    size = SMALL - 1 if is_words else SMALL + 0.5
    for row, series in enumerate(chart.series):
        for column, (value, words) in enumerate(zip(series.y, series.labels, strict=True)):
            step = scales.step_of(chart.scale, value)
            fill = theme.NO_VALUE if step is None else colours[step]
            axes.add_patch(Rectangle((column - 0.48, row - 0.46), 0.96, 0.92, color=fill))
            ink = theme.text_on(fill)
            text(axes, column, row, words, ha="center", va="center", color=ink, fontsize=size)
            if is_words and step == 0:
                # The least level is what a reader looks for: a frame, where its shade is palest.
                box = ((column - 0.46, row - 0.42), 0.92, 0.84)
                axes.add_patch(Rectangle(*box, fill=False, edgecolor=theme.TONES["concern"]))
    axes.set_xlim(-0.5, len(columns) - 0.5)
    axes.set_ylim(len(chart.series) - 0.5, -0.5)
    plain(axes, grid="")
    axes.spines["bottom"].set_visible(False)
    axes.xaxis.tick_top()
    named_ticks(axes, columns, along="x", width=11, size=SMALL - 0.8)
    named_ticks(axes, [series.name for series in chart.series], along="y", width=24)
    patches = scale_patches(chart)
    legend(axes, patches, columns=2 if is_words else 3, below=0.12)


def scale_patches(chart: Chart) -> list[Patch]:
    """Return the key of a shaded scale, in words."""
    colours = theme.steps(len(chart.scale)) if chart.scale else ()
    return [
        Patch(facecolor=colour, edgecolor=theme.AXIS, linewidth=0.6, label=step.words)
        for step, colour in zip(chart.scale, colours, strict=True)
    ]


def funnel(chart: Chart, axes: Axes) -> None:
    """Draw points against residents with the limits behind them, each point named."""
    words = key_lines(chart)
    inset(axes, left=0.55, right=0.2, top=0.1 + 0.15 * len(words), bottom=0.5)
    plain(axes)
    for place, band in enumerate(chart.bands):
        if place == 0:
            axes.fill_between(values(_numbers(band.x)), band.lower, band.upper, color=theme.BAND)
        for edge in (band.lower, band.upper):
            style = (":", "--", "-")[place]
            axes.plot(_numbers(band.x), edge, color=theme.AXIS, linewidth=0.8, linestyle=style)
    for level in chart.levels:
        axes.axhline(level.value, color=theme.QUIET_TEXT, linewidth=0.9, linestyle=(0, (4, 3)))
    _named_points(axes, chart.series[0])
    text(axes, 0, 1.01, "\n".join(words), transform=axes.transAxes, color=theme.QUIET_TEXT)
    axes.xaxis.set_major_formatter(FuncFormatter(thousands))
    axes.yaxis.set_major_formatter(FuncFormatter(thousands))
    axes.xaxis.set_major_locator(MaxNLocator(6))
    axes.set_xlabel(chart.x_title, fontsize=SMALL + 0.5, color=theme.QUIET_TEXT)
    axes.set_ylabel(chart.y_title, fontsize=SMALL + 0.5, color=theme.QUIET_TEXT)


def _bar_words(axes: Axes, series: Series) -> None:
    """Values stand beyond the upper limit; those of changes across the zero line from the bar."""
    is_change = _is_change(series)
    ends = np.zeros(len(series.y)) if is_change else values(series.upper or series.y)
    for row, (value, label) in enumerate(zip(series.y, series.labels, strict=True)):
        is_left = is_change and (value or 0) > 0
        axes.annotate(
            label.rpartition(": ")[2],
            (ends[row], row),
            xytext=(-4 if is_left else 4, 0),
            textcoords="offset points",
            ha="right" if is_left else "left",
            va="center",
            fontsize=SMALL + 0.5,
            color=theme.TEXT,
            bbox={"facecolor": theme.PAGE, "alpha": 0.8, "edgecolor": "none", "pad": 0.6},
            parse_math=False,
        )


def _fill(tone: Tone) -> dict[str, Any]:
    colours = {"facecolor": theme.TONES[tone], "edgecolor": theme.PAGE}
    return {**colours, "hatch": _SHARES.get(tone, "")}


def _share_words(axes: Axes, series: Series, starts: np.ndarray) -> None:
    """Each figure stands on a plate of its bar's colour, so that no hatch runs through it."""
    colour = theme.TONES[series.tone]
    plate = {"facecolor": colour, "edgecolor": "none", "pad": 0.8}
    look: dict[str, Any] = {
        "ha": "center",
        "va": "center",
        "color": theme.text_on(colour),
        "bbox": plate,
    }
    for row, (start, share) in enumerate(zip(starts, series.y, strict=True)):
        if share is not None and share >= 6:
            text(axes, start + share / 2, row, f"{share:.0f}%", **look)


def _named_points(axes: Axes, series: Series) -> None:
    names = [label.partition(": ")[0] for label in series.labels]
    across, up = _numbers(series.x), values(series.y)
    kinds = series.tones or (series.tone,) * len(across)
    sides = labels.positions(series, names, width=5.6 * _POINTS_PER_INCH, height=250)
    for x, y, tone, name, side in zip(across, up, kinds, names, sides, strict=True):
        axes.plot(
            x, y, MARKERS[tone], color=theme.TONES[tone], markersize=5, markeredgecolor="white"
        )
        shift, (ha, va) = _SIDES[side]
        axes.annotate(
            name,
            (x, y),
            xytext=shift,
            textcoords="offset points",
            ha=ha,
            va=va,
            fontsize=SMALL,
            color=theme.TEXT,
            parse_math=False,
        )


_SIDES: Final = {
    "middle right": ((5, 0), ("left", "center")),
    "middle left": ((-5, 0), ("right", "center")),
    "top center": ((0, 5), ("center", "bottom")),
    "bottom center": ((0, -5), ("center", "top")),
}


def _numbers(items: tuple[object, ...]) -> list[float]:
    return [float(str(item)) for item in items]


def _is_change(series: Series) -> bool:
    return any(value is not None and value < 0 for value in series.y)


def _range(series: Series) -> tuple[float, float]:
    ends = [abs(value) for value in (*series.y, *series.upper) if value is not None]
    most = max(ends, default=0) or 1
    return (-most * 1.05, most * 1.05) if _is_change(series) else (0, most * 1.12)
