"""The template of a return, with who sends it, when, and what it replaces."""

from pathlib import Path
from typing import Final

import streamlit as st

from dashboard.ui import dictionary
from dashboard.ui.numbers import Numbers
from schemas.supplied.contracts import CONTRACTS, contract

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
    if table is not None:
        dictionary.head(contract(table), key=f"template_{table}")
