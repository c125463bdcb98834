"""How native charts look: the house colours, with dashes, marks and hatching beside them."""

import math
from collections.abc import Sequence
from typing import Any, Final

from pptx.dml.color import RGBColor
from pptx.enum.chart import (
    XL_LABEL_POSITION,
    XL_LEGEND_POSITION,
    XL_MARKER_STYLE,
    XL_TICK_LABEL_POSITION,
    XL_TICK_MARK,
)
from pptx.enum.dml import MSO_LINE_DASH_STYLE, MSO_PATTERN_TYPE
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.util import Pt

from dashboard.charts import theme
from dashboard.charts.chart import Chart, Series, Tone

SMALL, NORMAL = Pt(9), Pt(11)
_MARKERS: Final[dict[Tone, Any]] = {
    "second": XL_MARKER_STYLE.SQUARE,
    "third": XL_MARKER_STYLE.X,
    "concern": XL_MARKER_STYLE.DIAMOND,
    "improving": XL_MARKER_STYLE.SQUARE,
    "context": XL_MARKER_STYLE.TRIANGLE,
}
_DASHES: Final[dict[Tone, Any]] = {
    "second": MSO_LINE_DASH_STYLE.DASH,
    "third": MSO_LINE_DASH_STYLE.DASH_DOT,
    "fourth": MSO_LINE_DASH_STYLE.ROUND_DOT,
}
_EDGES: Final = (
    MSO_LINE_DASH_STYLE.ROUND_DOT,
    MSO_LINE_DASH_STYLE.DASH,
    MSO_LINE_DASH_STYLE.SOLID,
)
_HATCHED: Final[tuple[Tone, ...]] = ("context", "third", "second")
_SHOWN_SHARE: Final = 6


def look_plain(made: Any, *, size: int = NORMAL) -> None:
    """Give a chart the house look: readable words, pale lines, the key below."""
    made.font.size = size
    made.font.color.rgb = colour(theme.TEXT)
    if not made.has_title:
        # Else PowerPoint takes the name of a single series for a title.
        made.has_title = False
    if made.has_legend:
        made.legend.position = XL_LEGEND_POSITION.BOTTOM
        made.legend.include_in_layout = False
    for axis in (made.category_axis, made.value_axis):
        axis.major_tick_mark = XL_TICK_MARK.NONE
        axis.format.line.color.rgb = colour(theme.AXIS)
    made.value_axis.has_major_gridlines = True
    made.value_axis.major_gridlines.format.line.color.rgb = colour(theme.GRID)
    made.value_axis.format.line.fill.background()


def scale_values(
    made: Any,
    chart: Chart,
    *,
    title: str = "",
    across: str = "",
    low: float | None = None,
    high: float | None = None,
    is_log: bool = False,
) -> None:
    """Set the scale of values: from zero where the chart is, names of what is measured."""
    axis = made.value_axis
    lowest = _lowest(chart) if low is None else low
    if lowest is not None and not is_log:
        axis.minimum_scale = lowest
    if high is not None:
        axis.maximum_scale = high
    if is_log:
        # Doublings are what a reader can count: 0.5, 1, 2, 4.
        axis._element.find(qn("c:scaling")).insert(
            0, parse_xml(f'<c:logBase {nsdecls("c")} val="2"/>')
        )
    axis.tick_labels.number_format = "General" if is_log else "#,##0.###"
    axis.tick_labels.number_format_is_linked = False
    made.category_axis.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    for each, words in ((axis, title), (made.category_axis, across)):
        if words:
            _name_axis(each, words)


def starts_at_zero(chart: Chart) -> bool:
    """True where the axis of values begins at zero; a funnel is read by its distances alone."""
    return chart.from_zero and chart.form != "funnel"


def _lowest(chart: Chart) -> float | None:
    """Return where the axis begins; None leaves it to PowerPoint, with values below zero."""
    held = [value for each in chart.series for value in each.y if value is not None]
    held += [value for band in chart.bands for value in band.lower]
    held += [level.value for level in chart.levels]
    if not held or min(held) < 0:
        return None
    if starts_at_zero(chart):
        return 0
    step = 10.0 ** math.floor(math.log10((max(held) - min(held)) or 1))
    return max(0.0, round(math.floor(min(held) / step) * step, 6))


