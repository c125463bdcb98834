"""The list of what to look at: signals and gaps, each with the page that explains it."""

from collections.abc import Callable, Sequence
from typing import Final

import streamlit as st

from dashboard.access import PAGES
from dashboard.charts.words import count, joined, lowered
from dashboard.metrics.gaps import Gap
from dashboard.metrics.metric import Choice
from dashboard.metrics.scan import ONE_IN, Scan, Signal
from dashboard.metrics.signals import ONE_STEADY_IN
from dashboard.metrics.targets import written_target
from dashboard.ui import filters, markup
from dashboard.ui.cards import shape
from dashboard.ui.numbers import Numbers
from dashboard.ui.shell import page_of

_KEYS: Final = {entry.title: entry.key for entry in PAGES}
"""Page by its title, as metrics name it."""


def show(numbers: Numbers, choice: Choice) -> None:
    """Show the clear signals, strongest first, then gaps, then how many series were scanned."""
    found = numbers.scan(choice)
    gaps = numbers.gaps(choice)
    with st.container(border=True, key="look_here"):
        markup.heading("Look here")
        if not found.clear:
            markup.quiet("No series has changed more than chance explains.")
        with st.container(key="look_list"):
            for signals in grouped(found.clear):
                _show_signals(signals)
            for gap in gaps:
                _show_gap(gap)
        markup.quiet(scanned(found))


def show_measures(numbers: Numbers, choice: Choice) -> None:
    """Show the measures of the whole place that signal concern, and those that miss a target."""
    found = numbers.scan(choice)
    with st.container(border=True, key="look_measures"):
        concerns = found.measures_of_concern
        markup.heading(f"Measures that signal concern: {len(concerns)}")
        _show_together(concerns, lambda signal: signal.series.about)
        markup.heading(f"Targets that will not reliably be met: {len(found.missing)}")
        _show_together(
            found.missing,
            lambda signal: f"{signal.series.about} (target {written_target(signal.metric)})",
        )
        markup.quiet("Of the measures of the whole place, as their control charts stand now.")


def grouped(signals: Sequence[Signal]) -> list[list[Signal]]:
    """Return signals that one cause may explain together: of one page and place."""
    groups: dict[tuple[str, ...], list[Signal]] = {}
    for signal in signals:
        series = signal.series
        apart = series.about if series.metric.way == "recorded" else ""
        groups.setdefault((series.page, series.area_code, series.part, apart), []).append(signal)
    return list(groups.values())


def scanned(found: Scan) -> str:
    """Return how many series were scanned, and what chance alone makes of so many."""
    by_chance = round(found.charts_scanned / ONE_STEADY_IN)
    return (
        f"{found.charts_scanned} series scanned. About one steady series in {ONE_STEADY_IN} shows "
        f"a signal by chance, here about {count(by_chance)}; so only those are named that chance "
        f"would hardly give once in {ONE_IN} such scans. {_weaker(len(found.maybe))}"
    )


def _weaker(how_many: int) -> str:
    if not how_many:
        return "There is no weaker signal."
    are = "signal is" if how_many == 1 else "signals are"
    return f"{count(how_many).capitalize()} weaker {are} listed below: they may be chance."


def _show_signals(signals: Sequence[Signal]) -> None:
    first, *others = signals
    words = first.verdict.words
    names = list(dict.fromkeys(lowered(each.series.about) for each in others))
    also = f". Also: {joined(names)}" if names else ""
    markup.verdict(first.verdict.kind, shape(first.verdict), words[:1].upper() + words[1:])
    _link(first.series.page, first.series.view, first.choice, f"{first.sentence}{also}")


def _show_gap(gap: Gap) -> None:
    markup.verdict("concern", "!", "Gap")
    _link(gap.metric.page, gap.view, gap.choice, gap.sentence, own=gap.own)


def _show_together(signals: Sequence[Signal], said: Callable[[Signal], str]) -> None:
    """Write a link for each tab, which names all the measures that it explains."""
    tabs: dict[tuple[str, str, Choice], list[str]] = {}
    for signal in signals:
        tab = (signal.series.page, signal.series.view, signal.choice)
        tabs.setdefault(tab, []).append(said(signal))
    for (page, view, choice), words in tabs.items():
        _link(page, view, choice, " · ".join(words))


def _link(
    page: str,
    view: str,
    choice: Choice,
    label: str,
    *,
    own: tuple[tuple[str, str], ...] = (),
) -> None:
    """Write a link to a tab of a page with its filters set; plain words where there is no page."""
    if page not in _KEYS:
        markup.quiet(label)
        return
    shown = {**({"view": (view,)} if view else {}), **{name: (word,) for name, word in own}}
    where = {**filters.link_to(choice), **shown}
    st.page_link(page_of(_KEYS[page]), label=label, icon="", query_params=where)
