"""Results by hand, so that what a chart says can be worked out on paper."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import polars as pl

from dashboard.metrics.crime import RECORDED_CRIME, RECORDED_CRIME_RATE
from dashboard.metrics.metric import Choice, Metric, Period, Result
from dashboard.metrics.period import add_months, months_between

FIRST = date(2023, 10, 1)
STEADY = (700.0, 720.0, 690.0, 710.0, 705.0, 695.0)
NAMES = {
    "E07000236": "Redditch",
    "E07000237": "Worcester",
    "E07000238": "Wychavon",
    "E07000239": "Wyre Forest",
    "E23000016": "West Mercia",
}
COUNTED: Metric = replace(RECORDED_CRIME, better="lower")
RATED: Metric = replace(RECORDED_CRIME_RATE, unit="per 1,000 residents")


def monthly(values: Sequence[float | None], **changes: Any) -> Result:
    """Return a result by month from October 2023 on; None is a month not supplied."""
    period = Period(FIRST, add_months(FIRST, len(values) - 1))
    months = months_between(period.first_month, period.last_month)
    rows = [_row({"month": month}, value) for month, value in zip(months, values, strict=True)]
    return _result(COUNTED, ("month",), rows, period, changes)


def monthly_by_area(series: Mapping[str, Sequence[float | None]], **changes: Any) -> Result:
    """Return a result by month and area."""
    length = len(next(iter(series.values())))
    period = Period(FIRST, add_months(FIRST, length - 1))
    months = months_between(period.first_month, period.last_month)
    rows = [
        _row({"month": month, "area_code": code}, value)
        for code, values in series.items()
        for month, value in zip(months, values, strict=True)
    ]
    return _result(COUNTED, ("month", "area_code"), rows, period, changes)


def rates(offences: Mapping[str, tuple[int, float | None]], **changes: Any) -> Result:
    """Return rates by area over one year from offences and residents."""
    rows = [
        _rate_row({"area_code": code}, count, residents)
        for code, (count, residents) in offences.items()
    ]
    return _result(RATED, ("area_code",), rows, Period(FIRST, add_months(FIRST, 11)), changes)


def counts(by: str, values: Mapping[str, float], **changes: Any) -> Result:
    """Return counts by one dimension over one year."""
    rows = [_row({by: code}, value) for code, value in values.items()]
    return _result(COUNTED, (by,), rows, Period(FIRST, add_months(FIRST, 11)), changes)


def _row(codes: Mapping[str, object], value: float | None) -> dict[str, object]:
    reach = 2 * (value or 0.0) ** 0.5
    return {
        **codes,
        "numerator": value,
        "denominator": None,
        "value": value,
        "lower": None if value is None else value - reach,
        "upper": None if value is None else value + reach,
        "marker": "[x]" if value is None else "",
    }


def _rate_row(
    codes: Mapping[str, object], count: int, residents: float | None
) -> dict[str, object]:
    if residents is None:
        return {**_row(codes, None), "numerator": count, "marker": "[z]"}
    reach = 2 * count**0.5
    return {
        **codes,
        "numerator": count,
        "denominator": residents,
        "value": 1000 * count / residents,
        "lower": 1000 * (count - reach) / residents,
        "upper": 1000 * (count + reach) / residents,
        "marker": "",
    }


def _result(
    metric: Metric,
    by: tuple[str, ...],
    rows: list[dict[str, object]],
    period: Period,
    changes: Mapping[str, Any],
) -> Result:
    kinds = {"numerator": pl.Float64, "denominator": pl.Float64, "value": pl.Float64}
    limits = {"lower": pl.Float64, "upper": pl.Float64}
    held = Result(
        metric=metric,
        choice=Choice(),
        by=by,
        period=period,
        frame=pl.DataFrame(rows, schema_overrides={**kinds, **limits}),
        version="wh-7-0a1b2c3d",
        is_invented=True,
        names=NAMES,
    )
    return replace(held, **changes)
