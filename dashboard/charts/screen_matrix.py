"""The matrix on the screen: shaded cells with their figures in words."""

from collections.abc import Sequence

import numpy as np

from dashboard.charts import scales, theme
from dashboard.charts.chart import Chart
from dashboard.charts.screen_comparisons import row_height
from dashboard.charts.screen_parts import (
    Drawing,
    Item,
    broken,
    legend_below,
    legend_steps,
    safe,
)


def matrix(chart: Chart) -> Drawing:
    """Return a table of shaded cells with their figures in words, one series a row."""
    colours = theme.steps(len(chart.scale))
    steps = [[scales.step_of(chart.scale, value) for value in row.y] for row in chart.series]
    columns = [broken(name, 12) for name in chart.series[0].x]
    names = [row.name for row in chart.series]
    rows = [broken(name, 18) for name in names]
    layout = {
        "height": 150 + row_height(names, 18) * len(rows),
        "margin": {"l": 8, "r": 8, "t": 8, "b": 60},
        "xaxis": {"side": "top", "showgrid": False, "autotickangles": [0, -90], "ticks": ""},
        "yaxis": {"autorange": "reversed", "showgrid": False, "ticks": ""},
        "showlegend": True,
        "legend": legend_below(),
    }
    cells = {"x": np.tile(columns, len(rows)), "y": np.repeat(rows, len(columns))}
    traces = [
        _shading(columns, rows, steps, colours),
        _cell_words(chart, cells, steps, colours),
        *legend_steps(chart, colours),
    ]
    return Drawing(traces=traces, layout=layout)


def _shading(
    columns: Sequence[str],
    rows: Sequence[str],
    steps: Sequence[Sequence[int | None]],
    colours: Sequence[str],
) -> Item:
    count = len(colours)
    bands = [
        [(place / count, colour), ((place + 1) / count, colour)]
        for place, colour in enumerate(colours)
    ]
    return {
        "type": "heatmap",
        "x": list(columns),
        "y": list(rows),
        "z": np.array([[np.nan if step is None else step + 0.5 for step in row] for row in steps]),
        "zmin": 0,
        "zmax": count,
        "colorscale": [stop for band in bands for stop in band],
        "showscale": False,
        "xgap": 2,
        "ygap": 2,
        "hoverinfo": "skip",
    }


def _cell_words(
    chart: Chart, cells: Item, steps: Sequence[Sequence[int | None]], colours: Sequence[str]
) -> Item:
    inks = [
        theme.TEXT if step is None else theme.text_on(colours[step])
        for row in steps
        for step in row
    ]
    words = [label for row in chart.series for label in row.labels]
    return {
        "type": "scatter",
        "mode": "text",
        **cells,
        "text": [safe(label) for label in words],
        "textfont": {"color": inks, "size": 12},
        "hovertemplate": "%{y}, %{x}: %{text}<extra></extra>",
        "showlegend": False,
    }
