"""Supplied files in which one hidden cell has a value, and one person a key, that nobody mistakes.

Homicide is counted for the force and for years only, so its count in Redditch is hidden whatever
its size: 4,327 here, a number that stands nowhere else. What leaves the loader is searched for it.
"""

import csv
import re
import struct
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Final

from schemas.supplied.lists import LA_CODE
from tests.support.good_rows import Row
from tests.support.prepared_rows import GOOD

SECRET_COUNT: Final = 4327
PLANTED_PERSON: Final = "plantedperson7Qx"
PLANTED_REFERRAL: Final = "PLANTEDREFERRAL7Qx"

REDDITCH: Final = "E07000236"

_RANDOM_ID: Final = re.compile(rb"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}")

_FIRST_DAYS: Final = tuple(
    date(2025 + (month > 12), (month - 1) % 12 + 1, 3) for month in range(10, 22)
)
"""A day of each month from October 2025 to September 2026, so that there is a whole year."""

_OPEN: Final = ("providers", "services", "service_areas", "service_groups")


def write_planted_files(folder: Path) -> None:
    """Write a directory of one service and a year of its referrals, as a sender would."""
    folder.mkdir(parents=True, exist_ok=True)
    for table in _OPEN:
        _write(folder / f"{table}.csv", [GOOD[table]])
    _write(folder / "referrals_P01.csv", list(_referrals()))


def traces(content: bytes) -> list[str]:
    """Return what of the planted secrets stands in these bytes, as text or as a number."""
    rounded = (SECRET_COUNT + 2) // 5 * 5
    looked_for: dict[str, bytes] = {
        "the key of the person": PLANTED_PERSON.encode(),
        "the key of the referral": PLANTED_REFERRAL.encode(),
        "the hidden count, 4 bytes": struct.pack("<i", SECRET_COUNT),
        "the hidden count, 8 bytes": struct.pack("<d", float(SECRET_COUNT)),
    }
    found = [what for what, secret in looked_for.items() if secret in content]
    # As a number of its own: coordinates, hashes and the server's random ids have such digits.
    figures = re.compile(rb"(?<![\w.])(?:%d|%d|%b|%b)(?![\w])" % _as_written(rounded))
    return found + [match.decode() for match in figures.findall(_RANDOM_ID.sub(b"", content))]


def _as_written(rounded: int) -> tuple[int, int, bytes, bytes]:
    return SECRET_COUNT, rounded, f"{SECRET_COUNT:,}".encode(), f"{rounded:,}".encode()


def _referrals() -> Iterator[Row]:
    number = 0
    for place, crime_group, day, count in _counts():
        for _ in range(count):
            number += 1
            yield _referral(number, place, crime_group, day)


def _counts() -> Iterator[tuple[str, str, date, int]]:
    """Yield place, crime group, day and number: enough everywhere for wholes to be shown."""
    for rank, place in enumerate(LA_CODE):
        yield place, "DA", date(2026, 7, 3), 211 + 13 * rank
        secret = SECRET_COUNT if place == REDDITCH else 31 + 7 * rank
        yield place, "HOMICIDE", date(2026, 7, 2), secret
        for day in _FIRST_DAYS:
            yield place, "BURG_RES", day, 23


def _referral(number: int, place: str, crime_group: str, day: date) -> Row:
    is_planted = number == 1
    journey = dict.fromkeys(("date_crime_reported", "date_referred", "date_received"), day)
    later = dict.fromkeys(
        ("date_first_attempt", "date_first_contact", "date_accepted", "date_support_start"), day
    )
    return {
        **GOOD["referrals"],
        **journey,
        **later,
        "referral_id": PLANTED_REFERRAL if is_planted else f"R{number:05d}",
        "person_key": PLANTED_PERSON if is_planted else f"person{number:010d}",
        "la_code": place,
        "crime_group": crime_group,
        "priority_flags": None,
        "support_types": ["EMOTIONAL"],
    }


def _write(path: Path, rows: Iterable[Row]) -> None:
    shown = [{key: value for key, value in row.items() if key[0] != "_"} for row in rows]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(shown[0]))
        writer.writeheader()
        writer.writerows({key: _text(value) for key, value in row.items()} for row in shown)


def _text(value: object) -> str:
    if value is None:
        return ""
    return "|".join(value) if isinstance(value, list) else str(value)
