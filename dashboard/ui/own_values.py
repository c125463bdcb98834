"""Values that a reader tries in the place of those agreed: kept for them, and shown to nobody else.

They come back in the reader's next session. Where they cannot be kept they hold for this session.
"""

from collections.abc import Mapping
from typing import Final

import streamlit as st

from dashboard.settings import load_settings
from dashboard.ui.collector import is_replay
from dashboard.ui.identity import current_reader
from dashboard.workspace import tried
from dashboard.workspace.database import WorkspaceUnavailable

_VALUES: Final = "needs_tried"
_IS_BEGUN: Final = "needs_tried_begun"
_IS_KEPT: Final = "needs_tried_kept"


def own_values() -> Mapping[str, float]:
    """Return the values that this reader tries, by the code of their assumption."""
    if _IS_BEGUN not in st.session_state and not is_replay():
        st.session_state[_IS_BEGUN] = True
        _bring_back()
    values: Mapping[str, float] = st.session_state.get(_VALUES, {})
    return values


def hold(values: Mapping[str, float]) -> None:
    """Hold these values from now on; none takes the reader back to all that is agreed."""
    st.session_state[_IS_BEGUN] = True
    if values:
        st.session_state[_VALUES] = dict(values)
    else:
        st.session_state.pop(_VALUES, None)
    settings = load_settings()
    try:
        tried.keep(settings.data_dir, values, owner=current_reader(settings).key)
        st.session_state[_IS_KEPT] = True
    except WorkspaceUnavailable:
        st.session_state[_IS_KEPT] = False


def how_long() -> str:
    """Return how long the values hold, in words."""
    if st.session_state.get(_IS_KEPT):
        return "Kept for you, and shown to nobody else, until you go back"
    return "Tried out in this session only"


def _bring_back() -> None:
    settings = load_settings()
    try:
        values = tried.kept(settings.data_dir, owner=current_reader(settings).key)
    except WorkspaceUnavailable:
        return
    if values:
        st.session_state[_VALUES] = values
        st.session_state[_IS_KEPT] = True
