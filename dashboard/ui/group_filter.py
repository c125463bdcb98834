"""The filter by priority group, on the pages that are about one group at a time."""

from typing import Final

import streamlit as st

from dashboard.charts.words import lowered
from dashboard.ui import markup
from schemas.supplied.lists import PRIORITY_FLAG

_USUAL: Final = "DA"


def choose_group(label: str, *, key: str) -> str:
    """Show the filter and return the code of the group; a bad one in the address gives a notice."""
    _say_unknown(st.query_params.get("group", ""))
    with st.container(key=key):
        return st.selectbox(
            label,
            list(PRIORITY_FLAG),
            index=list(PRIORITY_FLAG).index(_USUAL),
            format_func=lambda code: PRIORITY_FLAG[code],
            key="group",
            bind="query-params",
        )


def _say_unknown(group: str) -> None:
    """Say that the address asks for a group that does not exist; its name is never repeated."""
    if group and group not in PRIORITY_FLAG.values():
        usual = lowered(PRIORITY_FLAG[_USUAL])
        markup.box("notice", f"Filter group not recognised; showing {usual}.")
