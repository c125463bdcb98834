"""The paper as it will read: headings, words, pictures or tables, and what stands under them."""

from dataclasses import replace
from typing import Final

import streamlit as st

from dashboard.charts import static
from dashboard.charts.chart import Table
from dashboard.report.document_plan import Planned, planned
from dashboard.report.document_text import beside, finding_of, paragraphs, title_of
from dashboard.report.paper import Paper
from dashboard.ui import markup
from dashboard.ui.paper import Held
from dashboard.ui.paper_making import paper_of
from schemas.codes import SAMPLE_NOTICE

_FIRST_ROWS: Final = 12


def show(held: Held) -> None:
    """Show the paper from its title to its last figure."""
    if held.is_empty:
        markup.quiet("There is nothing to show before a figure is chosen.")
        return
    paper = paper_of(held)
    markup.heading(paper.title or "Without a title yet")
    for text in paragraphs(paper.introduction):
        markup.text(text)
    for each in planned(paper):
        with st.container(border=True, key=f"preview_{each.place}"):
            _show(paper, each)


def _show(paper: Paper, each: Planned) -> None:
    item = each.item
    chart = item.chart
    markup.figure_head(title_of(item), finding_of(item))
    for text in paragraphs(item.commentary):
        markup.text(text)
    markup.quiet(f"{each.label}. {chart.subtitle}")
    if each.figure:
        markup.picture(static.bare_png(chart), chart.alt)
    else:
        _show_table(chart.table, chart.headline)
    notice = (f"{SAMPLE_NOTICE}.",) if chart.is_invented else ()
    markup.small_print((*notice, *beside(chart, paper)))


def _show_table(table: Table, name: str) -> None:
    markup.table(replace(table, rows=table.rows[:_FIRST_ROWS]), f"Table: {name}", folds=True)
    more = len(table.rows) - _FIRST_ROWS
    if more > 0:
        markup.quiet(f"And {more:,} rows more.")
