"""Trends on the screen: a control chart, and small multiples of it."""

import math
from datetime import date
from typing import Any, Final

import numpy as np

from dashboard.charts import theme
from dashboard.charts.chart import Chart, Series
from dashboard.charts.key import key_lines
from dashboard.charts.screen_parts import (
    DASHES,
    SYMBOLS,
    Drawing,
    Item,
    band_traces,
    broken,
    key_height,
    key_words,
    level_line,
    numbers,
    safe,
    texts,
    tones,
)
from dashboard.metrics.period import months_in

_PANELS_ACROSS: Final = 3
_PANEL_HEIGHT: Final = 150
_TITLE_SHARE: Final = 0.30


def line(chart: Chart) -> Drawing:
    """Return a line a series, with bands and levels behind and their words above."""
    words = key_lines(chart)
    bands = [trace for band in chart.bands for trace in band_traces(band)]
    names = [_end_label(series) for series in chart.series] if len(chart.series) > 1 else []
    above = [key_words(words)] if words else []
    layout = {
        "height": 330,
        "margin": {"l": 8, "r": 110 if names else 14, "t": key_height(words), "b": 8},
        "xaxis": _x_axis(chart),
        "yaxis": _y_axis(chart),
        "shapes": [level_line(level, across="x") for level in chart.levels],
        "annotations": [*above, *names],
    }
    return Drawing(traces=[*bands, *(_points(series) for series in chart.series)], layout=layout)


def multiples(chart: Chart) -> Drawing:
    """Return small panels on one scale, three across, each with its own band and words."""
    rows = math.ceil(len(chart.series) / _PANELS_ACROSS)
    layout: Item = {
        "height": 40 + rows * _PANEL_HEIGHT,
        "margin": {"l": 34, "r": 8, "t": 6, "b": 40},
        "annotations": [],
        "shapes": [],
    }
    traces: list[Item] = []
    for place, series in enumerate(chart.series):
        traces += _panel(chart, series, place=place, rows=rows, layout=layout)
    return Drawing(traces=traces, layout=layout)


def _panel(chart: Chart, series: Series, *, place: int, rows: int, layout: Item) -> list[Item]:
    row, column = divmod(place, _PANELS_ACROSS)
    axes = "" if place == 0 else str(place + 1)
    wide, high = 1 / _PANELS_ACROSS, 1 / rows
    across = [column * wide + 0.012, (column + 1) * wide - 0.012]
    up = [1 - (row + 1) * high + 0.02, 1 - (row + _TITLE_SHARE) * high]
    last_row = place + _PANELS_ACROSS >= len(chart.series)
    layout[f"xaxis{axes}"] = _panel_x(series, across, f"y{axes}", labelled=last_row)
    layout[f"yaxis{axes}"] = _panel_y(chart, up, f"x{axes}", labelled=column == 0)
    layout["annotations"].append(_panel_title(series, across[0], up[1]))
    layout["shapes"] += [
        level_line(level, across="x", axes=axes)
        for level in chart.levels
        if level.panel in ("", series.panel)
    ]
    bands = [band for band in chart.bands if band.panel == series.panel]
    return [
        *(trace for band in bands for trace in band_traces(band, axes=axes)),
        _points(series, axes=axes, size=3),
    ]


def _points(series: Series, *, axes: str = "", size: int = 7) -> Item:
    named = {"hovertemplate": "%{text}<extra></extra>", "text": texts(series.labels)}
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "name": safe(series.name),
        "x": np.array(series.x),
        "y": numbers(series.y),
        "connectgaps": False,
        "line": {
            "color": theme.TONES[series.tone],
            "width": 2 if size > 3 else 1.5,
            "dash": DASHES.get(series.tone, "solid"),
        },
        "marker": _marks(series, size),
        "xaxis": f"x{axes}",
        "yaxis": f"y{axes}",
        **(named if series.labels else {}),
    }


