"""Protected cells of a few invented referrals, small enough to read at a glance.

The twelve months to September 2026: 1,200 referrals in the force, 600 in Bromsgrove, 45 in
Redditch; hidden for those who live outside. Of those due, on time: 450 of 500 in the force,
nearly all of 200 in Bromsgrove, few of 100 in Redditch.
"""

from dataclasses import fields
from datetime import date
from typing import Any, Final

from schemas.codes import HIDDEN, NEARLY_ALL, VERY_FEW
from schemas.protection import FLOORS, Protection

_HOME, _BROMSGROVE, _REDDITCH = "E23000016", "E07000234", "E07000236"
YEAR: Final = (date(2025, 10, 1), date(2026, 9, 1))
LAST_QUARTER: Final = (date(2026, 7, 1), date(2026, 9, 1))


def _cell(
    measure: str,
    area_code: str,
    count: int | None,
    *,
    split: tuple[str, str] = ("", ""),
    marker: str = "",
    period: tuple[str, date, date] = ("year", *YEAR),
) -> tuple[Any, ...]:
    area_type = "force" if area_code == _HOME else "district"
    shown = marker or (HIDDEN if count is None else "")
    place = (area_type, area_code, *period)
    return (measure, *split, "", "", *place, count, 5, False, shown)


_QUARTER: Final = ("quarter", *LAST_QUARTER)
_MONTHS: Final = [("month", date(2026, n, 1), date(2026, n, 1)) for n in (7, 8, 9)]

COUNTS: Final = [
    _cell("referrals", _HOME, 1200),
    _cell("referrals", _HOME, 300, period=_QUARTER),
    *(_cell("referrals", _HOME, 100, period=month) for month in _MONTHS),
    _cell("referrals", _BROMSGROVE, 600),
    _cell("referrals", _REDDITCH, 45),
    _cell("referrals", "OUT", None),
    _cell("referrals", _HOME, 1150, split=("crime_group", "DA")),
    _cell("referrals", _HOME, None, split=("crime_group", "FGM_HBA")),
    _cell("referral_due", _HOME, 500),
    _cell("referral_due", _BROMSGROVE, 200),
    _cell("referral_due", _REDDITCH, 100),
    _cell("referral_due", "OUT", 45),
    _cell("referral_due", "NK", None),
    _cell("referral_on_time", _HOME, 450),
    _cell("referral_on_time", _BROMSGROVE, None, marker=NEARLY_ALL),
    _cell("referral_on_time", _REDDITCH, None, marker=VERY_FEW),
    _cell("referral_on_time", "OUT", 30),
    _cell("referral_on_time", "NK", None),
]

POLICY: Final = [
    (each.name, float(getattr(FLOORS, each.name)), float(getattr(FLOORS, each.name)))
    for each in fields(Protection)
]
