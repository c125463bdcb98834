"""Parts that the charts on paper share: the page around a plot, its words, and axes."""

import math
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import matplotlib as mpl
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch, Rectangle
from numpy.typing import NDArray

from dashboard.charts import theme
from dashboard.charts.chart import Chart, Tone
from schemas.codes import SAMPLE_NOTICE

# Names inside an SVG file are drawn from this word, so that a chart gives the same bytes twice.
mpl.rcParams["svg.hashsalt"] = "west-mercia-victims-insight"

WIDTH: Final = 6.7
"""Inches: 17 cm, the text width of an A4 page."""

LARGE, NORMAL, SMALL = 12.0, 8.5, 7.0
_MARGIN: Final = 0.12
MARKERS: Final[dict[Tone, str]] = {
    "main": "o",
    "second": "s",
    "third": "X",
    "context": "o",
    "concern": "D",
    "improving": "s",
}
_PLOT_HEIGHTS: Final = {
    "line": 3.1,
    "multiples": 4.8,
    "funnel": 4.2,
    "area_map": 5.9,
    "hex_map": 5.9,
    "site_map": 5.9,
}


@dataclass(frozen=True)
class Words:
    """One block of text on the page: its lines, size in points, weight and colours."""

    lines: tuple[str, ...]
    size: float
    weight: str = "normal"
    colour: str = theme.TEXT
    tint: str = ""

    @property
    def height(self) -> float:
        """Height in inches, with the space after the block."""
        return len(self.lines) * self.size * 1.3 / 72 + 0.06 if self.lines else 0.0


@dataclass(frozen=True)
class Frame:
    """The page: its size in inches, the words above and below the plot, the plot's box."""

    width: float
    height: float
    above: tuple[Words, ...]
    below: tuple[Words, ...]
    plot_box: tuple[float, float, float, float]


def frame_for(chart: Chart, *, is_bare: bool = False) -> Frame:
    """Return the page for a chart, tall enough for its words; a bare one has none."""
    above, below = ((), ()) if is_bare else (_above(chart), _below(chart))
    top = sum(block.height for block in above) + _MARGIN
    bottom = sum(block.height for block in below) + _MARGIN
    plot = _plot_height(chart)
    height = top + plot + bottom
    box = (_MARGIN / WIDTH, bottom / height, 1 - 2 * _MARGIN / WIDTH, plot / height)
    return Frame(WIDTH, height, above, below, box)


def write_words(figure: Figure, frame: Frame) -> None:
    """Write the words above and below the plot."""
    below = sum(block.height for block in frame.below) + _MARGIN
    for start, blocks in ((frame.height - _MARGIN, frame.above), (below, frame.below)):
        at = start
        for block in blocks:
            _write(figure, frame, block, at)
            at -= block.height


def inset(axes: Axes, *, left: float, right: float, top: float, bottom: float) -> None:
    """Leave room in inches around the plot for its labels."""
    figure = axes.get_figure(root=True)
    assert figure is not None  # noqa: S101  (for the type checker: axes are always on a figure)
    wide, high = figure.get_size_inches()
    box = axes.get_position()
    axes.set_position(
        (
            box.x0 + left / wide,
            box.y0 + bottom / high,
            box.width - (left + right) / wide,
            box.height - (top + bottom) / high,
        )
    )


def plain(axes: Axes, *, grid: str = "y") -> None:
    """Give axes the house look: no box, pale grid, readable figures."""
    for side, spine in axes.spines.items():
        spine.set_visible(side == "bottom")
        spine.set_color(theme.AXIS)
    axes.tick_params(labelsize=SMALL + 0.5, colors=theme.QUIET_TEXT, length=2, pad=2)
    axes.set_axisbelow(True)
    if grid:
        axes.grid(visible=True, axis="both" if grid == "both" else _side(grid), color=theme.GRID)


def thousands(value: float, _place: int | None = None) -> str:
    """Return an axis figure with thousands commas and no needless decimals."""
    return f"{value:,.0f}" if abs(value - round(value)) < 1e-9 else f"{value:,.1f}"


def text(axes: Axes, x: float, y: float, words: str, **looks: Any) -> None:
    """Write words at a point. Dollar signs are dollar signs, never formulas."""
    axes.text(x, y, words, **{"parse_math": False, "fontsize": SMALL + 0.5, **looks})


