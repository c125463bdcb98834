"""A quiet line of recent months, as an image; the words beside it carry the meaning."""

from collections.abc import Sequence
from typing import Final
from urllib.parse import quote

_WIDTH: Final = 160
_HEIGHT: Final = 28
_EDGE: Final = 4


def sparkline(values: Sequence[float | None]) -> str:
    """Return an SVG image as a data address; months without a value leave a gap."""
    places = _places(values)
    lines = "".join(_line(run) for run in _runs(places))
    last = "".join(_dot(place) for place in [each for each in places if each][-1:])
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" '
        f'width="{_WIDTH}" height="{_HEIGHT}" fill="none" stroke-width="1.5">'
        f"{lines}{last}</svg>"
    )
    return f"data:image/svg+xml,{quote(svg)}"


def _places(values: Sequence[float | None]) -> list[tuple[float, float] | None]:
    known = [value for value in values if value is not None]
    low, high = min(known, default=0), max(known, default=0)
    span = (high - low) or 1
    step = (_WIDTH - 2 * _EDGE) / max(len(values) - 1, 1)
    return [
        None
        if value is None
        else (
            round(_EDGE + step * index, 1),
            round(_HEIGHT - _EDGE - (_HEIGHT - 2 * _EDGE) * (value - low) / span, 1),
        )
        for index, value in enumerate(values)
    ]


def _runs(places: list[tuple[float, float] | None]) -> list[list[tuple[float, float]]]:
    runs: list[list[tuple[float, float]]] = [[]]
    for place in places:
        if place is None:
            runs.append([])
        else:
            runs[-1].append(place)
    return [run for run in runs if len(run) > 1]


def _dot(place: tuple[float, float]) -> str:
    return f'<circle cx="{place[0]}" cy="{place[1]}" r="3" fill="#12436D"/>'


def _line(run: list[tuple[float, float]]) -> str:
    points = " ".join(f"{x},{y}" for x, y in run)
    return f'<polyline points="{points}" stroke="#5B6874"/>'
