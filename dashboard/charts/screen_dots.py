"""Dots with their limits on the screen: ratios round a line at 1, and rural beside urban."""

import math
from collections.abc import Sequence
from typing import Final

import numpy as np

from dashboard.charts import theme
from dashboard.charts.chart import Chart, Series
from dashboard.charts.key import dot_lines
from dashboard.charts.screen_comparisons import named_rows, row_height
from dashboard.charts.screen_parts import (
    SYMBOLS,
    Drawing,
    Item,
    broken,
    key_height,
    key_words,
    level_line,
    limit_lines,
    numbers,
    safe,
    texts,
    tones,
    value_words,
)

_NAME_WIDTH: Final = 18
_TITLE_WIDTH: Final = 40
_GAP: Final = 13
"""Pixels between a dot and the words beside it."""
_BEFORE_ZERO: Final = 0.05
_LOG_TICKS: Final = (0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50)


def dots(chart: Chart) -> Drawing:
    """Return a row of dots for each name, limits as lines, the values in words beside them."""
    words = dot_lines(chart)
    names = chart.series[0].x
    layout = {
        "height": 54 + key_height(words) + row_height(names, _NAME_WIDTH) * len(names),
        "margin": {"l": 8, "r": 8, "t": key_height(words), "b": 8},
        "xaxis": {**_axis(chart), "title": {"text": broken(chart.x_title, _TITLE_WIDTH)}},
        "yaxis": {**named_rows(names, width=_NAME_WIDTH), "showgrid": True},
        "shapes": [level_line(level, across="y") for level in chart.levels],
        "annotations": [*_words(chart), *([key_words(words)] if words else [])],
    }
    joins = [_joins(chart.series)] if len(chart.series) > 1 else []
    return Drawing(traces=[*joins, *map(_marks, chart.series)], layout=layout)


def _axis(chart: Chart) -> Item:
    held = [
        value
        for series in chart.series
        for value in (*series.y, *series.lower, *series.upper)
        if value is not None
    ]
    if not chart.is_log:
        has_limits = any(value is not None for each in chart.series for value in each.upper)
        # Two figures stand beside two dots, and beyond their limits where these are drawn.
        room = 1.3 if len(chart.series) == 1 else 1.9 if has_limits else 1.5
        high = max(held, default=1) * room
        # A dot at zero has room of its own, so that it covers no letter of its name.
        low = min(-_BEFORE_ZERO * high, 1.1 * min([0.0, *held]))
        return {"range": [low, high], "tickformat": ",", "nticks": 5}
    ends = [value for value in (*held, *(level.value for level in chart.levels)) if value > 0]
    low, high = math.log10(min(ends)), math.log10(max(ends))
    room = max(high - low, 0.3)
    return {
        "type": "log",
        "range": [low - 0.08 * room, high + 0.35 * room],
        "tickvals": np.array(_LOG_TICKS),
        "ticktext": [f"{tick:g}" for tick in _LOG_TICKS],
    }


def _marks(series: Series) -> Item:
    values = numbers(series.y)
    kinds = tones(series)
    return {
        "type": "scatter",
        "mode": "markers",
        "x": values,
        "y": np.arange(len(values)),
        "name": safe(series.name),
        "text": texts(series.labels),
        "hovertemplate": "%{text}<extra></extra>",
        "cliponaxis": False,
        "marker": {
            "size": 10,
            "symbol": [SYMBOLS[tone] for tone in kinds],
            "color": [theme.TONES[tone] for tone in kinds],
            "line": {"width": 2, "color": [theme.TONES[tone] for tone in kinds]},
        },
        **(
            {"error_x": limit_lines(series, cap=3)}
            if any(each is not None for each in series.upper)
            else {}
        ),
    }


def _joins(series: Sequence[Series]) -> Item:
    """Return one line from dot to dot in each row."""
    pairs = zip(*(each.y for each in series), strict=True)
    across = [value for pair in pairs for value in (*pair, None)]
    rows = [float(row) for row in range(len(series[0].x)) for _ in range(3)]
    return {
        "type": "scatter",
        "mode": "lines",
        "x": numbers(across),
        "y": np.array(rows),
        "line": {"color": theme.AXIS, "width": 2},
        "hoverinfo": "skip",
    }


def _words(chart: Chart) -> list[Item]:
    """Return the values of each row in words, to the right of all that is drawn in it."""
    sides = [side for each in chart.series for side in (each.y, each.upper) if side]
    ends = np.nanmax(np.vstack([numbers(side) for side in sides]), axis=0)
    places = np.log10(ends) if chart.is_log else ends  # as Plotly places words on such a scale
    labels = zip(*(each.labels for each in chart.series), strict=True)
    said = (" | ".join(label.rpartition(": ")[2] for label in row) for row in labels)
    return [
        value_words(words, x=float(place), y=row, gap=_GAP)
        for row, (place, words) in enumerate(zip(places, said, strict=True))
        if np.isfinite(place)
    ]
