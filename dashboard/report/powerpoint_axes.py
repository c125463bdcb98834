"""Axes of native charts: where they begin, what is written along them."""

import math
from typing import Any

from pptx.enum.chart import XL_TICK_LABEL_POSITION
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn

from dashboard.charts import theme
from dashboard.charts.chart import Chart
from dashboard.report.powerpoint_looks import SMALL, colour


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
    highest = _highest(chart) if high is None else high
    if highest is not None and not is_log:
        axis.maximum_scale = highest
    if is_log:
        # Doublings are what a reader can count: 0.5, 1, 2, 4.
        axis._element.find(qn("c:scaling")).insert(
            0, parse_xml(f'<c:logBase {nsdecls("c")} val="2"/>')
        )
    axis.tick_labels.number_format = "General" if is_log else "#,##0.###"
    axis.tick_labels.number_format_is_linked = False
    made.category_axis.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    if across:
        made.category_axis.tick_labels.number_format = "#,##0"
        made.category_axis.tick_labels.number_format_is_linked = False
    for each, words in ((axis, title), (made.category_axis, across)):
        if words:
            _name_axis(each, words)


def starts_at_zero(chart: Chart) -> bool:
    """True where the axis of values begins at zero; a funnel is read by its distances alone."""
    return chart.from_zero and chart.form != "funnel"


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


def line_up_categories(made: Any) -> None:
    """Put the first name on top and the scale below."""
    made.category_axis.reverse_order = True
    made.value_axis.tick_label_position = XL_TICK_LABEL_POSITION.NEXT_TO_AXIS
    made.value_axis._element.find(qn("c:crosses")).set("val", "max")
    _name_each(made)


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


def _name_each(made: Any) -> None:
    """Write every name, where PowerPoint would leave out each second one."""
    last = made.category_axis._element.find(qn("c:noMultiLvlLbl"))
    last.addprevious(parse_xml(f'<c:tickLblSkip {nsdecls("c")} val="1"/>'))


def turn_names(made: Any, count: int) -> None:
    """Turn names under an axis where they would not fit side by side."""
    _name_each(made)
    if count > 8:
        made.category_axis.tick_labels.font.size = SMALL
        made.category_axis._element.find(qn("c:txPr")).find(qn("a:bodyPr")).set("rot", "-2700000")


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


def _highest(chart: Chart) -> float | None:
    """Return where the axis must end for limits to be seen: PowerPoint looks at values alone."""
    limits = [value for each in chart.series for value in each.upper if value is not None]
    if not limits or chart.form == "range_panels":
        return None
    held = [value for each in chart.series for value in each.y if value is not None]
    most = max([*limits, *held])
    step = 10.0 ** math.floor(math.log10(most)) / 2 if most > 0 else 1.0
    return round(math.ceil(most / step) * step, 6)


def _name_axis(axis: Any, words: str) -> None:
    axis.has_title = True
    axis.axis_title.text_frame.text = words
    font = axis.axis_title.text_frame.paragraphs[0].runs[0].font
    font.size, font.bold, font.color.rgb = SMALL, False, colour(theme.QUIET_TEXT)
