"""What is hidden before any repair: small counts, rare groups, small rests, lopsided splits."""

from typing import Final

import numpy as np

from pipelines.protection.equations import Equations
from pipelines.protection.index import Bools, Index, Ints
from schemas.protection import Protection

REASONS: Final = (
    "",
    "STRUCTURAL",
    "SMALL",
    "RARE",
    "DOMINANCE",
    "REST_SMALL",
    "NEIGHBOUR",
    "DROPPED",
    "MIRROR",
    "EARLIER",
)
"""Why a cell is hidden. Not published: that a cell is hidden for its neighbour tells its size."""

(
    SHOWN,
    STRUCTURAL,
    SMALL,
    RARE,
    DOMINANCE,
    REST_SMALL,
    NEIGHBOUR,
    DROPPED,
    MIRROR,
    EARLIER,
) = range(len(REASONS))


def first_reasons(index: Index, rows: Equations, *, policy: Protection) -> Ints:
    """Return the reason for each variable, 0 where it is shown; rests: SMALL where secret."""
    count = len(index.cells)
    true = rows.true
    reason = np.zeros(len(true), dtype=np.int64)
    reason[:count][index.cells["is_rare"].to_numpy()] = RARE
    lopsided = _lopsided(index, rows, policy=policy)
    reason[:count][lopsided[:count]] = DOMINANCE
    reason[:count][true[:count] < policy.threshold] = SMALL
    structural = index.cells["is_structural"].to_numpy()
    reason[:count][structural] = STRUCTURAL
    return _with_rests(reason, rows, policy=policy)


def _with_rests(reason: Ints, rows: Equations, *, policy: Protection) -> Ints:
    """Hide the parts whose rest is small; a part that cannot occur has no rest to protect."""
    count = len(reason) - len(rows.rest_part)
    is_small = rows.true[count:] < policy.threshold
    is_small &= reason[rows.rest_part] != STRUCTURAL
    reason[count:][is_small] = SMALL
    part = rows.rest_part[is_small]
    reason[part] = np.where(reason[part] == SHOWN, REST_SMALL, reason[part])
    return reason


def _lopsided(index: Index, rows: Equations, *, policy: Protection) -> Bools:
    """Return the cells of splits of which one cell holds nearly all of a small margin.

    A cell that is split further is hidden with the splits of it: their sum would tell it.
    """
    is_part = rows.sign < 0
    part, row = rows.column[is_part], rows.row[is_part]
    possible = ~np.append(index.cells["is_structural"].to_numpy(), np.zeros(len(rows.true), bool))
    choices = np.bincount(row, weights=possible[part], minlength=len(rows.low))
    largest = np.zeros(len(rows.low), dtype=np.int64)
    np.maximum.at(largest, row, rows.true[part])
    whole = rows.true[rows.column[rows.start[:-1]]]
    is_margin = rows.is_split & (whole < policy.dominance_margin) & (whole > 0) & (choices > 1)
    is_margin &= largest >= policy.dominance_share * whole
    found = np.zeros(len(rows.true), dtype=bool)
    found[part[is_margin[row]]] = True
    return _with_finer_splits(found, rows)


def _with_finer_splits(found: Bools, rows: Equations) -> Bools:
    is_part = (rows.sign < 0) & rows.is_split[rows.row]
    whole = rows.column[rows.start[:-1]][rows.row]
    found = found.copy()
    found[rows.column[is_part & found[whole]]] = True
    return found
