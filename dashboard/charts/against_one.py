"""Ratios beside the line at 1: the dots, and the words that stand for them."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from dashboard.charts import words
from dashboard.charts.chart import Series
from dashboard.metrics.metric import Result

Row = Mapping[str, Any]

NEITHER: Final = "no clear difference"


def reading(row: Row, *, above: str, below: str) -> str:
    """Return how a ratio with limits reads: there is a difference where 1 is not within them."""
    if row["lower"] > 1:
        return above
    return below if row["upper"] < 1 else NEITHER


def series(
    result: Result, rows: Sequence[Row], names: Sequence[str], *, readings: Sequence[str]
) -> Series:
    """Return one dot a row with its limits, open where there is no clear difference."""
    return Series(
        name=words.measure(result),
        x=tuple(names),
        y=tuple(row["value"] for row in rows),
        lower=tuple(row["lower"] for row in rows),
        upper=tuple(row["upper"] for row in rows),
        labels=tuple(
            f"{name}, {read}: {words.number(result, row['value'])}"
            for name, read, row in zip(names, readings, rows, strict=True)
        ),
        tones=tuple("context" if read == NEITHER else "main" for read in readings),
    )


def alt(
    result: Result, rows: Sequence[Row], names: Sequence[str], *, readings: Sequence[str]
) -> str:
    """Return the words for those who cannot see the dots: each name, ratio and reading."""
    if not rows:
        return "No dots: there is no value for this choice."
    parts = [
        f"{name} {words.number(result, row['value'])} ({read})"
        for name, read, row in zip(names, readings, rows, strict=True)
    ]
    return f"Dots with limits, {words.unit(result)}. {'; '.join(parts)}."
