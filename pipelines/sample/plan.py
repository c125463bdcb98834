"""What the sample is: its months, its planted changes, its gaps. The numbers here are invented."""

from dataclasses import dataclass
from typing import Final

import numpy as np

SEED: Final = 20260930
"""Every draw starts here, so that the sample is the same bytes on every machine."""

FIRST_MONTH: Final = "2023-10"
MONTH_COUNT: Final = 36


def _months() -> tuple[str, ...]:
    year, month = (int(part) for part in FIRST_MONTH.split("-"))
    numbers = range(year * 12 + month - 1, year * 12 + month - 1 + MONTH_COUNT)
    return tuple(f"{number // 12}-{number % 12 + 1:02d}" for number in numbers)


MONTHS: Final = _months()
"""The months of the sample, oldest first: 2023-10 to 2026-09."""


@dataclass(frozen=True)
class PlantedChange:
    """A change put into one district's series, so that signals have something to find.

    The expected count is multiplied by a factor that runs in a straight line from
    `first_factor` in `first_month` to `last_factor` in `last_month`.
    """

    area_code: str
    crime_type: str
    first_month: str
    last_month: str
    first_factor: float
    last_factor: float
    words: str

    def factors(self) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
        """Return the factor of every month of the sample; 1 outside the change."""
        first, last = MONTHS.index(self.first_month), MONTHS.index(self.last_month)
        factors = np.ones(MONTH_COUNT)
        factors[first : last + 1] = np.linspace(
            self.first_factor, self.last_factor, last - first + 1
        )
        return factors


PLANTED_CHANGES: Final = (
    PlantedChange(
        area_code="E07000238",
        crime_type="Burglary",
        first_month="2026-03",
        last_month="2026-09",
        first_factor=1.7,
        last_factor=1.7,
        words="Burglary in Wychavon is seven tenths higher from March 2026",
    ),
    PlantedChange(
        area_code="E06000020",
        crime_type="Shoplifting",
        first_month="2025-10",
        last_month="2026-09",
        first_factor=1.05,
        last_factor=1.6,
        words="Shoplifting in Telford and Wrekin rises steadily over the last twelve months",
    ),
    PlantedChange(
        area_code="E07000236",
        crime_type="Vehicle crime",
        first_month="2026-01",
        last_month="2026-09",
        first_factor=0.75,
        last_factor=0.35,
        words="Vehicle crime in Redditch falls from January 2026",
    ),
    PlantedChange(
        area_code="E07000237",
        crime_type="Anti-social behaviour",
        first_month="2026-06",
        last_month="2026-09",
        first_factor=1.5,
        last_factor=1.7,
        words="Antisocial behaviour in Worcester is up from June to September 2026",
    ),
)

NOT_SUPPLIED: Final = (("SAMPLE-C", "2024-03"),)
"""Force and month for which no file is written: missing, which is not zero."""

CARRIAGE_RETURN_MONTHS: Final = ("2024-01", "2024-02", "2024-03", "2024-04")
"""Months whose files end their lines as Windows does, as the real files of these months do."""


def random_stream(force_number: int, purpose: int) -> np.random.Generator:
    """Return the random numbers of one purpose, which no other purpose can disturb."""
    return np.random.Generator(np.random.PCG64([SEED, force_number, purpose]))
