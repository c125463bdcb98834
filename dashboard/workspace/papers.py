"""Papers that readers made: kept under their titles, with all it takes to make them again."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Final

from dashboard.papers.codec import NotAChart
from dashboard.papers.draft import Draft
from dashboard.papers.kept import draft_from_text, draft_to_text
from dashboard.workspace.baskets import NotKept
from dashboard.workspace.database import reading, writing
from dashboard.workspace.pinned import pin_all

MOST_KEPT: Final = 40
"""Papers of one owner."""

_ID_BYTES: Final = 9


@dataclass(frozen=True)
class KeptPaper:
    """One paper in the list of those kept."""

    paper_id: str
    title: str
    versions: tuple[str, ...]
    saved_on: date


def save(
    data_dir: Path,
    draft: Draft,
    *,
    owner: str,
    now: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> None:
    """Keep a paper; one of the same owner and title is replaced.

    Raises NotKept for one without a title or figures or beyond the limits, and
    WorkspaceUnavailable.
    """
    if not draft.title.strip() or not draft.items:
        raise NotKept("A paper needs a title and a figure.")
    with writing(data_dir) as held:
        same = held.execute(
            "select paper_id from paper where owner = ? and title = ?", (owner, draft.title)
        ).fetchone()
        (kept,) = held.execute("select count(*) from paper where owner = ?", (owner,)).fetchone()
        if same is None and kept >= MOST_KEPT:
            raise NotKept(f"{MOST_KEPT} papers are kept already. Remove one first.")
        held.execute(
            "insert or replace into paper values (?, ?, ?, ?, ?, ?)",
            (
                *(str(same[0]) if same else secrets.token_urlsafe(_ID_BYTES), owner, draft.title),
                *(" ".join(draft.versions), draft_to_text(draft)),
                now().isoformat(timespec="seconds"),
            ),
        )
        pin_all(data_dir, held)


def listed(data_dir: Path, *, owner: str) -> tuple[KeptPaper, ...]:
    """Return an owner's papers, the latest first. Raises WorkspaceUnavailable."""
    with reading(data_dir) as held:
        if held is None:
            return ()
        rows = held.execute(
            "select paper_id, title, versions, saved_at from paper where owner = ? "
            "order by saved_at desc, title",
            (owner,),
        ).fetchall()
    return tuple(
        KeptPaper(paper_id, title, tuple(versions.split()), date.fromisoformat(saved_at[:10]))
        for paper_id, title, versions, saved_at in rows
    )


def opened(data_dir: Path, paper_id: str, *, owner: str) -> Draft:
    """Return a kept paper. Raises NotKept where it is gone, and WorkspaceUnavailable."""
    with reading(data_dir) as held:
        row = (
            held
            and held.execute(
                "select content from paper where paper_id = ? and owner = ?", (paper_id, owner)
            ).fetchone()
        )
    if not row:
        raise NotKept("This paper is not kept any more.")
    try:
        return draft_from_text(row[0])
    except NotAChart as why:
        raise NotKept(f"{why} Another version of the dashboard wrote it.") from None


def remove(data_dir: Path, paper_id: str, *, owner: str) -> None:
    """Forget a paper of this owner. Raises WorkspaceUnavailable."""
    with writing(data_dir) as held:
        held.execute("delete from paper where paper_id = ? and owner = ?", (paper_id, owner))
        pin_all(data_dir, held)
