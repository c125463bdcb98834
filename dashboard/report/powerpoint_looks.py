"""How native charts look: the house colours, with dashes, marks and hatching beside them."""

from collections.abc import Sequence
from typing import Any, Final

from pptx.dml.color import RGBColor
from pptx.enum.chart import (
    XL_LABEL_POSITION,
    XL_LEGEND_POSITION,
    XL_MARKER_STYLE,
    XL_TICK_MARK,
)
from pptx.enum.dml import MSO_LINE_DASH_STYLE, MSO_PATTERN_TYPE
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.util import Pt

from dashboard.charts import theme
from dashboard.charts.chart import Series, Tone

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
