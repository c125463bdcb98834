"""Says what is published, from the published file's own records."""

from collections import Counter
from pathlib import Path
from typing import Any

import duckdb

from pipelines.pins import read_pins
from pipelines.places import Places
from pipelines.publish import current_version, versions
from pipelines.report import read_last_load
from pipelines.supplied.log import SuppliedLog, read_log
from schemas.codes import SAMPLE_NOTICE

_QUERIES = {
    "build": "select * from meta_build",
    "sources": "select * from meta_source order by source_key",
    "files": """
        select
            file_name,
            archive_name,
            file_sha256 as sha256,
            vintage,
            status,
            rows_read,
            rows_loaded,
            rows_set_aside,
            loaded_at,
            message
        from meta_file
        order by load_number
    """,
    "rows": """
        select
            coalesce(sum(rows_read), 0)::bigint as read,
            coalesce(sum(rows_loaded), 0)::bigint as loaded,
            coalesce(sum(rows_set_aside), 0)::bigint as set_aside
        from meta_file
        where status = 'loaded'
    """,
    "set_aside": """
        select reason, count(distinct (file_sha256, line)) as row_count
        from meta_set_aside
        group by reason
        order by row_count desc, reason
    """,
    "forces": """
        select
            coverage.force_code,
            area.area_name as force_name,
            strftime(min(month), '%Y-%m') as first_month,
            strftime(max(month), '%Y-%m') as latest_month,
            coalesce(sum(row_count), 0)::bigint as row_count,
            coalesce(
                list(strftime(month, '%Y-%m') order by month) filter (not is_supplied), []
            ) as months_missing
        from meta_coverage as coverage
        left join dim_area as area
            on area.area_code = coverage.force_code and area.area_type = 'force'
        group by all
        order by bool_or(area.is_home) desc, force_name
    """,
}


_SUPPLIED_COUNTS = (
    "files_loaded",
    "files_replaced",
    "files_refused",
    "rows_loaded",
    "rows_set_aside",
)


def status(places: Places) -> dict[str, Any]:
    """Return what is published and how the last load ended, as plain values.

    `version` is None when nothing is published; then what follows from the file is left out.

    Raises:
        duckdb.Error: the published file cannot be read.
    """
    current, pins = current_version(places), read_pins(places)
    found: dict[str, Any] = {
        "version": current.name if current else None,
        "versions": [version.name for version in versions(places)],
        "pinned": sorted(pins.names),
        "pins_problem": pins.problem,
        "data_dir": str(places.data_dir),
        "last_load": read_last_load(places),
    }
    found["supplied"] = _supplied(read_log(places))
    return found | (_of_file(places.published / current.file_name) if current else {})


def show(found: dict[str, Any]) -> None:
    """Print the status as a table for people to read."""
    # Imported here: the JSON form needs none of it.
    from rich.console import Console
    from rich.table import Table

    console = Console()
    if found["version"] is None:
        console.print(f"Nothing is published in {found['data_dir']}.")
    else:
        _show_version(console, Table, found)
    _show_kept(console, found)
    if last := found["last_load"]:
        console.print(f"Last load: {last['outcome']}, {last.get('started_at') or 'time unknown'}")
        for refusal in last["refused"]:
            console.print(f"  refused: {refusal['message']}", markup=False)
        for warning in last.get("warnings", []):
            console.print(f"  warning: {warning}", markup=False)


def _show_kept(console: Any, found: dict[str, Any]) -> None:
    """Print the versions kept, which of them saved papers name, and which such are gone."""
    pinned, kept = found["pinned"], found["versions"]
    named = [f"{name} (named in a paper)" if name in pinned else name for name in kept]
    if named:
        console.print(f"Versions kept: {', '.join(named)}", markup=False)
    if gone := [name for name in pinned if name not in kept]:
        console.print(f"Named in a paper, and not kept here: {', '.join(gone)}", markup=False)
    if problem := found["pins_problem"]:
        console.print(problem, markup=False)


