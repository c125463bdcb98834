"""The series of the watched measures, for the force and by district or service."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import dropwhile
from typing import Final

import polars as pl

from dashboard.errors import UnknownChoice
from dashboard.metrics import catalogue
from dashboard.metrics.as_counted import as_counted
from dashboard.metrics.bounds import bounds_as_words
from dashboard.metrics.cell_areas import BESIDE_DISTRICTS
from dashboard.metrics.chart_step import chart_step
from dashboard.metrics.menu import levels
from dashboard.metrics.metric import Choice, Metric, Result
from dashboard.metrics.period import Step, add_months, months_between
from dashboard.metrics.places import home_force, names_of
from dashboard.metrics.series_ways import evaluate_series
from dashboard.metrics.signals import MONTHS_READ, Values
from dashboard.metrics.watched import WATCHED, Watched
from dashboard.warehouse import Warehouse
from schemas.codes import NOT_AVAILABLE, SPECIAL_AREA_NAMES

_NO_PLACE: Final = frozenset({*SPECIAL_AREA_NAMES, *BESIDE_DISTRICTS})


@dataclass(frozen=True, kw_only=True)
class Scanned:
    """One series: what it measures, where, and its values by month or quarter, oldest first.

    `page` and `view` are the title and the tab of the page that explains it. `part` is the
    service that it is about, '' for none. It `is_whole` where it is the measure's own figure of
    the whole force. One that is not `is_large` runs too near zero for a control chart.
    """

    metric: Metric
    about: str
    area_code: str
    place: str
    values: Values
    step: Step
    page: str
    view: str
    part: str = ""
    crime_types: tuple[str, ...] = ()
    is_whole: bool = False
    is_large: bool = True


def watched_series(warehouse: Warehouse, last: date) -> list[Scanned]:
    """Return every series of the watched measures over the 36 months up to `last`.

    A measure whose source is not loaded has none.
    """
    window = Choice().during(add_months(last, 1 - MONTHS_READ), last)
    return [
        series
        for watched in WATCHED
        for part in ("", *watched.by)
        for series in _series_by(watched, part, window, warehouse)
    ]


def _series_by(
    watched: Watched, part: str, window: Choice, warehouse: Warehouse
) -> Iterator[Scanned]:
    metric = catalogue.metric(watched.key)
    try:
        step = _step(metric, part, window, warehouse)
        by = (step, part) if part else (step,)
        result = bounds_as_words(evaluate_series(metric, window, warehouse=warehouse, by=by))
    except UnknownChoice:
        return
    force = home_force(warehouse)
    groups = (
        result.frame.group_by(part, maintain_order=True) if part else [((force,), result.frame)]
    )
    names = {**names_of([force], warehouse), **result.names}
    for (code,), rows in groups:
        if code not in _NO_PLACE:
            yield Scanned(
                metric=result.metric,
                about=metric.label,
                area_code=force if part == "service_id" else code,
                place=names[code],
                values=_placed(result, rows, step),
                step=step,
                page=metric.page,
                view=watched.view,
                part=code if part == "service_id" else "",
                is_whole=not part,
            )


def _step(metric: Metric, part: str, window: Choice, warehouse: Warehouse) -> Step:
    """Return the step by which a page charts it; a part's share goes by quarter."""
    if metric.way != "protected":
        return "month"
    if not part:
        return chart_step(metric, window, warehouse=warehouse)
    area, splits = ("district", ()) if part == "area_code" else ("force", (part,))
    has_months = (area, "month") in levels(metric, splits)
    return "month" if has_months and metric.kind == "count" else "quarter"


def _placed(result: Result, rows: pl.DataFrame, step: Step) -> tuple[float | None, ...]:
    """Return one value a month or quarter, None for a gap, up to the last that is published."""
    period = result.period
    months = months_between(period.first_month, period.last_month)
    starts = [each for each in months if step == "month" or _begins_quarter(each, months)]
    counted = as_counted(result.metric, rows).select(step, "value", "marker")
    held = {start: (value, marker) for start, value, marker in counted.rows()}
    found = [held.get(start, (None, NOT_AVAILABLE)) for start in starts]
    if result.metric.way == "protected":
        # What is not published yet, or of a cohort too young to be read, is not the latest.
        found = list(dropwhile(lambda each: each[1] == NOT_AVAILABLE, reversed(found)))[::-1]
    return tuple(value for value, _ in found)


def _begins_quarter(start: date, months: list[date]) -> bool:
    return start.month % 3 == 1 and add_months(start, 2) in months
