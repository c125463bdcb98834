"""Funnel of shares: each place's share against how many it is a share of, round the force's."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

import numpy as np

from dashboard.charts import words
from dashboard.charts.chart import Band, Chart, Level, Series, Table
from dashboard.charts.funnel import apart
from dashboard.metrics.cell_areas import BESIDE_DISTRICTS
from dashboard.metrics.metric import Result
from dashboard.metrics.statistics import funnel_proportion_limits

Row = Mapping[str, Any]

_POINTS: Final = 40
_WIDER: Final = 0.998
_NARROWER: Final = 0.95
_FEWEST: Final = 3
_COLUMNS: Final = ("Out of", "Share, %", "99.8% limit, lower", "99.8% limit, upper", "Reading")


def share_funnel(places: Result, whole: Result) -> Chart:
    """Return shares of places against their bases, with 95% and 99.8% limits of chance.

    The limits lie round the share of the force, `whole`, which is published on its own.
    """
    (column,) = places.by
    rows = [row for row in places.frame.iter_rows(named=True) if _is_drawn(row, column)]
    share = whole.frame["value"][0]
    is_enough = share is not None and len(rows) >= _FEWEST
    drawn = rows if is_enough else []
    baseline = (share or 0.0) / 100
    readings = [_reading(row, baseline) for row in drawn]
    return Chart(
        key=words.key(places, f"funnel by {words.dimension(column)}"),
        form="funnel",
        headline=_headline(places, column, drawn, readings),
        subtitle=f"{words.subject(places)}, by {words.dimension(column)}, against "
        f"{places.metric.noun}, {words.place_and_period(places)}",
        alt=_alt(places, column, drawn, readings),
        table=_table(places, column, drawn, readings, baseline),
        series=(_series(places, column, drawn, readings),) if drawn else (),
        bands=_bands(drawn, baseline) if drawn else (),
        levels=(Level(f"Dashed: {words.HOME_NAME}, {share:.0f}%", share),) if is_enough else (),
        x_title=words.sentence(places.metric.noun),
        y_title=words.sentence(places.metric.unit),
        from_zero=False,
        x_axis="number",
        notes=places.notes,
        **words.facts(places),
    )


def _is_drawn(row: Row, column: str) -> bool:
    return row["value"] is not None and row[column] not in BESIDE_DISTRICTS


def _share(row: Row) -> float:
    return float(100 * row["numerator"] / row["denominator"])


def _reading(row: Row, baseline: float) -> str:
    low, high = funnel_proportion_limits([row["denominator"]], baseline, _WIDER)
    if low[0] <= _share(row) / 100 <= high[0]:
        return "no different from the force"
    return "above the force" if _share(row) / 100 > high[0] else "below the force"


def _headline(result: Result, column: str, rows: Sequence[Row], readings: Sequence[str]) -> str:
    if not rows:
        return f"A funnel needs the shares of {words.count(_FEWEST)} places or more"
    read = list(zip(rows, readings, strict=True))
    sides = {
        side: [words.name(result, row[column]) for row, each in read if each.startswith(side)]
        for side in ("above", "below")
    }
    said = [f"{words.joined(names)} {side}" for side, names in sides.items() if names]
    if not said:
        return f"{result.metric.label}: no district differs from the force by more than chance"
    return f"{result.metric.label}: beyond chance, {'; '.join(said)} the force"


def _alt(result: Result, column: str, rows: Sequence[Row], readings: Sequence[str]) -> str:
    said = [
        f"{words.name(result, row[column])} {_share(row):.1f}%, {reading}"
        for row, reading in zip(rows, readings, strict=True)
    ]
    return f"Points against {result.metric.noun}. {'; '.join(said) or 'None'}."


def _series(result: Result, column: str, rows: Sequence[Row], readings: Sequence[str]) -> Series:
    return Series(
        name=result.metric.label,
        x=tuple(row["denominator"] for row in rows),
        y=tuple(_share(row) for row in rows),
        labels=tuple(
            f"{words.name(result, row[column])}: {_share(row):.1f}%, {reading}"
            for row, reading in zip(rows, readings, strict=True)
        ),
        tones=tuple(apart(each, result.metric.better) for each in readings),
    )


def _bands(rows: Sequence[Row], baseline: float) -> tuple[Band, ...]:
    bases = [row["denominator"] for row in rows]
    base = np.linspace(min(bases) * 0.85, max(bases) * 1.08, _POINTS)
    named = (
        ("Shaded, dotted edge: 99.8% limits of chance", _WIDER),
        ("Dashed lines: 95% limits of chance", _NARROWER),
    )
    return tuple(
        Band(name, tuple(base.tolist()), tuple((100 * low).tolist()), tuple((100 * high).tolist()))
        for name, (low, high) in (
            (name, funnel_proportion_limits(base, baseline, level)) for name, level in named
        )
    )


def _table(
    result: Result, column: str, rows: Sequence[Row], readings: Sequence[str], baseline: float
) -> Table:
    bases = np.array([row["denominator"] for row in rows], dtype=np.float64)
    low, high = funnel_proportion_limits(bases, baseline, _WIDER)
    cells = tuple(
        (
            words.name(result, row[column]),
            row["denominator"],
            _share(row),
            100 * float(low[place]),
            100 * float(high[place]),
            reading,
        )
        for place, (row, reading) in enumerate(zip(rows, readings, strict=True))
    )
    formats = ("", "{:,.0f}", *("{:,.1f}",) * 3, "")
    return Table((words.sentence(words.dimension(column)), *_COLUMNS), cells, formats)
