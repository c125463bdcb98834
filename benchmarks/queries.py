"""How long each metric takes to answer, beside pandas over the rows themselves."""

import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

import pandas as pd
import polars as pl

from benchmarks.report import Section, Spread, ratio
from dashboard.metrics.crime import CRIME_METRICS
from dashboard.metrics.evaluate import evaluate
from dashboard.metrics.metric import Choice, Metric
from dashboard.version import open_version
from dashboard.warehouse import Warehouse, current_version
from schemas.codes import ANTISOCIAL_BEHAVIOUR

TYPICAL: Final = (
    ("force_code",),
    ("area_code",),
    ("month",),
    ("month", "area_code"),
    ("area_code", "crime_type"),
    ("crime_type", "outcome_group"),
    ("rural_class",),
    ("small_area_code",),
    ("hexagon",),
)
"""Breakdowns that the pages use."""

_PANDAS_COLUMNS: Final = {
    "month": "Month",
    "area_code": "District",
    "crime_type": "Crime type",
    "outcome_group": "Last outcome category",
    "small_area_code": "LSOA code",
}
_SAID: Final = (
    "Milliseconds, median and 95th percentile, of `evaluate(metric, choice, by=…)`: statement, "
    "limits, missing months and names; no cache. West Mercia's latest twelve months; every month "
    "held (180 in the large file) where the breakdown is by month. *Statements* is the part spent "
    "in DuckDB. Pandas filters and groups the rows themselves, in memory, with nothing else done.",
)


class TimedWarehouse(Warehouse):
    """A warehouse that adds up the time its statements take."""

    seconds = 0.0

    def query(self, sql: str, **values: object) -> pl.DataFrame:
        """Return the rows, as the warehouse does."""
        began = time.perf_counter()
        try:
            return super().query(sql, **values)
        finally:
            self.seconds += time.perf_counter() - began


@dataclass(frozen=True)
class Case:
    """One question put to a warehouse."""

    metric: Metric
    by: tuple[str, ...]


@dataclass(frozen=True)
class Timing:
    """How long one question took, in milliseconds, and the part of it spent in statements."""

    whole: Spread
    statements: Spread


@dataclass(frozen=True)
class Patience:
    """How often a question is put: so many times, but no longer than so many seconds."""

    runs: int
    seconds: float


USUAL_PATIENCE: Final = Patience(runs=30, seconds=2.0)


def measure_queries(
    *, sample: Path, national: Path, rows_path: Path, patience: Patience
) -> Section:
    """Time every metric of crime by every typical breakdown over two published files and in pandas.

    `sample` and `national` are data folders; `rows_path` holds generated rows.
    """
    cases = [Case(metric, by) for metric in CRIME_METRICS for by in TYPICAL if _fits(metric, by)]
    small, _ = _over(sample, cases, patience)
    large, opening = _over(national, cases, patience)
    rows = _load(rows_path)
    other = [_pandas(case, rows, patience) for case in cases]
    measured = list(zip(small, large, other, strict=True))
    return Section(
        key="queries",
        title="Metric queries",
        said=(*_SAID, f"The large file is opened and checked, every block, in {opening:.1f} s."),
        columns=(
            *("metric", "by", "sample", "60 million rows", "statements"),
            *(f"pandas, {len(rows):,} rows", "pandas ÷ ours at 60 million"),
        ),
        rows=tuple(_row(case, *found) for case, found in zip(cases, measured, strict=True)),
        raw={_name(case): _raw(*found) for case, found in zip(cases, measured, strict=True)},
    )


def _fits(metric: Metric, by: tuple[str, ...]) -> bool:
    return set(by) <= set(metric.breakdowns)


def _over(data_dir: Path, cases: Sequence[Case], patience: Patience) -> tuple[list[Timing], float]:
    """Return the timings over one published file, and the seconds that opening it took."""
    path = data_dir / "published" / f"{current_version(data_dir)}.duckdb"
    began = time.perf_counter()
    connection, build = open_version(path)
    opening = time.perf_counter() - began
    warehouse = TimedWarehouse(connection, build=build)
    try:
        return [_time(case, warehouse, patience) for case in cases], opening
    finally:
        warehouse.close()


def _time(case: Case, warehouse: TimedWarehouse, patience: Patience) -> Timing:
    choice = _choice(case, warehouse)
    inside: list[float] = []

    def ask() -> None:
        warehouse.seconds = 0.0
        evaluate(case.metric, choice, warehouse=warehouse, by=case.by)
        inside.append(warehouse.seconds * 1000)

    whole = _repeat(ask, patience)
    return Timing(whole, Spread(tuple(inside[1:])))


def _choice(case: Case, warehouse: Warehouse) -> Choice:
    if "month" not in case.by:
        return Choice()
    months = warehouse.table("meta_coverage")["month"]
    return Choice(first_month=months.min(), last_month=months.max())  # type: ignore[arg-type]


def _repeat(ask: Callable[[], object], patience: Patience) -> Spread:
    """Ask once unmeasured, then until patience ends; return milliseconds."""
    ask()
    took: list[float] = []
    ends = time.perf_counter() + patience.seconds
    while not took or (len(took) < patience.runs and time.perf_counter() < ends):
        began = time.perf_counter()
        ask()
        took.append((time.perf_counter() - began) * 1000)
    return Spread(tuple(took))


def _load(rows_path: Path) -> pd.DataFrame:
    """Return the rows as the plain dashboard holds them."""
    rows = pd.read_parquet(rows_path)
    rows["Month"] = pd.to_datetime(rows["Month"])
    rows["District"] = rows["LSOA name"].str[:-5]
    return rows


def _pandas(case: Case, rows: pd.DataFrame, patience: Patience) -> Spread | None:
    """Time the same count in pandas; None where pandas would need tables it does not have."""
    columns = [_PANDAS_COLUMNS[each] for each in case.by if each in _PANDAS_COLUMNS]
    if len(columns) < len(case.by):
        return None
    last_year = rows["Month"].max() - pd.DateOffset(months=11)

    def ask() -> object:
        crimes = rows["Crime type"] != ANTISOCIAL_BEHAVIOUR
        counted = crimes if "month" in case.by else crimes & (rows["Month"] >= last_year)
        return rows[counted].groupby(columns).size()

    return _repeat(ask, Patience(min(patience.runs, 5), patience.seconds))


def _row(case: Case, small: Timing, large: Timing, other: Spread | None) -> tuple[str, ...]:
    return (
        f"`{case.metric.key}`",
        ", ".join(case.by),
        _pair(small.whole),
        _pair(large.whole),
        _pair(large.statements),
        f"{other.median:,.0f}" if other else "–",
        ratio(large.whole.median, other.median) if other else "–",
    )


def _pair(spread: Spread) -> str:
    return f"{spread.median:,.1f} / {spread.percentile(95):,.1f}"


def _name(case: Case) -> str:
    return f"{case.metric.key} by {', '.join(case.by)}"


def _raw(small: Timing, large: Timing, other: Spread | None) -> dict[str, object]:
    return {
        "sample": asdict(small),
        "national": asdict(large),
        "pandas": asdict(other) if other else None,
    }
