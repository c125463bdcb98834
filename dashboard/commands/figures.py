"""The same numbers as on screen: `python -m dashboard metrics` and `… metric KEY`."""

import argparse
import csv
import json
import sys
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date, datetime
from pathlib import Path

from dashboard.errors import UnknownChoice, VersionNotKept
from dashboard.metrics.catalogue import ALIASES, METRICS, metric
from dashboard.metrics.evaluate import evaluate
from dashboard.metrics.metric import DIMENSIONS, Choice, Result
from dashboard.settings import load_settings
from dashboard.warehouse import Warehouse, kept_versions, open_kept, open_warehouse
from schemas.codes import ROW_TYPES


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `metrics` and `metric`."""
    listing = commands.add_parser("metrics", help="list every metric with its definition")
    listing.add_argument("--format", choices=("csv", "json"), default="json")
    listing.set_defaults(run=_catalogue)
    one = commands.add_parser("metric", help="print one metric, one row per combination")
    one.add_argument("key", metavar="KEY", help="key or id, as `metrics` lists them")
    one.add_argument("--by", default="", help=f"comma-separated, of: {', '.join(DIMENSIONS)}")
    one.add_argument("--area", nargs="+", action="extend", default=[], metavar="CODE")
    one.add_argument("--crime-type", nargs="+", action="extend", default=[], metavar="NAME")
    one.add_argument("--from", dest="first", metavar="YYYY-MM", help="first month")
    one.add_argument("--to", dest="last", metavar="YYYY-MM", help="last month, included")
    one.add_argument("--format", choices=("csv", "json"), default="csv")
    one.add_argument("--as-at", metavar="VERSION", help="a kept version, such as wh-3-1a2b3c4d")
    one.add_argument("--data-dir", type=Path, help="instead of WM_DATA_DIR")
    one.set_defaults(run=_metric)


def _catalogue(options: argparse.Namespace) -> int:
    rows = [
        {**asdict(each), "aliases": [alias for alias, key in ALIASES.items() if key == each.key]}
        for each in METRICS
    ]
    if options.format == "json":
        _print_json(rows)
    else:
        joined = [{name: _joined(value) for name, value in row.items()} for row in rows]
        _print_csv(list(joined[0]), joined)
    return 0


def _joined(value: object) -> object:
    """Return several values as one cell: words, or the parts of splits as split=part."""
    if not isinstance(value, list | tuple):
        return value
    return " ".join(each if isinstance(each, str) else "=".join(each) for each in value)


def _metric(options: argparse.Namespace) -> int:
    _print_result(_result(options), options.format)
    return 0


def _result(options: argparse.Namespace) -> Result:
    choice = Choice(
        areas=tuple(options.area),
        first_month=_month("--from", options.first),
        last_month=_month("--to", options.last),
        crime_types=tuple(map(_crime_type, options.crime_type)),
    )
    by = tuple(each.strip() for each in options.by.split(",") if each.strip())
    chosen = metric(options.key)
    warehouse = _warehouse(options)
    if warehouse.problem:
        print(f"dashboard: {warehouse.problem}.", file=sys.stderr)
    return evaluate(chosen, choice, warehouse=warehouse, by=by)


def _warehouse(options: argparse.Namespace) -> Warehouse:
    """Return the version asked for by name, else the one that is served."""
    data_dir = options.data_dir or load_settings().data_dir
    if options.as_at is None:
        return open_warehouse(data_dir)
    try:
        return open_kept(data_dir, options.as_at)
    except VersionNotKept as why:
        kept = ", ".join(kept_versions(data_dir)) or "none"
        raise UnknownChoice(f"--as-at {options.as_at!r} {why}. Versions kept: {kept}.") from None


def _month(option: str, text: str | None) -> date | None:
    if text is None:
        return None
    try:
        return datetime.strptime(text, "%Y-%m").date()
    except ValueError:
        raise UnknownChoice(f"{option} {text!r} is not a month. Write it as 2025-10.") from None


def _crime_type(name: str) -> str:
    """Return the type as police.uk writes it, however the letters are cased."""
    return next((each for each in ROW_TYPES if each.casefold() == name.casefold()), name)


def _print_result(result: Result, file_format: str) -> None:
    rows = [
        {name: _cell(value) for name, value in row.items()}
        for row in result.frame.iter_rows(named=True)
    ]
    if file_format == "json":
        _print_json(rows)
    else:
        _print_csv(result.frame.columns, rows)


def _cell(value: object) -> object:
    return f"{value:%Y-%m}" if isinstance(value, date) else value


def _print_json(rows: Sequence[object]) -> None:
    print(json.dumps(rows, indent=1, ensure_ascii=False))


def _print_csv(columns: Sequence[str], rows: Sequence[dict[str, object]]) -> None:
    writer = csv.DictWriter(sys.stdout, columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
