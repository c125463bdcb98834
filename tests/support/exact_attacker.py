"""The strongest reader there is: reads all that is shown at once, in whole numbers, exactly."""

import numpy as np
import numpy.typing as npt
import polars as pl
from scipy.optimize import Bounds, LinearConstraint, milp

from pipelines.protection.audit_sums import Sums, sums
from pipelines.protection.index import KEYS
from schemas.cells import Measure
from schemas.protection import FLOORS
from tests.support.counted_people import TREE

_Numbers = npt.NDArray[np.float64]


def possible_values(
    cells: pl.DataFrame,
    published: pl.DataFrame,
    reasons: pl.Series,
    menu: tuple[Measure, ...],
    *,
    seed: int,
    told: pl.DataFrame | None = None,
) -> list[int]:
    """Return the values of some hidden cells, by programmes over all cells at once, in integers.

    `cells`, `published`: in the order of their keys. `told`: what earlier releases said; what of
    it holds is known, and is no secret.
    """
    known = sums(cells, menu, areas=TREE)
    true = cells["true_count"].to_numpy().astype(float)
    truth = np.append(true, true[known.whole] - true[known.part])
    small = truth < FLOORS.threshold
    free = np.append(reasons.to_numpy() == "DROPPED", (reasons.to_numpy() == "DROPPED")[known.part])
    low = np.where(small | free, 0, FLOORS.threshold).astype(float)
    high = np.where(small & ~free, FLOORS.threshold - 1, np.inf)
    count, base = published["count"].to_numpy(), published["rounding"].to_numpy()
    shown = np.flatnonzero(published["marker"].to_numpy() == "")
    low[shown] = np.maximum(count[shown] - base[shown] // 2, FLOORS.threshold)
    high[shown] = count[shown] - base[shown] // 2 + base[shown] - 1
    is_secret = np.append(published["marker"].to_numpy() != "", small[len(true) :])
    if told is not None:
        is_secret[_narrowed(low, high, cells, told)] = False
    hidden = np.random.default_rng(seed).permutation(np.flatnonzero(is_secret))[:12]
    found = (_ends(known, low, high, int(place)) for place in hidden)
    return [round(most - least) + 1 for least, most in found]


def _narrowed(low: _Numbers, high: _Numbers, cells: pl.DataFrame, told: pl.DataFrame) -> list[int]:
    """Narrow the windows by each count that was ever shown and holds; return these cells."""
    place = {
        row[:-1]: (n, row[-1]) for n, row in enumerate(cells.select(*KEYS, "true_count").rows())
    }
    holding = []
    for *keys, count, base, threshold in told.drop_nulls("count").iter_rows():
        n, true = place[tuple(keys)]
        least = max(count - base // 2, threshold)
        most = count - base // 2 + base - 1
        if least <= true <= most:
            low[n], high[n] = max(low[n], least), min(high[n], most)
            holding.append(n)
    return holding


def _ends(known: Sums, low: _Numbers, high: _Numbers, place: int) -> tuple[float, float]:
    """Return the smallest and the largest value; endless where no programme finds one."""
    limits = LinearConstraint(known.matrix, known.low, known.high)
    aim = np.zeros(len(low))
    aim[place] = 1
    least, most = (
        milp(
            sign * aim,
            constraints=limits,
            bounds=Bounds(low, high),
            integrality=np.ones(len(low), dtype=np.int64),
        ).x
        for sign in (1, -1)
    )
    if least is None or most is None:
        return 0.0, 1e9
    return float(least[place]), float(most[place])