def _marks(series: Series, size: int) -> Item:
    """One colour and shape for all where no point stands out, which is quicker to draw."""
    kinds = tones(series)
    if set(kinds) == {series.tone}:
        return {"color": theme.TONES[series.tone], "size": size}
    return {
        "color": [theme.TONES[tone] for tone in kinds],
        "symbol": [SYMBOLS.get(tone, "circle") for tone in kinds],
        "size": [size if tone == series.tone else size + 4 for tone in kinds],
        "opacity": 1,
    }


def _end_label(series: Series) -> Item:
    last = max(place for place, value in enumerate(series.y) if value is not None)
    colour = theme.TONES[series.tone]
    readable = colour if theme.contrast(colour, theme.PAGE) >= 4.5 else theme.TEXT
    return {
        "text": broken(series.name, 16),
        "x": series.x[last],
        "y": series.y[last],
        "xanchor": "left",
        "xshift": 8,
        "align": "left",
        "showarrow": False,
        "font": {"color": readable},
    }


def _x_axis(chart: Chart) -> Item:
    shown: Item = {"showgrid": False, "ticks": "outside", "title": {"text": safe(chart.x_title)}}
    if chart.x_axis != "month":
        return shown
    return {**shown, "type": "date", "tickformat": "%b<br>%Y", "nticks": 7, "dtick": _tick(chart)}


def _tick(chart: Chart) -> str:
    """Every month up to six, then every third, sixth or twelfth: no more than eight words."""
    days = chart.series[0].x
    months = months_in(*(date.fromisoformat(str(day)) for day in (days[0], days[-1])))
    return next(f"M{step}" for step in (1, 3, 6, 12, 24, 60) if months / step <= 7 or step == 60)


def _y_axis(chart: Chart) -> Item:
    start = {"rangemode": "tozero"} if chart.from_zero else {}
    return {"tickformat": ",", "nticks": 6, "title": {"text": safe(chart.y_title)}, **start}


def _panel_x(series: Series, domain: list[float], anchor: str, *, labelled: bool) -> Item:
    ends = [series.x[0], series.x[-1]]
    return {
        "domain": domain,
        "anchor": anchor,
        "type": "date",
        "showgrid": False,
        "showline": True,
        "tickvals": ends,
        "tickformat": "%b<br>%Y",
        "ticklabelposition": "outside",
        "showticklabels": labelled,
        "automargin": False,
        "tickfont": {"size": 11, "color": theme.QUIET_TEXT},
        "range": _padded(series),
    }


def _padded(series: Series) -> list[str]:
    """Room at both ends, so that the words of the first and last month stand inside."""
    first, last = (np.datetime64(str(series.x[end])) for end in (0, -1))
    room = max((last - first) / 7, np.timedelta64(20, "D"))
    return [str(first - room), str(last + room)]


def _panel_y(chart: Chart, domain: list[float], anchor: str, *, labelled: bool) -> Item:
    reach = [value for band in chart.bands for value in (*band.lower, *band.upper)]
    reach += [value for series in chart.series for value in series.y if value is not None]
    low, high = (min(reach), max(reach)) if reach else (0.0, 1.0)
    room = (high - low) * 0.06
    bounds: list[Any] = [0 if chart.from_zero else low - room, high + room]
    return {
        "domain": domain,
        "anchor": anchor,
        "range": bounds,
        "nticks": 4,
        "tickformat": ",",
        "showticklabels": labelled,
        "automargin": False,
        "tickfont": {"size": 11, "color": theme.QUIET_TEXT},
    }


def _panel_title(series: Series, x: float, y: float) -> Item:
    name, _, reading = series.name.partition(": ")
    mark = {"concern": "◆ ", "improving": "■ "}.get(series.tone, "")
    colour = theme.TONES[series.tone] if mark else theme.QUIET_TEXT
    below = f'<span style="color:{colour}">{mark}{safe(reading)}</span>'
    return {
        "text": f"<b>{broken(name, 14)}</b><br>{below}",
        "xref": "paper",
        "yref": "paper",
        "x": x,
        "y": y,
        "xanchor": "left",
        "yanchor": "bottom",
        "align": "left",
        "showarrow": False,
        "font": {"size": 11},
    }
