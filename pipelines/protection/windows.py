"""What a reader knows of each cell alone, from what is shown of it."""

from dataclasses import dataclass

import numpy as np

from pipelines.protection.equations import INFINITE, Equations
from pipelines.protection.hiding import SHOWN, STRUCTURAL
from pipelines.protection.index import Bools, Ints
from schemas.protection import Protection


@dataclass(frozen=True)
class State:
    """What happens to each variable (cells first, then the rests of parts).

    reason: 0 where shown, see `hiding.REASONS`. base: of its rounding. is_free: hidden whatever
    its size, so that not even "below the threshold" is known of it. earlier_low, earlier_high,
    earlier_base: what earlier releases still tell, and the finest rounding of that.
    """

    reason: Ints
    base: Ints
    is_free: Bools
    earlier_low: Ints
    earlier_high: Ints
    earlier_base: Ints


def rounded(true: Ints, base: Ints) -> Ints:
    """Return the nearest multiples of the base; halves go up."""
    return (true + base // 2) // base * base


def rounding_window(shown: Ints, base: Ints, *, policy: Protection) -> tuple[Ints, Ints]:
    """Return the smallest and the largest count that is shown so."""
    low = shown - base // 2
    return np.maximum(low, policy.threshold), low + base - 1


def known_windows(rows: Equations, state: State, *, policy: Protection) -> tuple[Ints, Ints]:
    """Return what is known of each variable alone: the smallest and the largest count.

    Of each hidden count a reader is taken to know whether it is below the threshold, although its
    marker rarely tells: the worst case. Nothing is taken as known in a split that was dropped.
    """
    true, reason = rows.true, state.reason
    shown_low, shown_high = rounding_window(rounded(true, state.base), state.base, policy=policy)
    is_small = true < policy.threshold
    unknown = state.is_free.copy()
    unknown[len(true) - len(rows.rest_part) :] |= state.is_free[rows.rest_part]
    is_shown = (reason == SHOWN) & (np.arange(len(true)) < len(true) - len(rows.rest_part))
    low = np.where(is_shown, shown_low, np.where(is_small | unknown, 0, policy.threshold))
    high = np.where(
        is_shown,
        shown_high,
        np.where(is_small & ~unknown, policy.threshold - 1, INFINITE),
    )
    low[reason == STRUCTURAL] = high[reason == STRUCTURAL] = 0
    # The rest of a part that cannot occur is its whole, of which enough is said already.
    whole_rest = (
        len(true) - len(rows.rest_part) + np.flatnonzero(reason[rows.rest_part] == STRUCTURAL)
    )
    low[whole_rest], high[whole_rest] = 0, INFINITE
    return np.maximum(low, state.earlier_low), np.minimum(high, state.earlier_high)
