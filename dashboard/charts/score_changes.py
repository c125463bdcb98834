"""Mean changes in score with their 95% limits, one dot a tool and what it is about."""

from collections.abc import Mapping, Sequence
from typing import Any

from dashboard.charts import words
from dashboard.charts.chart import Chart, Level, Series, Table, Tone
from dashboard.metrics.metric import Result
from schemas.supplied.outcome_score import TOOLS

Row = Mapping[str, Any]


def score_changes(result: Result) -> Chart:
    """Return a dot for each scale, those of one tool together; open where no change is clear.

    The result is by ("scale",). Points of two tools are not held against each other.
    """
    tools = [*TOOLS]
    rows = sorted(
        result.frame.iter_rows(named=True),
        key=lambda row: (tools.index(_tool(row)), -(row["value"] or 0)),
    )
    drawn = [row for row in rows if row["value"] is not None]
    return Chart(
        key=words.key(result, "by tool"),
        form="dots",
        headline=_headline(drawn),
        subtitle=f"{words.measure(result)}, in points of each tool, "
        f"{words.place_and_period(result)}; lines show 95% limits",
        alt=_alt(result, drawn),
        table=_table(result, rows),
        series=(_series(result, drawn),) if drawn else (),
        levels=(Level("Dashed: no change", 0.0),),
        x_title="Points of each tool, more is better: never held against another tool",
        horizontal=True,
        notes=(*_hidden(len(rows) - len(drawn)), *result.notes),
        **words.facts(result),
    )


def _tool(row: Row) -> str:
    return str(row["scale"]).partition(".")[0]


def _is_clear(row: Row) -> bool:
    return bool(row["lower"] > 0 or row["upper"] < 0)


def _headline(drawn: Sequence[Row]) -> str:
    if not drawn:
        return "No mean change in score can be shown: too few pairs of scores"
    better = sum(row["lower"] > 0 for row in drawn)
    if better == len(drawn):
        return f"Scores were clearly better at exit on all {len(drawn)} scales shown"
    count = words.sentence(words.count(better))
    return f"{count} of {len(drawn)} scales clearly better at exit"


def _said(row: Row) -> str:
    return f"{row['value']:+.1f} ({row['lower']:+.1f} to {row['upper']:+.1f})"


def _alt(result: Result, drawn: Sequence[Row]) -> str:
    if not drawn:
        return "No dots: there is no value for this choice."
    parts = (f"{words.name(result, row['scale'])} {_said(row)}" for row in drawn)
    return f"Dots with 95% limits, points for the better. {'; '.join(parts)}."


def _series(result: Result, drawn: Sequence[Row]) -> Series:
    names = tuple(words.name(result, row["scale"]) for row in drawn)
    tones: tuple[Tone, ...] = tuple("main" if _is_clear(row) else "context" for row in drawn)
    return Series(
        name=words.measure(result),
        x=names,
        y=tuple(row["value"] for row in drawn),
        lower=tuple(row["lower"] for row in drawn),
        upper=tuple(row["upper"] for row in drawn),
        labels=tuple(
            f"{name}: {row['value']:+.1f}" for name, row in zip(names, drawn, strict=True)
        ),
        tones=tones,
    )


def _table(result: Result, rows: Sequence[Row]) -> Table:
    cells = tuple(
        (words.name(result, row["scale"]), words.cell(row), row["lower"], row["upper"])
        for row in rows
    )
    columns = (
        "What it is about (tool)",
        "Mean change, points",
        "95% limit, lower",
        "95% limit, upper",
    )
    return Table(columns, cells, ("", "{:+.1f}", "{:+.1f}", "{:+.1f}"))


def _hidden(how_many: int) -> tuple[str, ...]:
    if not how_many:
        return ()
    noun = "scale has" if how_many == 1 else "scales have"
    return (f"{words.sentence(words.count(how_many))} {noun} too few pairs to be shown.",)
