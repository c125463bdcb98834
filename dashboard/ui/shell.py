"""What stands around every page: its settings, the navigation and the sidebar."""

from base64 import b64encode
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import streamlit as st

from dashboard.access import PAGES, PageEntry, pages_for
from dashboard.report.paper import OFFICE
from dashboard.settings import load_settings
from dashboard.ui import as_at, events, markup, sign_in
from dashboard.ui.identity import current_reader

PRODUCT: Final = "West Mercia Victims Insight"
_ROOT: Final = Path(__file__).parents[2]
_ICON: Final = b64encode((_ROOT / "static" / "icon.png").read_bytes()).decode()
_PAGES: Final = "pages"
_HOME: Final = "overview"


def set_page_settings(title: str = "") -> None:
    """Set the browser's title and icon. An icon within the page keeps it from fetching one."""
    icon = f"data:image/png;base64,{_ICON}"
    named = f"{title} – {PRODUCT}" if title else PRODUCT
    st.set_page_config(page_title=named, page_icon=icon, layout="wide")


def current_pages() -> list[st.Page]:
    """Return every page; one that the reader may not open says so in its place.

    An address that is right but closed is thus answered by a page, and not called unknown.
    """
    reader = current_reader(load_settings())
    made = _made(pages_for(reader.role))
    title = sign_in.closed_title(reader)
    return [made.get(entry.key) or _closed(entry, title) for entry in PAGES]


def page_of(key: str) -> st.Page:
    """Return a page, for links. Raises KeyError for one that the reader may not open."""
    made: dict[str, st.Page] = st.session_state[_PAGES]
    return made[key]


def show_sidebar() -> None:
    """Write the product's name, the pages that the reader may open, and who is reading.

    Streamlit's own menu with sections breaks the rules for lists, so it is drawn here.
    """
    settings, carried = load_settings(), as_at.carried()
    reader = current_reader(settings)
    events.note_visit(reader, settings)
    with st.sidebar:
        markup.brand(PRODUCT, OFFICE)
        section = ""
        for entry in pages_for(reader.role):
            if entry.section != section:
                markup.menu_section(entry.section)
            section = entry.section
            st.page_link(page_of(entry.key), width="stretch", query_params=carried)
        if reader.role:
            markup.quiet(f"{reader.name} ({reader.role})")
            sign_in.show_sign_out(settings)


def show_footer() -> None:
    """Write what holds for every page: what kind of figures these are, licence, whom to ask."""
    markup.footer(
        (
            "Management information, not official statistics. Recorded crime is not all crime.",
            "Contains public sector information licensed under the Open Government Licence v3.0 "
            "(police.uk crime data, Office for National Statistics populations and boundaries).",
            f"Questions and corrections: {load_settings().contact}.",
        )
    )


def show_denied(key: str = "") -> None:
    """Write what stands in place of a page that the reader may not open: no figure."""
    made: dict[str, st.Page] = st.session_state.get(_PAGES, {})
    sign_in.show_closed(key, home=made.get(_HOME))


def _made(allowed: Sequence[PageEntry]) -> dict[str, st.Page]:
    """Return the pages made for this reader: once, since each looks for its file when made."""
    keys = {entry.key for entry in allowed}
    made: dict[str, st.Page] = st.session_state.get(_PAGES, {})
    if made.keys() != keys:
        made = st.session_state[_PAGES] = {entry.key: _page(entry) for entry in allowed}
    return made


def _page(entry: PageEntry) -> st.Page:
    return st.Page(
        _ROOT / entry.file,
        title=entry.title,
        icon=entry.icon,
        url_path=entry.path or None,
        default=not entry.path,
    )


def _closed(entry: PageEntry, title: str) -> st.Page:
    def show() -> None:
        show_denied(entry.key)

    return st.Page(show, title=title, url_path=entry.path or None, default=not entry.path)
