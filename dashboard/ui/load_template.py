"""The template of a return, with who sends it, when, and what it replaces."""

from pathlib import Path
from typing import Final

import streamlit as st

from dashboard.export import export, file_name
from dashboard.ui import markup
from dashboard.ui.numbers import Numbers
from schemas.supplied.contracts import CONTRACTS, contract
from schemas.supplied.dictionary import entry

_TITLES: Final = {each.table: each.title for each in CONTRACTS}


def show(_: Numbers, __: Path) -> None:
    """Let the reader choose a return; show what it is, and offer its template."""
    table = st.selectbox(
        "Return",
        _TITLES,
        index=None,
        format_func=lambda each: _TITLES[each],
        placeholder="Choose a return",
        key="load_return",
    )
    if table is None:
        return
    chosen = contract(table)
    told = entry(chosen)
    markup.terms(
        [
            ("One row per", told.row),
            ("Who sends it", told.sender),
            ("When", told.rhythm),
            ("What it replaces", told.replaces),
        ]
    )
    # A callable, so that the workbook is made on the click.
    st.download_button(
        "Download the template (Excel)",
        data=lambda: export(chosen, "xlsx").content,
        file_name=file_name(chosen, "xlsx"),
        icon=":material/download:",
        key=f"template_{table}",
        on_click="ignore",
    )
