"""What services and other senders supplied: which files came, and which returns are due."""

from datetime import date
from typing import Final

import polars as pl

from dashboard.charts.chart import Chart
from dashboard.charts.words import joined
from dashboard.ui.listing import Column, listing, many
from dashboard.ui.quality_record import FEW, FEWEST_TOLD, is_about_people, sender_words, table_words
from dashboard.warehouse import Warehouse
from schemas.protection import RECORD_BASE
from schemas.refusals import codes_in_words

_COUNT: Final = "{:,.0f}"
_QUARTERS_SHOWN: Final = 6
_FILE_STATES: Final = ("loaded", "replaced", "refused")
_TO_CHASE: Final = ("late", "refused", "not received")
"""States of returns that somebody should ask about, in the words of a headline."""
_STATE: Final = ("provider", "quarter", "status")


def supplied_files(warehouse: Warehouse) -> Chart:
    """Return one row per supplied file: from whom, for when, and what became of its rows."""
    held = warehouse.table("meta_supplied_file").with_columns(
        table=table_words(), who=sender_words(warehouse), is_about=is_about_people()
    )
    shown = held.sort("load_number", "file_name", descending=[True, False])
    return listing(
        "supplied-files",
        f"{many(held.height, 'supplied file')}{_states(held)}",
        "The latest first. How many rows about people were loaded is a count of people: it is "
        f"rounded to {RECORD_BASE}, and not told below {FEWEST_TOLD}",
        columns=(
            *map(Column, ("File", "Return", "From", "Periods", "State")),
            Column("Rows loaded", _COUNT),
            Column("Set aside", _COUNT),
            Column("Why"),
        ),
        rows=(_file_row(row) for row in shown.iter_rows(named=True)),
        warehouse=warehouse,
    )


def _file_row(row: dict[str, object]) -> tuple[str | int | None, ...]:
    aside = row["rows_set_aside"]
    return (
        *(str(row[name]) for name in ("file_name", "table", "who", "periods", "status")),
        "none" if row["status"] == "refused" else _rows_loaded(row),
        int(aside) if isinstance(aside, int) else None,
        codes_in_words(str(row["message"])),
    )


def _rows_loaded(row: dict[str, object]) -> str | int | None:
    count = row["rows_loaded"]
    if not row["is_about"]:
        return count if isinstance(count, int) else None
    return f"about {count:,}" if isinstance(count, int) else FEW


def returns_in_short(warehouse: Warehouse) -> str:
    """Return 'Of 112 returns due, 3 came late and 1 was refused', or that all came on time."""
    due = warehouse.table("meta_return_due").filter(pl.col("status") != "not yet due")
    if due.is_empty():
        return "No return is due yet"
    count = dict(due["status"].value_counts().iter_rows())
    said = [_became(count[state], state) for state in _TO_CHASE if state in count]
    return f"Of {due.height:,} returns due, {joined(said) or 'all came on time'}"


def _became(count: int, state: str) -> str:
    verb = "came" if state == "late" else "was" if count == 1 else "were"
    return f"{count:,} {verb} {state}"


def returns_by_quarter(warehouse: Warehouse) -> Chart:
    """Return one row per provider with the state of its return in each of the last quarters."""
    held = _returns(warehouse)
    quarters = sorted(held["quarter"].unique())[-_QUARTERS_SHOWN:]
    states = {(who, when): state for who, when, state in held.select(*_STATE).iter_rows()}
    providers = sorted(held["provider"].unique())
    return listing(
        "returns-by-quarter",
        returns_in_short(warehouse),
        "Shown are the last six quarters; a return is due 45 days after its quarter. A dash: none "
        "is owed",
        columns=(Column("Provider"), *(Column(quarter_words(each)) for each in quarters)),
        rows=((who, *(states.get((who, when)) for when in quarters)) for who in providers),
        warehouse=warehouse,
    )


def returns_to_chase(warehouse: Warehouse) -> Chart:
    """Return one row per return that came late, was refused or has not come, the latest first."""
    held = _returns(warehouse).filter(pl.col("status").is_in(list(_TO_CHASE)))
    shown = held.sort("quarter", "provider", descending=[True, False])
    return listing(
        "returns-late-or-missing",
        f"{many(held.height, 'return')} late, refused or missing",
        "The latest quarter first",
        columns=tuple(
            map(Column, ("Provider", "Quarter", "State", "Due on", "Received on", "File"))
        ),
        rows=(
            (
                row["provider"],
                quarter_words(row["quarter"]),
                row["status"],
                _day(row["due_on"]),
                _day(row["received_on"]),
                row["file_name"],
            )
            for row in shown.iter_rows(named=True)
        ),
        warehouse=warehouse,
    )


def quarter_words(first_day: date) -> str:
    """Return a quarter as the returns name it: '2026-27 Q1' begins with April 2026."""
    into_year = (first_day.month - 4) % 12
    year = first_day.year - (first_day.month < 4)
    return f"{year}-{(year + 1) % 100:02d} Q{into_year // 3 + 1}"


def _returns(warehouse: Warehouse) -> pl.DataFrame:
    names = dict(warehouse.table("dim_provider").select("provider_id", "provider_name").iter_rows())
    return warehouse.table("meta_return_due").with_columns(
        provider=pl.col("provider_id").replace(names)
    )


def _states(held: pl.DataFrame) -> str:
    count = dict(held["status"].value_counts().iter_rows())
    said = [f"{count[each]:,} {each}" for each in _FILE_STATES if each in count]
    return f": {joined(said)}" if said else ""


def _day(when: object) -> str:
    return f"{when.day} {when:%B %Y}" if isinstance(when, date) else ""
