"""A saved scenario that a link names, and what differs between its day and today."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

import streamlit as st

from dashboard.directory.words import day
from dashboard.metrics.assumptions import assumptions
from dashboard.planning.change import Change
from dashboard.planning.effect import effect
from dashboard.planning.scenario import Made, since
from dashboard.planning.start import today_of
from dashboard.ui import markup, planner_draft
from dashboard.ui.cache import kept
from dashboard.ui.numbers import Numbers
from dashboard.workspace import scenarios
from dashboard.workspace.database import WorkspaceUnavailable
from dashboard.workspace.scenarios import Saved

_KINDS: Final = ("PREVALENCE", "INCIDENTS", "SUPPORT", "TRAVEL", "CAPACITY")
_GONE: Final = (
    "The saved scenario of this link is not kept here any more; the changes in the link are shown."
)


@dataclass(frozen=True)
class Opened:
    """The saved scenario that the address names, if any, and why it cannot be shown."""

    saved: Saved | None
    problems: tuple[str, ...] = ()


def arrive(data_dir: Path) -> Opened:
    """Return the saved scenario that the address names; a new session begins with its changes."""
    wanted = st.query_params.get(planner_draft.SAVED, "")
    if not wanted:
        return Opened(None)
    try:
        saved = scenarios.opened(data_dir, wanted)
    except WorkspaceUnavailable as why:
        return Opened(None, (str(why),))
    if saved is None or saved.scenario is None:
        return Opened(None, (saved.problem if saved else _GONE,))
    if planner_draft.is_fresh():
        begin(saved)
    elif planner_draft.GROUP not in {*st.query_params, *st.session_state}:
        st.session_state[planner_draft.GROUP] = saved.scenario.group
    return Opened(saved)


def begin(saved: Saved) -> None:
    """Try the changes of a saved scenario, for its priority group, instead of those of before."""
    if saved.scenario:
        planner_draft.put(saved.scenario.changes)
        st.session_state[planner_draft.GROUP] = saved.scenario.group
        st.query_params[planner_draft.SAVED] = saved.scenario_id


def made(numbers: Numbers, group: str, changes: Sequence[Change]) -> Made:
    """Return what a scenario rests on today and what it gives, to be kept with it."""
    found = kept(
        numbers.version,
        ("scenario", group, tuple(changes)),
        lambda: effect(today_of(numbers.warehouse, group), changes),
    )
    held = assumptions(numbers.warehouse)
    return Made(
        version=numbers.version,
        as_of=day(numbers.warehouse.build.as_of_date),
        assumptions={
            code: each.values.central for code, each in held.items() if code.startswith(_KINDS)
        },
        before=found.force.before.unmet,
        after=found.force.after,
    )


def show_since(
    saved: Saved | None, numbers: Numbers, group: str, changes: Sequence[Change]
) -> None:
    """Say which saved scenario is open, whether it was changed, and what differs since its day."""
    if saved is None or saved.scenario is None:
        return
    is_changed = saved.scenario.changes != tuple(changes) or saved.scenario.group != group
    told = "; changed here, and not saved" if is_changed else ""
    markup.box(
        "notice",
        f"Scenario “{saved.name}”{told}.",
        f"Saved on {day(date.fromisoformat(saved.saved_on))} by {saved.owner}, on version "
        f"{saved.scenario.made.version}.",
    )
    now = made(numbers, saved.scenario.group, saved.scenario.changes)
    names = {code: each.name for code, each in assumptions(numbers.warehouse).items()}
    differences = tuple(since(saved.scenario.made, now, names))
    if differences:
        markup.box("notice", "What changed since it was saved.", " ".join(differences))
