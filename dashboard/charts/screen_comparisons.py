"""Comparisons on the screen: bars, stacked shares and funnel."""

from collections.abc import Sequence
from typing import Final

import numpy as np

from dashboard.charts import labels, theme
from dashboard.charts.chart import Chart, Series
from dashboard.charts.key import key_lines
from dashboard.charts.screen_parts import (
    SYMBOLS,
    Drawing,
    Item,
    band_traces,
    broken,
    key_height,
    key_words,
    legend_below,
    level_line,
    limit_lines,
    numbers,
    safe,
    texts,
    tones,
    value_words,
)

_ROW: Final = 36
_LINE: Final = 15
_LETTER: Final = 6.5
_NARROWEST: Final = 190
"""Pixels: a letter of a value, and the plot of bars on a phone, within which values have room."""
_PATTERNS: Final = {"second": "/", "third": "\\", "fourth": "."}
"""What tells shares of one grey apart in a print without colour."""


def bars(chart: Chart) -> Drawing:
    """Return horizontal bars from zero, with limits, the first row on top, values in words."""
    series = chart.series[0]
    words = [level.label for level in chart.levels]
    width = 26 if _is_change(series) else 18
    layout = {
        "height": 44 + key_height(words) + row_height(series.x, width) * len(series.x),
        "margin": {"l": 8, "r": 8, "t": key_height(words), "b": 8},
        "bargap": 0.34,
        "xaxis": {
            "range": _range(series),
            "tickformat": ",",
            "nticks": 6,
            "title": {"text": safe(chart.x_title)},
        },
        "yaxis": named_rows(series.x, width=width),
        "shapes": [level_line(level, across="y") for level in chart.levels],
        "annotations": [*_bar_words(series), *([key_words(words)] if words else [])],
    }
    return Drawing(traces=[_bar(series), *_limits(series)], layout=layout)


def stacked_bars(chart: Chart) -> Drawing:
    """Return shares of a whole as bars laid end to end, with the larger shares in figures."""
    names = chart.series[0].x
    layout = {
        "barmode": "stack",
        "height": 120 + row_height(names, 18) * len(names),
        "margin": {"l": 8, "r": 16, "t": 10, "b": 84},
        "bargap": 0.28,
        # A share whose figure would have to shrink to fit stands without one; the table has it.
        "uniformtext": {"minsize": 12, "mode": "hide"},
        "xaxis": {"range": [0, 100], "ticksuffix": "%", "nticks": 6, "showgrid": False},
        "yaxis": named_rows(names, width=18),
        "showlegend": True,
        "legend": legend_below(traceorder="normal", yref="container", y=0, yanchor="bottom"),
    }
    return Drawing(traces=[_share(series) for series in chart.series], layout=layout)


def funnel(chart: Chart) -> Drawing:
    """Return points against residents, the limits behind them, each point named."""
    series = chart.series[0]
    words = key_lines(chart)
    styles = ("dot", "dash", "solid")
    limits = [
        {**trace, "fill": "none"} if place else trace
        for place, band in enumerate(chart.bands)
        for trace in band_traces(band, dash=styles[place])
    ]
    layout = {
        "height": 400 + key_height(words),
        "margin": {"l": 8, "r": 16, "t": key_height(words), "b": 8},
        "xaxis": {"tickformat": ",", "nticks": 6, "title": {"text": safe(chart.x_title)}},
        "yaxis": {"tickformat": ",", "nticks": 6, "title": {"text": safe(chart.y_title)}},
        "shapes": [level_line(level, across="x") for level in chart.levels],
        "annotations": [key_words(words)],
    }
    return Drawing(traces=[*limits, _named_points(series)], layout=layout)


def row_height(names: Sequence[object], width: int) -> int:
    """Return the height of each row: more where a name breaks into three lines or four."""
    lines = max(broken(name, width).count("<br>") + 1 for name in names)
    return max(_ROW, _LINE * lines + 6)


def named_rows(names: Sequence[object], *, width: int) -> Item:
    """Return the upright axis of horizontal rows, the first on top, names in broken lines."""
    places = np.arange(len(names))
    return {
        "tickvals": places,
        "ticktext": [broken(name, width) for name in names],
        "range": [len(names) - 0.4, -0.6],
        "showgrid": False,
        "tickfont": {"size": 12, "color": theme.TEXT},
        "ticks": "",
    }


def _is_change(series: Series) -> bool:
    return any(value is not None and value < 0 for value in series.y)


