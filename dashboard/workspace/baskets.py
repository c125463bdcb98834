"""Baskets: the figures that a reader has chosen for a paper, in order, with the reader's words.

Each change is one transaction on the rows it is about, so that two tabs of one reader do not
undo each other's work.
"""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Final

from dashboard.errors import DashboardError
from dashboard.papers.codec import NotAChart
from dashboard.papers.draft import LONGEST_TEXT, LONGEST_TITLE, Draft, Item
from dashboard.papers.kept import item_from_text, item_to_text
from dashboard.workspace.database import Held, reading, writing
from dashboard.workspace.pinned import pin_all

MOST_FIGURES: Final = 40
MOST_BYTES: Final = 4_000_000
"""Of all figures of one basket."""

_ID_BYTES: Final = 9


class NotKept(DashboardError):
    """Something was not taken into the basket; the message says why and what to do."""

    exit_code = 2


@dataclass(frozen=True)
class Added:
    """How many figures are in the basket now, and whether this one was there before."""

    count: int
    was_there: bool


def read(data_dir: Path, *, owner: str) -> Draft:
    """Return what is in a reader's basket, without figures that cannot be read any more.

    Raises WorkspaceUnavailable.
    """
    with reading(data_dir) as held:
        if held is None:
            return Draft()
        words = held.execute(
            "select title, introduction from basket where owner = ?", (owner,)
        ).fetchone()
        rows = held.execute(
            "select figure_id, heading, commentary, content from basket_figure where owner = ? "
            "order by place, figure_id",
            (owner,),
        ).fetchall()
    title, introduction = words or ("", "")
    items = (_item(*row) for row in rows)
    return Draft(
        title=title,
        introduction=introduction,
        items=tuple(item for item in items if item is not None),
    )


def add(data_dir: Path, item: Item, *, owner: str) -> Added:
    """Put a figure at the end of the basket, unless the same is there.

    Raises NotKept beyond the limits, and WorkspaceUnavailable.
    """
    with writing(data_dir) as held:
        before = _count(held, owner)
        if _is_there(held, item, owner):
            return Added(before, was_there=True)
        last = _one(held, "select max(place) from basket_figure where owner = ?", owner)
        _insert(held, item, owner, place=(last or 0) + 1)
        pin_all(data_dir, held)
        return Added(before + 1, was_there=False)


def write_words(
    data_dir: Path, *, owner: str, title: str | None = None, introduction: str | None = None
) -> None:
    """Keep the title or the opening words. Raises NotKept and WorkspaceUnavailable."""
    _check_length(title or "", LONGEST_TITLE)
    _check_length(introduction or "", LONGEST_TEXT)
    with writing(data_dir) as held:
        held.execute("insert or ignore into basket (owner) values (?)", (owner,))
        held.execute(
            "update basket set title = coalesce(?, title), "
            "introduction = coalesce(?, introduction) where owner = ?",
            (title, introduction, owner),
        )


def write_on(
    data_dir: Path,
    item_id: str,
    *,
    owner: str,
    heading: str | None = None,
    commentary: str | None = None,
) -> None:
    """Keep the heading or the commentary of a figure. Raises NotKept and WorkspaceUnavailable."""
    _check_length(heading or "", LONGEST_TITLE)
    _check_length(commentary or "", LONGEST_TEXT)
    with writing(data_dir) as held:
        held.execute(
            "update basket_figure set heading = coalesce(?, heading), "
            "commentary = coalesce(?, commentary) where figure_id = ? and owner = ?",
            (heading, commentary, item_id, owner),
        )


def move(data_dir: Path, item_id: str, by: int, *, owner: str) -> int:
    """Move a figure some places up (below zero) or down; return its place from 1, 0 if gone.

    Raises WorkspaceUnavailable.
    """
    with writing(data_dir) as held:
        order = _order(held, owner)
        if item_id not in order:
            return 0
        place = order.index(item_id)
        order.insert(max(0, place + by), order.pop(place))
        _put_in_order(held, order)
        return order.index(item_id) + 1


