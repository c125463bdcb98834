"""Two commissioned services with money, returns and people, small enough to work out on paper.

The directory of `tiny_directory.py`: Helpline of Lantern, for a caseload of 100, and Safe house of
Harbour, for beds, in Redditch and for domestic abuse. Spent in 2025-26: £60,000 on the helpline,
shared by residents; £30,000 on the safe house; £10,000 on neither, shared by recorded crime. In
that year 200 people were newly supported by the helpline, how many by the safe house is hidden;
120 scores of the helpline improved. Of Lantern's returns one was late, of Harbour's one refused.
In the twelve months to September 2026 the helpline closed 100 cases, 70 of them with both scores,
the safe house 100, 40 of them; of 80 pairs 60 improved in each.
"""

from datetime import date
from pathlib import Path
from typing import Any, Final

import duckdb

from tests.support.tiny_cells import YEAR, Cell, Months, cell, change, wait
from tests.support.tiny_directory import HELPLINE, SAFE_HOUSE, add_directory
from tests.support.tiny_warehouse import HOME, write_version

_FINANCIAL_YEAR: Final = ("year", date(2025, 4, 1), date(2026, 3, 1))
_LAST_QUARTER: Final = ("quarter", date(2026, 7, 1), date(2026, 9, 1))
_SERVICES: Final = {
    "people_supported": (300, 50),
    "returned_new_people": (320, 45),
    "referrals": (400, 100),
    "started": (300, 50),
    "contacted": (350, 80),
    "contacted_in_time": (300, 60),
    "cases_closed": (100, 100),
    "cases_paired": (70, 40),
    "scores_paired": (80, 80),
    "scores_improved": (60, 60),
}


def _of(measure: str, count: int | None, service: str, period: Months = ("year", *YEAR)) -> Cell:
    return cell(measure, HOME, count, "service_id", service, period=period)


COUNTS: Final[list[Cell]] = [
    *(
        _of(measure, count, service)
        for measure, counts in _SERVICES.items()
        for count, service in zip(counts, (HELPLINE, SAFE_HOUSE), strict=True)
    ),
    cell("people_supported", HOME, 350),
    cell("people_supported", HOME, 300, "provider_id", "P-1"),
    cell("people_supported", HOME, 200, "crime_group", "DA", period=_FINANCIAL_YEAR),
    cell("cases_closed", HOME, 200),
    cell("cases_paired", HOME, 80),
    _of("people_supported", 200, HELPLINE, period=_FINANCIAL_YEAR),
    _of("people_supported", None, SAFE_HOUSE, period=_FINANCIAL_YEAR),
    _of("scores_improved", 120, HELPLINE, period=_FINANCIAL_YEAR),
    _of("returned_active_end", 95, HELPLINE, period=_LAST_QUARTER),
    _of("returned_active_end", 20, SAFE_HOUSE, period=_LAST_QUARTER),
]
WAITS: Final[list[Cell]] = [
    wait("referral_to_contact", HOME, statistic, days, splits=("service_id", HELPLINE))
    for statistic, days in (("median", 2), ("ninetieth_percentile", 8))
]
CHANGES: Final[list[Cell]] = [
    change(1.8, 1.6, 2.0, "scale", "OUTCOME_STAR.COPE"),
    change(0.4, -0.2, 1.0, "scale", "CORE10.WHOLE"),
    change(None, None, None, "scale", "PHQ9.WHOLE"),
]

_FUNDING: Final = [
    ("CORE", date(2024, 4, 1), "MOJ_CORE", HELPLINE, 50_000.0, "POPULATION"),
    ("CORE", date(2025, 4, 1), "MOJ_CORE", HELPLINE, 60_000.0, "POPULATION"),
    ("CORE", date(2026, 4, 1), "MOJ_CORE", HELPLINE, 20_000.0, "POPULATION"),
    ("LA", date(2025, 4, 1), "LA", SAFE_HOUSE, 30_000.0, "NONE"),
    ("LOCAL", date(2025, 4, 1), "PCC_LOCAL", None, 10_000.0, "CRIME"),
]
_DUE: Final = [
    ("P-1", date(2026, 4, 1), "late"),
    ("P-1", date(2026, 7, 1), "on time"),
    ("P-1", date(2026, 10, 1), "not yet due"),
    ("P-2", date(2025, 10, 1), "refused"),
    ("P-2", date(2026, 4, 1), "on time"),
    ("P-2", date(2026, 7, 1), "on time"),
    ("P-2", date(2025, 7, 1), "late"),
]


def write_providers(data_dir: Path, **changed: Any) -> Path:
    """Write a published file with all of it, and return its path."""
    told = {"cells": COUNTS, "waits": WAITS, "changes": CHANGES, **changed}
    path = write_version(data_dir, **told)
    add_directory(path)
    with duckdb.connect(str(path)) as connection:
        connection.execute(
            "update dim_service set capacity_unit = if(service_id = ?, 'CASELOAD', 'BEDS'), "
            "capacity_value = 100",
            [HELPLINE],
        )
        for row in _FUNDING:
            connection.execute(
                "insert into fact_funding (fund_id, financial_year, stream, service_id, "
                "actual_gbp, area_split_rule) values (?, ?, ?, ?, ?, ?)",
                list(row),
            )
        for provider, quarter, status in _DUE:
            connection.execute(
                "insert into meta_return_due (provider_id, quarter, due_on, status, file_name) "
                "values (?, ?, ?, ?, '')",
                [provider, quarter, quarter, status],
            )
        connection.execute(
            "insert into fact_return values ('P-1', ?, date '2026-07-01', 'CONTACTS', 1234)",
            [HELPLINE],
        )
    return path
