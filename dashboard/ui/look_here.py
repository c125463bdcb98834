"""The list of what to look at: signals, strongest first, each with the page that shows it."""

from typing import Final

import streamlit as st

from dashboard.metrics.metric import Choice
from dashboard.metrics.signals import Signal
from dashboard.ui import filters, markup
from dashboard.ui.cards import shape
from dashboard.ui.numbers import Numbers
from dashboard.ui.shell import page_file

MOST_SHOWN: Final = 5
_ONE_IN: Final = 370


def show(numbers: Numbers, choice: Choice) -> None:
    """Show the strongest signals, then how many series were scanned to find them."""
    found = numbers.scan(choice)
    with st.container(border=True, key="look_here"):
        markup.heading("Look here")
        for place, signal in enumerate(found.signals[:MOST_SHOWN]):
            _show_signal(signal, place)
        if not found.signals:
            markup.quiet("No series shows a real change in its latest month.")
        markup.quiet(_scanned(found.charts_scanned, len(found.signals)))


def _show_signal(signal: Signal, place: int) -> None:
    words = signal.verdict.words
    markup.verdict(signal.verdict.kind, shape(signal.verdict), words[:1].upper() + words[1:])
    st.page_link(
        page_file("crime"),
        label=signal.sentence,
        query_params=filters.link_to(signal.choice),
    )


def _scanned(charts: int, signals: int) -> str:
    more = f" {signals - MOST_SHOWN} more signals are not listed." if signals > MOST_SHOWN else ""
    return f"{charts} series scanned; about one point in {_ONE_IN} signals by chance alone.{more}"
