"""Which part of a table stands on which slide, and what of it does not fit on slides."""

from dataclasses import replace
from typing import Final

from dashboard.charts.chart import Chart
from dashboard.report.document_grid import Grid, grid
from dashboard.report.powerpoint_slide import row_heights

MOST_COLUMNS: Final = 9
_MOST_ROWS: Final = 36
_MOST_SLIDES: Final = 3
_FEW_COLUMNS: Final = 6
_LONGEST: Final = 90
_SHORTENED: Final = "Long texts are shortened."

Part = tuple[tuple[str, ...], ...]
"""The rows of one slide."""


def slides_of(chart: Chart, box: tuple[int, int]) -> tuple[Grid, list[Part], int]:
    """Return the table as slides hold it, its rows slide by slide, and the size of its texts.

    `box` is the width and the height that there is on a slide.
    """
    held = _shortened(_cut(chart, _MOST_ROWS))
    size = 12 if len(held.headings) <= _FEW_COLUMNS else 10
    parts = _parts(held, size=size, box=box)
    if len(parts) > _MOST_SLIDES:
        count = sum(map(len, parts[:_MOST_SLIDES]))
        held = _shortened(_cut(chart, count))
        parts = _parts(held, size=size, box=box)
    return held, parts, size


def _cut(chart: Chart, count: int) -> Grid:
    return grid(chart, most_columns=MOST_COLUMNS, most_rows=count, some_rows=count)


def _shortened(held: Grid) -> Grid:
    """Return the table with its longest texts cut: a slide is no place to read them."""
    rows = tuple(tuple(map(_short, row)) for row in held.rows)
    if rows == held.rows:
        return held
    return replace(held, rows=rows, left_out=f"{held.left_out} {_SHORTENED}".strip())


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else text[:_LONGEST].rsplit(" ", 1)[0] + " …"


def _parts(held: Grid, *, size: int, box: tuple[int, int]) -> list[Part]:
    """Return the rows slide by slide, as many as a box of that width and height holds."""
    heights = row_heights(held, box[0], size=size)
    parts: list[list[tuple[str, ...]]] = [[]]
    used = heights[0]
    for row, high in zip(held.rows, heights[1:], strict=True):
        if parts[-1] and used + high > box[1]:
            parts.append([])
            used = heights[0]
        parts[-1].append(row)
        used += high
    return [tuple(part) for part in parts]
