"""Scenarios that readers keep: saved under a name, opened by anyone who has the link."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from dashboard.errors import DashboardError
from dashboard.planning.scenario import NotAScenario, Scenario, from_text, to_text
from dashboard.workspace.database import reading, writing
from dashboard.workspace.pinned import pin_all

LONGEST_NAME: Final = 60
MOST_BYTES: Final = 20_000
MOST_KEPT: Final = 40
"""Scenarios of one owner."""

_ID_BYTES: Final = 9


class NotSaved(DashboardError):
    """A scenario was not saved; the message says why and what to do."""

    exit_code = 2


@dataclass(frozen=True, kw_only=True)
class Saved:
    """One scenario that is kept, whose it is and the day on which it was saved.

    Without a `scenario`, `problem` says why it cannot be read.
    """

    scenario_id: str
    owner: str
    name: str
    saved_on: str
    scenario: Scenario | None
    problem: str = ""


def save(
    data_dir: Path,
    scenario: Scenario,
    *,
    owner: str,
    now: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> str:
    """Keep a scenario and return its id; one of the same owner and name is replaced.

    Raises NotSaved for a name or size beyond the limits, and WorkspaceUnavailable.
    """
    name = checked_name(scenario.name)
    content = to_text(scenario)
    if len(content.encode()) > MOST_BYTES:
        raise NotSaved("The scenario is too large to be saved. Take some of its changes out.")
    with writing(data_dir) as held:
        same = held.execute(
            "select scenario_id from scenario where owner = ? and name = ?", (owner, name)
        ).fetchone()
        (kept,) = held.execute("select count(*) from scenario where owner = ?", (owner,)).fetchone()
        if same is None and kept >= MOST_KEPT:
            raise NotSaved(f"{MOST_KEPT} scenarios are saved already. Remove one first.")
        scenario_id = str(same[0]) if same else secrets.token_urlsafe(_ID_BYTES)
        held.execute(
            "insert or replace into scenario values (?, ?, ?, ?, ?)",
            (scenario_id, owner, name, content, now().isoformat(timespec="seconds")),
        )
        pin_all(data_dir, held)  # the loader removes no version before it finds a list
    return scenario_id


def checked_name(name: str) -> str:
    """Return a name without spaces round it. Raises NotSaved for one that is empty or too long."""
    tidy = " ".join(name.split())
    if not tidy or not tidy.isprintable():
        raise NotSaved("Give the scenario a name of ordinary letters before you save it.")
    if len(tidy) > LONGEST_NAME:
        raise NotSaved(f"The name has {len(tidy)} letters; it may have {LONGEST_NAME}.")
    return tidy


def listed(data_dir: Path, *, owner: str) -> tuple[Saved, ...]:
    """Return an owner's scenarios by name. Raises WorkspaceUnavailable."""
    with reading(data_dir) as held:
        if held is None:
            return ()
        rows = held.execute(
            "select scenario_id, owner, name, content, saved_at from scenario where owner = ? "
            "order by name collate nocase, scenario_id",
            (owner,),
        ).fetchall()
    return tuple(_saved(*row) for row in rows)


def opened(data_dir: Path, scenario_id: str) -> Saved | None:
    """Return the scenario of an id, whoever owns it; None where there is none.

    Raises WorkspaceUnavailable.
    """
    with reading(data_dir) as held:
        if held is None:
            return None
        row = held.execute(
            "select scenario_id, owner, name, content, saved_at from scenario "
            "where scenario_id = ?",
            (scenario_id,),
        ).fetchone()
    return _saved(*row) if row else None


def remove(data_dir: Path, scenario_id: str, *, owner: str) -> bool:
    """Forget a scenario of this owner; return False where there is none of theirs.

    Raises WorkspaceUnavailable.
    """
    with writing(data_dir) as held:
        done = held.execute(
            "delete from scenario where scenario_id = ? and owner = ?", (scenario_id, owner)
        )
        return done.rowcount > 0


def _saved(scenario_id: str, owner: str, name: str, content: str, saved_at: str) -> Saved:
    try:
        scenario, problem = from_text(content), ""
    except NotAScenario as why:
        scenario, problem = None, str(why)
    return Saved(
        scenario_id=scenario_id,
        owner=owner,
        name=name,
        saved_on=saved_at[:10],
        scenario=scenario,
        problem=problem,
    )
