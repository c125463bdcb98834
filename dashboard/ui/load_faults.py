"""What a check found in a file, as tables: why it cannot be sent, its faults, its oddities."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import PurePosixPath
from typing import Final

from dashboard.charts.chart import Cell, Chart
from dashboard.charts.words import slug
from dashboard.ui.check_file import CheckedFile, Fault
from dashboard.ui.listing import Column, listing, many
from dashboard.warehouse import Warehouse
from schemas.codes import BOUNDARIES
from schemas.refusals import codes_in_words, reason_in_words

_WHERE: Final = "Cell of the sheet, or line of the file, line 1 being the header"
_WHERE_ON_A_MAP: Final = "Number of the area in the file, its first being 1"
_ODD_ROWS: Final = "These rows would be loaded and counted as odd"
_ODD_AREAS: Final = "None of this keeps the file from being loaded"


def refusals(checked: CheckedFile, warehouse: Warehouse) -> Chart:
    """Return one row per reason for which the whole file cannot be sent."""
    return _table(
        checked,
        "why-not",
        f"{many(len(checked.refusals), 'reason')} why it cannot be sent",
        "What concerns the file as a whole",
        columns=(Column("What is wrong"), Column("Where, and what to do")),
        rows=((reason_in_words(code), codes_in_words(text)) for code, text in checked.refusals),
        warehouse=warehouse,
    )


def faults(checked: CheckedFile, warehouse: Warehouse) -> Chart:
    """Return one row per fault in a row: cell or line, column, what is wrong, what to do.

    What stood in the cell is told for tables that are not about people only.
    """
    tells_values = any(each.value for each in checked.faults)
    found = (Column("Found"),) if tells_values else ()
    rows = len({each.line for each in checked.faults})
    return _table(
        checked,
        "faults",
        f"{many(len(checked.faults), 'fault')} in {many(rows, 'row').lower()}",
        _WHERE_ON_A_MAP if checked.table == BOUNDARIES else _WHERE,
        columns=(
            *(Column("Where"), Column("Column"), Column("What is wrong")),
            *found,
            *(Column("Expected"), Column("What to do")),
        ),
        rows=(_row(checked, each, tells_values=tells_values) for each in checked.faults),
        warehouse=warehouse,
    )


def oddities(checked: CheckedFile, warehouse: Warehouse) -> Chart:
    """Return one row per kind of oddity in rows that would be loaded all the same."""
    return _table(
        checked,
        "oddities",
        f"{many(len(checked.oddities), 'kind')} of oddity to look at",
        _ODD_AREAS if checked.table == BOUNDARIES else _ODD_ROWS,
        columns=(
            Column("Kind"),
            Column("Concerns"),
            Column("Rows", "{:,.0f}"),
            Column("In words"),
        ),
        rows=(
            (reason_in_words(each.reason), each.column, each.row_count, each.message)
            for each in checked.oddities
        ),
        warehouse=warehouse,
    )


def where(fault: Fault, *, row: str = "line") -> str:
    """Return the cell, or the line or another kind of `row`, in which a fault is."""
    return fault.cell or (f"{row} {fault.line}" if fault.line else "the file")


def _row(checked: CheckedFile, fault: Fault, *, tells_values: bool) -> tuple[Cell, ...]:
    found = (fault.value,) if tells_values else ()
    words = reason_in_words(fault.reason)
    place = where(fault, row="area" if checked.table == BOUNDARIES else "line")
    return (place, fault.column, words, *found, fault.expected, fault.advice)


def _table(
    checked: CheckedFile,
    what: str,
    headline: str,
    subtitle: str,
    *,
    columns: Sequence[Column],
    rows: Iterable[Sequence[Cell]],
    warehouse: Warehouse,
) -> Chart:
    """Return a listing whose notes speak of the file that was checked, not of what is published."""
    made = listing(
        slug(f"{what} in {PurePosixPath(checked.file_name).stem}"),
        headline,
        subtitle,
        columns=columns,
        rows=rows,
        warehouse=warehouse,
    )
    source = f"check of {checked.file_name}; nothing of it was stored"
    return replace(made, source=source, is_invented=checked.is_invented, period="")
