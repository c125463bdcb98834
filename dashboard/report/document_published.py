"""A chart with the numbers of its table: what can be opened and read must not say more."""

import math
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from dashboard.charts.chart import Band, Cell, Chart, Series

_DECIMALS: Final = range(6, -5, -1)
"""From the finest that a table gives to tens of thousands."""

_HALF: Final = 0.5


def as_published(chart: Chart) -> Chart:
    """Return the chart with each value as its table gives it, rounded where the table is.

    A drawing may use a finer number than is published, since none can be read off it. In a chart
    that opens to edit it could be. What the table does not give, such as an index or an end of an
    expected range, keeps four figures.
    """
    rows = _rows_by_name(chart)
    whole = _numbers([cell for row in chart.table.rows for cell in row])
    return replace(
        chart,
        series=tuple(_given(each, rows, whole, chart) for each in chart.series),
        bands=tuple(_given_band(each, whole) for each in chart.bands),
        levels=tuple(replace(each, value=_same(each.value, whole)) for each in chart.levels),
    )


def _rows_by_name(chart: Chart) -> dict[str, list[float]]:
    """Return the numbers of the table's rows by each text in them."""
    held: dict[str, list[float]] = {}
    for row in chart.table.rows:
        numbers = _numbers(row)
        for cell in row:
            if not isinstance(cell, int | float):
                held.setdefault(str(cell), []).extend(numbers)
    return held


def _given_band(band: Band, whole: Sequence[float]) -> Band:
    lower, upper = (tuple(_same(end, whole) for end in ends) for ends in (band.lower, band.upper))
    return replace(band, lower=lower, upper=upper)


def _given(
    series: Series, rows: dict[str, list[float]], whole: Sequence[float], chart: Chart
) -> Series:
    # The table of small panels gives counts, while they are drawn against their own average.
    is_index = chart.form == "multiples"
    known = [[] if is_index else rows.get(str(name), whole) for name in series.x]

    def given(values: Sequence[float | None]) -> tuple[float | None, ...]:
        return tuple(
            None if value is None else _as_shown(value, numbers)
            for value, numbers in zip(values, known, strict=False)
        )

    return replace(series, y=given(series.y), lower=given(series.lower), upper=given(series.upper))


def _numbers(cells: Sequence[Cell]) -> list[float]:
    return [float(cell) for cell in cells if isinstance(cell, int | float)]


def _same(value: float, numbers: Sequence[float]) -> float:
    """Return the number of the table that this one is, else four figures of it."""
    four = float(f"{value:.4g}")
    return next((each for each in numbers if math.isclose(each, value)), four)


def _as_shown(value: float, numbers: Sequence[float]) -> float:
    """Return the number of the table that this one is, or rounds to: the finest there is."""
    same = _same(value, numbers)
    if same in numbers:
        return same
    rounded = [round(value, places) for places in _DECIMALS]
    # What is not nothing is never shown as nothing.
    near = [each for each in rounded if each or abs(value) <= _HALF]
    return next((each for each in near if each in numbers), same)
