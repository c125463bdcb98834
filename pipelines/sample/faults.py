"""The few rows that are spoilt on purpose, so that setting rows aside can be seen."""

from dataclasses import dataclass
from typing import Final

from schemas.street_crime import COLUMN_NAMES


@dataclass(frozen=True)
class Fault:
    """One spoilt line: in `column` stands `value`, or nothing at all when `value` is None.

    `line` counts the header as line 1. `reason` is the code under which it must be set aside.
    """

    force_code: str
    month: str
    line: int
    column: str
    value: str | None
    reason: str


FAULTS: Final = (
    Fault("E23000016", "2023-12", 310, "Month", "2023-13", "BAD_MONTH"),
    Fault("E23000016", "2024-06", 2045, "Last outcome category", None, "MISSING_COLUMNS"),
    Fault("E23000016", "2024-10", 777, "Crime type", "Violent crime", "UNKNOWN_CATEGORY"),
    Fault("E23000016", "2025-03", 5120, "LSOA code", "E0101", "UNKNOWN_LSOA"),
    Fault("E23000016", "2025-08", 4004, "Month", "2025-07", "MONTH_MISMATCH"),
    Fault("E23000016", "2025-11", 1500, "Location", "Car Park, rear of", "TOO_MANY_COLUMNS"),
    Fault("E23000016", "2026-04", 3333, "Month", "04/2026", "BAD_MONTH"),
    Fault("E23000016", "2026-08", 2750, "Latitude", None, "MISSING_COLUMNS"),
    Fault("E23000016", "2026-09", 606, "Month", "2027-09", "FUTURE_MONTH"),
    Fault("E23000016", "2026-09", 5005, "Crime type", "Violent crime", "UNKNOWN_CATEGORY"),
    Fault("SAMPLE-B", "2025-05", 401, "LSOA code", "E0199", "UNKNOWN_LSOA"),
    Fault("SAMPLE-F", "2026-02", 950, "Month", "2026-2", "BAD_MONTH"),
)

EXACT_DUPLICATE: Final = ("E23000016", "2025-02")
"""Force and month of the file that holds one row twice; real files of 2025-02 do, too."""


def spoil(content: bytes, *, force_code: str, month: str) -> bytes:
    """Return the file's bytes with the lines spoilt that `FAULTS` names for it."""
    faults = [fault for fault in FAULTS if (fault.force_code, fault.month) == (force_code, month)]
    if not faults:
        return content
    lines = content.decode().split("\n")
    for fault in faults:
        lines[fault.line - 1] = _spoilt(lines[fault.line - 1], fault)
    return "\n".join(lines).encode()


def _spoilt(line: str, fault: Fault) -> str:
    fields = line.split(",")
    position = COLUMN_NAMES.index(fault.column)
    fields[position : position + 1] = [] if fault.value is None else [fault.value]
    return ",".join(fields)
