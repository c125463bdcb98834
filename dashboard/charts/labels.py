"""Where to put the names of points so that they do not cover one another."""

from collections.abc import Sequence
from typing import Final

from dashboard.charts.chart import Series

Box = tuple[float, float, float, float]
_CHARACTER: Final = 6.2
_LINE: Final = 14.0
_SIDES: Final = ("middle right", "middle left", "top center", "bottom center")


def positions(series: Series, names: Sequence[str], *, width: float, height: float) -> list[str]:
    """Return one Plotly text position a point, for a plot of about that size in pixels.

    Each name takes the side on which it covers least of the names and points before it, and
    stays inside the plot where it can.
    """
    points = _pixels(series, width, height)
    taken: list[Box] = [(x - 5, y - 5, x + 5, y + 5) for x, y in points]
    chosen: list[str] = []
    for (x, y), name in zip(points, names, strict=True):
        boxes = {side: _box(x, y, len(name) * _CHARACTER, side) for side in _SIDES}
        best = min(_SIDES, key=lambda side: _cost(boxes[side], taken, width))
        taken.append(boxes[best])
        chosen.append(best)
    return chosen


def _pixels(series: Series, width: float, height: float) -> list[tuple[float, float]]:
    across = [float(str(x)) for x in series.x]
    up = [0.0 if y is None else y for y in series.y]
    return list(zip(_spread(across, width), _spread(up, height), strict=True))


def _spread(values: Sequence[float], size: float) -> list[float]:
    low, high = min(values), max(values)
    return [(value - low) / ((high - low) or 1) * size for value in values]


def _box(x: float, y: float, wide: float, side: str) -> Box:
    left = {"middle right": x + 7, "middle left": x - 7 - wide}.get(side, x - wide / 2)
    low = {"top center": y + 6, "bottom center": y - 6 - _LINE}.get(side, y - _LINE / 2)
    return left, low, left + wide, low + _LINE


def _cost(box: Box, taken: Sequence[Box], width: float) -> float:
    outside = max(0.0, -box[0] - 20) + max(0.0, box[2] - width - 10)
    return sum(_shared(box, other) for other in taken) + outside * _LINE


def _shared(one: Box, other: Box) -> float:
    wide = min(one[2], other[2]) - max(one[0], other[0])
    high = min(one[3], other[3]) - max(one[1], other[1])
    return max(0.0, wide) * max(0.0, high)
