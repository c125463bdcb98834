"""Parts that the screen's charts share: the template, safe text, marks and keys."""

import html
import textwrap
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray

from dashboard.charts import theme
from dashboard.charts.chart import Band, Cell, Chart, Level, Series, Tone

Item = dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class Drawing:
    """What a Plotly figure is made of: its traces and its layout, as plain dictionaries."""

    traces: list[Item]
    layout: Item


_AXIS: Final[Item] = {
    "fixedrange": True,
    "gridcolor": theme.GRID,
    "linecolor": theme.AXIS,
    "tickcolor": theme.AXIS,
    "tickfont": {"size": 12, "color": theme.QUIET_TEXT},
    "title": {"font": {"size": 12, "color": theme.QUIET_TEXT}, "standoff": 6},
    "zeroline": False,
    "automargin": True,
}
TEMPLATE: Final = go.layout.Template(
    layout={
        "font": {"family": theme.FONTS, "size": 13, "color": theme.TEXT},
        "paper_bgcolor": theme.PAGE,
        "plot_bgcolor": theme.PAGE,
        "margin": {"l": 8, "r": 12, "t": 12, "b": 8},
        "xaxis": _AXIS,
        "yaxis": _AXIS,
        "separators": ".,",
        "dragmode": False,
        "showlegend": False,
        "hoverlabel": {
            "bgcolor": theme.PAGE,
            "bordercolor": theme.AXIS,
            "font": {"color": theme.TEXT, "family": theme.FONTS},
            "align": "left",
        },
    }
)
"""The look that all figures share, built once."""

DASHES: Final[dict[Tone, str]] = {"main": "solid", "second": "dash", "third": "dot"}
SYMBOLS: Final[dict[Tone, str]] = {
    "main": "circle",
    "second": "square-open",
    "third": "cross",
    "context": "circle-open",
    "concern": "diamond",
    "improving": "square",
}
"""Shapes that point neither up nor down, so that a shape never contradicts its words."""

_AVERAGE: Final = {"color": theme.QUIET_TEXT, "width": 1.25, "dash": "dash"}
_TARGET: Final = {"color": theme.TEXT, "width": 1.75, "dash": "dashdot"}


def safe(text: object) -> str:
    """Return a text in which Plotly finds no mark-up."""
    return html.escape(str(text), quote=False)


def broken(text: object, width: int) -> str:
    """Return a safe text broken into lines of about `width` characters."""
    lines = textwrap.wrap(str(text), width, break_long_words=False, break_on_hyphens=False)
    return "<br>".join(safe(each) for each in lines)


def numbers(values: Iterable[float | None]) -> NDArray[np.float64]:
    """Return values as an array in which a gap is not-a-number, which Plotly leaves out."""
    return np.array([np.nan if value is None else value for value in values], dtype=np.float64)


def texts(values: Iterable[Cell]) -> NDArray[np.str_]:
    """Return values as an array of safe texts."""
    return np.array([safe(value) for value in values])


def tones(series: Series) -> Sequence[Tone]:
    """Return one tone a point."""
    return series.tones or (series.tone,) * len(series.x)


def limit_lines(series: Series, *, cap: int) -> Item:
    """Return the lines from each value to its limits, their ends `cap` pixels to either side."""
    values = numbers(series.y)
    return {
        "type": "data",
        "symmetric": False,
        "array": numbers(series.upper) - values,
        "arrayminus": values - numbers(series.lower),
        "color": theme.TEXT,
        "thickness": 1.25,
        "width": cap,
    }


def band_traces(band: Band, *, dash: str = "dot", axes: str = "") -> list[Item]:
    """Return the lower edge and the upper edge of a band, filled between; levels show through."""
    edge: Item = {
        "type": "scatter",
        "mode": "lines",
        "x": np.array(band.x),
        "line": {"color": theme.AXIS, "width": 1, "dash": dash},
        "hoverinfo": "skip",
        "xaxis": f"x{axes}",
        "yaxis": f"y{axes}",
    }
    fill = {"fill": "tonexty", "fillcolor": theme.BAND_OVER}
    return [{**edge, "y": np.array(band.lower)}, {**edge, "y": np.array(band.upper), **fill}]


def key_words(lines: Sequence[str]) -> Item:
    """Return an annotation above the plot that says what bands and levels are."""
    return {
        "text": "<br>".join(broken(line, 52) for line in lines),
        "xref": "paper",
        "yref": "paper",
        "x": 0,
        "y": 1,
        "xanchor": "left",
        "yanchor": "bottom",
        "align": "left",
        "yshift": 6,
        "showarrow": False,
        "font": {"size": 12, "color": theme.QUIET_TEXT},
    }


def key_height(lines: Sequence[str]) -> int:
    """Return the room in pixels that `key_words` takes above the plot."""
    return 14 + 17 * sum(1 + broken(line, 52).count("<br>") for line in lines)


def value_words(words: str, *, x: float, y: float, side: str = "left", gap: int = 6) -> Item:
    """Return a value in words, its `side` towards the place: to the right of it where "left".

    It stands on a plate, so that neither grid nor average runs through it.
    """
    return {
        "text": safe(words),
        "x": x,
        "y": y,
        "xanchor": side,
        "xshift": gap if side == "left" else -gap,
        "showarrow": False,
        "borderpad": 0,
        "bgcolor": theme.PLATE,
        "font": {"size": 12, "color": theme.TEXT},
    }


def level_line(level: Level, *, across: str, axes: str = "") -> Item:
    """Return the line of a level over the whole plot, `across` being 'x' or 'y'."""
    along = "y" if across == "x" else "x"
    return {
        "type": "line",
        f"{across}ref": f"{across}{axes} domain",
        f"{across}0": 0,
        f"{across}1": 1,
        f"{along}ref": f"{along}{axes}",
        f"{along}0": level.value,
        f"{along}1": level.value,
        "line": _TARGET if level.is_target else _AVERAGE,
        "layer": "below",
    }


def legend_steps(chart: Chart, colours: Sequence[str]) -> list[Item]:
    """Return one legend entry a step of a shaded scale, in words."""
    pairs = zip(chart.scale, colours, strict=True)
    return [_legend_square(step.words, colour) for step, colour in pairs]


def legend_below(**changes: object) -> Item:
    """Return a legend laid out in a row under the plot, its entries not clickable."""
    return {
        "orientation": "h",
        "x": 0,
        "xanchor": "left",
        "y": -0.02,
        "yanchor": "top",
        "itemclick": False,
        "itemdoubleclick": False,
        "font": {"size": 12},
        **changes,
    }


def _legend_square(words: str, colour: str) -> Item:
    border = {"color": theme.AXIS, "width": 1}
    return {
        "type": "scatter",
        "x": [None],
        "y": [None],
        "mode": "markers",
        "name": safe(words),
        "showlegend": True,
        "hoverinfo": "skip",
        "marker": {"symbol": "square", "size": 13, "color": colour, "line": border},
    }