def named_ticks(
    axes: Axes, names: Sequence[object], *, along: str, width: int, size: float = SMALL + 0.5
) -> None:
    """Write names at 0, 1, 2 … along one axis, in lines of about `width` characters."""
    axis = axes.yaxis if along == "y" else axes.xaxis
    axis.set_ticks(range(len(names)))
    labels = [wrapped(str(name), width) for name in names]
    axis.set_ticklabels(labels, fontsize=size, color=theme.TEXT, parse_math=False)
    axes.tick_params(axis=_side(along), length=0)


def legend(axes: Axes, patches: Sequence[Patch | Line2D], *, columns: int, below: float) -> None:
    """Write a key of patches under the plot, `below` inches under its edge."""
    figure = axes.get_figure(root=True)
    assert figure is not None  # noqa: S101  (for the type checker: axes are always on a figure)
    high = axes.get_position().height * figure.get_size_inches()[1]
    made = axes.legend(
        handles=list(patches),
        loc="upper left",
        bbox_to_anchor=(0, -below / high),
        ncols=columns,
        frameon=False,
        fontsize=SMALL + 0.5,
        handlelength=1.3,
        columnspacing=1.2,
        borderaxespad=0,
    )
    for words in made.get_texts():
        words.set_parse_math(False)


def wrapped(words: str, width: int) -> str:
    """Return words broken into lines of about `width` characters."""
    return "\n".join(textwrap.wrap(words, width, break_long_words=False)) or words


def month_numbers(days: Sequence[object]) -> NDArray[np.float64]:
    """Return months written as 'YYYY-MM-DD' as numbers that keep their distances."""
    return np.array([float(date.fromisoformat(str(day)).toordinal()) for day in days])


def month_ticks(axes: Axes, days: Sequence[object], form: str) -> None:
    """Write these months, 'YYYY-MM-DD', along the lower axis in a strftime form."""
    axes.set_xticks(month_numbers(days))
    axes.set_xticklabels([f"{date.fromisoformat(str(day)):{form}}" for day in days])


def values(items: Sequence[float | None]) -> NDArray[np.float64]:
    """Return values as an array with not-a-number for gaps."""
    return np.array([math.nan if item is None else item for item in items])


def _side(name: str) -> Any:
    return name


def _plot_height(chart: Chart) -> float:
    if chart.form in _PLOT_HEIGHTS:
        return _PLOT_HEIGHTS[chart.form]
    if chart.form in ("matrix", "level_matrix"):
        return 1.0 + 0.27 * len(chart.series)
    rows = len(chart.series[0].x) if chart.series else 2
    if chart.form == "range_panels":
        return 2 * (0.75 + 0.25 * rows)
    return 0.95 + 0.27 * rows


def _above(chart: Chart) -> tuple[Words, ...]:
    notice = (SAMPLE_NOTICE,) if chart.is_invented else ()
    tint, ink = theme.SAMPLE_TINT
    return (
        Words(notice, NORMAL, "bold", ink, tint),
        Words(_lines(chart.headline, LARGE, bold=True), LARGE, "bold"),
        Words(_lines(chart.subtitle, NORMAL), NORMAL, colour=theme.QUIET_TEXT),
    )


def _below(chart: Chart) -> tuple[Words, ...]:
    ends = (
        *chart.notes,
        chart.caveat,
        f"Period: {chart.period}. Source: {chart.source}. Version {chart.version}.",
    )
    lines = tuple(line for end in ends if end for line in _lines(end, SMALL))
    return (Words(lines, SMALL, colour=theme.QUIET_TEXT),)


def _lines(words: str, size: float, *, bold: bool = False) -> tuple[str, ...]:
    """Break words to the page's width; a letter of this font is about 0.56 of its size wide."""
    letter = size / 72 * (0.63 if bold else 0.56)
    return tuple(textwrap.wrap(words, int((WIDTH - 2 * _MARGIN) / letter)))


def _write(figure: Figure, frame: Frame, block: Words, at: float) -> None:
    if not block.lines:
        return
    if block.tint:
        low = (at - block.height + 0.05) / frame.height
        size = (1.0, (block.height - 0.01) / frame.height)
        figure.add_artist(
            Rectangle((0, low), *size, transform=figure.transFigure, color=block.tint, zorder=0)
        )
    figure.text(
        _MARGIN / frame.width,
        at / frame.height,
        "\n".join(block.lines),
        fontsize=block.size,
        fontweight=block.weight,
        color=block.colour,
        family=list(theme.PAPER_FONTS),
        verticalalignment="top",
        linespacing=1.25,
        parse_math=False,
    )
