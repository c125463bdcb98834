"""The auditor's proofs: other answers to the whole puzzle, found for many unknowns at a time."""

from collections.abc import Sequence
from typing import Final

import numpy as np

from pipelines.protection.audit_bounds import Flags
from pipelines.protection.audit_programmes import programme
from pipelines.protection.audit_search import Search
from pipelines.protection.audit_sums import Places

_MANY_MOVING: Final = 1_000
"""Unknowns in one programme that moves a block, about: groups are not cut."""


def move_all(done: Search, groupings: Sequence[Places]) -> None:
    """Move what is hidden and not proven block by block, for each way to part the unknowns.

    `groupings`: ways to part the unknowns into groups that share many sums.
    """
    for groups in groupings:
        for block in _blocks(done, groups):
            _move(done, block)


def _unproven(done: Search) -> Flags:
    return done.puzzle.is_hidden & ~done.is_proven


def _blocks(done: Search, groups: Places) -> list[Places]:
    """Return sets of unknowns to be moved together.

    What no chain of sums connects moves apart. Of such parts the largest are cut by group, and
    the small ones put together.
    """
    part = done.part
    group = np.where(np.bincount(part)[part] > _MANY_MOVING, groups, 0)
    order = np.lexsort((group, part))
    order = order[np.isin(part, part[_unproven(done)])[order]]
    is_next = (np.diff(part[order]) != 0) | (np.diff(group[order]) != 0)
    starts = np.append(0, np.flatnonzero(is_next) + 1)
    is_cut = np.diff(starts // _MANY_MOVING) > 0
    return [np.sort(block) for block in np.split(order, starts[1:][is_cut]) if len(block)]


def _move(done: Search, moving: Places) -> None:
    """Move what is not proven up or down, no farther than is asked for, as all sums let it.

    All unknowns that do not move stay at the truth, so that the answer is one to the whole.
    """
    place = np.flatnonzero(_unproven(done)[moving])
    if not len(place):
        return
    made = programme(done.room, moving, do_others_move=False)
    low, high = made.low.copy(), made.high.copy()
    down = low[place] = np.maximum(low[place], done.above[moving[place]] - done.values + 1)
    up = high[place] = np.minimum(high[place], done.below[moving[place]] + done.values - 1)
    aim = np.zeros(len(moving))
    # What has more room above than below moves up, with that probability.
    sign = np.where(done.random.random(len(place)) * (up - down) < up, -1.0, 1.0)
    aim[place] = sign * done.random.uniform(0.5, 1, len(place))
    answer = done.solved(made, aim, low, high)
    if answer is not None:
        done.keep(moving, answer)
