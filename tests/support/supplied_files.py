"""Writes supplied files for tests, and loads them without publishing."""

import csv
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from pipelines.offered import look_through
from pipelines.places import Places
from pipelines.progress import no_progress
from pipelines.supplied.intake import SuppliedIntake, take_in_supplied
from schemas.supplied.contracts import contract
from schemas.supplied.field import Field
from tests.support.prepared_rows import AS_OF, GOOD

Cells = Mapping[str, str]

REFERRALS = "referrals_2026-27Q2_P01.csv"


def cells(table: str, **changes: str) -> dict[str, str]:
    """Return the good row of a table as it stands in a file, with some cells changed."""
    what = contract(table)
    good = {each.name: _as_text(each, GOOD[table].get(each.name)) for each in what.fields}
    return {**good, **changes}


def referrals(count: int, /, **changes: str) -> list[dict[str, str]]:
    """Return good referrals of as many people; the changes are those of the first."""
    rows = [
        cells("referrals", referral_id=f"R-{number:04}", person_key=f"{number:016x}")
        for number in range(1, count + 1)
    ]
    return [{**rows[0], **changes}, *rows[1:]]


def write_rows(
    folder: Path, rows: Sequence[Cells], table: str = "referrals", name: str = REFERRALS
) -> Path:
    """Write a supplied file with the columns of its template, and others that the rows have."""
    folder.mkdir(parents=True, exist_ok=True)
    others = [each for each in rows[0] if each not in contract(table).names]
    path = folder / name
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, [*contract(table).names, *others], lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    return path


def write_directory(folder: Path, **changes: str) -> None:
    """Write one provider with one service for the whole force area."""
    for table in ("providers", "services", "service_areas"):
        write_rows(folder, [cells(table, **changes)], table, f"{table}.csv")


def take_in(
    places: Places, *, as_of: date = AS_OF, approve: tuple[str, ...] = ()
) -> SuppliedIntake:
    """Take in the supplied files of the inbox of `places`."""
    places.create()
    found = look_through(places.inbox)
    return take_in_supplied(
        places, found.supplied, as_of=as_of, approve=approve, progress=no_progress
    )


def _as_text(field: Field, value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, list):
        return "|".join(value)
    if isinstance(value, date) and field.kind != "date":
        return _period(field.kind, value)
    return str(value)


def _period(kind: str, day: date) -> str:
    year = day.year if day.month > 3 else day.year - 1
    label = f"{year}-{(year + 1) % 100:02}"
    if kind == "month":
        return f"{day:%Y-%m}"
    return label if kind == "financial_year" else f"{label} Q{(day.month - 4) % 12 // 3 + 1}"
