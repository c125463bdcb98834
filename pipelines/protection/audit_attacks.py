"""The auditor's attacks: programmes over the sums near each hidden count that is not proven.

Each counts for all unknowns whose own sums it holds, so that a few thousand small programmes
attack every one. What lies farther off is left as wide as single sums leave it.
"""

from collections.abc import Iterator
from typing import Final

import numpy as np

from pipelines.protection.audit_bounds import Flags
from pipelines.protection.audit_near import within_reach
from pipelines.protection.audit_programmes import Programme, programme
from pipelines.protection.audit_search import Search, is_wide
from pipelines.protection.audit_sums import Numbers

_FIRST: Final = 20.0
"""How much more a programme tries to move the unknown for which it was made than the others."""


def attack_all(done: Search, is_own: Flags) -> None:
    """Attack every hidden unknown that is neither proven nor attacked yet.

    `is_own`: unknowns that only an attack made for them clears. What was told before comes first:
    while that is told, the repair is not done, and all else can wait.
    """
    is_left = done.puzzle.is_hidden & ~done.is_proven & (done.by_attack < 0)
    for is_now in (done.suspected, is_own, ~is_own):
        if done.told.any() and done.suspected.any():
            return
        for target in done.random.permutation(np.flatnonzero(is_left & is_now)):
            if is_left[target]:
                _attack(done, int(target), is_left, is_own)


def _attack(done: Search, target: int, is_left: Flags, is_own: Flags) -> None:
    """Move the unknown, and what is left near it, one way and the other; else bound it exactly.

    It is told where even the loosest reading of what lies farther off leaves it too few values.
    """
    if is_all := bool(done.is_in_small_part[target]):
        moving = np.flatnonzero(done.part == done.part[target])
    else:
        is_far = bool(done.is_far[target])
        moving = within_reach(done.puzzle, done.by_column, target, is_far=is_far)
    near = programme(done.room, moving, do_others_move=True)
    place = int(np.searchsorted(moving, target))
    below = above = np.zeros(len(moving))
    is_shared = is_left[moving] & ~is_own[moving] & ~is_own[target]
    for aim, low, high in _aims(done, near, place, is_shared):
        move = done.solved(near, aim, low, high)
        if move is None:
            continue
        below, above = np.minimum(below, move), np.maximum(above, move)
        if is_all:
            done.keep(moving, move)
        cleared = is_wide(below, above, values=done.values) & is_left[moving]
        cleared &= ~is_own[moving] | (moving == target)
        done.by_attack[moving[cleared]] = target
        is_left[moving[cleared]] = False
        if not is_left[target]:
            return
    is_left[target] = False
    done.told[target] = True


def _aims(
    done: Search, near: Programme, place: int, is_shared: Flags
) -> Iterator[tuple[Numbers, Numbers, Numbers]]:
    """Yield what to make smallest, and within which ends: shared aims first, then the exact.

    Nothing needs to move farther than is asked for; the answer is the same, and found sooner.
    """
    most = done.values - 1.0
    low, high = np.maximum(near.low, -most), np.minimum(near.high, most)
    if is_shared.any():
        ends = np.where(is_shared, low, near.low), np.where(is_shared, high, near.high)
        aim = np.where(is_shared, np.where(high >= -low, -1.0, 1.0), 0.0)
        aim *= done.random.uniform(0.5, 1, len(aim))
        aim[place] *= _FIRST
        yield aim, *ends
        yield -aim, *ends
    is_place = np.arange(len(low)) == place
    ends = np.where(is_place, low, near.low), np.where(is_place, high, near.high)
    alone = np.where(is_place, -1.0 if high[place] >= -low[place] else 1.0, 0.0)
    yield alone, *ends
    yield -alone, *ends
