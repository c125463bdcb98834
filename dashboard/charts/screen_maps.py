"""Maps of districts on the screen: outlines in Plotly, without tiles and without a server."""

import math
from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from dashboard.charts import scales, theme
from dashboard.charts.chart import Chart, Series, Shape
from dashboard.charts.geography import every_point, inner_point, spread
from dashboard.charts.screen_parts import (
    Drawing,
    Item,
    broken,
    legend_below,
    legend_steps,
    numbers,
    safe,
    texts,
)

_HALO: Final = ", ".join([f"0 0 2px {theme.PAGE}"] * 3)
"""A pale edge, so that a name can be read on any shade."""

_SYMBOLS: Final = {"second": ("diamond", 18)}
"""Shape and size of points by their tone: a round one in the same place lies on a diamond."""

_APART: Final = 0.045
_TARGET: Final = 30
"""Degrees between points to click, and their size: near enough that they leave no hole."""

_PATTERNS: Final = {"hatched": "/", "dotted": ".", "": ""}


def area_map(chart: Chart) -> Drawing:
    """Return filled outlines at their true shape, named and valued on pale plates."""
    colours = theme.steps(len(chart.scale)) if chart.scale else ()
    hatched = [_hatched_key(chart)] if any(shape.pattern for shape in chart.shapes) else []
    areas = [_area(chart, shape, colours) for shape in chart.shapes]
    marks = [_MARKS[each.mark](each) for each in chart.series]
    traces = [*areas, *marks, *legend_steps(chart, colours), *hatched]
    return Drawing(traces=traces, layout=_map_layout(chart))


def targets(chart: Chart) -> Item:
    """Return unseen points all over the areas, each with the code of its area, to be clicked.

    Plotly selects points only: a filled outline alone takes no click.
    """
    points = [(shape, *point) for shape in chart.shapes for point in spread(shape.rings, _APART)]
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [longitude for _, longitude, _ in points],
        "y": [latitude for _, _, latitude in points],
        "customdata": [[shape.code] for shape, _, _ in points],
        "hovertext": [safe(shape.words) for shape, _, _ in points],
        "hoverinfo": "text",
        "marker": {"size": _TARGET, "opacity": 0},
        "showlegend": False,
    }


def site_map(chart: Chart) -> Drawing:
    """Return places with their number of services over the named outlines of districts."""
    areas = [{**_area(chart, shape, ()), "hoverinfo": "skip"} for shape in chart.shapes]
    # Lines to the names lie under the marks; an annotation's arrow would cross them.
    leaders = [_leader(shape) for shape in chart.shapes if shape.label_at]
    plates = [{**_plate(shape), **_beside(shape)} for shape in chart.shapes]
    layout = {**_map_layout(chart), "annotations": plates}
    return Drawing(traces=[*areas, *leaders, *map(_marks, chart.series)], layout=layout)


def _map_layout(chart: Chart) -> Item:
    latitude = float(np.mean(every_point(shape.rings for shape in chart.shapes), axis=0)[1])
    hidden = {"visible": False, "fixedrange": True, "automargin": False}
    upright = {"scaleanchor": "x", "scaleratio": 1 / math.cos(math.radians(latitude))}
    return {
        "height": 560,
        "margin": {"l": 4, "r": 4, "t": 4, "b": 90},
        "xaxis": {**hidden, "constrain": "domain"},
        "yaxis": {**hidden, **upright, "constrain": "domain"},
        "annotations": [_plate(shape) for shape in chart.shapes],
        "showlegend": True,
        "legend": legend_below(traceorder="normal", yref="container", y=0, yanchor="bottom"),
    }


def _leader(shape: Shape) -> Item:
    ends = np.array([inner_point(shape.rings), shape.label_at])
    line = {"color": theme.AXIS, "width": 1}
    looks = {"mode": "lines", "line": line, "hoverinfo": "skip", "showlegend": False}
    return {"type": "scatter", "x": ends[:, 0], "y": ends[:, 1], **looks}


def _beside(shape: Shape) -> Item:
    longitude, latitude = shape.label_at or inner_point(shape.rings)
    return {"x": longitude, "y": latitude, "showarrow": False}


