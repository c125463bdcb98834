"""A reader who averages over overlapping cells learns no more of hidden counts than by guessing."""

from typing import Final

import numpy as np
import numpy.typing as npt
import polars as pl

from pipelines.protection.audit_sums import sums
from pipelines.protection.equations import equations
from pipelines.protection.hiding import first_reasons
from pipelines.protection.index import KEYS, index_cells
from pipelines.protection.published import earlier_cells, earlier_windows, published_cells
from pipelines.protection.repair import Repaired, repaired
from pipelines.protection.windows import State
from schemas.cells import Level, Measure, View
from schemas.protection import FLOORS
from tests.support.counted_people import TREE, counted, quarters, random_world

_LEVELS: Final[tuple[Level, ...]] = (
    ("force", "quarter"), ("force", "year"), ("partnership", "quarter"), ("district", "quarter"),
    ("district", "year"),
)  # fmt: skip
_MENU: Final = (
    Measure(
        key="m",
        label="m",
        table="t",
        views=(View(levels=_LEVELS), View(splits=("source",), levels=_LEVELS)),
    ),
)
_Numbers = npt.NDArray[np.float64]
_SOURCES: Final = ("POLICE", "SELF", "VAL", "HEALTH", "OTHER")


def test_averaging_over_cells_does_no_better_than_guessing_the_usual_size_of_such_a_cell() -> None:
    """The bound: no more exact hits than by guessing, over six seeded worlds.

    The guess is the average over all periods of the same source and area. (Naming for every cell
    the commonest of all small counts is a poorer guess, which averaging does beat: by 11 points.)

    The reader fits all cells at once by least squares: shown ones to their middle, every sum that
    holds to nothing, hidden ones to the middle of small counts. That is the average over all
    pairs of cells that differ by a hidden one, each weighed by what it is worth.
    """
    hits, guessed, hidden = 0, 0, 0
    for seed in range(6):
        true, fitted, usual, is_small = _attacked(seed)
        hits += int((np.rint(fitted).clip(0, 9) == true)[is_small].sum())
        guessed += int((np.rint(usual).clip(0, 9) == true)[is_small].sum())
        hidden += int(is_small.sum())
    assert hidden > 500
    assert hits <= guessed


def _attacked(
    seed: int,
) -> tuple[_Numbers, _Numbers, _Numbers, npt.NDArray[np.bool_]]:
    periods = quarters(2)
    world = random_world(
        np.random.default_rng(seed), _MENU, size=1000, months=[m for m, _ in periods["month"]],
        values={"source": _SOURCES}, skew=1.2,
    )  # fmt: skip
    cells = counted(world, _MENU, periods).sort(KEYS)
    published = _repaired(cells)
    true = cells["true_count"].to_numpy().astype(float)
    is_hidden = (published["marker"] != "").to_numpy()
    matrix = _sums_kept(cells)
    middle = np.where(is_hidden, 4.5, published["count"].fill_null(0).to_numpy())
    # A rounding moves a count by 1.4 on average, a small count lies 2.9 from its middle.
    weight = np.where(is_hidden, 1 / 2.9, 1 / 1.4)
    rows = np.vstack((1_000 * matrix, np.diag(weight)))
    wanted = np.concatenate((np.zeros(len(matrix)), weight * middle))
    fitted = np.linalg.lstsq(rows, wanted, rcond=None)[0]
    place = ("split_1", "value_1", "area_type", "area_code", "period_type")
    usual = cells.select(pl.col("true_count").mean().over(place)).to_series().to_numpy()
    return true, fitted, usual, is_hidden & (true < FLOORS.threshold)


def _sums_kept(cells: pl.DataFrame) -> npt.NDArray[np.float64]:
    """Return each sum that holds exactly as a line of plus and minus one."""
    known = sums(cells, _MENU, areas=TREE)
    matrix: npt.NDArray[np.float64] = known.matrix.toarray()
    kept: npt.NDArray[np.float64] = matrix[(known.low == 0) & (known.high == 0)]
    return kept


def _repaired(cells: pl.DataFrame) -> pl.DataFrame:
    """Return the cells as published; the audit, which changes nothing here, is left out."""
    index = index_cells(cells)
    rows = equations(index, _MENU, areas=TREE, threshold=FLOORS.threshold)
    size = len(rows.true)
    state = State(
        first_reasons(index, rows, policy=FLOORS),
        np.full(size, FLOORS.rounding_base),
        np.zeros(size, dtype=bool),
        *earlier_windows(
            earlier_cells(index, None, None, rests=len(rows.rest_part)), rows.true, policy=FLOORS
        ),
    )
    done = repaired(rows, Repaired(state), np.zeros(size, dtype=bool), policy=FLOORS)
    return published_cells(index, rows, done.state)
