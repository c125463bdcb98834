"""The numbers that protect people in published counts, each with its reason.

They are floors: the data owner may tighten them in `policy.toml`, nobody may loosen them.
"""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, kw_only=True)
class Protection:
    """The small-number policy in force.

    threshold: counts below it are hidden, zero included: "none" is a fact about people, too.
    rounding_base: every other count is rounded to the nearest multiple, so that no difference of
        two counts is exact.
    wide_rounding_base: the base of a total whose usual rounding would give a hidden count away.
    fewest_possible: the values a hidden count must still be able to take, given all that is shown.
    percentage_base: the smallest whole of which a percentage is given. Part and whole may be
        rounded opposite ways, 2 each: of 50 that is up to 4 in 50, or 8 points (47 of 48 become
        45 of 50). Where one is rounded to 10 the whole must be 100, and it is up to 9 in 100.
    chart_base: the usual whole of a control chart of percentages; below it, by quarter.
    wait_base: people behind a median wait, and on either side of a percentile.
    dominance_share, dominance_margin: a whole smaller than the margin, of which one part holds
        this share, is not split: the split would tell what nearly everyone in it is.
    most_set_aside: share of rows set aside above which a file is refused.
    """

    threshold: int = 10
    rounding_base: int = 5
    wide_rounding_base: int = 10
    fewest_possible: int = 5
    percentage_base: int = 50
    chart_base: int = 100
    wait_base: int = 10
    dominance_share: float = 0.9
    dominance_margin: int = 50
    most_set_aside: float = 0.2


RECORD_BASE: Final = 100
"""What the numbers of rows about people in the record of files are rounded to; none below half.

The rows of a provider's file for a quarter are the provider's people in that quarter: a cell that
may be hidden for a neighbour, or rounded more widely. No setting makes it smaller.
"""

FLOORS: Final = Protection()
"""What holds without a `policy.toml`, and below which no setting may go."""
