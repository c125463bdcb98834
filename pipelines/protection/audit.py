"""Audits what is to be published as a reader would attack it, sharing nothing with the repair."""

from dataclasses import dataclass

import numpy as np
import polars as pl

from pipelines.errors import PipelineError
from pipelines.protection.areas import AreaTree
from pipelines.protection.audit_attacks import attack_all
from pipelines.protection.audit_bounds import Flags, Puzzle, narrowed, puzzle
from pipelines.protection.audit_moves import move_all
from pipelines.protection.audit_search import Search, begun
from pipelines.protection.audit_sums import CELL, Places, Sums, sums
from pipelines.protection.audit_tellers import tellers
from schemas.cells import Measure
from schemas.codes import HIDDEN, NEARLY_ALL, VERY_FEW
from schemas.protection import Protection


class DisclosureFound(PipelineError):
    """What is to be published tells too much about a hidden cell. Nothing is published."""


@dataclass(frozen=True)
class Audited:
    """hidden: cells and rests of parts that were audited, each by single sums, in closed form.
    proven: those for which programmes found enough values, all sums at once; each of the others
    was attacked by the sums near it. programmes: how many were solved.

    told: one row per hidden cell that keeps too few values: its keys, and `is_rest` where it is
    not the cell that is told but what is left of its whole. telling: one row per shown cell whose
    rounding tells one of them: its keys, and `told`, the number of the row. sums, search: so that
    the next audit need not do all again.
    """

    hidden: int
    proven: int
    programmes: int
    told: pl.DataFrame
    telling: pl.DataFrame
    sums: Sums
    search: Search


def audit(
    published: pl.DataFrame,
    true: pl.DataFrame,
    menu: tuple[Measure, ...],
    *,
    policy: Protection,
    areas: AreaTree,
    dropped: pl.DataFrame | None = None,
    told_before: pl.DataFrame | None = None,
    before: Audited | None = None,
) -> Audited:
    """Return which hidden cells a reader could work out from everything that is published.

    `published`: the cells as they would be published. `true`: CELL and `true_count` of the same
    cells. `dropped`: CELL of the cells of dropped splits, whose size no reader can guess.
    `told_before`: CELL, `count`, `rounding` and `threshold` of the cells of every release before,
    all of which readers have kept. `before`: the audit of the same cells when less was hidden.

    Raises:
        DisclosureFound: a cell is shown that must not be, or is not shown as it should be.
    """
    cells = published.sort(CELL).join(
        true.select(*CELL, "true_count"), on=CELL, how="left", maintain_order="left"
    )
    _refuse_badly_shown(cells, policy=policy)
    found = before.sums if before else sums(cells, menu, areas=areas)
    alone = puzzle(
        cells,
        found,
        true=cells["true_count"].cast(pl.Float64).to_numpy(),
        size_unknown=_is_among(cells, dropped),
        told_before=told_before,
        policy=policy,
    )
    known = narrowed(alone)
    is_open = known.high - known.low + 1 >= policy.fewest_possible
    told = known.is_hidden & ~is_open
    is_shown = (cells["marker"] == "").to_numpy()
    told[len(cells) :] |= known.is_hidden[len(cells) :] & is_shown[found.part]
    is_whole = (cells["split_1"] == "").to_numpy()
    is_far = np.concatenate((is_whole, is_whole[found.part]))
    done = begun(
        known,
        values=policy.fewest_possible,
        is_far=is_far,
        before=before.search if before else None,
    )
    done.told |= told
    if not before:  # an audit that is taken up has moved what can move
        move_all(done, _groupings(cells, found))
    is_narrow = known.high - known.low + 1 < 2 * policy.fewest_possible
    attack_all(done, is_narrow | is_far)
    return _result(cells, alone, done)


def _refuse_badly_shown(cells: pl.DataFrame, *, policy: Protection) -> None:
    """Refuse what breaks a rule by itself, whatever stands beside it."""
    true, shown, base = pl.col("true_count"), pl.col("count"), pl.col("rounding")
    is_said = {
        "": shown.is_not_null()
        & (
            pl.col("is_structural") & (shown == 0) & (true == 0)
            | (true >= policy.threshold)
            & (shown == (true + base // 2) // base * base)
            & (base >= policy.rounding_base)
        ),
        HIDDEN: shown.is_null(),
        VERY_FEW: shown.is_null() & (true < policy.threshold),
        NEARLY_ALL: shown.is_null() & (true >= policy.threshold),
    }
    holds = pl.any_horizontal(
        (pl.col("marker") == marker) & rule for marker, rule in is_said.items()
    )
    wrong = cells.filter(~holds.fill_null(value=False))
    if len(wrong):
        raise DisclosureFound(
            f"{in_words(wrong)} is not shown as the policy asks. Nothing was published."
        )


def in_words(cells: pl.DataFrame) -> str:
    """Return the name of the first of the cells, without its count."""
    cell = cells.row(0, named=True)
    name = ", ".join(f"{key} {cell[key]}" for key in CELL if cell[key] != "")
    return f"What is left of the whole of {name}" if cell.get("is_rest") else name


def _is_among(cells: pl.DataFrame, some: pl.DataFrame | None) -> Flags:
    if some is None:
        return np.zeros(len(cells), dtype=bool)
    marked = some.select(CELL).with_columns(is_among=pl.lit(value=True))
    joined = cells.select(CELL).join(marked, on=CELL, how="left", maintain_order="left")
    flags: Flags = joined["is_among"].fill_null(value=False).to_numpy()
    return flags


def _groupings(cells: pl.DataFrame, found: Sums) -> tuple[Places, ...]:
    """Return ways to part the unknowns into groups that share many sums, and are not too large."""
    split = ("split_1", "split_2")
    ways = (
        ("first_month",),
        ("measure", *split),
        (*split, "area_type", "first_month"),
        ("measure", *split, "value_1", "value_2"),
    )
    return tuple(
        np.concatenate((group, group[found.part]))
        for group in (
            cells.select(pl.struct(way).rank("dense").cast(pl.Int64)).to_series().to_numpy()
            for way in ways
        )
    )


def _result(cells: pl.DataFrame, alone: Puzzle, done: Search) -> Audited:
    owner = np.concatenate((np.arange(len(cells)), alone.sums.part))
    places = np.flatnonzero(done.told)
    return Audited(
        hidden=int(done.puzzle.is_hidden.sum()),
        proven=int((done.puzzle.is_hidden & done.is_proven).sum()),
        programmes=done.programmes,
        told=cells.select(CELL)[owner[places]].with_columns(
            is_rest=pl.Series(places >= len(cells), dtype=pl.Boolean)
        ),
        telling=_telling(cells, alone, places),
        sums=alone.sums,
        search=done,
    )


def _telling(cells: pl.DataFrame, alone: Puzzle, told: Places) -> pl.DataFrame:
    by_column = alone.sums.matrix.tocsc()
    found = [tellers(alone, by_column, int(place)) for place in told]
    of = np.repeat(np.arange(len(told)), [len(places) for places in found])
    places = np.concatenate(found) if found else told
    is_shown = ~alone.is_hidden[places] & (places < len(cells))
    return cells.select(CELL)[places[is_shown]].with_columns(told=pl.Series(of[is_shown]))
