"""Funnel: each place's rate against its residents, with limits around the average."""

from collections.abc import Sequence
from typing import Final

import numpy as np

from dashboard.charts import averages, words
from dashboard.charts.bars import Row
from dashboard.charts.chart import Band, Chart, Level, Series, Table, Tone
from dashboard.metrics.metric import Better, Result
from dashboard.metrics.statistics import Array, funnel_rate_limits
from schemas.codes import SPECIAL_AREA_NAMES

_POINTS: Final = 40
_WIDER: Final = 0.998
_Z_WIDER: Final = 3.0902
_TRIM: Final = 0.1
"""Share of the residuals pulled in at each end before spread is measured (Spiegelhalter 2005)."""


def funnel(result: Result) -> Chart:
    """Return rates against residents with 95% and 99.8% limits around the average of all.

    The band adjusted for overdispersion is the one that readings go by: crime varies between
    places far more than chance allows, so most places lie outside the plain limits.
    """
    (column,) = result.by
    rows = [row for row in result.frame.iter_rows(named=True) if _is_drawn(row, column)]
    average = averages.average(result)
    if average is None or len(rows) < 3:
        return _empty(result)
    factor = _overdispersion(rows, average, per=result.metric.per)
    readings = {str(row[column]): _reading(row, average, factor, result) for row in rows}
    return Chart(
        key=words.key(result, f"funnel by {words.dimension(column)}"),
        form="funnel",
        headline=_headline(result, readings),
        subtitle=f"{words.subject(result)} against residents, {words.place_and_period(result)}; "
        f"limits around the {averages.words_for(result)}",
        alt=_alt(result, column, rows, readings, average),
        table=_table(result, column, rows, readings, average, factor),
        series=(_series(result, column, rows, readings),),
        bands=_bands(result, rows, average, factor),
        levels=(
            Level(
                f"Dashed: {averages.words_for(result)}, {words.number(result, average)}", average
            ),
        ),
        x_title="Residents",
        y_title=words.sentence(words.unit(result)),
        from_zero=False,
        x_axis="number",
        notes=result.notes,
        **words.facts(result),
    )


def _empty(result: Result) -> Chart:
    said = f"A funnel needs rates of three places or more in {words.place_and_period(result)}"
    return Chart(
        key=words.key(result, "funnel"),
        form="funnel",
        headline=said,
        subtitle=words.subject(result),
        alt=f"No points. {said}.",
        table=Table(("Place", words.sentence(words.unit(result))), (), ("", "")),
        notes=(f"{said}.", *result.notes),
        **words.facts(result),
    )


def apart(reading: str, better: Better) -> Tone:
    """Return the tone of a point: worse or better than the limits, or beyond them and neither."""
    if not reading.startswith(("above", "below")):
        return "main"
    if better == "context":
        return "third"
    return "improving" if reading.startswith("above") == (better == "higher") else "concern"


def _is_drawn(row: Row, column: str) -> bool:
    return row["value"] is not None and row[column] not in SPECIAL_AREA_NAMES


def _overdispersion(rows: Sequence[Row], average: float, *, per: float) -> float:
    """How many times wider than chance the places spread, as a variance; 1 or more.

    Square-root residuals, a tenth pulled in at each end. Source: Spiegelhalter, Handling
    over-dispersion of performance indicators, Quality and Safety in Health Care, 2005.
    """
    expected = np.array([average / per * row["denominator"] for row in rows])
    observed = np.array([row["numerator"] for row in rows], dtype=np.float64)
    residuals = 2 * (np.sqrt(observed) - np.sqrt(expected))
    low, high = np.quantile(residuals, [_TRIM, 1 - _TRIM])
    return max(1.0, float(np.mean(np.clip(residuals, low, high) ** 2)))


def _adjusted(result: Result, denominators: Array, average: float, factor: float) -> Array:
    """The half-width of the adjusted 99.8% band at each denominator."""
    per = result.metric.per
    spread: Array = _Z_WIDER * np.sqrt(factor * per * average / denominators)
    return spread