def _range(series: Series) -> list[float]:
    """From zero with room for words; changes get as much room on both sides of zero."""
    ends = [abs(value) for value in (*series.y, *series.upper) if value is not None]
    most = max(ends, default=0) or 1
    if _is_change(series):
        return [-most * 1.05, most * 1.05]
    words = _LETTER * (1 + max(map(len, _values(series)), default=0))
    room = min(words, _NARROWEST / 2)  # half of the plot is for bars, whatever is said
    return [0, most * max(1.2, _NARROWEST / (_NARROWEST - room))]


def _bar(series: Series) -> Item:
    kinds = tones(series)
    values = numbers(series.y)
    return {
        "type": "bar",
        "orientation": "h",
        "x": values,
        "y": np.arange(len(values)),
        "marker": {
            "color": [theme.TONES[tone] for tone in kinds],
            "pattern": {
                "shape": ["/" if tone == "context" else "" for tone in kinds],
                "fillmode": "overlay",
                "fgcolor": theme.PAGE,
            },
        },
        "text": texts(series.labels or tuple(series.x)),
        "textposition": "none",
        "hovertemplate": "%{text}<extra></extra>",
    }


def _limits(series: Series) -> list[Item]:
    """Return the lines to the limits, each on a wider one in white: half of it lies on the bar."""
    if not series.upper:
        return []
    lines = limit_lines(series, cap=4)
    white = {**lines, "color": theme.PAGE, "thickness": 4, "width": 6}
    places = {"x": numbers(series.y), "y": np.arange(len(series.y))}
    unseen = {"type": "scatter", "mode": "none", "hoverinfo": "skip", **places}
    return [{**unseen, "error_x": each} for each in (white, lines)]


def _bar_words(series: Series) -> list[Item]:
    """Values stand beyond the upper limit; those of changes across the zero line from the bar."""
    is_change = _is_change(series)
    ends = [0.0] * len(series.y) if is_change else [each or 0.0 for each in _reach(series)]
    sides = ["right" if is_change and (value or 0) > 0 else "left" for value in series.y]
    rows = zip(ends, sides, _values(series), strict=True)
    return [
        value_words(words, x=end, y=row, side=side) for row, (end, side, words) in enumerate(rows)
    ]


def _reach(series: Series) -> list[float | None]:
    """How far each bar reaches with its limit; a share in whole numbers may lie beyond its own."""
    if not series.upper:
        return list(series.y)
    pairs = zip(series.y, series.upper, strict=True)
    return [max((each for each in pair if each is not None), default=None) for pair in pairs]


def _values(series: Series) -> list[str]:
    """The last part of each label after ': ' is the value in words."""
    return [label.rpartition(": ")[2] for label in series.labels]


def _share(series: Series) -> Item:
    colour = theme.TONES[series.tone]
    shown = [value is not None and value >= 8 for value in series.y]
    words = [
        f"{value:.0f}%" if is_shown else "" for value, is_shown in zip(series.y, shown, strict=True)
    ]
    return {
        "type": "bar",
        "orientation": "h",
        "name": safe(series.name),
        "x": numbers(series.y),
        "y": np.arange(len(series.y)),
        "marker": {
            "color": colour,
            "line": {"color": theme.PAGE, "width": 1.5},
            "pattern": {
                "shape": _PATTERNS.get(series.tone, ""),
                "fillmode": "overlay",
                "fgcolor": theme.PAGE,
                "fgopacity": 0.45,
                "solidity": 0.1,
                "size": 9,
            },
        },
        "text": words,
        "textposition": "inside",
        "insidetextanchor": "middle",
        "textangle": 0,
        "textfont": {"color": theme.text_on(colour), "size": 12},
        "customdata": texts(series.labels),
        "hovertemplate": "%{customdata}<extra></extra>",
    }


def _named_points(series: Series) -> Item:
    names = [label.partition(": ")[0] for label in series.labels]
    return {
        "type": "scatter",
        "mode": "markers+text",
        "x": numbers([float(str(x)) for x in series.x]),
        "y": numbers(series.y),
        "text": [safe(name) for name in names],
        "textposition": labels.positions(series, names, width=300, height=330),
        "textfont": {"size": 11, "color": theme.TEXT},
        "marker": {
            "color": [theme.TONES[tone] for tone in tones(series)],
            "symbol": [SYMBOLS[tone] for tone in tones(series)],
            "size": 9,
            "line": {"color": theme.PAGE, "width": 1},
        },
        "customdata": texts(series.labels),
        "hovertemplate": "%{customdata}<extra></extra>",
        "cliponaxis": False,
    }
