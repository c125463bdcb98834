"""What came, what is late and what is missing: listings of the record that each load keeps."""

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

import polars as pl

from dashboard.charts.chart import Cell, Chart
from dashboard.metrics.period import months_in_words
from dashboard.ui.listing import Column, listing
from dashboard.warehouse import Warehouse
from schemas.codes import ROW_TYPES
from schemas.refusals import codes_in_words

_COUNT = "{:,.0f}"
_DAYS = "Days since"
_SOURCE_HEADINGS = (
    *("Source", "Publisher", "Covers", "Last received", _DAYS),
    *("Next due", "State", "Licence"),
)
_SHARE = "{:.1f}"
_UNKNOWN_SQL = (Path(__file__).parents[1] / "queries" / "unknown_shares.sql").read_text(
    encoding="utf-8"
)


def sources(warehouse: Warehouse) -> Chart:
    """Return one row per source: what it covers, when it was loaded and when more is due."""
    is_late = pl.col("next_due") < warehouse.build.as_of_date
    held = warehouse.table("meta_source").sort(~is_late.fill_null(value=False), "source_name")
    late = _late(held, warehouse.build.as_of_date)
    return listing(
        "sources",
        f"{late} of {held.height} sources {_is(late)} late" if late else "No source is late",
        "Each source, the months it covers, when it was last received and when more is due",
        columns=tuple(Column(name, _COUNT if name == _DAYS else "") for name in _SOURCE_HEADINGS),
        rows=[_source_row(row, warehouse.build.as_of_date) for row in held.iter_rows(named=True)],
        warehouse=warehouse,
    )


def _source_row(row: dict[str, object], as_of: date) -> tuple[Cell, ...]:
    invented = " (invented sample)" if row["is_invented"] else ""
    return (
        f"{row['source_name']}{invented}",
        str(row["publisher"]),
        _covered(row["period_from"], row["period_to"]),
        _day(row["last_loaded_at"]),
        _days_since(row["last_loaded_at"], as_of),
        _day(row["next_due"]) if row["next_due"] else "when it changes",
        "late" if _is_late(row["next_due"], as_of) else "up to date",
        str(row["licence"]),
    )


def _days_since(loaded: object, as_of: date) -> int | None:
    """Return the days from the load to the day that the figures are of; none on the day itself."""
    return max(0, (as_of - loaded.date()).days) if isinstance(loaded, datetime) else None


def _covered(first: object, last: object) -> str:
    return f"{_month(first)} to {_month(last)}" if first else "the list as it stands"


def files(warehouse: Warehouse) -> Chart:
    """Return one row per crime file offered: its rows, and what became of it."""
    held = warehouse.table("meta_file").sort("load_number", descending=True)
    read, loaded, aside = (
        int(held[name].sum() or 0) for name in ("rows_read", "rows_loaded", "rows_set_aside")
    )
    return listing(
        "files",
        f"Crime files: {read:,} rows read, {loaded:,} loaded, {aside:,} set aside",
        f"{held.height:,} files offered, the latest first. Rows read are always rows loaded plus "
        "rows set aside",
        columns=(
            Column("File"),
            Column("Archive"),
            Column("Issued"),
            Column("State"),
            Column("Rows read", _COUNT),
            Column("Loaded", _COUNT),
            Column("Set aside", _COUNT),
            Column("Why"),
        ),
        rows=held.select(
            *("file_name", "archive_name", "vintage", "status"),
            *("rows_read", "rows_loaded", "rows_set_aside"),
            pl.col("message").map_elements(codes_in_words, return_dtype=pl.String),
        ).iter_rows(),
        warehouse=warehouse,
    )


def missing_months(warehouse: Warehouse) -> Chart:
    """Return one row per force: months held and months that were never supplied."""
    names = dict(warehouse.table("dim_area").select("area_code", "area_name").iter_rows())
    forces = warehouse.table("meta_coverage").sort("force_code", "month")
    rows = [
        _coverage_row(names.get(str(code), str(code)), months)
        for (code,), months in forces.group_by("force_code", maintain_order=True)
    ]
    gaps = sum(1 for row in rows if row[4])
    return listing(
        "missing-months",
        f"{gaps} of {len(rows)} forces {_has(gaps)} months that were not supplied"
        if gaps
        else "Every force has every month between its first and its latest",
        "Months between the first and the latest held. A month that is not supplied is not zero",
        columns=(
            Column("Force"),
            Column("First month"),
            Column("Latest month"),
            Column("Months held", _COUNT),
            Column("Missing", _COUNT),
            Column("Which"),
        ),
        rows=sorted(rows),
        warehouse=warehouse,
    )


def _coverage_row(name: str, months: pl.DataFrame) -> tuple[str, str, str, int, int, str]:
    held = months.filter("is_supplied")["month"]
    missing = tuple(months.filter(~pl.col("is_supplied"))["month"])
    return (
        name,
        _month(held.min()),
        _month(held.max()),
        held.len(),
        len(missing),
        months_in_words(missing),
    )


def unknown_shares(warehouse: Warehouse) -> Chart:
    """Return one row per row type of the home force: shares with no place and with no outcome."""
    home = warehouse.table("dim_area").filter(pl.col("is_home") & (pl.col("area_type") == "force"))
    counted = warehouse.query(_UNKNOWN_SQL, force_code=str(home["area_code"][0]))
    order = {name: place for place, name in enumerate(ROW_TYPES)}
    rows = sorted(counted.iter_rows(), key=lambda row: order[row[0]])
    return listing(
        "unknown-shares",
        _unsaid(rows),
        f"{home['area_name'][0]}, all months held: rows with no location, and offences that have "
        "no outcome yet",
        columns=(
            Column("Type"),
            Column("Rows", _COUNT),
            Column("No location, %", _SHARE),
            Column("No outcome yet, %", _SHARE),
        ),
        rows=rows,
        warehouse=warehouse,
    )


def _unsaid(rows: Sequence[tuple[str, int, float, float | None]]) -> str:
    """Return the share of all rows without a place, and of the offences without an outcome."""
    if not rows:
        return "No row is held"
    placeless = _mean([(count, share) for _, count, share, _ in rows])
    open_yet = _mean([(count, share) for _, count, _, share in rows if share is not None])
    return f"{placeless:.1f}% of rows have no location, {open_yet:.1f}% of offences no outcome yet"


def _mean(shares: Sequence[tuple[int, float]]) -> float:
    rows = sum(count for count, _ in shares)
    return sum(count * share for count, share in shares) / rows if rows else 0.0


def _late(held: pl.DataFrame, as_of: date) -> int:
    return sum(1 for due in held["next_due"] if _is_late(due, as_of))


def _is_late(due: object, as_of: date) -> bool:
    return isinstance(due, date) and due < as_of


def _month(when: object) -> str:
    return f"{when:%B %Y}" if isinstance(when, date) else "not known"


def _day(when: object) -> str:
    return f"{when.day} {when:%B %Y}" if isinstance(when, date) else "not known"


def _is(count: int) -> str:
    return "is" if count == 1 else "are"


def _has(count: int) -> str:
    return "has" if count == 1 else "have"
