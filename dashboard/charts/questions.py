"""Several shares side by side, one bar each: the stages of a case, or what people were asked."""

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from dashboard.charts import words
from dashboard.charts.chart import Cell, Chart, Level, Series, Table
from dashboard.metrics.metric import Result
from dashboard.metrics.targets import target_words

_SHARE: Final = "{:,.0f}"


def questions(results: Mapping[str, Result], *, about: str) -> Chart:
    """Return one bar with its limits for each share by its name, lowest first.

    The shares are of one period and place, each with a whole of its own; `about` says what they
    have in common.
    """
    first = next(iter(results.values()))
    rows = sorted(
        itertools.starmap(_row, results.items()),
        key=lambda row: (row.value is None, row.value or 0.0),
    )
    held = [row for row in rows if row.value is not None]
    units = {words.unit(each) for each in results.values()}
    unit = words.unit(first) if len(units) == 1 else "%"
    return Chart(
        key=words.key(first, about),
        form="bar",
        headline=_headline(held, about, first),
        subtitle=f"{about}, {unit}, {words.place_and_period(first)}; lines show 95% limits",
        alt=_alt(held),
        table=_table(rows),
        series=(_series(held, about),) if held else (),
        levels=_levels(first) if held else (),
        x_title=unit,
        horizontal=True,
        notes=first.notes,
        **words.facts(first),
    )


@dataclass(frozen=True)
class _Row:
    """One share: its name, value, limits and parts, with what a table shows where it is hidden."""

    name: str
    value: float | None
    lower: float | None
    upper: float | None
    cells: tuple[Cell, ...]


def _row(name: str, result: Result) -> _Row:
    (row,) = result.frame.iter_rows(named=True)
    parts = (row["lower"], row["upper"], row["numerator"], row["denominator"])
    return _Row(
        name, row["value"], row["lower"], row["upper"], cells=(name, words.cell(row), *parts)
    )


def _headline(held: Sequence[_Row], about: str, first: Result) -> str:
    if not held:
        return f"{about}: not available for {words.place_and_period(first)}"
    lowest, others = held[0], held[1:]
    near = [row for row in others if not _is_above(row, lowest)]
    value = f"{lowest.value:,.0f}%"
    if len(near) == len(others) and others:
        return f"{about}: no clear difference between the {words.count(len(held))}"
    said = f"{about}: {words.lowered(lowest.name)} is lowest, {value}"
    if not near:
        return said
    names = [words.lowered(row.name) for row in near]
    return f"{said}, with no clear difference from {words.joined(names)}"


def _is_above(row: _Row, lowest: _Row) -> bool:
    """Return whether the limits of two shares lie apart."""
    return row.lower is not None and lowest.upper is not None and row.lower > lowest.upper


def _alt(held: Sequence[_Row]) -> str:
    if not held:
        return "No bars: there is no value for this choice."
    return f"Bars. {'; '.join(f'{row.name} {row.value:,.0f}%' for row in held)}."


def _series(held: Sequence[_Row], about: str) -> Series:
    return Series(
        name=about,
        x=tuple(row.name for row in held),
        y=tuple(row.value for row in held),
        lower=tuple(row.lower for row in held),
        upper=tuple(row.upper for row in held),
        labels=tuple(f"{row.name}: {row.value:,.0f}%" for row in held),
    )


def _levels(first: Result) -> tuple[Level, ...]:
    target = first.metric.target
    if target is None:
        return ()
    return (Level(f"Dash and dot: {target_words(first.metric)}", target, is_target=True),)


def _table(rows: Sequence[_Row]) -> Table:
    columns = ("Question", "%", "95% limit, lower", "95% limit, upper", "Count", "Out of")
    return Table(columns, tuple(row.cells for row in rows), ("", *[_SHARE] * 5))
