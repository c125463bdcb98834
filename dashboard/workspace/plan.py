"""Changes of the delivery plan that staff make on the page: a list to which only the end is added.

Each holds the whole entry, so that the plan as it stood at any number can be shown again. Its line
in the audit log is on the disk before it is kept.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Final

from dashboard.access import may_do
from dashboard.audit import append
from dashboard.audit_event import Event
from dashboard.errors import DashboardError
from dashboard.metrics.strategy import PlanEntry
from dashboard.workspace.database import Held, WorkspaceUnavailable, reading, writing
from dashboard.workspace.pinned import pin_all
from schemas.supplied.delivery_plan import DELIVERY_PLAN
from schemas.supplied.field import SAMPLE_FIELD
from schemas.supplied.lists import SAMPLE

MOST_BYTES: Final = 8_000
"""Of one entry."""

_PAGE: Final = "strategy"
_DAYS: Final = tuple(each.name for each in DELIVERY_PLAN.fields if each.kind == "date")
_FIELDS: Final = tuple(name for name in DELIVERY_PLAN.names if name != SAMPLE_FIELD.name)
(_SAMPLE,) = SAMPLE


class NotChanged(DashboardError):
    """A change was not kept; the message says why and what to do."""

    exit_code = 2


@dataclass(frozen=True, kw_only=True)
class Author:
    """Who changes the plan, in which role, and what was served: its version, invented or not."""

    owner: str
    role: str | None
    version: str
    is_invented: bool


@dataclass(frozen=True)
class Revision:
    """The last change of a plan: its number, and when it was made.

    A list that was restored from a backup may give the same number again; not at the same moment.
    """

    number: int = 0
    saved_at: str = ""


def last(
    data_dir: Path, *, upto: int | None = None, served: Callable[[str], bool] = lambda _: True
) -> Revision:
    """Return the last change: of all, of those up to a number, or of those made in some time.

    served: whether a version, by its name, is one that was served in that time.
    Raises WorkspaceUnavailable.
    """
    with reading(data_dir) as held:
        if held is None:
            return Revision()
        rows = held.execute(
            "select version, max(number), saved_at from plan_revision "
            "where number <= coalesce(?, number) group by version",
            (upto,),
        ).fetchall()
    found = [Revision(number, saved_at) for version, number, saved_at in rows if served(version)]
    return max(found, key=lambda each: each.number, default=Revision())


def changes(data_dir: Path, *, upto: int, is_invented: bool) -> tuple[PlanEntry, ...]:
    """Return each entry as it was last changed, up to a number.

    What was changed while the plan was invented is never part of a real one, nor the reverse.
    Raises WorkspaceUnavailable.
    """
    with reading(data_dir) as held:
        if held is None:
            return ()
        rows = held.execute(
            "select max(number), content from plan_revision "
            "where number <= ? and is_invented = ? group by entry_id order by entry_id",
            (upto, is_invented),
        ).fetchall()
    return tuple(_entry(*row) for row in rows)


def save(
    data_dir: Path,
    entry: PlanEntry,
    *,
    after: int,
    author: Author,
    now: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> PlanEntry:
    """Keep an entry as it is from now on, and return it; one without a code is new and gets one.

    after: the entry's last change when its author opened it, 0 for none.

    Raises:
        NotChanged: it was changed since, the author may not change the plan, or it is too large.
        NotRecorded: the audit log takes no line, so nothing was kept.
        WorkspaceUnavailable: it cannot be kept.
    """
    if not may_do(author.role, "edit_plan"):
        append(data_dir, _event("denied", "edit_plan", author))
        raise NotChanged("Your role may not change the delivery plan.")
    with writing(data_dir) as held:
        if entry.entry_id and _last_of(held, entry.entry_id, author) != after:
            raise NotChanged(
                "Somebody else changed this entry at the same moment. Save again to see what it "
                "says now."
            )
        (before,) = held.execute("select max(number) from plan_revision").fetchone()
        number = (before or 0) + 1
        kept = replace(
            entry, entry_id=entry.entry_id or f"PAGE-{number}", revision=number, beside=None
        )
        content = _content(kept, author)
        append(data_dir, _event("plan_changed", f"{kept.entry_id}, revision {number}", author))
        held.execute(
            "insert into plan_revision values (?, ?, ?, ?, ?, ?, ?)",
            (
                *(number, now().isoformat(), author.owner, author.version),
                *(author.is_invented, kept.entry_id, content),
            ),
        )
        pin_all(data_dir, held)  # the loader removes no version before it finds a list
    return kept


def row_of(entry: PlanEntry, *, is_invented: bool) -> dict[str, str | None]:
    """Return an entry as a row of the sheet, with the sample's mark where the plan is invented."""
    row = {name: getattr(entry, name) for name in _FIELDS}
    told = {
        name: value.isoformat() if name in _DAYS and value else value for name, value in row.items()
    }
    return {**told, SAMPLE_FIELD.name: _SAMPLE if is_invented else None}


def _event(action: Any, what: str, author: Author) -> Event:
    return Event(
        action=action,
        reader=author.owner,
        role=author.role,
        what=what,
        page=_PAGE,
        version=author.version,
    )


def _last_of(held: Held, entry_id: str, author: Author) -> int:
    (number,) = held.execute(
        "select max(number) from plan_revision where entry_id = ? and is_invented = ?",
        (entry_id, author.is_invented),
    ).fetchone()
    return int(number or 0)


def _content(entry: PlanEntry, author: Author) -> str:
    content = json.dumps(row_of(entry, is_invented=author.is_invented), ensure_ascii=False)
    if len(content.encode()) > MOST_BYTES:
        raise NotChanged("The words are too long. Say it shorter.")
    return content


def _entry(number: int, content: str) -> PlanEntry:
    try:
        told = json.loads(content)
        row = {name: told[name] for name in _FIELDS}
        days = {name: row[name] and date.fromisoformat(row[name]) for name in _DAYS}
        return PlanEntry(**{**row, **days}, revision=number)
    except (ValueError, TypeError, KeyError):
        raise WorkspaceUnavailable(
            f"Change {number} of the delivery plan cannot be read. Whoever runs the dashboard "
            "should restore what readers saved from the backup."
        ) from None
