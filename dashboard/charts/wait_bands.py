"""People who wait, by how long they have waited: in the order of the bands."""

from collections.abc import Mapping, Sequence
from typing import Any

from dashboard.charts import words
from dashboard.charts.chart import Chart, Series, Table
from dashboard.metrics.metric import Result

Row = Mapping[str, Any]


def wait_bands(result: Result) -> Chart:
    """Return one bar a band, the shortest wait first. The result is by ("wait_band",)."""
    rows = list(result.frame.iter_rows(named=True))
    drawn = [row for row in rows if row["value"] is not None]
    month = words.month(result.period.last_month)
    return Chart(
        key=words.key(result, "by length of wait"),
        form="bar",
        headline=_headline(result, drawn, month),
        subtitle=f"{words.measure(result)} by days since acceptance, {words.place(result)}, "
        f"end of {month}",
        alt=_alt(result, drawn),
        table=_table(result, rows),
        series=(_series(result, drawn),) if drawn else (),
        x_title="People",
        horizontal=True,
        notes=(*_hidden(result, rows), *result.notes),
        **words.facts(result),
    )


def _named(result: Result, row: Row) -> str:
    return words.name(result, row["wait_band"])


def _headline(result: Result, drawn: Sequence[Row], month: str) -> str:
    if not drawn:
        return f"How long people waited at the end of {month} is hidden to protect them"
    most = max(drawn, key=lambda row: float(row["value"]))
    name = words.lowered(_named(result, most))
    return f"At the end of {month} most of those waiting had waited {name}: {most['value']:,.0f}"


def _alt(result: Result, drawn: Sequence[Row]) -> str:
    if not drawn:
        return "No bars: every band is hidden to protect people."
    parts = (f"{_named(result, row)} {row['value']:,.0f}" for row in drawn)
    return f"Bars, the shortest wait first. {'; '.join(parts)}."


def _series(result: Result, drawn: Sequence[Row]) -> Series:
    names = tuple(_named(result, row) for row in drawn)
    return Series(
        name=words.measure(result),
        x=names,
        y=tuple(row["value"] for row in drawn),
        labels=tuple(
            f"{name}: {row['value']:,.0f}" for name, row in zip(names, drawn, strict=True)
        ),
    )


def _table(result: Result, rows: Sequence[Row]) -> Table:
    cells = tuple((_named(result, row), words.cell(row)) for row in rows)
    return Table(("Waited", "People"), cells, ("", "{:,.0f}"))


def _hidden(result: Result, rows: Sequence[Row]) -> tuple[str, ...]:
    names = [words.lowered(_named(result, row)) for row in rows if row["value"] is None]
    return (f"Hidden to protect people: {words.joined(names)}.",) if names else ()
