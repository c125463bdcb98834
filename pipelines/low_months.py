"""Holds back a month that has far fewer rows than usual, until someone approves it."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from statistics import median, quantiles
from typing import Final

from pipelines.ledger import ForceMonth

LEAST_SHARE: Final = 0.4
"""A month with less than this share of the usual rows is held: 60 % below the median."""

MONTHS_COMPARED: Final = 12
FEWEST_MONTHS: Final = 6
"""With fewer other months than this, nobody can say what is usual."""


@dataclass(frozen=True)
class LowMonth:
    """A force's month with far fewer rows than its other months. Counts are rows."""

    key: ForceMonth
    rows: int
    usual_from: int
    usual_to: int

    def words(self, force_name: str) -> str:
        """Return the hold in one line, with what to do."""
        month = f"{self.key.month:%Y-%m}"
        return (
            f"{force_name} {month} has {self.rows:,} rows, expected "
            f"{self.usual_from:,}-{self.usual_to:,}. Look at the file; if it is right, "
            f"run build again with --approve {month}."
        )


def find_low_months(
    counted: Mapping[ForceMonth, int], changed: Iterable[ForceMonth]
) -> list[LowMonth]:
    """Return the changed months that are 60 % or more below the median of that force.

    The median is that of up to twelve latest other months, of which there must be six.
    """
    by_force: dict[str, dict[date, int]] = {}
    for key, rows in counted.items():
        by_force.setdefault(key.force_code, {})[key.month] = rows
    found = (_low_month(key, by_force[key.force_code]) for key in sorted(changed))
    return [low for low in found if low]


def without_approved(low: Iterable[LowMonth], approved: Collection[str]) -> list[LowMonth]:
    """Return the low months that nobody approved; `approved` are months as YYYY-MM."""
    return [each for each in low if f"{each.key.month:%Y-%m}" not in approved]


def _low_month(key: ForceMonth, months: Mapping[date, int]) -> LowMonth | None:
    others = [months[month] for month in sorted(months) if month != key.month]
    others = others[-MONTHS_COMPARED:]
    rows = months[key.month]
    if len(others) < FEWEST_MONTHS or rows > LEAST_SHARE * median(others):
        return None
    lower, _, upper = quantiles(others, n=4, method="inclusive")
    return LowMonth(key, rows, round(lower), round(upper))
