"""Both renderers draw every form; words agree with tables; nothing is mark-up; it is light."""

import calendar
import io
import json
import re
import struct
from dataclasses import replace
from itertools import combinations

import plotly.graph_objects as go
import pytest
from PIL import Image, ImageColor
from plotly.io import to_json

from dashboard.charts import screen, static, theme
from dashboard.charts.chart import Cell, Chart
from dashboard.charts.static_parts import frame_for
from schemas.codes import SAMPLE_NOTICE
from tests.support.every_chart import every_chart

CHARTS = every_chart()
EVERY = pytest.mark.parametrize("name", CHARTS)
NOT_ONE_PLOT = ("hex_map", "range_panels")
ON_PLOTLY = [name for name, chart in CHARTS.items() if chart.form not in NOT_ONE_PLOT]
NOT_FIGURES = rf"per 1,000|30 minutes|95%|99\.8%|({'|'.join(calendar.month_name[1:])}) \d{{4}}"


@EVERY
def test_numbers_in_words_are_cells_of_the_table(name: str) -> None:
    chart = CHARTS[name]
    said = re.sub(NOT_FIGURES, "", f"{chart.headline} {chart.alt}")
    figures = set(re.findall(r"[-+]?\d[\d,]*\.?\d*", said.replace(", ", " ").replace(". ", " ")))
    cells = {cell for row in chart.table.rows for cell in _shown(chart, row)}
    counts = {f"{len(chart.table.rows):,}"}
    assert {figure.rstrip(".,") for figure in figures} <= cells | counts


def _shown(chart: Chart, row: tuple[Cell, ...]) -> list[str]:
    pairs = zip(row, chart.table.formats, strict=True)
    return [
        form.format(cell) if form and not isinstance(cell, str | None) else str(cell)
        for cell, form in pairs
    ]


@EVERY
def test_every_chart_has_words_and_a_table_of_one_width(name: str) -> None:
    chart = CHARTS[name]
    words = (chart.headline, chart.subtitle, chart.alt, chart.source, chart.caveat, chart.period)
    assert all(words)
    assert {len(row) for row in chart.table.rows} == {len(chart.table.columns)}
    assert len(chart.table.formats) == len(chart.table.columns)


@EVERY
def test_print_is_seventeen_centimetres_at_300_dots(name: str) -> None:
    content = static.png(CHARTS[name])
    width, _ = struct.unpack(">II", content[16:24])
    assert width >= 2000


@EVERY
def test_svg_is_the_same_bytes_twice_and_carries_its_words(name: str) -> None:
    content = static.svg(CHARTS[name])
    assert content == static.svg(CHARTS[name])
    assert b"<dc:title>" in content


@pytest.mark.parametrize("name", ["bars", "ratios"])
def test_a_value_just_outside_its_own_limits_is_drawn_on_paper(name: str) -> None:
    """A share in whole numbers may lie so: 4% with limits from 3.3% to 3.9%."""
    (series,) = CHARTS[name].series
    limits = tuple(None if value is None else value * 0.97 for value in series.y)
    odd = replace(CHARTS[name], series=(replace(series, upper=limits),))
    assert static.svg(odd) != static.svg(CHARTS[name])


@pytest.mark.parametrize(("words", "room"), [("45.8", 0.17), ("5,430,600", 0.34), ("x" * 90, 0.5)])
def test_words_have_room_beyond_the_longest_bar_on_a_phone(words: str, room: float) -> None:
    bars = CHARTS["bars"]
    series = replace(bars.series[0], labels=tuple(f"A: {words}" for _ in bars.series[0].labels))
    figure = screen.figure(replace(bars, series=(series,)))
    longest = max(value for value in (*series.y, *series.upper) if value is not None)
    beyond = 1 - longest / figure.layout.xaxis.range[1]
    assert beyond == pytest.approx(room, abs=0.01)


def test_limits_are_seen_on_their_bar_too() -> None:
    """The line to the lower limit lies on the bar, dark on dark but for the white beneath it."""
    drawn = [each.error_x for each in screen.figure(CHARTS["bars"]).data]
    held = [each for each in drawn if each.array is not None]
    assert [each.color for each in held] == [theme.PAGE, theme.TEXT]
    assert held[0].thickness > held[1].thickness


def test_the_drawing_alone_is_as_sharp_and_has_no_words_around_it() -> None:
    whole, bare = static.png(CHARTS["bars"]), static.bare_png(CHARTS["bars"])
    sizes = [struct.unpack(">II", content[16:24]) for content in (whole, bare)]
    assert sizes[0][0] == sizes[1][0]
    assert sizes[0][1] > sizes[1][1]


def test_in_few_colours_the_page_is_white_and_the_land_of_a_map_is_not() -> None:
    chart = CHARTS["area map"]
    empty = replace(chart, shapes=tuple(replace(each, value=None) for each in chart.shapes))
    drawn = Image.open(io.BytesIO(static.bare_png(empty))).convert("RGB")
    held = {colour for _, colour in drawn.getcolors(maxcolors=256) or ()}
    assert ImageColor.getrgb(theme.PAGE) in held
    assert ImageColor.getrgb(theme.NO_VALUE) in held


@pytest.mark.parametrize("name", ["bars", "travel bands", "ratios"])
def test_rows_are_high_enough_for_names_of_four_lines(name: str) -> None:
    words = "Better health and wellbeing (short scale of mental wellbeing)"
    figure = screen.figure(_renamed(CHARTS[name], words))
    lines = figure.layout.yaxis.ticktext[0].count("<br>") + 1
    assert lines == 4
    assert figure.layout.height >= 15 * lines * len(figure.layout.yaxis.ticktext)


