"""Where new capacity could go, in arrays, and what a set of sites is worth."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from dashboard.metrics.statistics import Array

Aim = Literal["reach", "unmet"]
"""People in need newly within reach of help, or unmet need met."""


@dataclass(frozen=True, kw_only=True)
class Worth:
    """What a set of sites brings.

    reach: people in need who had no help within reach, and then have. unmet: unmet need that is
    met, in people a year, no district counting for more than it has. worst: the share of its need
    that is met in the district where that share is least.
    """

    reach: float
    unmet: float
    worst: float


@dataclass(frozen=True, kw_only=True, eq=False)
class Puzzle:
    """Candidate sites (columns), of which `count` are chosen, each of a capacity of `each`.

    covers: places (rows) within reach of each candidate. without: the need of each place that has
    no help within reach today, zero where there is some. share: the part of each candidate's
    capacity that goes to each district (rows). left: the unmet need of each district. need and
    met: of each district. All need is in people a year.
    """

    count: int
    each: float
    covers: np.ndarray
    without: Array
    share: Array
    left: Array
    need: Array
    met: Array

    @property
    def candidates(self) -> int:
        """How many candidate sites there are."""
        return int(self.share.shape[1])

    @property
    def most(self) -> float:
        """The most unmet need that so much capacity can meet; never zero."""
        return min(self.count * self.each, float(self.left.sum())) or 1.0

    @property
    def is_compared(self) -> np.ndarray:
        """True for the districts whose share of need met is known."""
        return (self.need > 0) & ~np.isnan(self.met)

    def worth(self, chosen: Sequence[int]) -> Worth:
        """Return what these candidates, by their columns, bring together."""
        places = list(chosen)
        met = np.minimum(self.left, self.each * self.share[:, places].sum(axis=1))
        shares = ((self.met + met) / np.where(self.need > 0, self.need, 1.0))[self.is_compared]
        return Worth(
            reach=float(self.without[self.covers[:, places].any(axis=1)].sum()),
            unmet=float(met.sum()),
            worst=float(shares.min()) if len(shares) else 0.0,
        )
