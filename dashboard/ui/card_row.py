"""A row of cards, which can go into a paper as a table that says the same."""

from collections.abc import Sequence
from functools import partial
from typing import Final

import streamlit as st

from dashboard.access import page_entry
from dashboard.charts.chart import Chart
from dashboard.charts.words import joined, sentence
from dashboard.metrics.metric import Choice, Period
from dashboard.metrics.period import in_words
from dashboard.ui import basket, filters, markup
from dashboard.ui.collector import collected
from dashboard.ui.listing import Column, listing
from dashboard.ui.markup import Card
from dashboard.ui.numbers import Numbers
from dashboard.warehouse import Warehouse

_HEADINGS: Final = ("Measure", "Value", "Unit", "Change", "Target", "Verdict")
_ALWAYS: Final = 2
"""Columns that stand there even where no card fills them."""


@st.fragment
def show(them: Sequence[Card], *, key: str, about: str, warehouse: Warehouse) -> None:
    """Show a row of cards; `about` says place and period, `key` tells rows of a page apart."""
    make = partial(as_table, them, about, warehouse)
    if collected(make, key=key):
        return
    markup.cards(them)
    basket.button(make, key=key)
    basket.tell(key)


def place_and_period(numbers: Numbers, choice: Choice) -> str:
    """Return what a row of cards is about: 'Redditch, October 2025 to September 2026'."""
    names = numbers.area_names()
    place = joined([names[code] for code in choice.areas if code in names])
    said = [place or numbers.home_name()]
    if choice.first_month and choice.last_month:
        said.append(in_words(Period(choice.first_month, choice.last_month)))
    return ", ".join((*said, *choice.crime_types))


def as_table(them: Sequence[Card], about: str, warehouse: Warehouse) -> Chart:
    """Return the figures and words of cards as a table, a row a card."""
    rows = [_row(card) for card in them]
    filled = [n for n in range(len(_HEADINGS)) if n < _ALWAYS or any(row[n] for row in rows)]
    page = page_entry(filters.page_shown())
    return listing(
        f"numbers-{page.key}",
        _headline(them),
        sentence(about),
        columns=[Column(_HEADINGS[n]) for n in filled],
        rows=[tuple(row[n] for n in filled) for row in rows],
        warehouse=warehouse,
        source=f"the page {page.title} of this dashboard",
        caveat="The page Definitions says how each measure is made, and from what.",
    )


def _row(card: Card) -> tuple[str, ...]:
    name = f"{card.name} ({card.objective})" if card.objective else card.name
    return (name, card.number, card.unit, card.change, card.target, card.verdict)


def _headline(them: Sequence[Card]) -> str:
    """Return which measures signal concern; where no measure has a past, the first number."""
    worrying = [card.name for card in them if card.kind == "concern"]
    if worrying:
        return f"Of {len(them)} measures, {len(worrying)} of concern: {'; '.join(worrying)}"
    if any(card.verdict and card.spark for card in them):
        return f"None of {len(them)} measures signals concern"
    first = them[0]
    return f"{first.name}: {first.number} {first.unit}".strip()
