"""Hides, widens and drops more, in a fixed order, until hidden cells keep enough values."""

from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from pipelines.protection.equations import Equations
from pipelines.protection.hiding import DROPPED, NEIGHBOUR, SHOWN, SMALL, STRUCTURAL
from pipelines.protection.index import Bools, Ints
from pipelines.protection.propagate import propagated, row_bounds
from pipelines.protection.windows import State, known_windows, rounded, rounding_window
from schemas.protection import Protection

_MOST_LINKS: Final = 6
"""How far from a cell that is too well known the repair looks for the sum that tells it."""

_NO_ACTION, _HIDE, _WIDEN, _DROP = range(4)


_MARGIN: Final = 3
"""Values beyond those asked for that single sums must leave, because several sums at once can
tell a little more; with it, the auditor hardly ever sends a repair back."""


@dataclass(frozen=True)
class Repaired:
    """state: after the repair. dropped: sums whose parts were dropped."""

    state: State
    dropped: int = 0


@dataclass(frozen=True)
class _Actions:
    """What can be done to each row: the first of the fixed order, and the cell it is done to."""

    kind: Ints
    cell: Ints


def repaired(rows: Equations, done: Repaired, told: Bools, *, policy: Protection) -> Repaired:
    """Return the state in which single sums leave each hidden variable enough values.

    `told`: variables that the auditor found out although single sums do not tell them; each is
    helped once.
    """
    state, dropped = done.state, done.dropped
    wanted = max(
        policy.fewest_possible, min(policy.fewest_possible + _MARGIN, policy.threshold - 2)
    )
    last = None
    while True:
        known = known_windows(rows, state, policy=policy)
        low, high = propagated(rows, known, last=last)
        last = known, (low, high)
        unsafe = np.flatnonzero(is_secret(state) & ((high - low + 1 < wanted) | told))
        actions = _possible_actions(rows, state, policy=policy)
        chosen = _chosen_rows(rows, unsafe, actions, known=known, low=low, high=high)
        if not len(chosen):
            return Repaired(state, dropped)
        told = np.zeros_like(told)
        dropped += int((actions.kind[chosen] == _DROP).sum())
        state = _acted(rows, state, actions, chosen=chosen, policy=policy)


def untold(
    rows: Equations, state: State, telling: list[Ints], *, policy: Protection
) -> tuple[State, Bools]:
    """Return the state with the cells rounded more widely that together tell a hidden one.

    `telling`: for each hidden one that the auditor found out, the shown cells whose rounding
    bounds it. Where none of them can be rounded so that it says less, the smallest is hidden.
    Also returned: which of the hidden ones that helps, none where all is known from before.
    """
    reason, base = state.reason.copy(), state.base.copy()
    can_hide = _can_hide(rows, state, policy=policy)
    can_widen = _can_widen(state, policy=policy)
    # Below, the wider rounding says as much: 10 to 14.
    can_widen &= rows.true >= policy.threshold + policy.rounding_base
    for cells in telling:
        if can_widen[cells].any():
            base[cells[can_widen[cells]]] = policy.wide_rounding_base
        elif can_hide[cells].any():
            hideable = cells[can_hide[cells]]
            reason[hideable[np.argmin(rows.true[hideable])]] = NEIGHBOUR
    can_act = can_widen | can_hide
    helped = np.array([can_act[cells].any() for cells in telling], dtype=bool)
    return replace(state, reason=reason, base=base), helped


def _can_hide(rows: Equations, state: State, *, policy: Protection) -> Bools:
    """Return what is shown and says more than was told before, which cannot be taken back."""
    is_cell = np.arange(len(state.reason)) < len(state.reason) - len(rows.rest_part)
    can_hide: Bools = (state.reason == SHOWN) & is_cell & _says_more(rows, state, policy=policy)
    return can_hide


def _says_more(rows: Equations, state: State, *, policy: Protection) -> Bools:
    """Return the variables of which their rounding now would say more than was told before.

    A wider rounding may, too: 20 to the nearest 10 and 25 to the nearest 5 make 23 or 24.
    """
    low, high = rounding_window(rounded(rows.true, state.base), state.base, policy=policy)
    says_more: Bools = (low > state.earlier_low) | (high < state.earlier_high)
    return says_more


def _can_widen(state: State, *, policy: Protection) -> Bools:
    is_new = (state.earlier_base == 0) | (state.earlier_base >= policy.wide_rounding_base)
    can_widen: Bools = (state.reason == SHOWN) & (state.base < policy.wide_rounding_base) & is_new
    return can_widen


def is_secret(state: State) -> Bools:
    """Return the variables that are hidden from readers and can be told by sums.

    A count that an earlier release showed and that still holds is told already, as shown ones are.
    """
    secret: Bools = (state.reason > STRUCTURAL) & (state.earlier_base == 0)
    return secret


