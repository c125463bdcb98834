"""Protected cells of the way from report to recovery, small enough to follow on paper.

The twelve months to September 2026, as of November 2026: 1,000 victims of recorded crime, of whom
900 had their needs assessed and 400 agreed to support; 500 referrals, of which 450 were contacted,
360 assessed, 300 started support and 150 completed it; 200 pairs of scores, 150 of them better. Of
service S1's 100 referrals 80 were contacted, and how many started is hidden. 100 declined, 50 were
not reached; how many died is hidden. Each quarter had 125 referrals, of which 75 started, and 40
of the last. Those of Redditch are hidden.
"""

from datetime import date
from typing import Final

from tests.support.tiny_cells import Cell, cell, wait
from tests.support.tiny_warehouse import BROMSGROVE, HOME, REDDITCH

_WAY: Final = {
    "code_victims": 1000,
    "needs_assessed": 900,
    "referral_agreed": 400,
    "referrals": 500,
    "contacted": 450,
    "assessed": 360,
    "started": 300,
    "completed": 150,
    "scores_paired": 200,
    "scores_improved": 150,
    "handed_on": 50,
    "contacted_in_time": 400,
}
_QUARTERS: Final = [
    ("quarter", date(2025, 10, 1), date(2025, 12, 1)),
    ("quarter", date(2026, 1, 1), date(2026, 3, 1)),
    ("quarter", date(2026, 4, 1), date(2026, 6, 1)),
    ("quarter", date(2026, 7, 1), date(2026, 9, 1)),
]
_ENDINGS: Final = {"DECLINED": 100, "NO_CONTACT": 50, "NO_CAPACITY": 10, "DECEASED": None}
_BANDS: Final = {"0-13": 40, "14-27": 20, "91+": None}
_LAST: Final = ("month", date(2026, 9, 1), date(2026, 9, 1))
_MONTHS: Final = [("month", date(2026, n, 1), date(2026, n, 1)) for n in (7, 8, 9)]

COUNTS: Final[list[Cell]] = [
    *(cell(measure, HOME, count) for measure, count in _WAY.items()),
    *(
        cell(measure, HOME, count, period=quarter)
        for quarter, started in zip(_QUARTERS, (75, 75, 75, 40), strict=True)
        for measure, count in (("referrals", 125), ("started", started))
    ),
    cell("referrals", REDDITCH, None),
    cell("referrals", BROMSGROVE, 100),
    cell("contacted", BROMSGROVE, 90),
    *(
        cell(measure, HOME, count, "service_id", "S1")
        for measure, count in (("referrals", 100), ("contacted", 80), ("started", None))
    ),
    cell("referrals", HOME, 60, "source", "COURT_WS"),
    cell("contacted", HOME, 50, "source", "COURT_WS"),
    cell("referrals", HOME, 300, "source", "POLICE"),
    cell("ended_before_support", HOME, 160),
    *(
        cell("ended_before_support", HOME, count, "end_reason", reason)
        for reason, count in _ENDINGS.items()
    ),
    *(
        cell("waiting", HOME, count, period=m)
        for m, count in zip(_MONTHS, (50, 55, 60), strict=True)
    ),
    *(
        cell("waiting", HOME, count, "wait_band", band, period=_LAST)
        for band, count in _BANDS.items()
    ),
]
WAITS: Final[list[Cell]] = [
    *(
        wait(measure, HOME, statistic, days)
        for measure, median, slow in (
            ("report_to_referral", 2, 9),
            ("referral_to_contact", 1, 6),
            ("acceptance_to_start", 3, 12),
        )
        for statistic, days in (("median", median), ("ninetieth_percentile", slow))
    ),
    *(
        wait("referral_to_contact", HOME, statistic, days, splits=("service_id", service))
        for service, median, slow in (("S1", 4, 15), ("S2", 1, None), ("S3", None, None))
        for statistic, days in (("median", median), ("ninetieth_percentile", slow))
    ),
]