def show_months(made: Any, count: int, *, most: int = 9) -> None:
    """Write no more than `most` months along the lower axis."""
    axis = made.category_axis
    every = next((step for step in (1, 2, 3, 6, 12, 24) if count / step <= most), 36)
    axis.tick_labels.number_format = "mmm yyyy" if most > 3 else "mmm yy"
    axis.tick_labels.number_format_is_linked = False
    element = axis._element
    element.find(qn("c:baseTimeUnit")).set("val", "months")
    base = element.find(qn("c:baseTimeUnit"))
    unit = parse_xml(f'<c:majorUnit {nsdecls("c")} val="{every}"/>')
    base.addnext(unit)
    unit.addnext(parse_xml(f'<c:majorTimeUnit {nsdecls("c")} val="months"/>'))


def look_as_line(line: Any, series: Series, *, size: int) -> None:
    """Draw a series as a line with marks; points of another tone get its mark, larger."""
    tone = colour(theme.TONES[series.tone])
    line.smooth = False
    line.format.line.color.rgb = tone
    line.format.line.width = Pt(2 if size > 3 else 1.25)
    if series.tone in _DASHES:
        line.format.line.dash_style = _DASHES[series.tone]
    _mark(line.marker, series.tone, size)
    for place, each in enumerate(series.tones):
        if each != series.tone and series.y[place] is not None:
            _mark(line.points[place].marker, each, size + 4)


def look_as_dots(dots: Any, series: Series, *, names: Sequence[str] = ()) -> None:
    """Draw a series as marks without a line: a triangle where one says nothing clear."""
    dots.format.line.fill.background()
    if hasattr(dots, "smooth"):
        dots.smooth = False
    _mark(dots.marker, series.tone, 9)
    for place, each in enumerate(series.tones):
        if each != series.tone:
            _mark(dots.points[place].marker, each, 9)
    for place, name in enumerate(names):
        label = dots.points[place].data_label
        label.has_text_frame = True
        label.text_frame.text = name
        label.position = XL_LABEL_POSITION.RIGHT


def look_as_edge(line: Any, *, place: int = 0) -> None:
    """Draw the end of an expected range: thin, quiet, without marks."""
    line.smooth = False
    line.marker.style = XL_MARKER_STYLE.NONE
    line.format.line.color.rgb = colour(theme.AXIS)
    line.format.line.width = Pt(1.25)
    line.format.line.dash_style = _EDGES[place]


def look_as_level(line: Any, *, is_target: bool = False) -> None:
    """Draw a straight line: an average dashed, a target dash and dot and darker."""
    line.smooth = False
    line.marker.style = XL_MARKER_STYLE.NONE
    line.format.line.color.rgb = colour(theme.TEXT if is_target else theme.QUIET_TEXT)
    line.format.line.width = Pt(1.5)
    dash = MSO_LINE_DASH_STYLE.DASH_DOT if is_target else MSO_LINE_DASH_STYLE.DASH
    line.format.line.dash_style = dash


def fill_bars(made: Any, series: Series) -> None:
    """Fill bars by their tone; what is uncertain or apart is hatched."""
    plot = made.plots[0]
    plot.gap_width = 45
    plot.vary_by_categories = False
    drawn = plot.series[0]
    drawn.invert_if_negative = False
    _fill(drawn.format.fill, series.tone)
    for place, tone in enumerate(series.tones):
        if tone != series.tone:
            _fill(drawn.points[place].format.fill, tone)


