"""Where figures go while pages are replayed without a screen: to whoever collects them."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

import streamlit as st

from dashboard.charts.chart import Chart
from dashboard.papers.draft import Item
from dashboard.ui.origin import item_of

COLLECTOR: Final = "figures_collected"
"""Where a replayed session holds its collector. No browser can put one there: it is an object."""


@dataclass
class Collector:
    """The figures that one run of a page showed, by key.

    is_as_made: they are made on the version on which they were made before.
    """

    is_as_made: bool = True
    items: dict[str, Item] = field(default_factory=dict)


def is_replay() -> bool:
    """Return True while a page is run for its figures alone."""
    return isinstance(st.session_state.get(COLLECTOR), Collector)


def is_as_made() -> bool:
    """Return True while a page is run for figures as they were, on the version of that time."""
    collector = st.session_state.get(COLLECTOR)
    return isinstance(collector, Collector) and collector.is_as_made


def collected(make: Callable[[], Chart], *, key: str) -> bool:
    """Hand a figure over where somebody collects; return False where it is to be shown."""
    collector = st.session_state.get(COLLECTOR)
    if not isinstance(collector, Collector):
        return False
    collector.items[key] = item_of(make(), key=key)
    return True
