"""A plausible West Mercia street file in memory, to be spoilt by one test at a time."""

import hashlib
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Final

import polars as pl
import pytest

from pipelines.errors import FileRefused
from pipelines.offered import OfferedFile
from pipelines.policy import Policy
from pipelines.reference import load_reference
from pipelines.sources.police_uk import CleanedFile, clean
from schemas.street_crime import COLUMN_NAMES

Row = dict[str, str]

NAME: Final = "2026-09-west-mercia-street.csv"
AS_OF: Final = date(2026, 11, 1)
HEADER: Final = ",".join(COLUMN_NAMES)
POLICY: Final = Policy()

_CRIME: Final[Row] = {
    "Crime ID": "",
    "Month": "2026-09",
    "Reported by": "West Mercia Police",
    "Falls within": "West Mercia Police",
    "Longitude": "-2.715",
    "Latitude": "52.056",
    "Location": "On or near Shopping Area",
    "LSOA code": "E01013988",
    "LSOA name": "Herefordshire 011B",
    "Crime type": "Burglary",
    "Last outcome category": "Under investigation",
    "Context": "",
}


def rows(count: int = 100) -> list[Row]:
    """Return that many good rows, each with an identifier of its own."""
    return [_CRIME | {"Crime ID": identifier(number)} for number in range(count)]


def identifier(number: int) -> str:
    """Return a Crime ID as police.uk writes them."""
    return hashlib.sha256(str(number).encode()).hexdigest()


def antisocial(**changes: str) -> Row:
    """Return a row of antisocial behaviour, which has no identifier and no outcome."""
    without = {"Crime ID": "", "Last outcome category": "", "Crime type": "Anti-social behaviour"}
    return _CRIME | without | changes


def spoilt(column: str, *values: str, count: int = 100) -> list[Row]:
    """Return good rows of which the first have these values in the column."""
    good = rows(count)
    for place, value in enumerate(values):
        good[place] = good[place] | {column: value}
    return good


def csv_bytes(lines: Sequence[Row], *, end: str = "\n") -> bytes:
    """Return the rows as a file, without quotation marks."""
    return end.join((HEADER, *map(csv_line, lines), "")).encode()


def csv_line(row: Row) -> str:
    """Return one row as a line without its end."""
    return ",".join(row[name] for name in COLUMN_NAMES)


def with_line(line: int, change: Callable[[str], str], *, count: int = 100) -> bytes:
    """Return a good file whose line of that number is changed; the header is line 1."""
    lines = csv_bytes(rows(count)).decode().split("\n")
    lines[line - 1] = change(lines[line - 1])
    return "\n".join(lines).encode()


def cleaned(
    folder: Path, content: bytes | Sequence[Row], *, name: str = NAME, policy: Policy = POLICY
) -> CleanedFile:
    """Write the file and return it cleaned."""
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else csv_bytes(content))
    offered = OfferedFile(path=path, file_name=name)
    result = clean(offered, as_of=AS_OF, policy=policy, reference=load_reference())
    assert result.rows_read == result.rows_loaded + result.rows_set_aside
    assert result.tally["record_count"].sum() == result.rows_loaded
    return result


def refusal(
    folder: Path, content: bytes | Sequence[Row], *, name: str = NAME, policy: Policy = POLICY
) -> str:
    """Return the line with which the file is refused; fail when it is not."""
    with pytest.raises(FileRefused) as refused:
        cleaned(folder, content, name=name, policy=policy)
    assert refused.value.file_name == name
    return str(refused.value)


def faults(result: CleanedFile) -> list[tuple[int, str | None, str, str]]:
    """Return line, column, reason and value of each fault."""
    columns = ("line", "column_name", "reason", "value")
    return list(result.set_aside.select(columns).iter_rows())


def warned(result: CleanedFile) -> dict[tuple[str, str], int]:
    """Return reason and detail of each warning, and its rows."""
    return {
        (reason, detail): count
        for reason, detail, count in result.warnings.select(
            "reason", "detail", "row_count"
        ).iter_rows()
    }


def counted(result: CleanedFile, *by: str) -> dict[object, int]:
    """Return the rows counted by some columns of the tally."""
    grouped = result.tally.group_by(by).agg(pl.col("record_count").sum())
    return {row[0] if len(by) == 1 else row[:-1]: row[-1] for row in grouped.iter_rows()}
