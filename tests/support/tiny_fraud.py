"""Snapshots of invented reports of fraud, small enough to add up by hand.

Two snapshots. July 2026 is held in the first alone: 14 reports. August has 10 reports in its own
snapshot and 23 in the next, which count. September is a first count of 28. Force A has September
alone, 50 reports, under the name of its police.
"""

from datetime import date
from typing import Any, Final

JULY, AUGUST, SEPTEMBER = date(2026, 7, 1), date(2026, 8, 1), date(2026, 9, 1)
_PERSON, _OTHER = "INDIVIDUAL", "ORGANISATION"
_HOME, _FORCE_A = "West Mercia", "Force A Police"

REPORTS: Final[list[tuple[Any, ...]]] = [
    (AUGUST, JULY, _HOME, "DATING", _PERSON, "65-74", 4, 8_000.0, 900.0),
    (AUGUST, JULY, _HOME, "DATING", _PERSON, "75+", 8, 20_000.0, 900.0),
    (AUGUST, JULY, _HOME, "DATING", _OTHER, None, 2, 500.0, 250.0),
    (AUGUST, AUGUST, _HOME, "DATING", _PERSON, "75+", 10, 15_000.0, 1_000.0),
    (SEPTEMBER, AUGUST, _HOME, "DATING", _PERSON, "75+", 11, 16_000.0, 1_100.0),
    (SEPTEMBER, AUGUST, _HOME, "VIRUS", _PERSON, "25-34", 12, 600.0, 20.0),
    (SEPTEMBER, SEPTEMBER, _HOME, "DATING", _PERSON, "75+", 20, 30_000.0, 1_200.0),
    (SEPTEMBER, SEPTEMBER, _HOME, "DATING", _PERSON, None, 5, 2_000.0, 1_200.0),
    (SEPTEMBER, SEPTEMBER, _HOME, "SHOPPING_AUCTION", _OTHER, None, 3, 300.0, 100.0),
    (SEPTEMBER, SEPTEMBER, _FORCE_A, "SHOPPING_AUCTION", _PERSON, None, 50, 5_000.0, 70.0),
]
"""Snapshot, month, force, type, victim, age, reports, loss and median loss in pounds."""