def remove(data_dir: Path, item_id: str, *, owner: str) -> None:
    """Take a figure out. Raises WorkspaceUnavailable."""
    with writing(data_dir) as held:
        held.execute(
            "delete from basket_figure where figure_id = ? and owner = ?", (item_id, owner)
        )
        pin_all(data_dir, held)


def put_back(data_dir: Path, item: Item, place: int, *, owner: str) -> None:
    """Put a figure that was taken out back at its place, from 1, unless it is there again.

    Raises NotKept and WorkspaceUnavailable.
    """
    with writing(data_dir) as held:
        if _is_there(held, item, owner):
            return
        order = _order(held, owner)
        order.insert(place - 1, _insert(held, item, owner, place=0))
        _put_in_order(held, order)
        pin_all(data_dir, held)


def replace_by(data_dir: Path, draft: Draft, *, owner: str) -> None:
    """Put a whole draft in the place of what is in the basket.

    Raises NotKept beyond the limits, and WorkspaceUnavailable.
    """
    with writing(data_dir) as held:
        held.execute("delete from basket_figure where owner = ?", (owner,))
        held.execute(
            "insert or replace into basket values (?, ?, ?)",
            (owner, draft.title, draft.introduction),
        )
        for place, item in enumerate(draft.items, start=1):
            _insert(held, item, owner, place=place)
        pin_all(data_dir, held)


def _item(figure_id: str, heading: str, commentary: str, content: str) -> Item | None:
    try:
        figure = _read_figure(content)
    except NotAChart:
        return None
    return replace(figure, item_id=figure_id, heading=heading, commentary=commentary)


@lru_cache(maxsize=100)
def _read_figure(content: str) -> Item:
    # The page reads the basket at each rerun, and a chart takes milliseconds to read.
    return item_from_text(content)


def _insert(held: Held, item: Item, owner: str, *, place: int) -> str:
    content = item_to_text(item)
    _check_room(held, owner, len(content.encode()))
    figure_id = secrets.token_urlsafe(_ID_BYTES)
    held.execute(
        "insert into basket_figure values (?, ?, ?, ?, ?, ?, ?, ?)",
        (
            *(figure_id, owner, place, item.same_as, item.chart.version),
            *(item.heading, item.commentary, content),
        ),
    )
    return figure_id


def _check_room(held: Held, owner: str, more: int) -> None:
    if _count(held, owner) >= MOST_FIGURES:
        raise NotKept(f"A paper has {MOST_FIGURES} figures at most. Take one out first.")
    size = "select sum(length(cast(content as blob))) from basket_figure where owner = ?"
    if (_one(held, size, owner) or 0) + more > MOST_BYTES:
        raise NotKept("The figures of a paper are too large together. Take a large map out first.")


def _check_length(text: str, most: int) -> None:
    if len(text) > most:
        raise NotKept(f"The text has {len(text):,} letters; it may have {most:,}.")


def _is_there(held: Held, item: Item, owner: str) -> bool:
    same = held.execute(
        "select 1 from basket_figure where owner = ? and same_as = ?", (owner, item.same_as)
    )
    return same.fetchone() is not None


def _count(held: Held, owner: str) -> int:
    return _one(held, "select count(*) from basket_figure where owner = ?", owner) or 0


def _one(held: Held, question: str, owner: str) -> int | None:
    (value,) = held.execute(question, (owner,)).fetchone()
    return None if value is None else int(value)


def _order(held: Held, owner: str) -> list[str]:
    rows = held.execute(
        "select figure_id from basket_figure where owner = ? order by place, figure_id", (owner,)
    )
    return [figure_id for (figure_id,) in rows]


def _put_in_order(held: Held, order: Sequence[str]) -> None:
    held.executemany(
        "update basket_figure set place = ? where figure_id = ?", list(enumerate(order, start=1))
    )
