"""Shares of those who come over shares of those who might: one dot a group, with a line at 1."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from dashboard.charts import against_one, words
from dashboard.charts.against_one import NEITHER
from dashboard.charts.chart import Chart, Level, Table
from dashboard.metrics.metric import Result
from schemas.codes import HIDDEN, NOT_APPLICABLE, NOT_AVAILABLE

Row = Mapping[str, Any]

FEWER: Final = "fewer than expected"
MORE: Final = "more than expected"
_WHY: Final = {
    HIDDEN: f"Hidden to protect people ({HIDDEN})",
    NOT_APPLICABLE: "Unknown answers, which no census counts",
    NOT_AVAILABLE: "No published estimate",
}


def representation(result: Result) -> Chart:
    """Return dots with limits on a scale of ratios, fewest first; open where 1 is within them."""
    (column,) = result.by
    rows: list[Row] = list(result.frame.iter_rows(named=True))
    drawn = sorted((row for row in rows if row["value"]), key=lambda row: row["value"])
    names = [words.name(result, row[column]) for row in drawn]
    readings = [reading(row) for row in drawn]
    return Chart(
        key=words.key(result, f"by {words.dimension(column)}"),
        form="dots",
        headline=_headline(result, column, drawn),
        subtitle=f"{result.metric.label}, by {words.dimension(column)}, "
        f"{words.place_and_period(result)}; lines show limits",
        alt=against_one.alt(result, drawn, names, readings=readings),
        table=_table(result, column, rows),
        series=(against_one.series(result, drawn, names, readings=readings),) if drawn else (),
        levels=(Level("Dashed: 1, in line", 1.0),),
        x_title="Ratio, 1 being in line",
        horizontal=True,
        is_log=True,
        notes=(*_absent(result, column, rows), *result.notes),
        **words.facts(result),
    )


def reading(row: Row) -> str:
    """Return how a ratio with limits reads."""
    return against_one.reading(row, above=MORE, below=FEWER)


def _headline(result: Result, column: str, drawn: Sequence[Row]) -> str:
    if not drawn:
        return f"{result.metric.label}: not available for {words.place(result)}"
    read = {each: [row for row in drawn if reading(row) == each] for each in (FEWER, MORE, NEITHER)}
    parts = [
        f"{said}: {words.listed([words.inside(result, column, row[column]) for row in found])}"
        for said, found in read.items()
        if found and said != NEITHER
    ]
    if not parts:
        return f"{result.metric.label}: no clear difference for any {words.dimension(column)}"
    return ". ".join(map(words.sentence, parts))


def _table(result: Result, column: str, rows: Sequence[Row]) -> Table:
    form = words.number_format(result)
    columns = (
        words.sentence(words.dimension(column)),
        "Ratio",
        "Limit, lower",
        "Limit, upper",
        "Reading",
        f"{words.sentence(result.metric.noun)}, %",
        "Expected share, %",
    )
    cells = tuple(
        (
            words.name(result, row[column]),
            words.cell(row),
            row["lower"],
            row["upper"],
            reading(row) if row["value"] else "",
            row["numerator"],
            row["denominator"],
        )
        for row in rows
    )
    return Table(columns, cells, ("", form, form, form, "", "{:,.1f}", "{:,.1f}"))


def _absent(result: Result, column: str, rows: Sequence[Row]) -> tuple[str, ...]:
    named = {
        why: [words.name(result, row[column]) for row in rows if row["marker"] == marker]
        for marker, why in _WHY.items()
    }
    return tuple(f"{why}: {words.joined(names)}." for why, names in named.items() if names)