def test_the_picture_of_invented_figures_says_so() -> None:
    chart = CHARTS["bars"]
    assert frame_for(chart).above[0].lines == (SAMPLE_NOTICE,)
    assert not frame_for(replace(chart, is_invented=False)).above[0].lines
    assert static.png(chart) != static.png(replace(chart, is_invented=False))


@pytest.mark.parametrize("name", ON_PLOTLY)
def test_a_figure_is_put_into_plain_words_once_and_as_plotly_does(name: str) -> None:
    figure = screen.figure(CHARTS[name])
    once, anew = figure.to_dict(), go.Figure.to_dict(figure)
    assert figure.to_dict() is once
    assert json.loads(json.dumps(once)) == once, "what is sent must need no looking through"
    assert to_json(once, validate=False) == to_json(anew, validate=False)


@pytest.mark.parametrize("name", ON_PLOTLY)
def test_plotly_is_given_no_markup_from_names(name: str) -> None:
    hostile = "<a href='x'>A & B</a>"
    chart = CHARTS[name]
    figure = screen.figure(_renamed(chart, hostile)).to_json()
    assert "<a href" not in figure.replace("\\u003c", "<")
    assert len(screen.figure(chart).data) > 0


def _renamed(chart: Chart, text: str) -> Chart:
    series = tuple(
        replace(each, name=text, x=_names(each.x, text), labels=tuple(text for _ in each.labels))
        for each in chart.series
    )
    shapes = tuple(replace(each, label=text, words=text) for each in chart.shapes)
    return replace(chart, series=series, shapes=shapes, x_title=text, y_title=text)


def _names(x: tuple[Cell, ...], text: str) -> tuple[Cell, ...]:
    is_name = all(isinstance(each, str) and not each[:4].isdigit() for each in x)
    return tuple(f"{text}{place}" for place, _ in enumerate(x)) if is_name else x


@pytest.mark.parametrize("name", ["control", "multiples", "funnel"])
def test_the_line_of_an_average_is_seen_through_the_band_over_it(name: str) -> None:
    figure = screen.figure(CHARTS[name])
    assert {shape.layer for shape in figure.layout.shapes} == {"below"}
    fills = [trace.fillcolor for trace in figure.data if trace.fill == "tonexty"]
    assert fills
    assert all(fill.startswith("rgba(") and not fill.endswith(",1)") for fill in fills)


def test_each_value_of_a_bar_stands_on_a_plate_that_no_line_crosses() -> None:
    (series,) = CHARTS["bars"].series
    words = [each for each in screen.figure(CHARTS["bars"]).layout.annotations if each.bgcolor]
    assert [each.text for each in words] == [each.rpartition(": ")[2] for each in series.labels]
    assert [each.x for each in words] == list(series.upper)


def test_values_beside_dots_stand_where_a_scale_of_ratios_puts_them() -> None:
    (series,) = CHARTS["ratios"].series
    words = [each for each in screen.figure(CHARTS["ratios"]).layout.annotations if each.bgcolor]
    assert [each.text for each in words] == [each.rpartition(": ")[2] for each in series.labels]
    assert [10**each.x for each in words] == pytest.approx(list(series.upper))


def test_shares_of_one_grey_are_told_apart_by_their_pattern() -> None:
    bars = screen.figure(CHARTS["outcomes"]).data
    fills = [(each.marker.color, each.marker.pattern.shape) for each in bars]
    alike = [pair for pair in combinations(fills, 2) if theme.contrast(pair[0][0], pair[1][0]) < 2]
    assert alike
    assert all(one[1] != other[1] for one, other in alike)
    hatches = static.svg(CHARTS["outcomes"]).count(b"<pattern ")
    assert hatches == len({shape for _, shape in fills if shape})


def test_the_mode_bar_is_off() -> None:
    assert screen.CONFIG["displayModeBar"] is False


@EVERY
def test_a_chart_with_nothing_to_draw_still_says_why(name: str) -> None:
    empty = replace(CHARTS[name], series=(), shapes=(), bands=(), levels=())
    assert static.png(empty).startswith(b"\x89PNG")
    if name in ON_PLOTLY:
        assert screen.figure(empty).layout.annotations


@pytest.mark.parametrize("tone", theme.TONES)
def test_marks_stand_out_from_the_page(tone: str) -> None:
    assert theme.contrast(dict(theme.TONES)[tone], theme.PAGE) >= 3  # type: ignore[index]


@pytest.mark.parametrize("ink", [theme.TEXT, theme.QUIET_TEXT])
def test_words_can_be_read_on_page_and_band(ink: str) -> None:
    assert min(theme.contrast(ink, theme.PAGE), theme.contrast(ink, theme.BAND)) >= 4.5


@pytest.mark.parametrize("kind", theme.VERDICT_TINTS)
def test_verdicts_can_be_read_on_their_tints(kind: str) -> None:
    tint, ink = theme.VERDICT_TINTS[kind]
    assert theme.contrast(ink, tint) >= 4.5


def test_words_can_be_read_on_every_shade_and_share() -> None:
    shades = {shade for count in range(1, 6) for shade in theme.steps(count)}
    drawn = {"main", "second", "third", "fourth", "context"}
    fills = shades | {colour for tone, colour in theme.TONES.items() if tone in drawn}
    assert all(theme.contrast(theme.text_on(fill), fill) >= 4.5 for fill in fills)
