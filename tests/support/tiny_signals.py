"""Cells in which one thing leaps: three years of referrals due in the force and in Redditch.

The force sends about 89% in time, Redditch about 87% and 50% in the last quarter. Of sixteen
priority groups the last is hidden. Bromsgrove's rural places get less than a third of the support
of its towns: 10 people for some 50 offences, 100 for some 150.
"""

from datetime import date
from typing import Final

from dashboard.metrics.period import add_months
from schemas.supplied.lists import PRIORITY_FLAG
from tests.support.tiny_cells import Cell, cell
from tests.support.tiny_warehouse import BROMSGROVE, HOME, REDDITCH

_STARTS: Final = [add_months(date(2023, 10, 1), 3 * number) for number in range(12)]
_MISSED: Final = (60, 65, 60, 70, 65, 60, 65, 70, 60, 60, 65, 250)
"""Of 500 duties a quarter in Redditch."""


def _duties(start: date, missed: int) -> list[Cell]:
    quarter = ("quarter", start, add_months(start, 2))
    return [
        cell("referral_due", HOME, 5000, period=quarter),
        cell("referral_missed", HOME, 500 + missed % 50, period=quarter),
        cell("referral_due", REDDITCH, 500, period=quarter),
        cell("referral_missed", REDDITCH, missed, period=quarter),
    ]


CELLS: Final = [
    *(each for pair in zip(_STARTS, _MISSED, strict=True) for each in _duties(*pair)),
    cell("referrals", HOME, 9000),
    *(
        cell("referrals", HOME, None if flag == "LD" else 100, "priority_flag", flag)
        for flag in PRIORITY_FLAG
    ),
    cell("people_supported", BROMSGROVE, 10, "rural_urban", "RURAL"),
    cell("people_supported", BROMSGROVE, 100, "rural_urban", "URBAN"),
    cell("people_supported", REDDITCH, 100, "rural_urban", "URBAN"),
]
