"""The series of recorded crime: by crime type and in total, by district and for the force."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

import polars as pl

from dashboard.metrics.crime import ANTISOCIAL_BEHAVIOUR, RECORDED_CRIME
from dashboard.metrics.metric import Choice, Metric
from dashboard.metrics.period import add_months, resolve_period
from dashboard.metrics.places import home_force, names_of
from dashboard.metrics.recorded import evaluate_recorded
from dashboard.metrics.scanned_series import Scanned
from dashboard.metrics.signals import MONTHS_READ, Values
from dashboard.warehouse import Warehouse
from schemas import codes

FEWEST_A_MONTH: Final = 5
"""Below this average a count runs too near zero for a control chart."""

_PAGE: Final = "Crime explorer"
_ALL: Final = "Recorded crime"
_LABELS: Final = {codes.ANTISOCIAL_BEHAVIOUR: "Antisocial behaviour"}
_VIEWS: Final = {codes.ANTISOCIAL_BEHAVIOUR: "Antisocial behaviour"}


def crime_series(choice: Choice, warehouse: Warehouse) -> Iterator[Scanned]:
    """Return the monthly series of a choice over the 36 months up to the end of its period.

    Whole-force series are read only when no area is chosen, totals of crime only when no crime
    type is.
    """
    last = resolve_period(choice, warehouse).last_month
    window = choice.during(add_months(last, 1 - MONTHS_READ), last)
    every_row = replace(RECORDED_CRIME, rows="any")
    by = ("month", "area_code", "crime_type")
    result = evaluate_recorded(every_row, window, warehouse=warehouse, by=by)
    force = "" if choice.areas else home_force(warehouse)
    names = {**result.names, **names_of([force], warehouse)}
    monthly = _monthly(result.frame, force=force, has_totals=not choice.crime_types)
    for (area, crime_type), values in monthly.items():
        yield _series(area, crime_type, values, place=names[area], is_force=area == force)


def _monthly(
    frame: pl.DataFrame, *, force: str, has_totals: bool
) -> dict[tuple[str, str], list[int | None]]:
    """Return monthly counts by district and type, with totals of crime and of the force."""
    rows = frame.select("month", "area_code", "crime_type", "numerator")
    series = [rows.filter(~pl.col("area_code").is_in(list(codes.SPECIAL_AREA_NAMES)))]
    if force:
        series.append(rows.with_columns(area_code=pl.lit(force)))
    if has_totals:
        is_crime = pl.col("crime_type") != codes.ANTISOCIAL_BEHAVIOUR
        series += [each.filter(is_crime).with_columns(crime_type=pl.lit(_ALL)) for each in series]
    # A month that is missing for one row is missing for all, and so has no total.
    total = pl.when(pl.col("numerator").null_count() == 0).then(pl.col("numerator").sum())
    months = pl.concat(series).group_by("area_code", "crime_type", "month").agg(total)
    lists = months.sort("month").group_by("area_code", "crime_type").agg("numerator")
    return {(area, crime_type): counts for area, crime_type, counts in lists.iter_rows()}


def _series(area: str, crime_type: str, values: Values, *, place: str, is_force: bool) -> Scanned:
    is_single = crime_type in codes.CRIME_TYPES
    return Scanned(
        metric=_metric(crime_type),
        about=_LABELS.get(crime_type, crime_type),
        area_code=area,
        place=place,
        values=values,
        step="month",
        page=_PAGE,
        view=_VIEWS.get(crime_type, "Change"),
        crime_types=(crime_type,) if is_single else (),
        is_whole=is_force and not is_single,
        is_large=_is_large(values),
    )


def _metric(crime_type: str) -> Metric:
    return ANTISOCIAL_BEHAVIOUR if crime_type == codes.ANTISOCIAL_BEHAVIOUR else RECORDED_CRIME


def _is_large(values: Values) -> bool:
    present = [value for value in values if value is not None]
    return bool(present) and sum(present) / len(present) >= FEWEST_A_MONTH
