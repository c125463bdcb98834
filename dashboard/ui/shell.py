"""What stands around every page: its settings, the navigation and the sidebar."""

from base64 import b64encode
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import streamlit as st

from dashboard.access import PageEntry, pages_for
from dashboard.settings import load_settings
from dashboard.ui import markup
from dashboard.ui.identity import current_reader

PRODUCT: Final = "West Mercia Victims Insight"
OFFICE: Final = "Office of the Police and Crime Commissioner, for the Victims’ Board"
_ROOT: Final = Path(__file__).parents[2]
_ICON: Final = b64encode((_ROOT / "static" / "icon.png").read_bytes()).decode()
_PAGES: Final = "pages"


def set_page_settings(title: str = "") -> None:
    """Set the browser's title and icon. An icon within the page keeps it from fetching one."""
    icon = f"data:image/png;base64,{_ICON}"
    named = f"{title} – {PRODUCT}" if title else PRODUCT
    st.set_page_config(page_title=named, page_icon=icon, layout="wide")


def current_pages() -> dict[str, list[st.Page]]:
    """Return the pages that the reader may open, by section; one plain page for anybody else."""
    allowed = pages_for(current_reader(load_settings()).role)
    if not allowed:
        return {"": [st.Page(show_denied, title="Not available", default=True)]}
    made = _made(allowed)
    return {
        section: [made[entry.key] for entry in allowed if entry.section == section]
        for section in dict.fromkeys(entry.section for entry in allowed)
    }


def page_of(key: str) -> st.Page:
    """Return a page, for links. Raises KeyError for one that the reader may not open."""
    made: dict[str, st.Page] = st.session_state[_PAGES]
    return made[key]


def show_sidebar() -> None:
    """Write the product's name, the pages that the reader may open, and who is reading.

    Streamlit's own menu with sections breaks the rules for lists, so it is drawn here.
    """
    reader = current_reader(load_settings())
    with st.sidebar:
        markup.brand(PRODUCT, OFFICE)
        section = ""
        for entry in pages_for(reader.role):
            if entry.section != section:
                markup.menu_section(entry.section)
            section = entry.section
            st.page_link(page_of(entry.key), width="stretch")
        if reader.role:
            markup.quiet(f"{reader.name} ({reader.role})")


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


def show_denied() -> None:
    """Write the page that a reader without a role sees: no figure, and whom to ask."""
    markup.style()
    markup.title("This dashboard is not open to you")
    markup.answer(
        "You are not signed in, or your account has no role here. "
        f"Ask {load_settings().contact} for access."
    )


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
