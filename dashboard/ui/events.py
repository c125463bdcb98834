"""What is recorded of a visit beside the files that leave: signing in and out, and what is denied.

Nothing here lets anyone in or out: where it cannot be recorded, the log says so and no more.
"""

import logging
from typing import Final

import streamlit as st

from dashboard import audit
from dashboard.audit_event import Action, Event
from dashboard.errors import DashboardError
from dashboard.reader import Reader
from dashboard.settings import Settings

WITHOUT_EFFECT: Final = ("role", "roles", "user", "reader", "sdc", "suppression", "protection")
"""Parameters of an address that some would try: none changes role, identity or suppression."""

_LOG: Final = logging.getLogger("dashboard")
_NOTED: Final = "events_noted"


def note(action: Action, what: str, reader: Reader, settings: Settings) -> None:
    """Record that a reader did or was denied something, once for each session."""
    noted: set[tuple[Action, str]] = st.session_state.setdefault(_NOTED, set())
    if (action, what) in noted:
        return
    noted.add((action, what))
    if action in ("denied", "ignored_parameter"):
        _LOG.warning("%s: %s, by a reader whose role is %s", action, what, reader.role or "none")
    if reader.key:  # strangers cannot fill the audit log
        _append(Event(action=action, reader=reader.key, role=reader.role, what=what), settings)


def note_visit(reader: Reader, settings: Settings) -> None:
    """Record that a reader signed in, and each parameter that was tried and has no effect."""
    if reader.role and settings.mode == "production":
        note("signed_in", settings.sign_in, reader, settings)
    for name in WITHOUT_EFFECT:
        if name in st.query_params:
            note("ignored_parameter", name, reader, settings)


def _append(event: Event, settings: Settings) -> None:
    try:
        audit.append(settings.data_dir, event)
    except DashboardError:
        _LOG.error("the audit log does not hold: %s", event.action)
