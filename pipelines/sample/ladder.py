"""Many weighted choices answered by one binary search."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Indexes = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Ladder:
    """Cumulative weights of many sets of options, laid end to end.

    Set `k` takes the rungs between `k` and `k + 1`, so a random number added to the number of
    the set finds its option, for all rows at once.
    """

    rungs: npt.NDArray[np.float64]
    option_count: int

    @classmethod
    def of(cls, weights: npt.NDArray[np.float64]) -> "Ladder":
        """Return the ladder of `weights`, one row per set and one column per option.

        A set whose weights are all zero is never to be asked for; its last option is returned.
        """
        totals = weights.cumsum(axis=1)
        last = totals[:, -1:]
        shares = np.divide(totals, last, out=np.zeros_like(totals), where=last > 0)
        shares[:, -1] = 1.0
        sets = np.arange(len(weights))[:, None]
        return cls(rungs=(shares + sets).ravel(), option_count=weights.shape[1])

    def pick(self, sets: Indexes, random: np.random.Generator) -> Indexes:
        """Return one option for each entry of `sets`, drawn by weight."""
        place = np.searchsorted(self.rungs, sets + random.random(len(sets)), side="right")
        options: Indexes = place - sets * self.option_count
        return options
