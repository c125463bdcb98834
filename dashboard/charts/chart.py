"""What a chart is: a small specification that two renderers draw, on screen and on paper."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

Tone = Literal["main", "second", "third", "fourth", "context", "concern", "improving"]
Form = Literal[
    "line",
    "bar",
    "stacked_bar",
    "dots",
    "range_bar",
    "range_panels",
    "matrix",
    "level_matrix",
    "funnel",
    "multiples",
    "area_map",
    "hex_map",
    "site_map",
]
Cell = str | int | float | date | None
Axis = Literal["category", "month", "number"]


@dataclass(frozen=True)
class Series:
    """One drawn series: x and y of equal length, None in y for a gap.

    `lower` and `upper` are limits of each y, empty when there are none. `labels` name the points
    for a reader who hovers or prints. `tones` colours points one by one, empty for one tone. `mark`
    says how a map shows its points: each as a point, with the number its label ends with, or as its
    name alone.
    """

    name: str
    x: tuple[Cell, ...]
    y: tuple[float | None, ...]
    tone: Tone = "main"
    lower: tuple[float | None, ...] = ()
    upper: tuple[float | None, ...] = ()
    labels: tuple[str, ...] = ()
    tones: tuple[Tone, ...] = ()
    panel: str = ""
    mark: Literal["point", "count", "name"] = "point"


@dataclass(frozen=True)
class Band:
    """An expected range drawn behind the series: x, lower and upper of equal length."""

    name: str
    x: tuple[Cell, ...]
    lower: tuple[float, ...]
    upper: tuple[float, ...]
    panel: str = ""


@dataclass(frozen=True)
class Level:
    """A straight line at one value, with its label: an average, dashed, or a target, dotted too."""

    label: str
    value: float
    panel: str = ""
    is_target: bool = False


@dataclass(frozen=True)
class Shape:
    """One filled area of a map: its outline (rings of longitude, latitude), value and words.

    `pattern` is drawn over the fill, so that meaning never rests on colour alone. `label_at` is
    where the label's plate stands, joined to the area by a line; empty puts it on the area.
    """

    code: str
    label: str
    rings: tuple[tuple[tuple[float, float], ...], ...]
    value: float | None
    words: str
    pattern: Literal["", "hatched", "dotted"] = ""
    label_at: tuple[float, float] | None = None


@dataclass(frozen=True)
class Step:
    """One step of a shaded scale: the smallest value in it and its words for the legend."""

    from_value: float
    words: str


@dataclass(frozen=True)
class Table:
    """The table that says what the chart says: headings, rows, and how to show each column.

    `formats` holds one Python format string a column, such as '{:,.0f}', '{:%B %Y}' for a month
    or '' for text. A text in a column of numbers is a marker, such as '[x]', and stays text.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    formats: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Chart:
    """One figure with its words, ready to draw.

    `headline` states the finding; `subtitle` says measure, place and period; `alt` carries the
    main numbers for those who cannot see it; `table` says the same as the drawing. `scale` is
    the shaded scale of maps and matrices, lowest step first; `hatched` says what hatching on a map
    means; `x_axis` says what x holds. With `is_log` equal distances are equal ratios.
    """

    key: str
    form: Form
    headline: str
    subtitle: str
    alt: str
    table: Table
    source: str
    caveat: str
    version: str
    is_invented: bool
    period: str
    definition: str
    series: tuple[Series, ...] = ()
    bands: tuple[Band, ...] = ()
    levels: tuple[Level, ...] = ()
    shapes: tuple[Shape, ...] = ()
    x_title: str = ""
    y_title: str = ""
    from_zero: bool = True
    horizontal: bool = False
    x_axis: Axis = "category"
    is_log: bool = False
    scale: tuple[Step, ...] = ()
    hatched: str = "no clear difference from the average"
    notes: tuple[str, ...] = ()
