"""Maps on paper: district outlines and hexagons, at their true shape."""

import math
from collections.abc import Sequence
from typing import Final

import h3
import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import PolyCollection
from matplotlib.lines import Line2D
from matplotlib.patches import Patch, PathPatch
from matplotlib.path import Path
from matplotlib.patheffects import withStroke

from dashboard.charts import scales, theme
from dashboard.charts.chart import Chart, Series, Shape
from dashboard.charts.geography import every_point, inner_point
from dashboard.charts.static_comparisons import scale_patches
from dashboard.charts.static_parts import SMALL, inset, legend, text, values, wrapped

_HATCHES: Final = {"hatched": "////", "dotted": "...", "": ""}
_PLATE: Final = {"facecolor": theme.PAGE, "alpha": 0.88, "edgecolor": "none", "pad": 1.5}


def area_map(chart: Chart, axes: Axes) -> None:
    """Draw filled outlines with names and values on pale plates."""
    _map_axes(chart, axes)
    colours = theme.steps(len(chart.scale)) if chart.scale else ()
    for shape in chart.shapes:
        step = scales.step_of(chart.scale, shape.value)
        fill = theme.NO_VALUE if step is None else colours[step]
        way = _way(shape)
        area = PathPatch(way, facecolor=fill, edgecolor=_edge(shape, fill))
        area.set_hatch(_HATCHES[shape.pattern])
        axes.add_patch(area)
        axes.add_patch(PathPatch(way, fill=False, edgecolor="white", linewidth=1.2))
    for shape in chart.shapes:
        _plate(axes, shape, shape.words.rpartition(": ")[2].partition(" ")[0])
    hatched = [Patch(facecolor="white", edgecolor=theme.TEXT, hatch="////")]
    hatched[0].set_label(f"hatched: {chart.hatched}")
    is_hatched = any(shape.pattern for shape in chart.shapes)
    marks = _layers(axes, chart.series)
    patches: list[Patch | Line2D] = [
        *scale_patches(chart),
        *(hatched if is_hatched else []),
        *marks,
    ]
    legend(axes, patches, columns=3, below=0.05)


def hexagon_map(chart: Chart, axes: Axes) -> None:
    """Draw hexagons with the district outlines and names over them."""
    _map_axes(chart, axes)
    colours = theme.steps(len(chart.scale))
    series = chart.series[0]
    cells = [_ring(str(cell)) for cell in series.x]
    fills = [colours[scales.step_of(chart.scale, value) or 0] for value in series.y]
    axes.add_collection(PolyCollection(cells, facecolors=fills, edgecolors="none"))
    for shape in chart.shapes:
        line = {"edgecolor": theme.QUIET_TEXT, "linewidth": 0.8}
        axes.add_patch(PathPatch(_way(shape), fill=False, **line))
    for shape in chart.shapes:
        _plate(axes, shape, "")
    marks = _layers(axes, chart.series[1:])
    legend(axes, [*scale_patches(chart), *marks], columns=3, below=0.05)


def site_map(chart: Chart, axes: Axes) -> None:
    """Draw places with their number of services over the named outlines of districts."""
    _map_axes(chart, axes)
    for shape in chart.shapes:
        looks = {"facecolor": theme.NO_VALUE, "edgecolor": theme.AXIS, "linewidth": 0.8}
        axes.add_patch(PathPatch(_way(shape), **looks))
        _plate(axes, shape, "")
    legend(axes, [_marks(axes, series) for series in chart.series], columns=3, below=0.05)


def _layers(axes: Axes, layers: Sequence[Series]) -> list[Line2D]:
    """Draw points, counted marks and names over a map; return those that the key explains."""
    drawn = []
    for series in layers:
        if series.mark == "name":
            _place_names(axes, series)
        else:
            drawn.append((_points if series.mark == "point" else _marks)(axes, series))
    return drawn


def _points(axes: Axes, series: Series) -> Line2D:
    marker, size = ("D", 8.0) if series.tone == "second" else ("o", 5.5)
    (points,) = axes.plot(
        np.array(series.x, dtype=np.float64),
        values(series.y),
        marker,
        label=series.name,
        color=theme.TONES[series.tone],
        markersize=size,
        markeredgecolor=theme.PAGE,
        zorder=6,
    )
    return points


def _place_names(axes: Axes, series: Series) -> None:
    halo = [withStroke(linewidth=1.6, foreground=theme.PAGE)]
    looks = {"ha": "center", "va": "top", "fontsize": SMALL - 1, "zorder": 4}
    for x, y, name in zip(series.x, series.y, series.labels, strict=True):
        text(axes, float(str(x)), (y or 0.0) - 0.02, name, path_effects=halo, **looks)


def _marks(axes: Axes, series: Series) -> Line2D:
    """Draw marks with the number that each label ends with: round, of another series square."""
    across = np.array(series.x, dtype=np.float64)
    (marks,) = axes.plot(
        across,
        values(series.y),
        "o" if series.tone == "main" else "s",
        label=series.name,
        color=theme.TONES[series.tone],
        markersize=12,
        markeredgecolor=theme.PAGE,
        zorder=6,
    )
    for x, y, label in zip(across, series.y, series.labels, strict=True):
        count = label.rpartition(": ")[2]
        inside = {"ha": "center", "va": "center", "color": theme.PAGE, "zorder": 7}
        text(axes, x, y or 0.0, count, **inside)
    return marks


def _map_axes(chart: Chart, axes: Axes) -> None:
    inset(axes, left=0, right=0, top=0.02, bottom=0.55)
    axes.set_axis_off()
    points = every_point(shape.rings for shape in chart.shapes)
    points += [shape.label_at for shape in chart.shapes if shape.label_at]
    west, south = np.min(points, axis=0)
    east, north = np.max(points, axis=0)
    axes.set_aspect(1 / math.cos(math.radians((south + north) / 2)), anchor="C")
    axes.set_xlim(west - 0.08, east + 0.12)
    axes.set_ylim(south - 0.01, north + 0.01)


def _edge(shape: Shape, fill: str) -> str:
    if not shape.pattern:
        return theme.PAGE
    return max((theme.TONES["context"], theme.PAGE), key=lambda ink: theme.contrast(ink, fill))


def _plate(axes: Axes, shape: Shape, value: str) -> None:
    longitude, latitude = inner_point(shape.rings)
    words = f"{wrapped(shape.label, 12)}\n{value}".strip()
    looks = {"ha": "center", "va": "center", "fontsize": SMALL, "zorder": 5, "bbox": _PLATE}
    if shape.label_at is None:
        text(axes, longitude, latitude, words, **looks)
        return
    x, y = shape.label_at
    axes.plot([longitude, x], [latitude, y], color=theme.TEXT, linewidth=0.7, zorder=4)
    axes.plot(longitude, latitude, "o", color=theme.TEXT, markersize=2.5, zorder=4)
    text(axes, x, y, words, **looks)


def _way(shape: Shape) -> Path:
    """Return all rings of an area as one path: a hole turns the other way, and so stays empty."""
    return Path.make_compound_path(*(Path(ring, closed=True) for ring in shape.rings))


def _ring(cell: str) -> Sequence[tuple[float, float]]:
    return [(longitude, latitude) for latitude, longitude in h3.cell_to_boundary(cell)]
