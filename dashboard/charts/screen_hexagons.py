"""Maps of hexagons on the screen, in pydeck: no tiles, nothing asked of another server."""

import json
import math
from collections.abc import Sequence
from functools import cached_property
from typing import Final

import numpy as np
import pydeck

from dashboard.charts import scales, theme
from dashboard.charts.chart import Chart, Series, Shape
from dashboard.charts.geography import Point, centre, every_point, inner_point
from dashboard.charts.screen_parts import Item

_NARROWEST: Final = 320
"""Pixels of a map on a phone. What fits there fits everywhere; the server knows no width."""

_TILE: Final = 512
_FONTS: Final = '"Source Sans, Arial, sans-serif"'


def hexagon_deck(chart: Chart) -> pydeck.Deck:
    """Return hexagons with district outlines and names over them.

    Layer names and row order are fixed, so that a repeat sends only what changed.
    """
    longitude, latitude = centre(every_point(shape.rings for shape in chart.shapes))
    zoom = _zoom(*_ends(chart.shapes))
    view = pydeck.ViewState(longitude=longitude, latitude=latitude, zoom=zoom, min_zoom=6)
    return _Drawn(
        layers=[
            _hexagons(chart),
            _outlines(chart.shapes),
            _leaders(chart.shapes),
            _names(chart.shapes),
            *(_LAYERS[each.mark](each, place) for place, each in enumerate(chart.series[1:])),
        ],
        map_provider=None,
        initial_view_state=view,
        tooltip={"text": "{n}"},
    )


class _Drawn(pydeck.Deck):  # type: ignore[misc]
    """A map that nobody changes any more, and so is put into words only once, without blanks.

    A page sends its maps at every rerun, and two thirds of each was indentation.
    """

    def to_json(self) -> str:
        """Return the map as it is sent."""
        return self._plain

    @cached_property
    def _plain(self) -> str:
        return json.dumps(json.loads(super().to_json()), separators=(",", ":"))


def _zoom(west: float, east: float) -> float:
    """Return the zoom at which the districts are as wide as the map on a phone."""
    return round(math.log2(_NARROWEST * 360 / (_TILE * max(east - west, 0.1))), 2)


def _hexagons(chart: Chart) -> pydeck.Layer:
    series = chart.series[0]
    colours = [list(theme.rgb(colour)) for colour in theme.steps(len(chart.scale))]
    rows = [
        {"hex": cell, "n": value, "color": colours[scales.step_of(chart.scale, value) or 0]}
        for cell, value in zip(series.x, series.y, strict=True)
    ]
    return pydeck.Layer(
        "H3HexagonLayer",
        rows,
        id="hexagons",
        get_hexagon="hex",
        get_fill_color="color",
        stroked=False,
        extruded=False,
        opacity=0.85,
        pickable=True,
    )


def _outlines(shapes: Sequence[Shape]) -> pydeck.Layer:
    rings = [ring for shape in shapes for ring in shape.rings]
    rows = [{"path": [list(point) for point in ring]} for ring in rings]
    return pydeck.Layer(
        "PathLayer",
        rows,
        id="districts",
        get_path="path",
        get_color=list(theme.rgb(theme.QUIET_TEXT)),
        width_min_pixels=1.2,
    )


def _leaders(shapes: Sequence[Shape]) -> pydeck.Layer:
    west, east = _ends(shapes)
    rows = [
        {"from": list(inner_point(shape.rings)), "to": _within(shape.label_at, west, east)["at"]}
        for shape in shapes
        if shape.label_at
    ]
    return pydeck.Layer(
        "LineLayer",
        rows,
        id="leaders",
        get_source_position="from",
        get_target_position="to",
        get_color=list(theme.rgb(theme.TEXT)),
        get_width=1,
    )


def _names(shapes: Sequence[Shape]) -> pydeck.Layer:
    """Return the districts' names, none of which reaches beyond the districts themselves."""
    west, east = _ends(shapes)
    rows = [
        {"name": shape.label, **_within(shape.label_at or inner_point(shape.rings), west, east)}
        for shape in shapes
    ]
    return pydeck.Layer(
        "TextLayer",
        rows,
        id="names",
        get_text="name",
        get_position="at",
        get_text_anchor="anchor",
        get_size=12,
        get_color=list(theme.rgb(theme.TEXT)),
        font_family=_FONTS,
        background=True,
        get_background_color=[255, 255, 255, 215],
        background_padding=[3, 1],
    )


def _ends(shapes: Sequence[Shape]) -> tuple[float, float]:
    """Return the longitudes at which the districts begin and end."""
    across = np.array(every_point(shape.rings for shape in shapes))[:, 0]
    return float(across.min()), float(across.max())


def _within(at: Point, west: float, east: float) -> Item:
    """Return where a name stands: beside an edge it is written from there inwards."""
    longitude, latitude = min(max(at[0], west), east), at[1]
    beside = (east - west) / 5
    anchor = "start" if longitude < west + beside else "middle"
    return {
        "at": [longitude, latitude],
        "anchor": "end" if longitude > east - beside else anchor,
    }


def _points(series: Series, place: int) -> pydeck.Layer:
    rows = [
        {"at": [x, y], "n": label}
        for x, y, label in zip(series.x, series.y, series.labels, strict=True)
    ]
    return pydeck.Layer(
        "ScatterplotLayer",
        rows,
        id=f"points_{place}",
        get_position="at",
        get_radius=8 if series.tone == "second" else 5,
        radius_units='"pixels"',
        get_fill_color=list(theme.rgb(theme.TONES[series.tone])),
        get_line_color=[255, 255, 255],
        stroked=True,
        line_width_min_pixels=1.5,
        pickable=True,
    )


def _place_names(series: Series, place: int) -> pydeck.Layer:
    rows = [
        {"name": label, "at": [x, y]}
        for x, y, label in zip(series.x, series.y, series.labels, strict=True)
    ]
    return pydeck.Layer(
        "TextLayer",
        rows,
        id=f"places_{place}",
        get_text="name",
        get_position="at",
        get_pixel_offset=[0, 12],
        get_size=10,
        get_color=list(theme.rgb(theme.TEXT)),
        font_family=_FONTS,
        background=True,
        get_background_color=[255, 255, 255, 170],
        background_padding=[2, 0],
    )


_LAYERS: Final = {"point": _points, "count": _points, "name": _place_names}
