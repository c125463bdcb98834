"""Use of capacity: each service against the band in which it should lie."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from dashboard.charts import words
from dashboard.charts.chart import Chart, Level, Series, Table, Tone
from dashboard.metrics.metric import Result

Row = Mapping[str, Any]

LOW, HIGH = 80, 100
"""Below the first places stand empty, above the second workers carry too many."""

_TONES: Final[dict[str, Tone]] = {"above": "third", "within": "main", "below": "context"}


def capacity(result: Result) -> Chart:
    """Return one bar a service, fullest first, with lines at both ends of the band.

    The result is by ("service_id",).
    """
    rows = sorted(result.frame.iter_rows(named=True), key=lambda row: -(row["value"] or 0))
    drawn = [row for row in rows if row["value"] is not None]
    return Chart(
        key=words.key(result, "by service"),
        form="bar",
        headline=_headline(drawn),
        subtitle=f"{words.measure(result)}, % of the contracted caseload, "
        f"{words.place_and_period(result)}, at the end; hatched: below the band",
        alt=_alt(result, drawn),
        table=_table(result, rows),
        series=(_series(result, drawn),) if drawn else (),
        levels=(
            Level(f"Dashed: {LOW}%, below it places stand empty", LOW),
            Level(f"Dashed: {HIGH}%, above it workers carry too many", HIGH),
        ),
        x_title="% of the contracted caseload",
        horizontal=True,
        notes=result.notes,
        **words.facts(result),
    )


def reading(share: float) -> str:
    """Return where a share stands to the band: above, within or below."""
    if share > HIGH:
        return "above"
    return "within" if share >= LOW else "below"


def _headline(drawn: Sequence[Row]) -> str:
    if not drawn:
        return "No use of capacity can be shown"
    said = [reading(row["value"]) for row in drawn]
    parts = [f"{words.count(said.count(where))} {where}" for where in ("above", "within", "below")]
    services = f"{len(drawn)} service{'' if len(drawn) == 1 else 's'}"
    return f"Of {services}, {words.joined(parts)} the band of {LOW} to {HIGH}%"


def _alt(result: Result, drawn: Sequence[Row]) -> str:
    if not drawn:
        return "No bars: there is no value for this choice."
    parts = (
        f"{words.name(result, row['service_id'])} {row['value']:.0f}%, {reading(row['value'])}"
        for row in drawn
    )
    return f"Bars, fullest first, with a band of {LOW} to {HIGH}%. {'; '.join(parts)}."


def _series(result: Result, drawn: Sequence[Row]) -> Series:
    names = tuple(words.name(result, row["service_id"]) for row in drawn)
    return Series(
        name=words.measure(result),
        x=names,
        y=tuple(row["value"] for row in drawn),
        labels=tuple(
            f"{name}: {row['value']:.0f}%" for name, row in zip(names, drawn, strict=True)
        ),
        tones=tuple(_TONES[reading(row["value"])] for row in drawn),
    )


def _table(result: Result, rows: Sequence[Row]) -> Table:
    cells = tuple(
        (
            words.name(result, row["service_id"]),
            row["numerator"],
            row["denominator"],
            words.cell(row),
            "" if row["value"] is None else reading(row["value"]),
        )
        for row in rows
    )
    columns = ("Service", "People in support", "Contracted caseload", "Use, %", "Band")
    return Table(columns, cells, ("", "{:,.0f}", "{:,.0f}", "{:.0f}", ""))