def _reading(row: Row, average: float, factor: float, result: Result) -> str:
    base = np.array([row["denominator"]], dtype=np.float64)
    if abs(row["value"] - average) > _adjusted(result, base, average, factor)[0]:
        return "above the adjusted band" if row["value"] > average else "below the adjusted band"
    low, high = funnel_rate_limits(base, average, per=result.metric.per, confidence=_WIDER)
    if low[0] <= row["value"] <= high[0]:
        return "no different from average"
    return "outside chance, within the spread of places"


def _bands(result: Result, rows: Sequence[Row], average: float, factor: float) -> tuple[Band, ...]:
    bases = [row["denominator"] for row in rows]
    base = np.linspace(min(bases) * 0.85, max(bases) * 1.08, _POINTS)
    per = result.metric.per
    reach = _adjusted(result, base, average, factor)
    wide = funnel_rate_limits(base, average, per=per, confidence=_WIDER)
    narrow = funnel_rate_limits(base, average, per=per, confidence=0.95)
    named = (
        (
            "Shaded, dotted edge: 99.8% limits adjusted for overdispersion",
            average - reach,
            average + reach,
        ),
        ("Dashed lines: 99.8% limits of chance alone", *wide),
        ("Solid lines: 95% limits of chance alone", *narrow),
    )
    years = _years(result)
    return tuple(
        Band(
            name,
            tuple((base / years).tolist()),
            tuple(np.maximum(low, 0).tolist()),
            tuple(high.tolist()),
        )
        for name, low, high in named
    )


def _years(result: Result) -> float:
    """Denominators are residents times years; this turns them back into residents."""
    first, last = result.period.first_month, result.period.last_month
    return ((last.year - first.year) * 12 + last.month - first.month + 1) / 12


def _series(result: Result, column: str, rows: Sequence[Row], readings: dict[str, str]) -> Series:
    names = [words.name(result, row[column]) for row in rows]
    tones = [apart(readings[str(row[column])], result.metric.better) for row in rows]
    return Series(
        name=words.measure(result),
        x=tuple(row["denominator"] / _years(result) for row in rows),
        y=tuple(row["value"] for row in rows),
        labels=tuple(
            f"{name}: {words.number(result, row['value'])}, {readings[str(row[column])]}"
            for name, row in zip(names, rows, strict=True)
        ),
        tones=tuple(tones),
    )


def _headline(result: Result, readings: dict[str, str]) -> str:
    measure = words.measure(result)
    outside = [words.name(result, code) for code, each in readings.items() if "adjusted" in each]
    if not outside:
        return f"{measure}: no area differs from the average by more than areas usually do"
    verb = "differs" if len(outside) == 1 else "differ"
    return f"{measure}: {words.joined(outside)} {verb} from the average by more than usual"


def _alt(
    result: Result,
    column: str,
    rows: Sequence[Row],
    readings: dict[str, str],
    average: float,
) -> str:
    parts = [
        f"{words.name(result, row[column])} {words.number(result, row['value'])}, "
        f"{readings[str(row[column])]}"
        for row in sorted(rows, key=lambda row: -row["value"])[:12]
    ]
    mean = words.number(result, average)
    return f"Points against residents. Average {mean}. {'; '.join(parts)}."


def _table(
    result: Result,
    column: str,
    rows: Sequence[Row],
    readings: dict[str, str],
    average: float,
    factor: float,
) -> Table:
    form = words.number_format(result)
    per = result.metric.per
    bases = np.array([row["denominator"] for row in rows], dtype=np.float64)
    low, high = funnel_rate_limits(bases, average, per=per, confidence=_WIDER)
    reach = _adjusted(result, bases, average, factor)
    cells = tuple(
        (
            words.name(result, row[column]),
            row["denominator"] / _years(result),
            row["value"],
            average,
            float(low[place]),
            float(high[place]),
            max(0.0, average - float(reach[place])),
            average + float(reach[place]),
            readings[str(row[column])],
        )
        for place, row in enumerate(rows)
    )
    columns = (
        words.sentence(words.dimension(column)),
        "Residents",
        words.sentence(words.unit(result)),
        "Average",
        "99.8% limit, lower",
        "99.8% limit, upper",
        "Adjusted limit, lower",
        "Adjusted limit, upper",
        "Reading",
    )
    return Table(columns, cells, ("", "{:,.0f}", form, form, form, form, form, form, ""))
