"""The words above a plot that say what its band, its lines and its marks are."""

from typing import Final

from dashboard.charts.chart import Chart, Tone

_RANGES: Final[dict[Tone, str]] = {
    "context": "Grey and hatched: DRAFT",
    "third": "Red and hatched: tried out, not agreed",
}
_OPEN: Final = "Open circle: no clear difference"
_MARKS: Final[dict[Tone, str]] = {
    "concern": "Diamond: signal of concern",
    "improving": "Square: signal of improvement",
    "third": "Cross: signal of change",
}
_APART: Final[dict[Tone, str]] = {
    "concern": "Diamond: beyond the shaded limits, worse",
    "improving": "Square: beyond the shaded limits, better",
    "third": "Cross: beyond the shaded limits",
}


def key_lines(chart: Chart) -> list[str]:
    """Return one line of words for each band, level and kind of marked point."""
    used = {tone for series in chart.series for tone in series.tones}
    said = _APART if chart.form == "funnel" else _MARKS
    marks = [words for tone, words in said.items() if tone in used]
    return [*(band.name for band in chart.bands), *(level.label for level in chart.levels), *marks]


def dot_lines(chart: Chart) -> list[str]:
    """Return the words above dots: what each series' mark is, or what an open one means."""
    if len(chart.series) > 1:
        first, second = (series.name.lower() for series in chart.series)
        marks = (f"Circle: {first}", f"Open square: {second}")
        return [*marks, *(level.label for level in chart.levels)]
    is_open = any("context" in series.tones for series in chart.series)
    return [*(level.label for level in chart.levels), *([_OPEN] if is_open else [])]


def range_lines(chart: Chart) -> list[str]:
    """Return the words above ranges: what hatched bars rest on."""
    used = {tone for series in chart.series for tone in series.tones}
    return [words for tone, words in _RANGES.items() if tone in used]
