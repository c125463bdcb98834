"""What a check found in one file, told to people and as plain values."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Protocol

import polars as pl

from pipelines.errors import FileRefused
from schemas.codes import BOUNDARIES
from schemas.supplied.field import Contract


class FoundRows(Protocol):
    """What became of a file's rows.

    set_aside: one row per fault, with line, column_name, value, reason, expected and advice.
    warnings: one row per kind of oddity, with reason, detail, row_count and message.
    """

    @property
    def rows_read(self) -> int:
        """Return the rows of the file."""

    @property
    def rows_loaded(self) -> int:
        """Return the rows that would be loaded."""

    @property
    def rows_set_aside(self) -> int:
        """Return the rows that would not."""

    @property
    def is_invented(self) -> bool:
        """Return whether the rows carry the sample's mark."""

    @property
    def set_aside(self) -> pl.DataFrame:
        """Return the faults."""

    @property
    def warnings(self) -> pl.DataFrame:
        """Return the oddities."""


@dataclass(frozen=True)
class CheckedFile:
    """What a check found in one file: reasons to refuse it, and what became of its rows.

    contract: of a supplied file, once its table is known. is_supplied: it was taken for one.
    map_of: what a boundary file is a map of, once that is known; None for other files.
    """

    file_name: str
    refusals: tuple[FileRefused, ...]
    cleaned: FoundRows | None
    contract: Contract | None = None
    is_supplied: bool = False
    map_of: str | None = None

    @property
    def is_faultless(self) -> bool:
        """Return whether the file would be loaded and none of its rows has a fault."""
        return not self.refusals and self.cleaned is not None and self.cleaned.set_aside.is_empty()


def as_lines(checked: CheckedFile) -> Iterator[str]:
    """Return what is told about one file, line by line."""
    for refusal in checked.refusals:
        yield f"REFUSED  {refusal}"
    cleaned = checked.cleaned
    if cleaned is None:
        return
    row = "line" if checked.map_of is None else "feature"
    for fault in cleaned.set_aside.iter_rows(named=True):
        yield (
            f"SET ASIDE  {checked.file_name}, {row} {fault['line']}: {_what(checked, fault)}, "
            f"expected {fault['expected']} ({fault['reason']}). {fault['advice']}"
        )
    for warning in cleaned.warnings.iter_rows(named=True):
        yield (
            f"WARNING  {checked.file_name}: {warning['row_count']:,} rows: "
            f"{warning['message']} ({warning['reason']})"
        )
    yield (
        f"{checked.file_name}: {cleaned.rows_read:,} rows read, {cleaned.rows_loaded:,} good, "
        f"{cleaned.rows_set_aside:,} set aside. "
        f"{'Would be refused.' if checked.refusals else 'Can be loaded.'}"
    )


def as_record(checked: CheckedFile) -> dict[str, Any]:
    """Return the same as plain values, for JSON. Row counts are null when rows are unreadable."""
    cleaned = checked.cleaned
    return {
        "file_name": checked.file_name,
        **(_of_table(checked) if checked.is_supplied or checked.map_of is not None else {}),
        "is_refused": bool(checked.refusals),
        "refusals": [
            {"reason": refusal.reason, "message": str(refusal)} for refusal in checked.refusals
        ],
        "rows_read": cleaned.rows_read if cleaned else None,
        "rows_loaded": cleaned.rows_loaded if cleaned else None,
        "rows_set_aside": cleaned.rows_set_aside if cleaned else None,
        "is_invented": cleaned.is_invented if cleaned else None,
        "set_aside": cleaned.set_aside.to_dicts() if cleaned else [],
        "warnings": cleaned.warnings.to_dicts() if cleaned else [],
    }


def _what(checked: CheckedFile, fault: dict[str, Any]) -> str:
    """Return what is at fault; of rows about people only where it stands."""
    what = fault["column_name"] or "the row"
    is_shown = checked.contract is None or bool(fault["value"])
    return f"{what} is '{fault['value']}'" if is_shown else what


def _of_table(checked: CheckedFile) -> dict[str, str | None]:
    if checked.map_of is not None:
        return {"table": BOUNDARIES, "title": checked.map_of}
    contract = checked.contract
    return {
        "table": contract.table if contract else None,
        "title": contract.title if contract else None,
    }
