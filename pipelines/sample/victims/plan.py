"""What the victim sample is: its days, its random streams, its planted changes. All invented."""

from datetime import date
from typing import Final

import numpy as np
import numpy.typing as npt

from pipelines.sample.plan import random_stream

Days = npt.NDArray[np.datetime64]
Flags = npt.NDArray[np.bool_]

FIRST_DAY: Final = date(2023, 10, 1)
LAST_DAY: Final = date(2026, 9, 30)
LAST_KNOWN_DAY: Final = date(2026, 10, 31)
"""Nothing later than this has happened yet: senders wrote their files on this day."""

RUNNING_YEAR: Final = "2026-27"
"""Files of earlier years hold a whole year: the past was sent at once when the office began."""

BURN_IN_MONTHS: Final = 12
"""Months made before the first, so that caseloads are not empty in October 2023. Not written."""

DISTRICTS: Final = (
    "E06000019",
    "E06000020",
    "E06000051",
    "E07000234",
    "E07000235",
    "E07000236",
    "E07000237",
    "E07000238",
    "E07000239",
)
"""In code order, the order of `Calibration.area_codes`."""

PLACES: Final = (*DISTRICTS, "OUT", "NK")

NORTH: Final = ("E06000020", "E06000051")
SOUTH: Final = tuple(code for code in DISTRICTS if code not in NORTH)

SLOW_PROVIDER: Final = "P06"
SLOW_FROM: Final = date(2026, 4, 1)
"""Waits at this provider lengthen from this day, to about three times as long in September."""

SLIPPING_DISTRICT: Final = "E07000236"
SLIPPING_FROM: Final = date(2026, 1, 1)
SLIPPING_ON_TIME: Final = 0.64
USUAL_ON_TIME: Final = 0.88
"""Share of referrals sent within two working days of the report: usual, and in Redditch."""

UNSERVED_DISTRICT: Final = "E06000019"
UNSERVED_FACTOR: Final = 0.35
"""Referrals from the rural part of Herefordshire, as a part of what residents would suggest."""

MISSING_FLAG: Final = "LD"
"""No referral carries the flag for learning disabled people."""

LATE_RETURN: Final = ("P11", "2025-26 Q4", date(2026, 6, 12))
"""Provider, quarter, and the day its return came: 28 days after it was due."""

MISSING_RETURN: Final = ("P10", "2026-27 Q1")
"""Provider and quarter without a return, long past its due date."""

_STREAM: Final = 100
"""The crime sample's forces take 0 to 8."""


def victim_stream(purpose: int) -> np.random.Generator:
    """Return the random numbers of one purpose, which no other purpose can disturb."""
    return random_stream(_STREAM, purpose)
