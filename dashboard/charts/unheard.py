"""Who is not heard: groups whose people answer less often than people over all."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from dashboard.charts import words
from dashboard.charts.bars import Row, bars
from dashboard.charts.chart import Chart, Level
from dashboard.metrics.cell_areas import BESIDE_DISTRICTS
from dashboard.metrics.metric import Result

_NAMED: Final = 4


def unheard(parts: Result, whole: Result) -> Chart:
    """Return the bars of answers by group, with the level over all; the finding is who is low."""
    chart = bars(parts)
    (overall,) = whole.frame["value"]
    if overall is None:
        return chart
    level = Level(f"Dashed: over all, {words.number(whole, overall)}", overall)
    low = _below(parts, overall)
    (column,) = parts.by
    return replace(
        chart,
        headline=_headline(parts, low, column, overall),
        alt=f"{chart.alt} Over all: {words.number(whole, overall)}.",
        levels=(level,),
    )


def _below(parts: Result, overall: float) -> list[Row]:
    """Return the groups whose limits lie below the level over all, the lowest first."""
    (column,) = parts.by
    rows = [
        row
        for row in parts.frame.iter_rows(named=True)
        if row["upper"] is not None
        and row["upper"] < overall
        and row[column] not in BESIDE_DISTRICTS
    ]
    return sorted(rows, key=lambda row: row["value"])


def _headline(parts: Result, low: Sequence[Row], column: str, overall: float) -> str:
    level = words.number(parts, overall)
    kind = words.dimension(column)
    if not low:
        return f"No {kind} is clearly heard less often than all ({level} {words.unit(parts)})"
    named = [
        f"{words.name(parts, row[column])} ({words.number(parts, row['value'])})"
        for row in low[:_NAMED]
    ]
    more = len(low) - _NAMED
    others = f", and {words.count(more)} more" if more > 0 else ""
    listed = ", ".join(named) if others else words.joined(named)
    return f"Heard less often than all ({level} {words.unit(parts)}): {listed}{others}"
