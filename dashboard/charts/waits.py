"""Waits: the median and the ninetieth percentile of each service or way in, side by side."""

from collections.abc import Mapping, Sequence
from typing import Any

from dashboard.charts import words
from dashboard.charts.chart import Chart, Series, Table, Tone
from dashboard.metrics.metric import Result

Row = Mapping[str, Any]
Pair = tuple[Row, Row | None]


def waits(median: Result, ninetieth: Result, *, allowed: Mapping[str, int] | None = None) -> Chart:
    """Return two dots a row, the longest median first.

    Both results are of one wait, by the same dimension. `allowed`: working days that a contract
    gives, by code; the table then says them beside the waits.
    """
    (column,) = median.by
    slow = {row[column]: row for row in ninetieth.frame.iter_rows(named=True)}
    pairs = [(row, slow.get(row[column])) for row in median.frame.iter_rows(named=True)]
    drawn = sorted(
        (pair for pair in pairs if pair[0]["value"] is not None),
        key=lambda pair: (-pair[0]["value"], -(_value(pair[1]) or 0)),
    )
    hidden = [pair for pair in pairs if pair[0]["value"] is None]
    label = median.metric.label.removesuffix(", median")
    return Chart(
        key=words.key(median, f"by {words.dimension(column)}"),
        form="dots",
        headline=_headline(median, label, drawn, column),
        subtitle=f"{label}, working days, by {words.dimension(column)}, "
        f"{words.place_and_period(median)}",
        alt=_alt(median, drawn, column),
        table=_table(median, [*drawn, *hidden], column, allowed),
        series=_series(median, drawn, column) if drawn else (),
        x_title="Working days",
        horizontal=True,
        notes=(*_hidden_note(column, len(hidden)), *median.notes),
        **words.facts(median),
    )


def _value(row: Row | None) -> float | None:
    return None if row is None else row["value"]


def _headline(result: Result, label: str, drawn: Sequence[Pair], column: str) -> str:
    if not drawn:
        return f"{label}: hidden to protect people"
    longest, shortest = drawn[0][0], drawn[-1][0]
    most, least = f"{longest['value']:.0f}", f"{shortest['value']:.0f}"
    if most == least:
        return f"{label}: a median of {most} working days everywhere"
    name = words.name(result, longest[column])
    # Services have names of their own, which keep their capital.
    who = name if column == "service_id" else words.lowered(name)
    return f"{label}: longest for {who}, a median of {most} working days; shortest {least}"


def _alt(result: Result, drawn: Sequence[Pair], column: str) -> str:
    if not drawn:
        return "No dots: there is no value for this choice."
    parts = (
        f"{words.name(result, one[column])} {_days(one)} and {_days(other)}" for one, other in drawn
    )
    return f"Two dots a row, median and 90th percentile, working days. {'; '.join(parts)}."


def _days(row: Row | None) -> str:
    value = _value(row)
    return "hidden" if value is None else f"{value:.0f}"


def _series(result: Result, drawn: Sequence[Pair], column: str) -> tuple[Series, ...]:
    kinds: tuple[tuple[str, Tone], ...] = (("Median", "main"), ("90th percentile", "second"))
    names = tuple(words.name(result, one[column]) for one, _ in drawn)
    return tuple(
        Series(
            name=name,
            x=names,
            y=tuple(_value(pair[place]) for pair in drawn),
            tone=tone,
            labels=tuple(
                f"{each}, {name.lower()}: {_days(pair[place])}"
                for each, pair in zip(names, drawn, strict=True)
            ),
        )
        for place, (name, tone) in enumerate(kinds)
    )


def _table(
    result: Result, pairs: Sequence[Pair], column: str, allowed: Mapping[str, int] | None
) -> Table:
    columns: tuple[str, ...] = (
        words.sentence(words.dimension(column)),
        "Median, working days",
        "90th percentile, working days",
    )
    rows = tuple(
        (
            words.name(result, one[column]),
            words.cell(one),
            None if other is None else words.cell(other),
            *([] if allowed is None else [allowed.get(one[column])]),
        )
        for one, other in pairs
    )
    if allowed is not None:
        columns = (*columns, "Days by contract")
    return Table(columns, rows, ("", *["{:.0f}"] * (len(columns) - 1)))


def _hidden_note(column: str, how_many: int) -> tuple[str, ...]:
    if not how_many:
        return ()
    noun = words.dimension(column, several=how_many > 1)
    return (f"{words.sentence(words.count(how_many))} {noun} too small to be shown.",)