def _is_kept(rows: Equations, state: State, *, policy: Protection) -> Bools:
    """Return what is shown as it was before: to hide it with a dropped split takes nothing back."""
    kept: Bools = (state.reason == SHOWN) & ~_says_more(rows, state, policy=policy)
    return kept


def _possible_actions(rows: Equations, state: State, *, policy: Protection) -> _Actions:
    """Return for each row the first action of the fixed order that is still open to it."""
    row = rows.row
    whole = rows.column[rows.start[:-1]]
    is_part = rows.sign < 0
    is_cell = np.arange(len(state.reason)) < len(state.reason) - len(rows.rest_part)
    can_hide = _can_hide(rows, state, policy=policy)
    kind = np.full(len(rows.low), _NO_ACTION)
    is_kept = _is_kept(rows, state, policy=policy)
    can_drop = (state.reason != STRUCTURAL) & ~state.is_free & is_cell & ~is_kept
    can_drop[len(can_drop) - len(rows.rest_part) :] = is_secret(state)[~is_cell] & (
        ~state.is_free[~is_cell]
    )
    kind[row[is_part & can_drop[rows.column]]] = _DROP
    kind[_can_widen(state, policy=policy)[whole]] = _WIDEN
    candidates = np.flatnonzero(is_part & can_hide[rows.column])
    order = candidates[
        np.lexsort((rows.column[candidates], rows.true[rows.column[candidates]], row[candidates]))
    ]
    first = order[np.r_[True, row[order][1:] != row[order][:-1]]] if len(order) else order
    cell = whole.copy()
    kind[row[first]], cell[row[first]] = _HIDE, rows.column[first]
    return _Actions(kind, cell)


def _chosen_rows(
    rows: Equations,
    unsafe: Ints,
    actions: _Actions,
    *,
    known: tuple[Ints, Ints],
    low: Ints,
    high: Ints,
) -> Ints:
    """Return the tightest row of each unsafe variable that can be acted on.

    Where none of its own rows can, the rows that narrowed its neighbours are looked at.
    """
    narrowed = (low > known[0]) | (high < known[1])
    chosen = []
    targets = np.zeros(len(low), dtype=bool)
    targets[unsafe] = True
    seen = targets.copy()
    for _ in range(_MOST_LINKS):
        touched = np.zeros(len(rows.low), dtype=bool)
        touched[rows.row[targets[rows.column]]] = True
        entries = np.flatnonzero(touched[rows.row])
        best, helped = _tightest(rows, entries, targets, actions, low=low, high=high)
        chosen.append(best)
        # Others look further: at cells of their rows of which sums tell more than is shown.
        stuck = targets & ~helped
        if not stuck.any() or len(best):
            break
        near = np.zeros(len(low), dtype=bool)
        near[rows.column[entries]] = True
        targets = near & narrowed & ~seen
        seen |= targets
    return np.unique(np.concatenate(chosen))


def _tightest(
    rows: Equations, entries: Ints, targets: Bools, actions: _Actions, *, low: Ints, high: Ints
) -> tuple[Ints, Bools]:
    """Return the rows to act on, and which of the targets they help."""
    least, most = row_bounds(rows, low, high, entries=entries)
    column, row = rows.column[entries], rows.row[entries]
    is_open = targets[column] & (actions.kind[row] != _NO_ACTION)
    column, row, width = column[is_open], row[is_open], (most - least)[is_open]
    order = np.lexsort((row, width, column))
    first = np.r_[True, np.diff(column[order]) != 0] if len(order) else order.astype(bool)
    best = order[first]
    helped = np.zeros(len(targets), dtype=bool)
    helped[column[best]] = True
    return np.unique(row[best]), helped


def _acted(
    rows: Equations, state: State, actions: _Actions, *, chosen: Ints, policy: Protection
) -> State:
    kind, cell = actions.kind[chosen], actions.cell[chosen]
    reason, base, is_free = state.reason.copy(), state.base.copy(), state.is_free.copy()
    reason[cell[kind == _HIDE]] = NEIGHBOUR
    base[cell[kind == _WIDEN]] = policy.wide_rounding_base
    is_dropped = np.zeros(len(rows.low), dtype=bool)
    is_dropped[chosen[kind == _DROP]] = True
    parts = rows.column[is_dropped[rows.row] & (rows.sign < 0)]
    count = len(reason) - len(rows.rest_part)
    parts = parts[(reason[parts] != STRUCTURAL) & ((parts < count) | (reason[parts] == SMALL))]
    parts = parts[~_is_kept(rows, state, policy=policy)[parts]]
    reason[parts], is_free[parts] = DROPPED, True
    return replace(state, reason=reason, base=base, is_free=is_free)
