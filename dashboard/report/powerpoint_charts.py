"""Native charts, which can be edited in PowerPoint, for every form that it can draw honestly."""

from collections.abc import Callable, Sequence
from types import MappingProxyType
from typing import Any, Final

from pptx.enum.chart import XL_CHART_TYPE
from pptx.shapes.base import BaseShape
from pptx.util import Emu, Pt

from dashboard.charts.chart import Band, Chart, Form, Level, Series
from dashboard.charts.key import key_lines, range_lines
from dashboard.report.document_published import as_published
from dashboard.report.powerpoint_data import (
    Categories,
    Points,
    add_limits,
    as_dates,
    number_format,
)
from dashboard.report.powerpoint_looks import (
    SMALL,
    fill_bars,
    label_bars,
    label_shares,
    line_up_categories,
    look_as_dots,
    look_as_edge,
    look_as_level,
    look_as_line,
    look_as_names,
    look_plain,
    scale_values,
    show_months,
    starts_at_zero,
    turn_names,
)

Box = tuple[int, int, int, int]
"""Left, top, width and height on the slide."""

_MOST_DOTS: Final = 16
_ACROSS: Final = 3


def is_native(chart: Chart) -> bool:
    """True where PowerPoint can draw it; maps, matrices and long lists of dots are pictures."""
    if chart.form == "dots":
        return bool(chart.series) and len(chart.series[0].x) <= _MOST_DOTS
    return bool(chart.series) and chart.form in _DRAWERS


def draw(shapes: Any, chart: Chart, box: Box) -> BaseShape:
    """Add the chart to a slide's shapes and return what was added: one chart or one group."""
    return _DRAWERS[chart.form](shapes, as_published(chart), box)


def key_of(chart: Chart) -> str:
    """Return in words what a slide draws otherwise than the dashboard, and its marks."""
    if not (is_native(chart) or chart.scale):
        return ""
    if chart.form in ("line", "funnel"):
        held = [*(band.name for band in chart.bands), *(level.label for level in chart.levels)]
        marks = [line for line in key_lines(chart) if line not in held]
        starts = [] if starts_at_zero(chart) else ["The upright axis does not start at zero"]
        return "; ".join([*marks, *starts])
    if chart.form == "multiples":
        return "Dotted: usual range; dashed: own average; the upright axis does not start at zero"
    if chart.form in ("range_bar", "range_panels"):
        return "; ".join(["Bar: central value; line: low to high", *range_lines(chart)])
    if chart.scale and not chart.shapes:
        return f"Shades, palest first: {'; '.join(step.words for step in chart.scale)}"
    # Lines over bars are no part of a native chart; over dots they are.
    ends = [] if chart.form == "dots" else [_without_mark(level.label) for level in chart.levels]
    return "; ".join([*ends, *_marks(chart)])


def _marks(chart: Chart) -> list[str]:
    if chart.form != "dots" or len(chart.series) > 1:
        return []
    is_open = any("context" in series.tones for series in chart.series)
    return ["Triangle: no clear difference"] if is_open else []


def _line(shapes: Any, chart: Chart, box: Box) -> BaseShape:
    held = _lines(shapes, chart, chart.series, chart.bands, chart.levels, box)
    made = held.chart
    made.has_legend = True
    look_plain(made)
    scale_values(made, chart, title=chart.y_title)
    show_months(made, len(chart.series[0].x))
    return held


def _lines(
    shapes: Any,
    chart: Chart,
    series: Sequence[Series],
    bands: Sequence[Band],
    levels: Sequence[Level],
    box: Box,
    *,
    size: int = 6,
) -> Any:
    """Draw lines of months: gaps stay gaps, ends of a band dotted, levels dashed."""
    months = as_dates(series[0].x)
    data = Categories(number_format(chart, series[0].y))
    data.categories = months
    data.categories.number_format = "mmm yyyy"
    for each in series:
        data.add_series(each.name, each.y)
    for band in bands:
        name = _without_mark(band.name)
        data.add_series(f"{name}: lower end", band.lower)
        data.add_series(f"{name}: upper end", band.upper)
    for level in levels:
        data.add_series(level.label, (level.value,) * len(months))
    held = shapes.add_chart(XL_CHART_TYPE.LINE_MARKERS, *map(Emu, box), data)
    drawn = list(held.chart.plots[0].series)
    for each, line in zip(series, drawn, strict=False):
        look_as_line(line, each, size=size)
    edges = drawn[len(series) : len(series) + 2 * len(bands)]
    for edge in edges:
        look_as_edge(edge)
    for level, line in zip(levels, drawn[len(series) + len(edges) :], strict=True):
        look_as_level(line, is_target=level.is_target)
    return held


