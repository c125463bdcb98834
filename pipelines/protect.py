"""The door between people and what is published: counts in, protected cells out.

Hides counts below the threshold, rounds the others, repairs until no sum of published cells tells
a hidden one, hides what counts the same people by another way, and has the result audited by code
that shares nothing with the repair.

Percentages need no protection of their own: they are computed from the published counts and
markers and from nothing else, so they tell nothing that these do not.
"""

from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import polars as pl

from pipelines.errors import PipelineError
from pipelines.protection.areas import AreaTree
from pipelines.protection.audit import Audited, DisclosureFound, audit, in_words
from pipelines.protection.earlier import EarlierCells, earlier_cells
from pipelines.protection.equations import Equations, equations
from pipelines.protection.hiding import (
    DROPPED,
    EARLIER,
    SHOWN,
    SMALL,
    STRUCTURAL,
    first_reasons,
)
from pipelines.protection.index import KEYS, Bools, Index, Ints, index_cells
from pipelines.protection.mirrors import mirrored
from pipelines.protection.published import ProtectionReport, protection_report, published_cells
from pipelines.protection.repair import Repaired, repaired, untold
from pipelines.protection.windows import State
from schemas.cells import Measure
from schemas.protection import Protection

__all__ = ["AreaTree", "DisclosureFound", "Protected", "ProtectionReport", "protect"]

_MOST_ROUNDS: Final = 20
"""How often the repair may be sent back by the auditor; each round hides more."""


@dataclass(frozen=True)
class Protected:
    """cells: what may be published, one row per cell. report: what was done, for the build."""

    cells: pl.DataFrame
    report: ProtectionReport


def protect(
    cells: pl.DataFrame,
    menu: tuple[Measure, ...],
    *,
    policy: Protection,
    areas: AreaTree,
    told_before: pl.DataFrame | None = None,
    dropped_before: pl.DataFrame | None = None,
) -> Protected:
    """Return the cells as they may be published, audited.

    `cells`: one row per combination of the menu, zeros included, with `true_count`,
    `is_structural` and `is_rare`. `told_before`: TOLD of every release before, all of which
    readers have kept; `dropped_before`: KEYS of those of the last whose split the repair had
    dropped.

    Raises:
        DisclosureFound: a hidden cell would keep fewer possible values than the policy asks for,
            and nothing is left to be hidden, widened or dropped.
        PipelineError: the cells are not a grid of counts.
    """
    _refuse_unsound(cells)
    index = index_cells(cells)
    rows = equations(index, menu, areas=areas, threshold=policy.threshold)
    earlier = earlier_cells(index, told_before, dropped_before, rests=len(rows.rest_part))
    done = Repaired(_first_state(index, rows, earlier, policy=policy))
    audited: Audited | None = None
    for _ in range(_MOST_ROUNDS):
        done = _repaired(rows, done, index, audited, policy=policy)
        done = replace(done, state=mirrored(index, menu, done.state))
        published = published_cells(index, rows, done.state)
        audited = audit(
            published,
            index.cells,
            menu,
            policy=policy,
            areas=areas,
            dropped=index.cells.filter(pl.Series(done.state.is_free[: len(index.cells)])),
            told_before=told_before,
            before=audited,
        )
        if audited.told.is_empty():
            report = protection_report(index, rows, done, audited, policy=policy)
            return Protected(published, report)
    raise DisclosureFound(_stopped(audited, policy=policy, is_first=told_before is None))


def _stopped(audited: Audited | None, *, policy: Protection, is_first: bool) -> str:
    """Return why nothing was published, and what to do."""
    named = in_words(audited.told) if audited else ""
    cure = (
        "Publish it by fewer splits, or for larger areas or longer periods."
        if is_first
        else "Earlier releases tell it already, and nothing takes that back. If the data owner "
        "accepts that, publish without regard to it, from all files, into a new folder: "
        "python -m pipelines build --inbox FILES --data-dir NEW_FOLDER"
    )
    return (
        f"{named} would keep fewer than {policy.fewest_possible} possible values, "
        f"and nothing is left to be hidden, widened or dropped. Nothing was published. {cure}"
    )


def _first_state(
    index: Index, rows: Equations, earlier: EarlierCells, *, policy: Protection
) -> State:
    """Return the state before any repair: what was hidden or rounded more widely before stays so.

    Otherwise a figure that comes and goes would tell that something changed, and what the repair
    hid last time could not be hidden now beside what is known already. Not so what some release
    told and still holds: shown as it was then, it tells nothing new, and a release that was a
    mistake hides nothing for good.
    """
    reason = first_reasons(index, rows, policy=policy)
    reason[earlier.is_hidden & (reason == SHOWN)] = EARLIER
    was_dropped = earlier.was_dropped & (reason > STRUCTURAL)
    is_rest = np.arange(len(reason)) >= len(index.cells)
    was_dropped[is_rest] = was_dropped[rows.rest_part] & (reason[is_rest] == SMALL)
    reason[was_dropped] = DROPPED
    return State(
        reason,
        np.maximum(policy.rounding_base, earlier.base),
        was_dropped,
        earlier.low,
        earlier.high,
        earlier.told_base,
    )


def _refuse_unsound(cells: pl.DataFrame) -> None:
    repeated = cells.select(pl.struct(KEYS).is_duplicated().sum()).item()
    negative = cells.filter(pl.col("true_count") < 0).height
    impossible = cells.filter("is_structural", pl.col("true_count") != 0).height
    empty = sum(cells.select(*KEYS, "true_count").null_count().row(0))
    if repeated or negative or impossible or empty:
        raise PipelineError(
            f"The cells to be protected are unsound: {repeated} stand more than once, {negative} "
            f"are negative, {impossible} are declared impossible yet counted, {empty} keys or "
            "counts are empty. Nothing was published. Correct the menu of cells."
        )


def _repaired(
    rows: Equations, done: Repaired, index: Index, audited: Audited | None, *, policy: Protection
) -> Repaired:
    """Return the next state: what the auditor found to tell something, and then single sums."""
    if audited is None:
        return repaired(rows, done, np.zeros(len(rows.true), dtype=bool), policy=policy)
    state, helped = untold(rows, done.state, _telling(audited, index), policy=policy)
    told = _variables(audited.told.filter(~pl.Series(helped)), index, rows)
    return repaired(rows, replace(done, state=state), told, policy=policy)


def _telling(audited: Audited, index: Index) -> list[Ints]:
    """Return for each hidden cell found out the cells that tell it."""
    numbered = index.cells.select(KEYS).with_row_index("cell")
    found = audited.telling.join(numbered, on=KEYS, how="left", maintain_order="left")
    cell, told = found["cell"].to_numpy().astype(np.int64), found["told"].to_numpy()
    return [cell[told == place] for place in range(len(audited.told))]


def _variables(told: pl.DataFrame, index: Index, rows: Equations) -> Bools:
    """Return the variables of the repair that the auditor found out."""
    found = np.zeros(len(rows.true), dtype=bool)
    numbered = index.cells.select(KEYS).with_row_index("cell")
    joined = told.join(numbered, on=KEYS, how="left", maintain_order="left")
    is_rest, cell = joined["is_rest"].to_numpy(), joined["cell"].to_numpy()
    found[cell[~is_rest]] = True
    found[len(index.cells) :] = np.isin(rows.rest_part, cell[is_rest])
    return found
