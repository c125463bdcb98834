"""A figure: its finding, the drawing, the table that says the same, what it is, and downloads."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import Final

import streamlit as st

from dashboard.charts import screen
from dashboard.charts.chart import Chart, Table
from dashboard.export import FORMATS, FileFormat
from dashboard.ui import basket, downloads, markup
from dashboard.ui.cache import kept_drawing
from dashboard.ui.collector import collected

_TABS: Final = ("Chart", "Table", "About this figure")
_MAP_HEIGHT: Final = 460
_MOST_ROWS: Final = 200
_TABLES_ONLY: Final[tuple[FileFormat, ...]] = ("csv", "xlsx")


OnPick = Callable[[str], None]
"""What to do with the code of an area that a reader clicks, before the page is made again."""

_IS_PICKED: Final = "is_area_picked"


@st.fragment
def show(
    chart: Chart, *, key: str, kept_as: tuple[object, ...], on_pick: OnPick | None = None
) -> None:
    """Show one figure. Only the open tab is made; opening another redraws this figure alone.

    `key` stays the same whatever the filters say; `kept_as` names this very drawing.
    """
    if collected(lambda: chart, key=key):
        return
    if st.session_state.pop(_IS_PICKED, False):
        st.rerun()
    with st.container(border=True, key=f"figure_{key}"):
        markup.figure_head(chart.headline, chart.subtitle)
        drawing, table, about = st.tabs(_TABS, key=f"tabs_{key}", on_change="rerun")
        if drawing.open:
            with drawing:
                _draw(chart, key, kept_as, on_pick)
        if table.open:
            with table:
                _table(chart)
        if about.open:
            with about:
                markup.terms(_about(chart))
        markup.small_print((*chart.notes, f"Source: {chart.source}. {chart.caveat}"))
        _take_away(chart, key)


@st.fragment
def show_listing(chart: Chart, *, key: str) -> None:
    """Show a figure that is a table only: its first rows here, all of them in the downloads."""
    if collected(lambda: chart, key=key):
        return
    with st.container(border=True, key=f"figure_{key}"):
        markup.figure_head(chart.headline, chart.subtitle)
        if chart.table.rows:
            _table(chart, folds=True)
        if chart.notes or chart.caveat:
            markup.small_print((*chart.notes, f"Source: {chart.source}. {chart.caveat}"))
        _take_away(chart, key, _TABLES_ONLY)


@st.fragment
def show_entries(
    chart: Chart, entries: Sequence[markup.Entry], *, headings: Sequence[str], key: str
) -> None:
    """Show a directory: entries that open one by one, and some columns of its table.

    The downloads hold every column.
    """
    if collected(lambda: chart, key=key):
        return
    with st.container(border=True, key=f"figure_{key}"):
        markup.figure_head(chart.headline, chart.subtitle)
        listed, table = st.tabs(("Entries", "Table"), key=f"tabs_{key}", on_change="rerun")
        if listed.open:
            with listed:
                markup.entries(entries)
        if table.open:
            with table:
                _table(_narrowed(chart, headings), folds=True)
                markup.quiet("The downloads hold every column.")
        markup.quiet(f"Source: {chart.source}. {chart.caveat}")
        _take_away(chart, key, _TABLES_ONLY)


def _take_away(chart: Chart, key: str, formats: tuple[FileFormat, ...] = FORMATS) -> None:
    """Offer the figure as a file, and for a paper."""
    with st.container(horizontal=True, key=f"take_{key}"):
        downloads.menu(chart, key, formats)
        basket.button(lambda: chart, key=key)
    basket.tell(key)


def _narrowed(chart: Chart, headings: Sequence[str]) -> Chart:
    table = chart.table
    places = [table.columns.index(heading) for heading in headings]
    return replace(
        chart,
        table=Table(
            columns=tuple(headings),
            rows=tuple(tuple(row[place] for place in places) for row in table.rows),
            formats=tuple(table.formats[place] for place in places),
        ),
    )


def _table(chart: Chart, *, folds: bool = False) -> None:
    rows = chart.table.rows
    shown = replace(chart.table, rows=rows[:_MOST_ROWS])
    markup.table(shown, f"Table: {chart.headline}", folds=folds)
    if len(rows) > _MOST_ROWS:
        markup.quiet(f"The first {_MOST_ROWS} of {len(rows):,} rows; downloads hold all.")


def _draw(chart: Chart, key: str, kept_as: tuple[object, ...], on_pick: OnPick | None) -> None:
    if chart.form == "hex_map" and chart.series:
        deck = kept_drawing(chart.version, kept_as, lambda: screen.deck(chart))
        st.pydeck_chart(deck, key=f"map_{key}", alt=chart.alt, height=_MAP_HEIGHT)
        markup.legend(screen.legend(chart))
        return
    if chart.form == "level_matrix" and chart.series:
        markup.levels(chart)
        return
    if chart.form == "range_panels":
        _draw_panels(chart, key, kept_as)
        return
    if on_pick is not None:
        _plot_to_pick(chart, key, kept_as, on_pick)
        return
    _plot(chart, key, kept_as)


def _draw_panels(chart: Chart, key: str, kept_as: tuple[object, ...]) -> None:
    """Draw panels two in a row; on a phone the second column follows the first."""
    panels = kept_drawing(chart.version, ("panels", *kept_as), lambda: screen.panels(chart))
    for first in range(0, len(panels), 2):
        pair = panels[first : first + 2]
        for place, (column, panel) in enumerate(zip(st.columns(2), pair, strict=False), first):
            with column:
                _plot(panel, f"{key}_{place}", (*kept_as, place))


def _plot(chart: Chart, key: str, kept_as: tuple[object, ...]) -> None:
    figure = kept_drawing(chart.version, kept_as, lambda: screen.figure(chart))
    st.plotly_chart(
        figure, key=f"chart_{key}", alt=chart.alt, theme=None, config=dict(screen.CONFIG)
    )


def _plot_to_pick(chart: Chart, key: str, kept_as: tuple[object, ...], on_pick: OnPick) -> None:
    figure = kept_drawing(
        chart.version, ("picked", *kept_as), lambda: screen.figure(chart, can_pick=True)
    )
    st.plotly_chart(
        figure,
        key=f"chart_{key}",
        alt=chart.alt,
        theme=None,
        config=dict(screen.CONFIG),
        on_select=partial(_take, f"chart_{key}", on_pick),
        selection_mode="points",
    )


def _take(chart_key: str, on_pick: OnPick) -> None:
    points = st.session_state[chart_key].selection.points
    # A click can also hit a mark that lies over the areas, which has no code.
    codes = [str(each["customdata"][0]) for each in points if each.get("customdata")]
    if codes:
        on_pick(codes[0])
        st.session_state[_IS_PICKED] = True


def _about(chart: Chart) -> list[tuple[str, str]]:
    return [
        ("What it measures", chart.definition),
        ("Period", chart.period),
        ("In words", chart.alt),
        ("Read with care", chart.caveat),
        ("Source", chart.source),
        ("Version", chart.version),
    ]
