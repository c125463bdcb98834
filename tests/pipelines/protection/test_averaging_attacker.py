"""Readers who average over what is published learn no more of hidden counts than by guessing."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
import polars as pl
import pytest

from pipelines.protect import protect
from pipelines.protection.audit_sums import sums
from pipelines.protection.index import KEYS
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
pytestmark = pytest.mark.slow

_Numbers = npt.NDArray[np.float64]
_SOURCES: Final = ("POLICE", "SELF", "VAL", "HEALTH", "OTHER")


@dataclass(frozen=True)
class _World:
    """Cells of a made-up world: their true counts, what is published, and the sums that hold.

    middle: of what is shown, 4.5 where it is hidden. is_secret: hidden, and small.
    """

    cells: pl.DataFrame
    true: _Numbers
    middle: _Numbers
    is_hidden: npt.NDArray[np.bool_]
    is_secret: npt.NDArray[np.bool_]
    matrix: _Numbers

    def hits(self, guess: _Numbers) -> int:
        """Return how many hidden small counts a guess names exactly."""
        return int((np.rint(guess).clip(0, 9) == self.true)[self.is_secret].sum())


@pytest.fixture(scope="module")
def worlds() -> list[_World]:
    """Return three seeded worlds, published as protection allows."""
    made = [_world(seed) for seed in range(3)]
    assert sum(int(world.is_secret.sum()) for world in made) > 500
    return made


def test_averaging_over_pairs_does_no_better_than_guessing_the_commonest_count(
    worlds: list[_World],
) -> None:
    """A pair of filters differs by what one has and the other lacks, such as all and all but one.

    Since no pair differs by one hidden cell alone, the reader shares each difference equally
    among the hidden cells in it, and averages over all pairs that a cell is in.
    """
    hits = sum(world.hits(_average_of_pairs(world)) for world in worlds)
    assert hits <= sum(_commonest(world) for world in worlds)


def test_fitting_all_at_once_does_no_better_than_knowing_the_usual_size_of_such_a_cell(
    worlds: list[_World],
) -> None:
    """The strongest average there is: all cells are fitted at once by least squares.

    Shown ones to their middle, every sum that holds to nothing, hidden ones to the middle of small
    counts. It beats naming the commonest count (about 30 hits in a hundred against 19), as five
    possible values allow; it does no better than who knows the average of the same source and area
    over all periods (34), which nothing published says.
    """
    usual = ("split_1", "value_1", "area_type", "area_code", "period_type")
    known = [
        world.cells.select(pl.col("true_count").mean().over(usual)).to_series().to_numpy()
        for world in worlds
    ]
    fitted = sum(world.hits(_fitted(world)) for world in worlds)
    guessed = sum(world.hits(each) for world, each in zip(worlds, known, strict=True))
    assert fitted <= guessed


def _world(seed: int) -> _World:
    periods = quarters(2)
    people = random_world(
        np.random.default_rng(seed), _MENU, size=1000, months=[m for m, _ in periods["month"]],
        values={"source": _SOURCES}, skew=1.2,
    )  # fmt: skip
    cells = counted(people, _MENU, periods).sort(KEYS)
    published = protect(cells, _MENU, policy=FLOORS, areas=TREE).cells.sort(KEYS)
    true = cells["true_count"].to_numpy().astype(float)
    is_hidden = (published["marker"] != "").to_numpy()
    return _World(
        cells,
        true,
        published["count"].fill_null(4.5).to_numpy(),
        is_hidden,
        is_hidden & (true < FLOORS.threshold),
        _sums_kept(cells),
    )


def _average_of_pairs(world: _World) -> _Numbers:
    total, pairs = np.zeros((2, len(world.true)))
    for row in world.matrix:
        cells = np.flatnonzero(row)
        hidden = cells[world.is_hidden[cells]]
        # Beside a hidden whole its parts differ by nothing that is known.
        if len({*row[hidden]}) == 1:
            shown = np.setdiff1d(cells, hidden)
            difference = -(row[shown] @ world.middle[shown]) / row[hidden[0]]
            total[hidden] += difference / len(hidden)
            pairs[hidden] += 1
    return np.where(pairs > 0, total / np.maximum(pairs, 1), world.middle)


def _commonest(world: _World) -> int:
    """Return the hits of a reader who names the commonest of all hidden small counts."""
    return int(np.bincount(world.true[world.is_secret].astype(int)).max())


def _fitted(world: _World) -> _Numbers:
    # A rounding moves a count by 1.4 on average, a small count lies 2.9 from its middle.
    weight = np.where(world.is_hidden, 1 / 2.9, 1 / 1.4)
    rows = np.vstack((1_000 * world.matrix, np.diag(weight)))
    wanted = np.concatenate((np.zeros(len(world.matrix)), weight * world.middle))
    fitted: _Numbers = np.linalg.lstsq(rows, wanted, rcond=None)[0]
    return fitted


def _sums_kept(cells: pl.DataFrame) -> npt.NDArray[np.float64]:
    """Return each sum that holds exactly as a line of plus and minus one."""
    known = sums(cells, _MENU, areas=TREE)
    matrix: npt.NDArray[np.float64] = known.matrix.toarray()
    kept: npt.NDArray[np.float64] = matrix[(known.low == 0) & (known.high == 0)]
    return kept
