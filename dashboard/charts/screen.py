"""Draws a chart for the screen: Plotly figures, and a pydeck map for hexagons.

Pass `theme=None` and `config=CONFIG` to `st.plotly_chart`: the look is set here.
"""

import json
from collections.abc import Callable, Mapping
from functools import cached_property
from types import MappingProxyType
from typing import Any, Final

import plotly.graph_objects as go
import plotly.io
import pydeck

from dashboard.charts import (
    screen_comparisons,
    screen_dots,
    screen_hexagons,
    screen_maps,
    screen_matrix,
    screen_ranges,
    screen_trends,
    theme,
)
from dashboard.charts.chart import Chart, Form
from dashboard.charts.screen_parts import TEMPLATE, Drawing, broken

CONFIG: Final[Mapping[str, Any]] = MappingProxyType(
    {"displayModeBar": False, "responsive": True, "scrollZoom": False, "doubleClick": False}
)
"""Plotly's own settings: no mode bar, so that every download leaves through the server."""

_DRAWERS: Final = MappingProxyType[Form, Callable[[Chart], Drawing]](
    {
        "line": screen_trends.line,
        "multiples": screen_trends.multiples,
        "bar": screen_comparisons.bars,
        "stacked_bar": screen_comparisons.stacked_bars,
        "dots": screen_dots.dots,
        "range_bar": screen_ranges.range_bars,
        "matrix": screen_matrix.matrix,
        "funnel": screen_comparisons.funnel,
        "area_map": screen_maps.area_map,
        "site_map": screen_maps.site_map,
    }
)


def figure(chart: Chart, *, can_pick: bool = False) -> go.Figure:
    """Return the chart as a Plotly figure, without its headline, which the page writes.

    With `can_pick` a click anywhere in an area of a map selects a point that holds its code.

    Raises KeyError for a hexagon map, which `deck` draws, and for several `panels`.
    """
    drawing = _DRAWERS[chart.form](chart) if chart.series or chart.shapes else _nothing(chart)
    if can_pick and chart.shapes:
        drawing.traces.insert(len(chart.shapes), screen_maps.targets(chart))
    return _Drawn(drawing.traces, {"template": TEMPLATE, **drawing.layout})


def panels(chart: Chart) -> tuple[Chart, ...]:
    """Return each panel of ranges as a chart of its own, for a page to lay out by its width."""
    return screen_ranges.panels(chart)


def deck(chart: Chart) -> pydeck.Deck:
    """Return a hexagon map as a pydeck deck that asks no outside server for anything."""
    return screen_hexagons.hexagon_deck(chart)


def legend(chart: Chart) -> tuple[tuple[str, str], ...]:
    """Return what a page writes beside a deck: the colour and words of each step and each layer."""
    colours = theme.steps(len(chart.scale)) if chart.scale else ()
    steps = ((colour, step.words) for colour, step in zip(colours, chart.scale, strict=True))
    layers = (each for each in chart.series[1:] if each.mark != "name")
    return (*steps, *((theme.TONES[each.tone], each.name) for each in layers))


class _Drawn(go.Figure):  # type: ignore[misc]
    """A figure that nobody changes any more, and so is put into plain words only once.

    A page sends its figures at every rerun. Nothing of it is left that would have to be looked
    through each time, such as arrays and times: what is sent is text, numbers and lists already.
    """

    def to_dict(self) -> dict[str, Any]:
        """Return the figure as it is sent. It is shared: never change it."""
        return self._plain

    @cached_property
    def _plain(self) -> dict[str, Any]:
        plain: dict[str, Any] = json.loads(plotly.io.to_json(super().to_dict(), validate=False))
        return plain


def _nothing(chart: Chart) -> Drawing:
    words = chart.notes[0] if chart.notes else "There is nothing to draw for this choice."
    note = {"text": broken(words, 42), "x": 0.5, "y": 0.5, "xref": "paper", "yref": "paper"}
    hidden = {"visible": False}
    return Drawing(
        traces=[],
        layout={
            "annotations": [{**note, "showarrow": False}],
            "xaxis": hidden,
            "yaxis": hidden,
            "height": 120,
        },
    )
