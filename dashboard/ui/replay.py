"""Pages run again without a browser, for the figures that they show.

A page is the only place that says how its figures are made, so a recipe names the page, and the
page is run as it stands. Nothing of a recipe is run: it chooses a page of ours, and fills the
address and the few choices that a reader could have made there.
"""

import io
import logging
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, redirect_stdout
from pathlib import Path
from typing import Final

from streamlit.testing.v1 import AppTest

from dashboard.access import page_entry
from dashboard.papers.draft import Item
from dashboard.papers.rebuild import Asked, Found
from dashboard.ui.as_at import AS_AT
from dashboard.ui.collector import COLLECTOR, Collector

_ROOT: Final = Path(__file__).parents[2]
_SECONDS: Final = 120

Progress = Callable[[int, int], None]
"""Told how many figures are made, of how many."""


def replay(
    asked: Sequence[Asked], *, data_dir: Path, progress: Progress = lambda *_: None
) -> list[Found]:
    """Return each figure asked for, made by running its page; each view of a page runs once."""
    views: dict[str, list[Asked]] = {}
    for each in asked:
        views.setdefault(_view(each), []).append(each)
    found: dict[str, Mapping[str, Item] | str] = {}
    done = 0
    with _without_a_server(data_dir):
        for view, these in views.items():
            found[view] = figures_of(these[0])
            done += len(these)
            progress(done, len(asked))
    return [_found(each, found[_view(each)]) for each in asked]


def figures_of(asked: Asked) -> Mapping[str, Item] | str:
    """Return the figures that a page shows, by key; or why it shows none.

    It is shown to whoever reads in this process, which is why `replay` is how others come here.
    """
    entry = page_entry(asked.origin.page)
    app = AppTest.from_function(_page, args=(str(_ROOT / entry.file),), default_timeout=_SECONDS)
    for name, values in {**asked.origin.address, AS_AT: (asked.version,)}.items():
        app.query_params[name] = list(values)
    for name, value in asked.origin.state.items():
        app.session_state[name] = value
    collector = Collector(_is_as_made(asked))
    app.session_state[COLLECTOR] = collector
    try:
        app.run()
    except RuntimeError:
        return f"the page {entry.title} took too long"
    return collector.items if not app.exception else f"the page {entry.title} could not be made"


def _view(asked: Asked) -> str:
    """Return what tells one run of a page from another."""
    origin = asked.origin
    address = {name: values for name, values in origin.address.items() if name != AS_AT}
    rests_on = (sorted(address.items()), sorted(origin.state.items()))
    return repr((origin.page, rests_on, asked.version, _is_as_made(asked)))


def _is_as_made(asked: Asked) -> bool:
    """Return True where a figure is asked for on the version that it showed."""
    return asked.origin.address.get(AS_AT) == (asked.version,)


def _found(asked: Asked, shown: Mapping[str, Item] | str) -> Found:
    if isinstance(shown, str):
        return Found(None, shown)
    item = shown.get(asked.origin.figure)
    if item is None:
        return Found(None, "its page shows no such figure with these filters")
    if item.chart.version != asked.version:
        return Found(None, f"version {asked.version} cannot be shown")
    return Found(item)


def _page(file: str) -> None:
    """Run one page file as the dashboard does. This body is a script of its own."""
    import runpy

    import streamlit as st

    from dashboard.ui.shell import current_pages

    st.navigation(current_pages(), position="hidden")
    runpy.run_path(file)


@contextmanager
def _without_a_server(data_dir: Path) -> Iterator[None]:
    """Let this process show pages to itself: whoever starts it can read the data anyway."""
    ours = {"WM_DATA_DIR": str(data_dir), "WM_MODE": "development"}
    before = {name: os.environ.get(name) for name in ours}
    # Streamlit tells at length that there is no server, and what went wrong on a page.
    logging.disable(logging.CRITICAL)
    os.environ.update(ours)
    try:
        with redirect_stdout(io.StringIO()):
            yield
    finally:
        logging.disable(logging.NOTSET)
        for name, value in before.items():
            os.environ.pop(name, None)
            if value is not None:
                os.environ[name] = value
