"""Adds a record of supplied files to a tiny published file: faults, warnings, returns due.

Brook sent referrals (about people) and a return; Harbour's return is late, its next was refused.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

import duckdb

from schemas.published import table

Row = tuple[Any, ...]

BROOK, HARBOUR = "brook", "harbour"
REFERRALS, RETURNS = "referrals_2026-27Q2_brook.csv", "provider_returns_2026-27Q2.xlsx"
_LOADED: Final = datetime(2026, 11, 1, 9, 0)
_PERIOD: Final = (date(2026, 7, 1), date(2026, 9, 1))


def add_record(path: Path) -> None:
    """Add the rows to the published file."""
    with duckdb.connect(str(path)) as connection:
        for name, rows in _RECORD.items():
            columns = [column.name for column in table(name).columns]
            for row in rows:
                places = ", ".join("?" for _ in columns)
                connection.execute(f"insert into {name} values ({places})", list(row))
        connection.execute("checkpoint")


def _file(
    name: str, what: str, sender: str, *, status: str, rows: tuple[int | None, int | None, int]
) -> Row:
    message = f"{name} line 1: no table has these columns." if status == "refused" else ""
    sha256 = name.encode().hex().ljust(64, "0")[:64]
    counts = (*rows, 1, _LOADED, message, True)
    return (2, sha256, name, what, sender, "2026-27 Q2", status, *counts)


def _fault(name: str, what: str, sender: str, kind: str, line: int | None, *told: object) -> Row:
    sha256 = name.encode().hex().ljust(64, "0")[:64]
    return (sha256, name, what, sender, kind, line, *told)


_RECORD: Final[Mapping[str, Sequence[Row]]] = {
    "dim_provider": (
        (BROOK, "Brook House", "CHARITY", "N", None, None),
        (HARBOUR, "Harbour", "CHARITY", "N", None, None),
    ),
    "meta_source": tuple(
        (key, "victim services", title, "Providers", "Invented", True, *period, _LOADED, due)
        for key, title, period, due in (
            ("referrals", "Referrals", _PERIOD, date(2026, 10, 15)),
            ("services", "Services", (None, None), None),
        )
    ),
    "meta_supplied_file": (
        _file(REFERRALS, "referrals", BROOK, status="loaded", rows=(3101, 3100, 1)),
        _file("referrals_small.csv", "referrals", BROOK, status="replaced", rows=(None, None, 0)),
        _file(RETURNS, "services", HARBOUR, status="loaded", rows=(12, 11, 1)),
        _file("who_knows.csv", "", "", status="refused", rows=(None, None, 0)),
    ),
    "meta_supplied_fault": (
        _fault(
            *(REFERRALS, "referrals", BROOK, "set aside", 14),
            *("date_received", "", "NEGATIVE_INTERVAL", "R04", "a day not after", "Correct it.", 1),
        ),
        _fault(
            *(RETURNS, "services", HARBOUR, "set aside", 3),
            *("contract_end", "2020-02-31", "BAD_DATE", "", "YYYY-MM-DD", "Correct it.", 1),
        ),
        _fault(
            *(REFERRALS, "referrals", BROOK, "warning", None),
            *("support_started", "", "LONG_WAIT", "R09", "accepted long ago", "", 100),
        ),
        _fault(
            *(REFERRALS, "referrals", BROOK, "warning", None),
            *("gender", "", "MANY_UNKNOWN", "R20", "often not known", "", None),
        ),
    ),
    "meta_return_due": (
        (BROOK, date(2026, 4, 1), date(2026, 8, 14), date(2026, 8, 1), "on time", "a.xlsx"),
        (HARBOUR, date(2026, 4, 1), date(2026, 8, 14), date(2026, 8, 20), "late", "b.xlsx"),
        (BROOK, date(2026, 7, 1), date(2026, 11, 14), None, "not yet due", ""),
        (HARBOUR, date(2026, 7, 1), date(2026, 11, 14), None, "refused", "c.xlsx"),
    ),
}
