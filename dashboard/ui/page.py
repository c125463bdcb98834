"""The frame of every page: a page file says what it shows, and this says how."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TypeVar

import streamlit as st

from dashboard.access import PageEntry, may_open, page_entry
from dashboard.charts.chart import Chart
from dashboard.errors import DashboardError
from dashboard.metrics.crime import RECORDED_CRIME
from dashboard.metrics.metric import Choice, Metric
from dashboard.settings import Settings, load_settings
from dashboard.ui import (
    answers,
    as_at,
    card_row,
    composed,
    definitions,
    figure,
    filters,
    freshness,
    look_here,
    markup,
)
from dashboard.ui.as_at import Shown
from dashboard.ui.cache import kept
from dashboard.ui.cards import CardMaker, measure
from dashboard.ui.identity import current_reader
from dashboard.ui.numbers import Numbers
from dashboard.ui.shell import show_denied
from dashboard.warehouse import Warehouse

_ALL: Final = "All on one page"

T = TypeVar("T")
Answer = Callable[[Numbers, Choice], str]
Draw = Callable[..., Chart]
By = tuple[str, ...]


@dataclass(frozen=True)
class Question:
    """A part of a page: its name on the tab, the question as its heading, what it shows."""

    name: str
    question: str
    show: Callable[[], None]


def open_page(key: str) -> "Page":
    """Return the page, opened for this reader: its question and how fresh its figures are.

    The run stops here, with a plain page, for a reader who may not open it and while there is
    no data to show.
    """
    settings = load_settings()
    if not may_open(current_reader(settings).role, key):
        show_denied(key)
        st.stop()
    markup.style()
    return Page(page_entry(key), _shown(settings), settings)


def _shown(settings: Settings) -> Shown:
    try:
        return as_at.shown(settings.data_dir)
    except DashboardError as error:
        freshness.show_unavailable(error, settings)
        st.stop()


def _show_questions(questions: Sequence[Question]) -> None:
    for each in questions:
        markup.section(each.question)
        each.show()


class Page:
    """One page being written, from the top: answer, filters, status, cards, figures."""

    def __init__(self, entry: PageEntry, shown: Shown, settings: Settings) -> None:
        self._entry = entry
        self._numbers = Numbers(shown.warehouse)
        self._settings = settings
        self._rows = 0
        freshness.show_banners(shown, settings.data_dir)
        markup.title(entry.question)
        self._answer = st.empty()
        freshness.show_line(shown, settings.data_dir)
        freshness.watch(shown, settings.data_dir)

    def filters(
        self,
        *names: str,
        because: str = "",
        own: Sequence[str] = (),
        about: Metric = RECORDED_CRIME,
    ) -> Choice:
        """Show the filter bar and what it selects; filters not named are off, `because`.

        `about`: the metric whose months the periods follow and whose count is said. A page with
        filters of its `own`, by name in the address, says itself what is selected.
        """
        page = self._entry.key
        choice = filters.show(
            self._numbers, page=page, applied=names, because=because, own=own, about=about
        )
        if names and not own:
            selected, said = answers.showing(self._numbers, choice, about)
            filters.show_status(said)
            if selected == 0:
                st.stop()
        return choice

    def answer(self, sentence: Answer, choice: Choice) -> None:
        """Write, under the question, the sentence that answers it from the data."""
        with self._answer:
            markup.answer(sentence(self._numbers, choice))

    def section(self, question: str) -> None:
        """Begin a section with the question that it answers."""
        markup.section(question)

    def questions(self, *asked: Question, in_address: bool = True) -> None:
        """Show one question at a time behind tabs, or all below each other for print.

        Only the open tab is made. It stands in the address, unless the page links to others' tabs.
        """
        names = [*(each.name for each in asked), _ALL]
        if in_address:
            tabs = st.tabs(names, key=filters.VIEW, on_change="rerun", bind="query-params")
        else:
            tabs = st.tabs(names, key="parts", on_change="rerun")
        shown = [(each,) for each in asked] + [asked]
        for tab, questions in zip(tabs, shown, strict=True):
            if tab.open:
                with tab:
                    _show_questions(questions)

    def row(self) -> Sequence[st.delta_generator.DeltaGenerator]:
        """Return a wide place and a narrow one beside it; on a phone one follows the other."""
        return st.columns([5, 3])

    def note(self, text: str) -> None:
        """Write a caveat where the reader meets the number."""
        markup.quiet(text)

    def cards(self, makers: Sequence[Metric | CardMaker], choice: Choice) -> None:
        """Show one card per measure."""
        made = [measure(each) if isinstance(each, Metric) else each for each in makers]
        self._rows += 1
        card_row.show(
            [make(self._numbers, choice) for make in made],
            key=f"cards_{self._rows}",
            about=card_row.place_and_period(self._numbers, choice),
            warehouse=self._numbers.warehouse,
        )

    def chart(self, draw: Draw, metric: Metric, choice: Choice, *, by: By) -> None:
        """Show one figure of a metric over the chosen period, broken down by `by`."""
        self._figure(draw, metric, choice, by, lambda: (self._numbers.result(metric, choice, by),))

    def compare(
        self, draw: Draw, metric: Metric, choice: Choice, *, by: By = ("area_code",)
    ) -> None:
        """Show one figure of districts side by side; one district alone stands among them all."""
        shown = self._numbers.among_others(choice)
        if shown != choice:
            markup.quiet("All districts are shown below, since one alone compares with nothing.")
        self.chart(draw, metric, shown, by=by)

    def trend(self, draw: Draw, metric: Metric, choice: Choice, *, by: By = ()) -> None:
        """Show one figure over the 36 months that end with the chosen period.

        It goes by month, or by quarter where few people stand behind a month.
        """
        numbers = self._numbers
        by = by or (numbers.step(metric, choice),)
        self.chart(draw, metric, numbers.trend(choice, metric), by=by)

    def change(self, draw: Draw, metric: Metric, choice: Choice, *, by: By) -> None:
        """Show one figure of what changed since the period before or last year."""
        numbers = self._numbers
        self._figure(
            draw,
            metric,
            choice,
            by,
            lambda: (numbers.result(metric, choice, by), numbers.earlier(metric, choice, by)),
        )

    def map(self, draw: Draw, metric: Metric, choice: Choice, *, by: By) -> None:
        """Show one map of a metric, with the outlines of the districts."""
        numbers = self._numbers
        self._figure(
            draw,
            metric,
            choice,
            by,
            lambda: (numbers.result(metric, choice, by), numbers.outlines()),
        )

    def look_here(self, choice: Choice) -> None:
        """Show the signals found, strongest first, each with a link that opens it."""
        look_here.show(self._numbers, choice)

    def listing(self, make: Callable[[Warehouse], Chart]) -> None:
        """Show a table of the record that each load keeps."""
        numbers = self._numbers
        table = kept(numbers.version, ("listing", make.__name__), lambda: make(numbers.warehouse))
        figure.show_listing(table, key=make.__name__)

    def part(self, show: Callable[[Numbers, Path], T]) -> T:
        """Show a part that is no figure, from numbers and data folder; return its answer."""
        return show(self._numbers, self._settings.data_dir)

    def terms(self, metrics: Sequence[Metric]) -> None:
        """Show what each metric means, how it is made and how to read it."""
        definitions.show(metrics)

    def _figure(
        self,
        draw: Draw,
        metric: Metric,
        choice: Choice,
        by: By,
        inputs: Callable[[], tuple[object, ...]],
    ) -> None:
        key = f"{draw.__name__}_{metric.key}_{'_'.join(by)}"
        composed.show(self._numbers, choice, key, metric.label, lambda: draw(*inputs()))
