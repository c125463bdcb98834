"""The delivery plan that a page shows: the sheet, and what was changed on the page until when.

It is read once for each run of the page, so that all its parts agree.
"""

from pathlib import Path
from typing import Final

import streamlit as st

from dashboard.metrics.plan_changes import with_changes
from dashboard.metrics.strategy import Plan, read_plan
from dashboard.ui import cache, markup
from dashboard.ui.cache import kept
from dashboard.ui.collector import is_as_made, is_replay
from dashboard.ui.freshness import EVERY_SECONDS
from dashboard.ui.numbers import Numbers
from dashboard.warehouse import Warehouse, number_of
from dashboard.workspace import plan
from dashboard.workspace.database import WorkspaceUnavailable
from dashboard.workspace.plan import Revision

SOURCES: Final = ("ref_commitment", "delivery_plan")
_REVISION: Final = "plan_revision"
_SHEET_ALONE: Final = "The delivery plan is shown as the sheet has it, without changes made here."


def plan_shown(numbers: Numbers, data_dir: Path) -> Plan:
    """Return the plan with its changes; where they cannot be read, the sheet's, and say so.

    An earlier version shows the plan as it stood at the end of that version's time; a paper that
    is made again, the changes up to the one that its recipe names.
    """
    try:
        last = _last(numbers, data_dir)
        found = kept(
            numbers.version, ("plan", last), lambda: _made(numbers.warehouse, data_dir, last)
        )
        if not is_replay() and is_newest(numbers, data_dir):
            _watch(data_dir, last)
    except WorkspaceUnavailable as why:
        markup.box("notice", _SHEET_ALONE, str(why))
        found = read_plan(numbers.warehouse)
    st.session_state[_REVISION] = found.revision
    return found


def is_newest(numbers: Numbers, data_dir: Path) -> bool:
    """Return whether the page shows the version that is served."""
    return numbers.version == cache.warehouse(data_dir).version


def is_plan_invented(warehouse: Warehouse) -> bool:
    """Return whether commitments and plan are the invented sample."""
    return warehouse.is_invented(*SOURCES)


def _last(numbers: Numbers, data_dir: Path) -> Revision:
    if is_as_made():
        # A recipe of before there were changes names none: it showed the sheet alone.
        return plan.last(data_dir, upto=st.session_state.get(_REVISION, 0))
    if is_newest(numbers, data_dir):
        return plan.last(data_dir)
    shown = number_of(numbers.version)
    return plan.last(data_dir, served=lambda version: number_of(version) <= shown)


def _made(warehouse: Warehouse, data_dir: Path, last: Revision) -> Plan:
    held = plan.changes(data_dir, upto=last.number, is_invented=is_plan_invented(warehouse))
    return with_changes(read_plan(warehouse), held, revision=last.number)


@st.fragment(run_every=EVERY_SECONDS)
def _watch(data_dir: Path, known: Revision) -> None:
    """Show the page again as soon as somebody changed the plan."""
    try:
        found = plan.last(data_dir)
    except WorkspaceUnavailable:
        st.rerun()
    if found != known:
        st.rerun()