def _multiples(shapes: Any, chart: Chart, box: Box) -> BaseShape:
    """Draw small charts on one scale in a group, three across, each named with its reading."""
    group = shapes.add_group_shape()
    rows = -(-len(chart.series) // _ACROSS)
    low, high = _reach(chart)
    for series, place in zip(chart.series, _cells(box, _ACROSS, rows), strict=False):
        bands = [band for band in chart.bands if band.panel == series.panel]
        held = _lines(group.shapes, chart, (series,), bands, chart.levels, place, size=2)
        _name_panel(held, series.name)
        made = held.chart
        made.has_legend = False
        look_plain(made, size=SMALL)
        scale_values(made, chart, low=low, high=high)
        show_months(made, len(series.x), most=3)
    return group


def _bar(shapes: Any, chart: Chart, box: Box) -> BaseShape:
    held = _bars(shapes, chart, chart.series[0], box)
    look_plain(held.chart)
    scale_values(held.chart, chart, title=chart.x_title)
    label_bars(held.chart, chart.series[0])
    return held


def _bars(shapes: Any, chart: Chart, series: Series, box: Box) -> Any:
    """Draw bars lying down from zero, the first on top, limits as lines."""
    data = Categories(number_format(chart, series.y))
    data.categories = [str(name) for name in series.x]
    data.add_series(series.name, series.y)
    if any(limit is not None for limit in series.upper):
        data.limited.append(series)
    held = shapes.add_chart(XL_CHART_TYPE.BAR_CLUSTERED, *map(Emu, box), data)
    made = held.chart
    made.has_legend = False
    drawn = made.plots[0].series[0]
    if data.limited:
        add_limits(drawn, data, series, bar=True)
    fill_bars(made, series)
    line_up_categories(made)
    return held


def _range_panels(shapes: Any, chart: Chart, box: Box) -> BaseShape:
    """Draw a panel of ranges a series side by side, names on the left one alone."""
    group = shapes.add_group_shape()
    left, top, width, height = box
    part = width // (len(chart.series) + 1)
    for place, series in enumerate(chart.series):
        is_first = place == 0
        start = left if is_first else left + (place + 1) * part
        cell = (start, top, 2 * part if is_first else part, height)
        held = _bars(group.shapes, chart, series, cell)
        _name_panel(held, series.panel)
        look_plain(held.chart, size=SMALL)
        scale_values(held.chart, chart)
        look_as_names(held.chart, is_shown=is_first, share=0.5)
    return group


def _stacked(shapes: Any, chart: Chart, box: Box) -> BaseShape:
    data = Categories(number_format(chart, chart.series[0].y))
    data.categories = [str(name) for name in chart.series[0].x]
    for series in chart.series:
        data.add_series(series.name, series.y)
    held = shapes.add_chart(XL_CHART_TYPE.BAR_STACKED, *map(Emu, box), data)
    made = held.chart
    made.has_legend = True
    look_plain(made)
    scale_values(made, chart, low=0, high=100)
    for series, drawn in zip(chart.series, made.plots[0].series, strict=True):
        label_shares(drawn, series)
    made.plots[0].gap_width = 35
    line_up_categories(made)
    return held


def _dots(shapes: Any, chart: Chart, box: Box) -> BaseShape:
    """Draw dots over their names, limits as lines; on a scale of ratios where the chart has one."""
    first = chart.series[0]
    data = Categories(number_format(chart, first.y))
    data.categories = [str(name) for name in first.x]
    for series in chart.series:
        data.add_series(series.name, series.y)
        if any(limit is not None for limit in series.upper):
            data.limited.append(series)
    for level in chart.levels:
        data.add_series(level.label, (level.value,) * len(first.x))
    held = shapes.add_chart(XL_CHART_TYPE.LINE_MARKERS, *map(Emu, box), data)
    made = held.chart
    made.has_legend = len(chart.series) > 1 or bool(chart.levels)
    look_plain(made)
    drawn = list(made.plots[0].series)
    for series, dots in zip(chart.series, drawn, strict=False):
        look_as_dots(dots, series)
        if series in data.limited:
            add_limits(dots, data, series, bar=False)
    for line in drawn[len(chart.series) :]:
        look_as_level(line)
    scale_values(made, chart, title=chart.x_title, is_log=chart.is_log)
    turn_names(made, len(first.x))
    return held


def _funnel(shapes: Any, chart: Chart, box: Box) -> BaseShape:
    """Draw named points against residents, with the ends of the limits as lines."""
    points = chart.series[0]
    data = Points(number_format=number_format(chart, points.y))
    for band in chart.bands:
        _add_points(data, f"{_without_mark(band.name)}: lower", band.x, band.lower)
        _add_points(data, f"{_without_mark(band.name)}: upper", band.x, band.upper)
    ends = (min(map(_number, points.x)), max(map(_number, points.x)))
    if chart.bands:
        ends = (_number(chart.bands[0].x[0]), _number(chart.bands[0].x[-1]))
    for level in chart.levels:
        _add_points(data, level.label, ends, (level.value, level.value))
    # Last, and so over the lines.
    _add_points(data, points.name, points.x, points.y)
    held = shapes.add_chart(XL_CHART_TYPE.XY_SCATTER, *map(Emu, box), data)
    made = held.chart
    made.has_legend = True
    look_plain(made)
    drawn = list(made.plots[0].series)
    edges = 2 * len(chart.bands)
    for place, edge in enumerate(drawn[:edges]):
        look_as_edge(edge, place=place // 2)
    for line in drawn[edges:-1]:
        look_as_level(line)
    look_as_dots(drawn[-1], points, names=[label.partition(": ")[0] for label in points.labels])
    scale_values(made, chart, title=chart.y_title, across=chart.x_title)
    return held


def _add_points(
    data: Points, name: str, across: Sequence[object], up: Sequence[float | None]
) -> None:
    series = data.add_series(name)
    for x, y in zip(across, up, strict=True):
        if y is not None:
            series.add_data_point(_number(x), y)


def _name_panel(held: Any, name: str) -> None:
    """Give a panel its name, for those who see it and those who have it read."""
    made = held.chart
    made.has_title = True
    frame = made.chart_title.text_frame
    frame.text = name
    frame.paragraphs[0].runs[0].font.size = Pt(10)
    frame.paragraphs[0].runs[0].font.bold = True
    made.chart_title.include_in_layout = False
    held._element.nvGraphicFramePr.cNvPr.set("descr", name)


def _cells(box: Box, across: int, rows: int) -> list[Box]:
    left, top, width, height = box
    wide, high = width // across, height // rows
    return [
        (left + column * wide, top + row * high, wide, high)
        for row in range(rows)
        for column in range(across)
    ]


def _reach(chart: Chart) -> tuple[float, float]:
    ends = [value for band in chart.bands for value in (*band.lower, *band.upper)]
    ends += [value for series in chart.series for value in series.y if value is not None]
    room = (max(ends) - min(ends)) * 0.06
    return 0.0 if chart.from_zero else round(min(ends) - room), round(max(ends) + room)


def _without_mark(name: str) -> str:
    """Return 'Average, 6.1' of 'Dashed: average, 6.1': how it is drawn is seen in the key."""
    mark, found, words = name.partition(": ")
    said = words if found and mark.split(",")[0].split()[0] in _DRAWN_AS else name
    return said[:1].upper() + said[1:]


_DRAWN_AS: Final = ("Shaded", "Dashed", "Solid", "Dotted", "Dash")


def _number(cell: object) -> float:
    return float(str(cell))


_DRAWERS: Final = MappingProxyType[Form, Callable[[Any, Chart, Box], BaseShape]](
    {
        "line": _line,
        "multiples": _multiples,
        "bar": _bar,
        "range_bar": _bar,
        "range_panels": _range_panels,
        "stacked_bar": _stacked,
        "dots": _dots,
        "funnel": _funnel,
    }
)