def _points(series: Series) -> Item:
    """Return small points; their labels are read by who hovers over them."""
    symbol, size = _SYMBOLS.get(series.tone, ("circle", 11))
    line = {"color": theme.PAGE, "width": 1.5}
    marker = {
        "symbol": symbol,
        "size": size,
        "color": theme.TONES[series.tone],
    }
    return {
        "type": "scatter",
        "mode": "markers",
        "x": np.array(series.x, dtype=np.float64),
        "y": numbers(series.y),
        "name": safe(series.name),
        "hovertext": [broken(label, 60) for label in series.labels],
        "hoverinfo": "text",
        "marker": {**marker, "line": line},
        "showlegend": True,
    }


def _place_names(series: Series) -> Item:
    return {
        "type": "scatter",
        "mode": "text",
        "x": np.array(series.x, dtype=np.float64),
        "y": numbers(series.y),
        "text": texts(series.labels),
        "textposition": "bottom center",
        "textfont": {"size": 11, "color": theme.TEXT, "shadow": _HALO},
        "hoverinfo": "skip",
        "showlegend": False,
    }


def _marks(series: Series) -> Item:
    """Return marks with the number that each label ends with: round, of another series square."""
    counts = [label.rpartition(": ")[2] for label in series.labels]
    return {
        "type": "scatter",
        "mode": "markers+text",
        "x": np.array(series.x, dtype=np.float64),
        "y": numbers(series.y),
        "name": safe(series.name),
        "text": texts(counts),
        "textfont": {"size": 12, "color": theme.PAGE},
        "hovertext": [broken(label, 60) for label in series.labels],
        "hoverinfo": "text",
        "marker": {
            "symbol": "circle" if series.tone == "main" else "square",
            "size": 24,
            "color": theme.TONES[series.tone],
            "line": {"color": theme.PAGE, "width": 1.5},
        },
        "showlegend": True,
    }


_MARKS: Final = {"point": _points, "count": _marks, "name": _place_names}


def _area(chart: Chart, shape: Shape, colours: Sequence[str]) -> Item:
    step = scales.step_of(chart.scale, shape.value)
    ways = _ways(shape)
    fill = theme.NO_VALUE if step is None else colours[step]
    pattern = {"shape": _PATTERNS[shape.pattern], "fgcolor": _hatch_on(fill), "bgcolor": fill}
    return {
        "type": "scatter",
        "mode": "lines",
        "fill": "toself",
        "x": ways[:, 0],
        "y": ways[:, 1],
        "fillcolor": fill,
        **({"fillpattern": {**pattern, "size": 8, "solidity": 0.25}} if shape.pattern else {}),
        "line": {"color": theme.PAGE if step else theme.AXIS, "width": 1.5},
        "name": safe(shape.label),
        "text": safe(shape.words),
        "hoveron": "fills",
        "hoverinfo": "text",
        "showlegend": False,
    }


def _ways(shape: Shape) -> NDArray[np.float64]:
    """Return the points of all rings, with a gap before each but the first.

    Plotly fills them as one shape: a hole turns the other way, and so stays empty.
    """
    gap = np.full((1, 2), np.nan)
    parts = [part for ring in shape.rings for part in (gap, np.array(ring))]
    return np.concatenate(parts[1:])


def _hatch_on(fill: str) -> str:
    return max((theme.TONES["context"], theme.PAGE), key=lambda ink: theme.contrast(ink, fill))


def _hatched_key(chart: Chart) -> Item:
    return {
        "type": "bar",
        "x": [None],
        "y": [None],
        "name": f"hatched: {safe(chart.hatched)}",
        "marker": {"color": theme.PAGE, "pattern": {"shape": "/", "fgcolor": theme.TEXT}},
        "showlegend": True,
    }


def _plate(shape: Shape) -> Item:
    longitude, latitude = inner_point(shape.rings)
    value = shape.words.rpartition(": ")[2].partition(" ")[0]
    plate: Item = {
        "text": f"<b>{broken(shape.label, 12)}</b>" + (f"<br>{safe(value)}" if value else ""),
        "x": longitude,
        "y": latitude,
        "showarrow": False,
        "bgcolor": theme.PLATE,
        "borderpad": 2,
        "font": {"size": 11, "color": theme.TEXT},
    }
    if shape.label_at is None:
        return plate
    led = {"showarrow": True, "axref": "x", "ayref": "y", "arrowhead": 6, "arrowsize": 0.8}
    ink = {"arrowwidth": 1, "arrowcolor": theme.TEXT}
    return {**plate, **led, **ink, "ax": shape.label_at[0], "ay": shape.label_at[1]}
