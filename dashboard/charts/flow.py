"""The way from report to recovery as a stepped bar: how many come to each step."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from dashboard.charts import words
from dashboard.charts.chart import Chart, Series, Table, Tone
from dashboard.metrics.journey import STEPS, Part, Step
from dashboard.metrics.metric import Result
from schemas.codes import NOT_APPLICABLE

Row = Mapping[str, Any]

_TONES: Final[dict[Part, Tone]] = {
    "victims of recorded crime": "second",
    "referrals": "main",
    "scores": "third",
}
_BY_KEY: Final = {step.key: step for step in STEPS}
_BY_MEASURE: Final = {step.measure: step for step in STEPS}


def flow(result: Result, *, title: str = "") -> Chart:
    """Return one bar a step, as long as how many came so far; the three parts in three tones.

    The result is by ("step",). `title` names the service where it is about one.
    """
    rows = {_BY_KEY[row["step"]]: row for row in result.frame.iter_rows(named=True)}
    drawn = [step for step, row in rows.items() if row["numerator"] is not None]
    where = (
        f"{title}, {words.place_and_period(result)}" if title else words.place_and_period(result)
    )
    return Chart(
        key=words.key(result, f"by step {title}"),
        form="bar",
        headline=_headline(rows, title or words.place(result)),
        subtitle=f"How many came to each step and, behind the name, their share of the step "
        f"before; {where}",
        alt=_alt(rows),
        table=_table(rows),
        series=(_series(rows, drawn),) if drawn else (),
        x_title="Victims, referrals or scores, rounded",
        horizontal=True,
        notes=(*_hidden(rows, drawn), *result.notes),
        **words.facts(result),
    )


def _series(rows: Mapping[Step, Row], drawn: Sequence[Step]) -> Series:
    return Series(
        name="Came so far",
        x=tuple(_named(step, rows[step]) for step in drawn),
        y=tuple(float(rows[step]["numerator"]) for step in drawn),
        labels=tuple(f"{step.label}: {rows[step]['numerator']:,}" for step in drawn),
        tones=tuple(_TONES[step.part] for step in drawn),
    )


def _named(step: Step, row: Row) -> str:
    share = _share(row)
    return f"{step.label}, {share}" if share else step.label


def _share(row: Row) -> str:
    """Return the share in words, 'at least 95%' where it is a bound; empty where there is none."""
    if row["marker"] == NOT_APPLICABLE:
        return ""
    return str(row["marker"]) if row["value"] is None else f"{row['value']:.0f}%"


def _headline(rows: Mapping[Step, Row], where: str) -> str:
    by_key = {step.key: row["numerator"] for step, row in rows.items()}
    received, started = by_key.get("RECEIVED"), by_key.get("STARTED")
    if not received or started is None:
        return f"How far people came on the way to support in {where}"
    steepest = _steepest(rows)
    led = f"{100 * min(started, received) / received:.0f}% of {received:,} referrals led to support"
    return f"{led}; most fell out before: {words.lowered(steepest.label)}" if steepest else led


def _steepest(rows: Mapping[Step, Row]) -> Step | None:
    """Return the step up to the start of support that the smallest share of those before reach."""
    found = [
        (row["value"], step)
        for step, row in rows.items()
        if step.key in ("CONTACTED", "ASSESSED", "STARTED") and row["value"] is not None
    ]
    return min(found, key=lambda pair: pair[0])[1] if len(found) > 1 else None


def _alt(rows: Mapping[Step, Row]) -> str:
    parts = dict.fromkeys(step.part for step in rows)
    said = (
        f"{words.sentence(part)}: "
        + ", ".join(_said(step, row) for step, row in rows.items() if step.part == part)
        for part in parts
    )
    return f"Bars, one a step, in three parts. {'. '.join(said)}."


def _said(step: Step, row: Row) -> str:
    share = _share(row)
    return f"{words.lowered(step.label)} {_number(row)}{f' ({share})' if share else ''}"


def _number(row: Row) -> str:
    return "hidden" if row["numerator"] is None else f"{row['numerator']:,}"


def _table(rows: Mapping[Step, Row]) -> Table:
    cells = tuple(
        (
            step.label,
            words.sentence(step.part),
            "[c]" if row["numerator"] is None else row["numerator"],
            _share(row) or None,
            _BY_MEASURE[step.whole].label if step.whole else None,
        )
        for step, row in rows.items()
    )
    return Table(
        ("Step", "What is counted", "Came so far", "Share", "Share of"),
        cells,
        ("", "", "{:,.0f}", "", ""),
    )


def _hidden(rows: Mapping[Step, Row], drawn: Sequence[Step]) -> tuple[str, ...]:
    labels = [words.lowered(step.label) for step in rows if step not in drawn]
    return (f"Hidden to protect people: {words.joined(labels)}.",) if labels else ()
