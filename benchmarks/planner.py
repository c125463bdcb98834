"""What it costs to find the best places for new capacity, beside trying every set of them."""

import math
import time
from collections.abc import Callable
from itertools import combinations
from typing import Final

import numpy as np

from benchmarks.report import Section, Spread, load_words, ratio
from dashboard.planning.best import best_two, goals
from dashboard.planning.puzzle import Aim, Puzzle

AREAS: Final = 804
CANDIDATES: Final = 40
DISTRICTS: Final = 9
_TRIED: Final = 2_000
"""Sets that are tried to know what one costs; all of them would take minutes."""
_COUNTS: Final = (1, 3, 5)
_AIMS: Final[tuple[tuple[Aim, bool, str], ...]] = (
    ("reach", False, "people within reach"),
    ("unmet", False, "unmet need met"),
    ("unmet", True, "the worst district first"),
)
_SAID: Final = (
    f"{AREAS} small areas in {DISTRICTS} districts at random places, {CANDIDATES} candidate sites, "
    "a third of the areas with help within reach already. CPU-seconds of the best set and the "
    "next best, together; the aim is under 10 for five sites. Beside it what trying every set "
    f"would cost, from {_TRIED:,} sets tried.",
)


def measure_planner(*, repeats: int) -> Section:
    """Find the best 1, 3 and 5 of the candidates for each aim."""
    found = {
        (count, words): _spread(
            lambda count=count, aim=aim, is_fair=is_fair: best_two(  # type: ignore[misc]
                invented(count), goals(aim, is_fair=is_fair)
            ),
            repeats,
        )
        for count in _COUNTS
        for aim, is_fair, words in _AIMS
    }
    every = {count: _every(count) for count in _COUNTS}
    return Section(
        key="planner",
        title="Best places for new capacity",
        said=(*_SAID, load_words()),
        columns=("sites", "first of all", "solver, CPU-seconds", "every set", "÷ solver"),
        rows=tuple(
            (
                str(count),
                words,
                spread.words(2, ""),
                f"{every[count]:,.2f}",
                ratio(spread.median, every[count]),
            )
            for (count, words), spread in found.items()
        ),
        raw={f"{count} {words}": spread.values for (count, words), spread in found.items()},
    )


def invented(count: int, *, areas: int = AREAS, candidates: int = CANDIDATES) -> Puzzle:
    """Return a puzzle of the size of the force area, always the same."""
    rng = np.random.default_rng(804)
    place, site = rng.random((areas, 2)), rng.random((candidates, 2))
    away = np.hypot(*(place[:, None, :] - site[None, :, :]).transpose(2, 0, 1))
    need = rng.uniform(10, 60, areas)
    weights = np.select([away < 0.1, away < 0.2, away < 0.4], [1.0, 0.68, 0.22], 0.0)
    wanted = weights * need[:, None]
    district = (3 * place).astype(int) @ np.array([1, 3])
    here = np.stack([district == each for each in range(DISTRICTS)])
    needed = here @ need
    met = needed * rng.uniform(0.1, 0.4, DISTRICTS)
    return Puzzle(
        count=count,
        each=60.0,
        covers=away < 0.2,
        without=np.where(rng.random(areas) < 1 / 3, 0.0, need),
        share=here @ (wanted / wanted.sum(axis=0)),
        left=needed - met,
        need=needed,
        met=met,
    )


def _spread(work: Callable[[], object], repeats: int) -> Spread:
    return Spread(tuple(_cpu(work) for _ in range(repeats)))


def _cpu(work: Callable[[], object]) -> float:
    began = time.process_time()
    work()
    return time.process_time() - began


def _every(count: int) -> float:
    """Return the CPU-seconds that trying every set of so many sites would take."""
    puzzle = invented(count)
    sets = list(zip(range(_TRIED), combinations(range(CANDIDATES), count), strict=False))
    spent = _cpu(lambda: [puzzle.worth(each) for _, each in sets])
    return spent * math.comb(CANDIDATES, count) / len(sets)