def label_bars(made: Any, series: Series) -> None:
    """Write each value: beyond the bar, or at its foot on a pale plate where limits are drawn."""
    plot = made.plots[0]
    plot.has_data_labels = True
    labels = plot.data_labels
    labels.show_value = True
    labels.font.size = NORMAL if len(series.x) <= 14 else SMALL
    labels.font.color.rgb = colour(theme.TEXT)
    has_limits = any(limit is not None for limit in series.upper)
    ends = XL_LABEL_POSITION.INSIDE_BASE if has_limits else XL_LABEL_POSITION.OUTSIDE_END
    labels.position = ends
    if has_limits:
        plate = parse_xml(
            f'<c:spPr {nsdecls("c", "a")}><a:solidFill><a:srgbClr val="{theme.PAGE[1:]}"/>'
            "</a:solidFill></c:spPr>"
        )
        labels._element.find(qn("c:txPr")).addprevious(plate)


def label_shares(drawn: Any, series: Series) -> None:
    """Fill one part of stacked bars and write its larger shares on it."""
    tone = theme.TONES[series.tone]
    _fill(drawn.format.fill, series.tone, is_plain=True)
    drawn.format.line.color.rgb = colour(theme.PAGE)
    for place, share in enumerate(series.y):
        if share is not None and share >= _SHOWN_SHARE:
            label = drawn.points[place].data_label
            label.has_text_frame = True
            label.text_frame.text = f"{share:.0f}%"
            font = label.text_frame.paragraphs[0].runs[0].font
            font.color.rgb, font.size = colour(theme.text_on(tone)), NORMAL
            label.position = XL_LABEL_POSITION.CENTER


def line_up_categories(made: Any) -> None:
    """Put the first name on top and the scale below."""
    made.category_axis.reverse_order = True
    made.value_axis.tick_label_position = XL_TICK_LABEL_POSITION.NEXT_TO_AXIS
    made.value_axis._element.find(qn("c:crosses")).set("val", "max")


def look_as_names(made: Any, *, is_shown: bool, share: float) -> None:
    """Give every panel the same rows: names on the first, and the drawing as wide in all."""
    if not is_shown:
        made.category_axis.tick_label_position = XL_TICK_LABEL_POSITION.NONE
    left = share if is_shown else 0.04
    area = made._chartSpace.chart.plotArea
    for old in area.findall(qn("c:layout")):
        area.remove(old)
    parts = (("x", left + 0.02), ("y", 0.12), ("w", 0.92 - left), ("h", 0.78))
    values = "".join(f'<c:{name} val="{value:.3f}"/>' for name, value in parts)
    modes = '<c:xMode val="edge"/><c:yMode val="edge"/>'
    area.insert(
        0,
        parse_xml(
            f'<c:layout {nsdecls("c")}><c:manualLayout><c:layoutTarget val="inner"/>{modes}{values}'
            "</c:manualLayout></c:layout>"
        ),
    )


def turn_names(made: Any, count: int) -> None:
    """Turn names under an axis where they would not fit side by side."""
    if count > 8:
        made.category_axis.tick_labels.font.size = SMALL
        made.category_axis._element.find(qn("c:txPr")).find(qn("a:bodyPr")).set("rot", "-2700000")


def colour(name: str) -> RGBColor:
    """Return '#RRGGBB' as PowerPoint holds it."""
    return RGBColor(*theme.rgb(name))


def _mark(marker: Any, tone: Tone, size: int) -> None:
    marker.style = _MARKERS.get(tone, XL_MARKER_STYLE.CIRCLE)
    marker.size = size
    marker.format.fill.solid()
    ink = colour(theme.TONES[tone])
    marker.format.fill.fore_color.rgb = ink
    marker.format.line.color.rgb = ink


def _fill(fill: Any, tone: Tone, *, is_plain: bool = False) -> None:
    ink = colour(theme.TONES[tone])
    if tone in _HATCHED and not is_plain:
        fill.patterned()
        fill.pattern = MSO_PATTERN_TYPE.WIDE_UPWARD_DIAGONAL
        fill.fore_color.rgb, fill.back_color.rgb = ink, colour(theme.PAGE)
        return
    fill.solid()
    fill.fore_color.rgb = ink


def _name_axis(axis: Any, words: str) -> None:
    axis.has_title = True
    axis.axis_title.text_frame.text = words
    font = axis.axis_title.text_frame.paragraphs[0].runs[0].font
    font.size, font.bold, font.color.rgb = SMALL, False, colour(theme.QUIET_TEXT)
