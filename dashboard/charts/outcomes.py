"""Outcomes: the shares of offences with each group of outcomes, as stacked bars."""

from collections.abc import Mapping
from datetime import date
from typing import Final

from dashboard.charts import words
from dashboard.charts.bars import Row
from dashboard.charts.chart import Chart, Series, Table, Tone
from dashboard.metrics.metric import Result
from schemas.codes import OUTCOME_GROUPS

_DRAWN: Final[tuple[tuple[str, Tone, tuple[str, ...]], ...]] = (
    ("Charged or sent to court", "main", ("Charged or sent to court",)),
    (
        "Dealt with another way",
        "second",
        ("Dealt with out of court", "Not in the public interest"),
    ),
    ("Unable to prosecute suspect", "third", ("Unable to prosecute suspect",)),
    ("No suspect identified", "fourth", ("No suspect identified",)),
    ("No outcome yet", "context", ("No outcome yet",)),
)
"""What is drawn: four series and grey; the table keeps every group apart."""

_NOTE: Final = (
    "Dealt with another way: out of court, or not in the public interest; the table keeps them "
    "apart."
)


def outcomes(result: Result) -> Chart:
    """Return stacked shares of outcome groups, one bar a crime type or month, largest last."""
    column, _ = result.by
    bars = _bars(result, column)
    names = {code: _name(result, code) for code in bars}
    drawn = {code: rows for code, rows in bars.items() if _is_complete(rows)}
    return Chart(
        key=words.key(result, f"by {words.dimension(column)}"),
        form="stacked_bar",
        headline=_headline(result, drawn),
        subtitle=f"Share of offences with each last outcome, {words.place_and_period(result)}",
        alt=_alt(result, drawn),
        table=_table(result, column, bars, names),
        series=tuple(_series(result, drawn, names, drawing=each) for each in _DRAWN if drawn),
        horizontal=True,
        notes=(_NOTE, *result.notes),
        **words.facts(result),
    )


Bars = dict[object, dict[str, Row]]


def _bars(result: Result, column: str) -> Bars:
    """For each bar, in the result's order, its rows by outcome group."""
    bars: Bars = {}
    for row in result.frame.iter_rows(named=True):
        bars.setdefault(row[column], {})[row["outcome_group"]] = row
    return bars


def _is_complete(rows: Mapping[str, Row]) -> bool:
    return all(row["value"] is not None for row in rows.values())


def _series(
    result: Result,
    drawn: Bars,
    names: dict[object, str],
    *,
    drawing: tuple[str, Tone, tuple[str, ...]],
) -> Series:
    name, tone, groups = drawing
    shares = tuple(_share(rows, groups) for rows in drawn.values())
    return Series(
        name=name,
        x=tuple(names[code] for code in drawn),
        y=shares,
        tone=tone,
        labels=tuple(
            f"{names[code]}, {words.lowered(name)}: {share:.1f}%"
            for code, share in zip(drawn, shares, strict=True)
        ),
    )


def _share(rows: Mapping[str, Row], groups: tuple[str, ...]) -> float:
    return float(sum(rows[group]["value"] for group in groups if group in rows))


def _whole(drawn: Bars, group: str) -> float | None:
    """The share of a group over all bars: offences counted, then divided."""
    rows = [bar[group] for bar in drawn.values() if group in bar]
    base = sum(row["denominator"] for row in rows)
    return 100 * sum(row["numerator"] for row in rows) / base if base else None


def _headline(result: Result, drawn: Bars) -> str:
    shares = {group: _whole(drawn, group) for group in OUTCOME_GROUPS}
    known = {group: share for group, share in shares.items() if share is not None}
    if not known:
        return f"Outcomes are not available for {words.place_and_period(result)}"
    top = max(known, key=lambda group: known[group])
    charged = known.get("Charged or sent to court", 0.0)
    return f"{top}: {known[top]:.1f}% of offences; charged or sent to court: {charged:.1f}%"


def _alt(result: Result, drawn: Bars) -> str:
    if not drawn:
        return "No bars: there is no value for this choice."
    shares = [(group, _whole(drawn, group)) for group in OUTCOME_GROUPS]
    parts = [f"{words.lowered(group)} {share:.1f}%" for group, share in shares if share is not None]
    return f"Stacked bars of outcomes. All together: {', '.join(parts)}."


def _table(result: Result, column: str, bars: Bars, names: dict[object, str]) -> Table:
    whole = {code: rows for code, rows in bars.items() if _is_complete(rows)}
    rows = [
        (
            names[code],
            *(words.cell(bar[group]) if group in bar else None for group in OUTCOME_GROUPS),
            next(iter(bar.values()))["denominator"],
        )
        for code, bar in bars.items()
    ]
    together = (
        "All together",
        *(_whole(whole, group) for group in OUTCOME_GROUPS),
        sum(next(iter(bar.values()))["denominator"] for bar in whole.values()),
    )
    columns = (words.sentence(words.dimension(column)), *OUTCOME_GROUPS, "Offences")
    formats = ("", *["{:,.1f}"] * len(OUTCOME_GROUPS), "{:,.0f}")
    return Table(columns, (*rows, together), formats)


def _name(result: Result, code: object) -> str:
    return words.month(code) if isinstance(code, date) else words.name(result, code)
