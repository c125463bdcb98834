"""Protected cells of a few invented people, small enough to read at a glance.

The twelve months to September 2026: 1,200 referrals in the force, 600 in Bromsgrove, 45 in
Redditch; hidden for those who live outside. 700 came from the police, 300 ended before support.
Of those due to be referred, not in time and of these with no record: 140 and 100 of 500 in the
force, 20 and nearly all of these of 200 in Bromsgrove, few of 100 in Redditch; nearly all and 80 of
100 where the district is not known. Support started for 600 people: 400 women, 150 men, the rest
hidden. The median wait is two working days.
"""

from dataclasses import fields
from datetime import date
from typing import Any, Final

from schemas.codes import HIDDEN, NEARLY_ALL, VERY_FEW
from schemas.protection import FLOORS, Protection

Cell = tuple[Any, ...]
Months = tuple[str, date, date]

_HOME, _BROMSGROVE, _REDDITCH = "E23000016", "E07000234", "E07000236"
_NORTH = "E22000368"
YEAR: Final = (date(2025, 10, 1), date(2026, 9, 1))
LAST_QUARTER: Final = (date(2026, 7, 1), date(2026, 9, 1))


def _keys(
    measure: str, area_code: str, splits: tuple[str, ...], period: Months
) -> tuple[object, ...]:
    area_type = {_HOME: "force", _NORTH: "partnership"}.get(area_code, "district")
    return (measure, *(*splits, "", "", "", "")[:4], area_type, area_code, *period)


def cell(
    measure: str,
    area_code: str,
    count: int | None,
    *splits: str,
    marker: str = "",
    period: Months = ("year", *YEAR),
) -> Cell:
    """Return one cell; `splits` are a split and its value, and perhaps a second pair."""
    shown = marker or (HIDDEN if count is None else "")
    return (*_keys(measure, area_code, splits, period), count, 5, count == 0, shown)


_QUARTER: Final = ("quarter", *LAST_QUARTER)
_MONTHS: Final = [("month", date(2026, n, 1), date(2026, n, 1)) for n in (7, 8, 9)]
_APRIL: Final = date(2025, 4, 1)

_REFERRALS: Final = [
    cell("referrals", _HOME, 1200),
    cell("referrals", _HOME, 300, period=_QUARTER),
    cell("referrals", _HOME, 590, period=("year_to_date", _APRIL, date(2025, 9, 1))),
    cell("referrals", _HOME, 890, period=("year_to_date", _APRIL, date(2025, 12, 1))),
    *(cell("referrals", _HOME, 100, period=month) for month in _MONTHS),
    cell("referrals", _NORTH, 650),
    cell("referrals", _BROMSGROVE, 600),
    cell("referrals", _REDDITCH, 45),
    cell("referrals", "OUT", None),
    cell("referrals", _HOME, 1150, "crime_group", "DA"),
    cell("referrals", _HOME, None, "crime_group", "FGM_HBA"),
    cell("referrals", _HOME, 700, "source", "POLICE"),
    cell("referrals", _HOME, 300, "source", "SELF"),
    cell("referrals", _HOME, 10, "priority_flag", "DA"),
    cell("referrals", _BROMSGROVE, 595, "source", "POLICE"),
    cell("referrals", _HOME, 110, "provider_id", "P1"),
    cell("ended_before_support", _HOME, 300),
    cell("ended_before_support", _HOME, 120, "end_reason", "DECLINED"),
    cell("ended_before_support", _HOME, None, "end_reason", "DECEASED"),
    cell("ended_before_support", _HOME, 0, "end_reason", "NO_CAPACITY"),
]

_CODE: Final = [
    cell("referral_due", _HOME, 500),
    cell("referral_due", _BROMSGROVE, 200),
    cell("referral_due", _REDDITCH, 100),
    cell("referral_due", _NORTH, None),
    cell("referral_due", "OUT", 45),
    cell("referral_due", "NK", 100),
    cell("referral_missed", _HOME, 140),
    cell("referral_missed", _BROMSGROVE, 20),
    cell("referral_missed", _REDDITCH, None, marker=VERY_FEW),
    cell("referral_missed", _NORTH, 30),
    cell("referral_missed", "OUT", 15),
    cell("referral_missed", "NK", None, marker=NEARLY_ALL),
    cell("referral_unrecorded", _HOME, 100),
    cell("referral_unrecorded", _BROMSGROVE, None, marker=NEARLY_ALL),
    cell("referral_unrecorded", _REDDITCH, None),
    cell("referral_unrecorded", _NORTH, 15),
    cell("referral_unrecorded", "OUT", None, marker=VERY_FEW),
    cell("referral_unrecorded", "NK", 80),
]

_PEOPLE: Final = [
    cell("people_supported", _HOME, 600),
    cell("people_supported", _HOME, 400, "sex", "F"),
    cell("people_supported", _HOME, 150, "sex", "M"),
    cell("people_supported", _HOME, None, "sex", "NK"),
    cell("people_supported", _HOME, 40, "crime_group", "FRAUD"),
    cell("people_supported", _HOME, 15, "crime_group", "FRAUD", "age_band", "75+"),
    cell("people_supported", _HOME, 70, "crime_group", "DA", "age_band", "75+"),
    *(
        cell("waiting", _HOME, count, period=m)
        for count, m in zip((25, 30, None), _MONTHS, strict=True)
    ),
]

COUNTS: Final = [*_REFERRALS, *_CODE, *_PEOPLE]


def wait(
    measure: str,
    area_code: str,
    statistic: str,
    days: int | None,
    *,
    splits: tuple[str, ...] = (),
    period: Months = ("year", *YEAR),
) -> Cell:
    """Return one protected wait."""
    shown = HIDDEN if days is None else ""
    return (*_keys(measure, area_code, splits, period), statistic, days, shown)


def change(
    mean: float | None,
    lower: float | None,
    upper: float | None,
    *splits: str,
    area_code: str = _HOME,
    period: Months = ("year", *YEAR),
) -> Cell:
    """Return one protected mean change in score, hidden where there is no mean."""
    shown = HIDDEN if mean is None else ""
    return (*_keys("score_change", area_code, splits, period), mean, lower, upper, shown)


WAITS: Final = [
    wait("report_to_referral", _HOME, "median", 2),
    wait("report_to_referral", _HOME, "ninetieth_percentile", 9),
    wait("report_to_referral", _BROMSGROVE, "median", 1),
    wait("report_to_referral", _REDDITCH, "median", None),
]

POLICY: Final = [
    (each.name, float(getattr(FLOORS, each.name)), float(getattr(FLOORS, each.name)))
    for each in fields(Protection)
]
