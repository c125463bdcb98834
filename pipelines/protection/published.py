"""The published cells, and what was done to them."""

from dataclasses import dataclass

import numpy as np
import polars as pl

from pipelines.protection.audit import Audited
from pipelines.protection.equations import Equations
from pipelines.protection.hiding import (
    DOMINANCE,
    MIRROR,
    NEIGHBOUR,
    REASONS,
    REST_SMALL,
    SHOWN,
    SMALL,
    STRUCTURAL,
)
from pipelines.protection.index import KEYS, Index, Ints
from pipelines.protection.repair import Repaired
from pipelines.protection.windows import State, rounded
from schemas.codes import HIDDEN, NEARLY_ALL, VERY_FEW
from schemas.protection import Protection


@dataclass(frozen=True)
class ProtectionReport:
    """What protection did, for the build report; nothing of it is published.

    hidden: cells hidden, for whatever reason. repaired: of these, hidden for a neighbour.
    widened: cells rounded to the wider base. dropped: margins that lost their split to the repair.
    lopsided: cells hidden because one cell held nearly all of its margin. mirrored: cells hidden
    because the same people, counted by another way, are. sums_not_kept: declared sums that the
    cells do not keep. reasons: one row per hidden cell, its keys and `reason`.
    audited: hidden cells and rests of parts, each of which the auditor bounded by single sums, in
    closed form. proven: those that keep enough values by all sums at once; programmes attacked
    each of the others. programmes: how many were solved in the last round.
    """

    hidden: int
    repaired: int
    widened: int
    dropped: int
    lopsided: int
    mirrored: int
    sums_not_kept: int
    reasons: pl.DataFrame
    audited: int
    proven: int
    programmes: int


def published_cells(index: Index, rows: Equations, state: State) -> pl.DataFrame:
    """Return the cells as they are published: keys, `count`, `rounding`, `is_structural`, `marker`.

    One row per cell, by key. `count` is null where hidden, a multiple of 5 where shown, 0 where
    nothing can be counted by definition. The marker never tells the reason; of a part of a whole
    that is shown it says whether there are few, or nearly all.
    """
    size = len(index.cells)
    reason = state.reason[:size]
    marker = np.where(reason > STRUCTURAL, HIDDEN, "").astype(object)
    for said, word in ((SMALL, VERY_FEW), (REST_SMALL, NEARLY_ALL)):
        marker[_said(rows, state, said)] = word
    shown = np.where(reason == STRUCTURAL, 0, rounded(index.true, state.base[:size]))
    return index.cells.select(
        *KEYS,
        count=pl.when(pl.Series(reason <= STRUCTURAL)).then(pl.Series(shown)).cast(pl.Int32),
        rounding=pl.Series(state.base[:size]).cast(pl.Int32),
        is_structural=pl.Series(reason == STRUCTURAL),
        marker=pl.Series(list(marker), dtype=pl.String),
    )


def _said(rows: Equations, state: State, said: int) -> Ints:
    """Return the parts that are hidden for this reason beside a whole that is shown."""
    is_said = (state.reason[rows.rest_part] == said) & ~state.is_free[rows.rest_part]
    found: Ints = rows.rest_part[is_said & (state.reason[rows.rest_whole] == SHOWN)]
    return found


def protection_report(
    index: Index, rows: Equations, done: Repaired, audited: Audited, *, policy: Protection
) -> ProtectionReport:
    """Return what was done, counted over the cells."""
    size, state = len(index.cells), done.state
    reason = state.reason[:size]
    words = pl.Series([REASONS[number] for number in reason], dtype=pl.String)
    return ProtectionReport(
        hidden=int((reason > STRUCTURAL).sum()),
        repaired=int((reason == NEIGHBOUR).sum()),
        widened=int(((reason == SHOWN) & (state.base[:size] == policy.wide_rounding_base)).sum()),
        dropped=done.dropped,
        lopsided=int((reason == DOMINANCE).sum()),
        mirrored=int((reason == MIRROR).sum()),
        sums_not_kept=rows.not_kept,
        reasons=index.cells.select(*KEYS, reason=words).filter(pl.Series(reason > STRUCTURAL)),
        audited=audited.hidden,
        proven=audited.proven,
        programmes=audited.programmes,
    )
