"""Draws a chart on paper, without a browser: PNG at print resolution, and SVG.

Only matplotlib's objects are used, never pyplot, so that many threads can draw at once.
"""

import io
from collections.abc import Callable
from functools import lru_cache
from types import MappingProxyType
from typing import Any, Final, Literal

import numpy as np
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure
from numpy.typing import NDArray
from PIL import Image

from dashboard.charts import (
    static_comparisons,
    static_dots,
    static_maps,
    static_ranges,
    static_trends,
)
from dashboard.charts.chart import Chart, Form
from dashboard.charts.static_parts import Frame, frame_for, write_words

DOTS_PER_INCH: Final = 300
_WHITE: Final = 255
"""The last of 256 colours."""
_ALL_WHITE: Final = 0xFFFFFFFF
"""A white point, read as one number."""

_DRAWERS: Final = MappingProxyType[Form, Callable[[Chart, Axes], None]](
    {
        "line": static_trends.line,
        "multiples": static_trends.multiples,
        "bar": static_comparisons.bars,
        "stacked_bar": static_comparisons.stacked_bars,
        "dots": static_dots.dots,
        "range_bar": static_ranges.range_bars,
        "range_panels": static_ranges.range_panels,
        "matrix": static_comparisons.matrix,
        "level_matrix": static_comparisons.matrix,
        "funnel": static_comparisons.funnel,
        "area_map": static_maps.area_map,
        "hex_map": static_maps.hexagon_map,
        "site_map": static_maps.site_map,
    }
)


def png(chart: Chart) -> bytes:
    """Return the chart with all its words as PNG, 17 cm wide at 300 dots an inch."""
    figure = _drawn(chart)
    FigureCanvasAgg(figure)
    return _saved(figure, "png")


@lru_cache(maxsize=100)
def bare_png(chart: Chart) -> bytes:
    """Return the drawing alone, as sharp, for a document that writes the words itself.

    In 256 colours, of which a drawing has far fewer: a third of the bytes, and quicker. It is kept
    for a while: Word, PowerPoint and the preview show the same, and a paper is made several times.
    """
    canvas: Any = FigureCanvasAgg(_drawn(chart, is_bare=True))
    canvas.draw()
    target = io.BytesIO()
    drawn = np.asarray(canvas.buffer_rgba())
    _in_few_colours(drawn).save(target, "png", dpi=(DOTS_PER_INCH, DOTS_PER_INCH))
    return target.getvalue()


def svg(chart: Chart) -> bytes:
    """Return the chart with all its words as SVG, letters as outlines; same chart, same bytes."""
    figure = _drawn(chart)
    FigureCanvasSVG(figure)
    return _saved(figure, "svg", Title=chart.headline, Description=chart.alt)


def _drawn(chart: Chart, *, is_bare: bool = False) -> Figure:
    frame: Frame = frame_for(chart, is_bare=is_bare)
    figure = Figure(figsize=(frame.width, frame.height), dpi=DOTS_PER_INCH, facecolor="white")
    write_words(figure, frame)
    axes = figure.add_axes(frame.plot_box)
    if chart.series or chart.shapes:
        _DRAWERS[chart.form](chart, axes)
    else:
        axes.set_axis_off()
    return figure


def _in_few_colours(drawn: NDArray[np.uint8]) -> Image.Image:
    """Return a drawing, four bytes a point, in 256 colours, white as the page around it is.

    White has a place of its own: merged with the pale land of a map, both would be off-white.
    """
    few = Image.fromarray(drawn).convert("RGB").quantize(_WHITE, method=Image.Quantize.FASTOCTREE)
    places = np.array(few)
    colours = np.full((_WHITE + 1, 3), 255, dtype=np.uint8)
    held = np.array(few.getpalette(), dtype=np.uint8).reshape(-1, 3)
    colours[: len(held)] = held
    is_white = drawn.view(np.uint32)[:, :, 0] == _ALL_WHITE
    corner = places[0, 0]
    shared = drawn[(places == corner) & ~is_white]
    if len(shared):
        colours[corner] = shared[:, :3].mean(axis=0).round()
    places[is_white] = _WHITE
    alone = Image.fromarray(places, mode="P")
    alone.putpalette(colours.flatten().tolist())
    return alone


def _saved(figure: Figure, file_format: Literal["png", "svg"], **metadata: str) -> bytes:
    target = io.BytesIO()
    dated = {"Date": None} if file_format == "svg" else {}
    figure.savefig(target, format=file_format, metadata={**metadata, **dated})
    return target.getvalue()
