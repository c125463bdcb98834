"""Ranges on the screen: a bar from low to high with a mark at the central value."""

from dataclasses import replace
from typing import Final

import numpy as np

from dashboard.charts import theme
from dashboard.charts.chart import Chart, Series
from dashboard.charts.key import range_lines
from dashboard.charts.screen_comparisons import named_rows
from dashboard.charts.screen_parts import (
    Drawing,
    Item,
    key_height,
    key_words,
    numbers,
    safe,
    texts,
    tones,
)

_ROW: Final = 48
_LONG: Final = 100_000
"""Figures from here on are so long that a phone has room for few beside each other."""


def range_bars(chart: Chart) -> Drawing:
    """Return bars from low to high, the first row on top, their figures in words above each."""
    series = chart.series[0]
    words = range_lines(chart)
    if series.panel:  # all panels as high, so that their rows stand level
        words = [series.panel, *(words or [""])]
    most = max((value for value in series.upper if value is not None), default=0) or 1
    layout = {
        "height": 54 + key_height(words) + _ROW * len(series.x),
        "margin": {"l": 8, "r": 8, "t": key_height(words), "b": 8},
        "bargap": 0.68,
        "xaxis": {
            "range": [0, most * 1.05],
            "tickformat": ",",
            "nticks": 6 if most < _LONG else 4,
            "title": {"text": safe(chart.x_title)},
        },
        "yaxis": named_rows(series.x, width=18),
        "annotations": [_heading(series, words)] if words else [],
    }
    return Drawing(
        traces=[_bars(series), _marks(series), _words(series, start=most * 0.015)], layout=layout
    )


def panels(chart: Chart) -> tuple[Chart, ...]:
    """Return each panel as a chart of its own, to stand beside the others, or below on a phone."""
    return tuple(
        replace(
            chart,
            form="range_bar",
            headline=series.panel,
            alt=f"{series.panel}: {'; '.join(series.labels)}.",
            series=(series,),
        )
        for series in chart.series
    )


def _heading(series: Series, words: list[str]) -> Item:
    item = key_words(words)
    name = safe(series.panel)
    return {**item, "text": item["text"].replace(name, f"<b>{name}</b>", 1)} if name else item


def _bars(series: Series) -> Item:
    low, high = numbers(series.lower), numbers(series.upper)
    kinds = tones(series)
    return {
        "type": "bar",
        "orientation": "h",
        "base": low,
        "x": high - low,
        "y": np.arange(len(low)),
        "marker": {
            "color": [theme.TONES[tone] for tone in kinds],
            "opacity": 0.45,
            "pattern": {
                "shape": ["" if tone == "main" else "/" for tone in kinds],
                "fillmode": "overlay",
                "fgcolor": theme.PAGE,
            },
        },
        "hoverinfo": "skip",
    }


def _marks(series: Series) -> Item:
    return {
        "type": "scatter",
        "mode": "markers",
        "x": numbers(series.y),
        "y": np.arange(len(series.y)),
        "text": texts(series.labels),
        "hovertemplate": "%{text}<extra></extra>",
        "marker": {
            "symbol": "line-ns",
            "size": 17,
            "line": {"width": 4, "color": [theme.TONES[tone] for tone in tones(series)]},
        },
        "cliponaxis": False,
    }


def _words(series: Series, *, start: float) -> Item:
    """Return the figures of each row, above its bar, where a narrow screen has room for them.

    `start`: a little to the right of zero, so that they stand clear of the name of their row.

    Where there is no bar, the words that say why stand in its place.
    """
    above = np.array([0.0 if value is None else 0.36 for value in series.y])
    return {
        "type": "scatter",
        "mode": "text",
        "x": np.full(len(series.y), start),
        "y": np.arange(len(series.y)) - above,
        "text": [safe(label.rpartition(": ")[2]) for label in series.labels],
        "textposition": "middle right",
        "textfont": {"size": 12, "color": theme.TEXT},
        "hoverinfo": "skip",
        "cliponaxis": False,
    }
