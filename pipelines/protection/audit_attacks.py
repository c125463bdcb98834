"""The auditor's attacks: programmes over the sums near each hidden count that is not proven.

Each counts for all unknowns whose own sums it holds, so that a few thousand small programmes
attack every one. What lies farther off is left as wide as single sums leave it.
"""

from collections.abc import Iterator
from typing import Final

import numpy as np
from scipy.optimize import LinearConstraint

from pipelines.protection.audit_bounds import Flags
from pipelines.protection.audit_near import limits, sums_of, within_reach
from pipelines.protection.audit_search import Search, is_wide
from pipelines.protection.audit_sums import Numbers, Places

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
    near = LinearConstraint(*limits(done.puzzle, sums_of(done.by_column, moving), moving))
    place = int(np.searchsorted(moving, target))
    below = above = np.zeros(len(moving))
    is_shared = is_left[moving] & ~is_own[moving] & ~is_own[target]
    for aim, low, high in _aims(done, moving, place, is_shared):
        answer = done.solved(aim, near, low, high)
        if answer is None:
            continue
        move = answer - done.puzzle.true[moving]
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
    done: Search, moving: Places, place: int, is_shared: Flags
) -> Iterator[tuple[Numbers, Numbers, Numbers]]:
    """Yield what to make smallest, and within which ends: shared aims first, then the exact."""
    puzzle, most = done.puzzle, done.values - 1
    true, low, high = puzzle.true[moving], puzzle.low[moving], puzzle.high[moving]
    if is_shared.any():
        near_low = np.where(is_shared, np.maximum(low, true - most), low)
        near_high = np.where(is_shared, np.minimum(high, true + most), high)
        is_up = near_high - true >= true - near_low
        aim = np.where(is_shared, np.where(is_up, -1.0, 1.0), 0.0)
        aim *= done.random.uniform(0.5, 1, len(moving))
        aim[place] *= _FIRST
        yield aim, near_low, near_high
        yield -aim, near_low, near_high
    is_up = high[place] - true[place] >= true[place] - low[place]
    alone = np.where(np.arange(len(moving)) == place, -1.0 if is_up else 1.0, 0.0)
    yield alone, low, high
    yield -alone, low, high