def _supplied(log: SuppliedLog) -> dict[str, dict[str, int]]:
    """Return counts only, by supplied table; files whose table was not known come under ""."""
    tables: dict[str, Counter[str]] = {}
    for file in log.files:
        counts = tables.setdefault(file.table, Counter())
        counts[f"files_{file.status}"] += 1
        if file.status == "loaded":
            counts["rows_loaded"] += file.rows_loaded
            counts["rows_set_aside"] += file.rows_set_aside
    return {
        table: {name: counts[name] for name in _SUPPLIED_COUNTS}
        for table, counts in sorted(tables.items())
    }


def _of_file(path: Path) -> dict[str, Any]:
    with duckdb.connect(str(path), read_only=True) as connection:
        rows = {name: connection.execute(query).pl().to_dicts() for name, query in _QUERIES.items()}
        boundaries = _outlines_drawn(connection)
    build = rows["build"][0]
    return {
        "built_at": build["built_at"],
        "as_of_date": build["as_of_date"],
        "schema_version": build["schema_version"],
        "content_sha256": build["content_sha256"],
        "seconds": round(build["build_seconds"], 2),
        "is_invented": any(source["is_invented"] for source in rows["sources"]),
        "sources": rows["sources"],
        "boundaries": boundaries,
        "rows": rows["rows"][0],
        "set_aside_by_reason": {row["reason"]: row["row_count"] for row in rows["set_aside"]},
        "forces": rows["forces"],
        "months_missing": {row["force_code"]: row["months_missing"] for row in rows["forces"]},
        "files": rows["files"],
    }


def _outlines_drawn(connection: duckdb.DuckDBPyConnection) -> dict[str, Any] | None:
    """Return the record of the outlines in use; None in a version made before there was one."""
    tables = connection.execute("select table_name from duckdb_tables()").pl()["table_name"]
    if "meta_boundary" not in tables:
        return None
    drawn = connection.execute("select * from meta_boundary where status = 'in use'").pl()
    return drawn.row(0, named=True)


def _show_version(console: Any, new_table: Any, found: dict[str, Any]) -> None:
    rows = found["rows"]
    console.print(f"Version {found['version']}, built {found['built_at']:%Y-%m-%d %H:%M} UTC")
    if invented := sorted({each["subject"] for each in found["sources"] if each["is_invented"]}):
        console.print(f"{SAMPLE_NOTICE} ({', '.join(invented)})")
    console.print(
        f"{len(found['files']):,} files: {rows['read']:,} rows read = {rows['loaded']:,} loaded "
        f"+ {rows['set_aside']:,} set aside; took {found['seconds']:.1f} s"
    )
    for reason, count in found["set_aside_by_reason"].items():
        console.print(f"  set aside {count:,}: {reason}")
    if drawn := found["boundaries"]:
        console.print(_boundaries(drawn), markup=False)
    table = new_table("Force", "From", "To", "Rows", "Months missing")
    for force in found["forces"]:
        table.add_row(
            force["force_name"] or force["force_code"],
            force["first_month"],
            force["latest_month"],
            f"{force['row_count']:,}",
            _short(force["months_missing"]),
        )
    console.print(table)


def _boundaries(drawn: dict[str, Any]) -> str:
    loaded = (
        f"{drawn['loaded_at']:%Y-%m-%d %H:%M} UTC" if drawn["loaded_at"] else "with the product"
    )
    file_name = f", {drawn['file_name']}" if drawn["file_name"] else ""
    return f"Maps draw: {drawn['source_name']}{file_name} (loaded {loaded})"


def _short(months: list[str]) -> str:
    """Return the months in words, runs shortened to their ends."""
    runs: list[list[str]] = []
    for month in months:
        if runs and _follows(runs[-1][-1], month):
            runs[-1].append(month)
        else:
            runs.append([month])
    shown = [run[0] if len(run) == 1 else f"{run[0]} to {run[-1]}" for run in runs]
    return ", ".join(shown) or "none"


def _follows(earlier: str, later: str) -> bool:
    def index(month: str) -> int:
        return int(month[:4]) * 12 + int(month[5:])

    return index(later) == index(earlier) + 1
