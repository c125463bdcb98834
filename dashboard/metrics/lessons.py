"""Lessons drawn from complaints, reviews and surveys: logged, closed, overdue. Counts are open."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

import polars as pl

from dashboard.errors import UnknownChoice
from dashboard.metrics.complaints import VOICE_PAGE
from dashboard.metrics.metric import LOCAL, Better, Choice, Kind, Metric, Period, Result
from dashboard.metrics.places import home_force, names_of
from dashboard.metrics.rows import QUERIES
from dashboard.metrics.sources import is_invented
from dashboard.metrics.statistics import count_limits, wilson_limits
from dashboard.warehouse import Warehouse
from schemas.codes import NOT_APPLICABLE
from schemas.menu.values import SPLIT_CODES

_SQL: Final = (QUERIES / "lessons.sql").read_text(encoding="utf-8")
DAYS_TO_CLOSE: Final = 90
"""Days after which a lesson that was logged is expected to be closed."""

_SPLITS: Final = {"theme": "theme", "organisation": "owner_role"}
"""Breakdown → the column of the log."""


def _lessons(
    key: str, label: str, definition: str, *, kind: Kind, unit: str, better: Better
) -> Metric:
    return Metric(
        key=key,
        id="VO08",
        label=label,
        noun="lessons",
        definition=definition,
        kind=kind,
        unit=unit,
        per=100 if kind == "proportion" else 1,
        breakdowns=tuple(_SPLITS),
        better=better,
        source="lessons_log",
        objective="Voice",
        caveat="The log as it stands on the day of the figures. A closed action is not yet a change"
        " that victims feel.",
        page=VOICE_PAGE,
        way="lessons",
    )


LESSONS_CLOSED: Final = replace(
    _lessons(
        "lessons_closed",
        "Lessons closed",
        "Lessons whose action is done, as a share of those logged more than "
        f"{DAYS_TO_CLOSE} days ago.",
        kind="proportion",
        unit=f"% of lessons older than {DAYS_TO_CLOSE} days",
        better="higher",
    ),
    target=90,
    target_basis=LOCAL,
)
LESSONS_LOGGED: Final = _lessons(
    "lessons_logged",
    "Lessons logged",
    "Lessons in the log, closed or not.",
    kind="count",
    unit="lessons",
    better="context",
)
LESSONS_OVERDUE: Final = _lessons(
    "lessons_overdue",
    "Actions overdue",
    "Lessons whose action is not done although the day by which it was due has passed.",
    kind="count",
    unit="lessons",
    better="lower",
)
LESSON_METRICS: Final = (LESSONS_CLOSED, LESSONS_LOGGED, LESSONS_OVERDUE)


def evaluate_lessons(
    metric: Metric, choice: Choice, *, warehouse: Warehouse, by: tuple[str, ...]
) -> Result:
    """Return figures of the log on the as-of day, one row per combination of `by`.

    The log is one for the whole force: areas and months of the choice do not bear on it.

    Raises:
        UnknownChoice: no log is loaded.
    """
    log = read_log(warehouse)
    if log.is_empty():
        raise UnknownChoice(f"{metric.label}: not loaded. Load the log of lessons first.")
    as_of = warehouse.build.as_of_date
    month = as_of.replace(day=1)
    columns = {each: _SPLITS[each] for each in by}
    home = home_force(warehouse)
    return Result(
        metric=metric,
        choice=replace(choice, areas=(), first_month=None, last_month=None),
        by=by,
        period=Period(month, month),
        frame=_figures(log, metric, columns, as_of),
        version=warehouse.version,
        is_invented=is_invented(metric, warehouse),
        names={
            **names_of([home], warehouse),
            **{code: name for each in by for code, name in SPLIT_CODES[each].items()},
        },
        notes=(f"The log as it stood on {as_of.day} {as_of:%B %Y}, for the whole force.",),
    )


def read_log(warehouse: Warehouse) -> pl.DataFrame:
    """Return one row per lesson that was logged by the as-of day; what came later is left out."""
    return warehouse.once(_log)


def _log(warehouse: Warehouse) -> pl.DataFrame:
    as_of = warehouse.build.as_of_date
    return warehouse.query(_SQL).filter(pl.col("date_logged") <= as_of)


def is_closed(as_of: date) -> pl.Expr:
    """Return where the action was done by a day."""
    return (pl.col("closed") <= as_of).fill_null(value=False)


def is_overdue(as_of: date) -> pl.Expr:
    """Return where the action was due before a day and is not done."""
    return (pl.col("due") < as_of).fill_null(value=False) & ~is_closed(as_of)


def _figures(
    log: pl.DataFrame, metric: Metric, columns: Mapping[str, str], as_of: date
) -> pl.DataFrame:
    split = log.with_columns(pl.col(column).alias(each) for each, column in columns.items())
    counts = _COUNTS[metric.key](as_of)
    by = list(columns)
    found = split.group_by(by, maintain_order=True).agg(counts) if by else split.select(counts)
    return _shares(found, metric, by) if metric.kind == "proportion" else _whole(found, by)


def _closed(as_of: date) -> list[pl.Expr]:
    is_old = pl.col("date_logged") < as_of - timedelta(days=DAYS_TO_CLOSE)
    return [
        (is_old & is_closed(as_of)).sum().cast(pl.Int64).alias("numerator"),
        is_old.sum().cast(pl.Float64).alias("denominator"),
    ]


def _logged(_: date) -> list[pl.Expr]:
    return [pl.len().cast(pl.Int64).alias("numerator")]


def _overdue(as_of: date) -> list[pl.Expr]:
    return [is_overdue(as_of).sum().cast(pl.Int64).alias("numerator")]


_COUNTS: Final[Mapping[str, Callable[[date], list[pl.Expr]]]] = {
    LESSONS_CLOSED.key: _closed,
    LESSONS_LOGGED.key: _logged,
    LESSONS_OVERDUE.key: _overdue,
}


def _shares(found: pl.DataFrame, metric: Metric, by: list[str]) -> pl.DataFrame:
    lower, upper = wilson_limits(found["numerator"], found["denominator"])
    has_base = pl.col("denominator") > 0
    share = metric.per * pl.col("numerator") / pl.col("denominator")
    return found.select(
        *by,
        "numerator",
        "denominator",
        pl.when(has_base).then(share).alias("value"),
        pl.Series("lower", metric.per * lower, nan_to_null=True),
        pl.Series("upper", metric.per * upper, nan_to_null=True),
        pl.when(has_base).then(pl.lit("")).otherwise(pl.lit(NOT_APPLICABLE)).alias("marker"),
    ).sort(by or "value")


def _whole(found: pl.DataFrame, by: list[str]) -> pl.DataFrame:
    lower, upper = count_limits(found["numerator"])
    return found.select(
        *by,
        "numerator",
        pl.lit(None, pl.Float64).alias("denominator"),
        pl.col("numerator").cast(pl.Float64).alias("value"),
        pl.Series("lower", lower, nan_to_null=True),
        pl.Series("upper", upper, nan_to_null=True),
        pl.lit("").alias("marker"),
    ).sort(by or "value")
