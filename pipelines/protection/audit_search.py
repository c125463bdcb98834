"""What the auditor's programmes have found so far, and how the next audit takes it up."""

from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

import numpy as np
from scipy import sparse
from scipy.sparse.csgraph import connected_components

from pipelines.protection.audit_bounds import Flags, Puzzle, binding
from pipelines.protection.audit_near import LINKS
from pipelines.protection.audit_programmes import Programme, Room, Solver, room
from pipelines.protection.audit_sums import Numbers, Places

Moves = list[tuple[Places, Numbers]]
"""Answers to the whole puzzle: some unknowns, and how far each is from the truth; others at it."""

CLOSE: Final = 1e-6
_SMALL_PART: Final = 500
"""Unknowns in a part of the puzzle that is attacked whole, so that what is found is exact."""


@dataclass
class Search:
    """What the programmes found.

    moves: every answer found. below, above: the farthest of them, as distances from the truth.
    told: unknowns that keep too few values; suspected: that did before. is_far: whose attack
    reaches further. by_attack: the unknown whose attack left each one enough values, −1 where none
    did. programmes: how many were solved.
    """

    puzzle: Puzzle
    values: int
    by_column: sparse.csc_array
    below: Numbers
    above: Numbers
    told: Flags
    suspected: Flags
    is_far: Flags
    by_attack: Places
    moves: Moves = field(default_factory=list)
    programmes: int = 0
    solver: Solver = field(default_factory=Solver)
    random: np.random.Generator = field(default_factory=lambda: np.random.default_rng(0))

    @cached_property
    def room(self) -> Room:
        """Return how far everything may move from the truth."""
        return room(self.puzzle, self.by_column)

    @cached_property
    def part(self) -> Places:
        """Return for each unknown the part of the puzzle that no chain of sums leaves."""
        # One node for each sum, then one for each unknown: an entry of the matrix joins the two.
        rows, size = self.puzzle.sums.matrix.shape
        found = self.puzzle.sums.matrix.tocoo()
        ends = (found.row, rows + found.col)
        joined = sparse.coo_array((found.data, ends), shape=(rows + size, rows + size))
        part: Places = connected_components(joined, directed=False)[1][rows:].astype(np.int64)
        return part

    @cached_property
    def is_in_small_part(self) -> Flags:
        """Return the unknowns of parts so small that one programme holds all of it."""
        small: Flags = np.bincount(self.part)[self.part] <= _SMALL_PART
        return small

    @property
    def is_proven(self) -> Flags:
        """Return the unknowns that can take enough values, as answers to the whole puzzle show."""
        return is_wide(self.below, self.above, values=self.values)

    def keep(self, places: Places, move: Numbers) -> None:
        """Keep an answer to the whole puzzle."""
        self.moves.append((places, move))
        self.below[places] = np.minimum(self.below[places], move)
        self.above[places] = np.maximum(self.above[places], move)

    def solved(self, made: Programme, aim: Numbers, low: Numbers, high: Numbers) -> Numbers | None:
        """Return the moves that make `aim` smallest; None where there is no answer."""
        self.programmes += 1
        return self.solver.solved(made, aim, low=low, high=high)


def is_wide(below: Numbers, above: Numbers, *, values: int) -> Flags:
    """Return where so many whole numbers lie between the two distances from the truth."""
    wide: Flags = np.floor(above + CLOSE) - np.ceil(below - CLOSE) >= values - 1
    return wide


def begun(puzzle: Puzzle, *, values: int, is_far: Flags, before: Search | None) -> Search:
    """Return the search before any programme: only unknowns in no sum are free to move.

    `is_far`: unknowns whose attack reaches further. `before`: a search of the same sums, when less
    was hidden or rounded widely. Its moves are taken as far as the windows of now let them go, and
    attacks of then count where nothing near is known more closely now.
    """
    puzzle = binding(puzzle)
    by_column = puzzle.sums.matrix.tocsc()
    is_free = np.diff(by_column.indptr) == 0
    low, high = puzzle.low - puzzle.true, puzzle.high - puzzle.true
    none = np.zeros_like(is_free)
    done = Search(
        puzzle,
        values,
        by_column,
        np.where(is_free, low, 0.0),
        np.where(is_free, high, 0.0),
        none,
        before.told if before else none.copy(),
        is_far,
        np.full(len(low), -1),
    )
    if before:
        for places, move in before.moves:
            done.keep(places, _shortened(move, low[places], high[places]))
        is_closer = (puzzle.low > before.puzzle.low) | (puzzle.high < before.puzzle.high)
        holds = (before.by_attack >= 0) & ~_is_stale(before, is_closer)[before.by_attack]
        done.by_attack[holds] = before.by_attack[holds]
    return done


def _shortened(move: Numbers, low: Numbers, high: Numbers) -> Numbers:
    """Return the move, or as much of it as the windows allow: part of the way is an answer, too."""
    room = np.where(move > 0, high, low)
    far = np.abs(move) > CLOSE
    return move * min(1.0, float((room[far] / move[far]).min(initial=1.0)))


def _is_stale(before: Search, is_closer: Flags) -> Flags:
    """Return the unknowns whose own attack read any of those that are known more closely now."""
    matrix = abs(before.puzzle.sums.matrix)
    reached = is_closer
    for _ in range(LINKS + 1):  # an attack reads one link further than it moves
        reached = reached | (matrix.T @ (matrix @ reached) > 0)
    further = matrix.T @ (matrix @ reached) > 0
    in_same_part = np.isin(before.part, before.part[is_closer])
    beyond = np.where(before.is_far, further, reached)
    stale: Flags = np.where(before.is_in_small_part, in_same_part, beyond)
    return stale
