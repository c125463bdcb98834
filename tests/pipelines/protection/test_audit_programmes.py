"""The auditor's programmes find what another solver finds of the same sums, written out plainly."""

from typing import Final

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse
from scipy.optimize import linprog

from pipelines.protection.audit_bounds import ENDLESS, Puzzle
from pipelines.protection.audit_programmes import Solver, programme, room
from pipelines.protection.audit_sums import Numbers, Places, Sums

_MOST: Final = 4.0
_LARGEST: Final = 60
_solver = Solver()


def _puzzle(random: np.random.Generator, *, unknowns: int, rows: int) -> Puzzle:
    """Return random sums that the truth keeps; some say only one side, some windows have no end."""
    true = random.integers(0, _LARGEST, unknowns).astype(float)
    signs = random.choice([-1.0, 0.0, 0.0, 1.0], (rows, unknowns))
    now = signs @ true
    slack = random.choice([0.0, 0.0, 3.0, np.inf], (2, rows))
    low = np.maximum(true - random.integers(0, 8, unknowns), 0.0)
    high = np.where(random.random(unknowns) < 0.2, ENDLESS, true + random.integers(0, 8, unknowns))
    none = np.zeros(0, dtype=np.int64)
    sums = Sums(sparse.csr_array(signs), now - slack[0], now + slack[1], none, none)
    return Puzzle(sums, low, high, true, np.ones(unknowns, dtype=bool))


def _farthest(puzzle: Puzzle, moving: Places, place: int, sign: float, *, is_loose: bool) -> float:
    """Return how far the unknown can move this way, by each sum on its own, one at a time."""
    above, most = [], []
    for row, least, greatest in zip(
        puzzle.sums.matrix.toarray(), puzzle.sums.low, puzzle.sums.high, strict=True
    ):
        others = np.setdiff1d(np.flatnonzero(row), moving)
        ends = np.stack((row * puzzle.low, row * puzzle.high, row * puzzle.true))[:, others]
        down, up = (ends[:2].min(axis=0), ends[:2].max(axis=0)) if is_loose else (ends[2], ends[2])
        above += [row[moving], -row[moving]]
        most += [greatest - down.sum(), up.sum() - least]
    is_said = np.array(most) < ENDLESS / 2
    low, high = puzzle.low[moving].copy(), puzzle.high[moving].copy()
    low[place] = max(low[place], puzzle.true[moving[place]] - _MOST)
    high[place] = min(high[place], puzzle.true[moving[place]] + _MOST)
    found = linprog(  # type: ignore[call-overload]
        -sign * (np.arange(len(moving)) == place),
        A_ub=np.array(above)[is_said] if is_said.any() else None,
        b_ub=np.array(most)[is_said] if is_said.any() else None,
        bounds=np.column_stack((low, np.where(high > ENDLESS / 2, np.inf, high))),
    )
    return float(found.x[place] - puzzle.true[moving[place]])


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.integers(0, 100_000), st.integers(3, 12), st.integers(1, 12), st.booleans())
def test_a_programme_moves_an_unknown_as_far_as_plain_sums_let_it(
    seed: int, unknowns: int, rows: int, is_loose: bool
) -> None:
    random = np.random.default_rng(seed)
    puzzle = _puzzle(random, unknowns=unknowns, rows=rows)
    moving = np.sort(random.choice(unknowns, random.integers(2, unknowns), replace=False))
    made = programme(room(puzzle, puzzle.sums.matrix.tocsc()), moving, do_others_move=is_loose)
    place = int(random.integers(len(moving)))
    low, high = made.low.copy(), made.high.copy()
    low[place], high[place] = max(low[place], -_MOST), min(high[place], _MOST)
    for sign in (1.0, -1.0):
        aim: Numbers = -sign * (np.arange(len(moving)) == place)
        move = _solver.solved(made, aim, low=low, high=high)
        assert move is not None
        expected = _farthest(puzzle, moving, place, sign, is_loose=is_loose)
        np.testing.assert_allclose(move[place], expected, atol=1e-6)
        # And the whole answer stays within the windows.
        assert (move >= low - 1e-6).all()
        assert (move <= high + 1e-6).all()


def test_a_solver_says_nothing_on_the_screen(capfd: pytest.CaptureFixture[str]) -> None:
    puzzle = _puzzle(np.random.default_rng(1), unknowns=5, rows=4)
    made = programme(room(puzzle, puzzle.sums.matrix.tocsc()), np.arange(5), do_others_move=True)
    assert Solver().solved(made, np.zeros(5), low=made.low, high=made.high) is not None
    assert capfd.readouterr() == ("", "")
