"""A checklist of the Code, duties in law and standards of a few rows, put into a tiny version.

The police hold evidence of rights 4 and 12, and of right 6 without the day it was looked at; of
right 1 in part. Courts hold evidence of right 12 and none of right 1; right 6 is not theirs.
"""

from datetime import date
from pathlib import Path
from typing import Any, Final

import duckdb

Row = tuple[Any, ...]
_LOOKED: Final = date(2026, 6, 1)
_AGAIN: Final = date(2027, 6, 1)

EVIDENCE: Final[list[Row]] = [
    ("1", "POLICE", "PART", "One letter", "POLICE", _LOOKED, _AGAIN),
    ("1", "HMCTS", "NONE", None, None, _LOOKED, _AGAIN),
    ("4", "POLICE", "HELD", "Dip sample", "OPCC", _LOOKED, _AGAIN),
    ("6", "POLICE", "HELD", "Extract", "POLICE", None, None),
    ("6", "HMCTS", "NOT_OURS", None, None, None, None),
    ("12", "POLICE", "HELD", "Log", "POLICE", _LOOKED, date(2026, 9, 1)),
    ("12", "HMCTS", "HELD", "Log", "HMCTS", _LOOKED, _AGAIN),
]

DUTIES: Final[list[Row]] = [
    ("D1", "Follow the Code", "Act", "Agencies", "IN_FORCE", None, _LOOKED, "An answer", None),
    ("D2", "Review it", "Act, 8", "Office", "NOT_IN_FORCE", None, _LOOKED, "The Act", "Not yet"),
    ("D3", "Share it", "Act, 6", "Agencies", "NOT_IN_FORCE", None, _LOOKED, "The Act", None),
    ("D4", "Work together", "Act, 13", None, "NOT_CHECKED", None, None, "Titles", None),
]

_CODE: Final = ("WORKING", "EVENT", "POLICE", "2021 Code", date(2021, 4, 1), None, "Right 6", None)
_OLD: Final = ("WORKING", "REPORT", "POLICE", "2015 Code", date(2015, 11, 16))
STANDARDS: Final[list[Row]] = [
    ("6", "ARREST", 5, 1, *_CODE),
    ("6", "BAIL", 5, 1, *_CODE),
    ("4", "REFERRAL", 2, 2, *_OLD, date(2021, 3, 31), "Right 4", None),
]


def add_code(path: Path) -> None:
    """Put the checklist, the duties and the standards into a version that is not opened yet."""
    with duckdb.connect(str(path)) as connection:
        for table, rows in (
            ("dim_code_evidence", EVIDENCE),
            ("dim_duty", DUTIES),
            ("dim_code_standard", STANDARDS),
        ):
            places = ", ".join("?" * len(rows[0]))
            connection.executemany(f"insert into {table} values ({places})", rows)
