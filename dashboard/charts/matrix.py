"""Matrix: places by crime types, a figure in every cell, shaded against the average."""

from collections.abc import Sequence

from dashboard.charts import averages, scales, words
from dashboard.charts.bars import Row
from dashboard.charts.chart import Cell, Chart, Series, Table
from dashboard.metrics.metric import Result
from schemas.codes import SPECIAL_AREA_NAMES

Cells = dict[tuple[str, str], Row]


def matrix(result: Result) -> Chart:
    """Return a matrix of the first dimension (columns) by the second (rows), with an average.

    Cells hold the figure; the shade says how it stands to the average of its row. Places that
    are no places are left to the table's last columns, unshaded.
    """
    column, row = result.by
    cells: Cells = {(each[row], each[column]): each for each in result.frame.iter_rows(named=True)}
    across = _distinct(result, column)
    down = _distinct(result, row)
    drawn = [code for code in across if code not in SPECIAL_AREA_NAMES]
    means = {code: _mean(result, [cells[code, each] for each in drawn]) for code in down}
    top = _furthest(cells, drawn, down, means)
    series = tuple(_series(result, cells, code, drawn, means[code]) for code in down)
    return Chart(
        key=words.key(result, f"by {words.dimension(column)} and {words.dimension(row)}"),
        form="matrix",
        headline=_headline(result, cells, top),
        subtitle=f"{words.subject(result)}, {words.place_and_period(result)}; shade: "
        f"against the {averages.words_for(result)} for that {words.dimension(row)}",
        alt=_alt(result, cells, top, means),
        table=_table(result, cells, across, down, means),
        series=series if drawn else (),
        scale=scales.AGAINST_AVERAGE,
        notes=(*_unshaded_note(result, means), *result.notes),
        **words.facts(result),
    )


def _distinct(result: Result, column: str) -> list[str]:
    return [str(code) for code in result.frame[column].unique(maintain_order=True)]


def _mean(result: Result, rows: Sequence[Row]) -> float | None:
    held = [row for row in rows if row["value"] is not None]
    if len(held) < len(rows) or not held:
        return None
    if result.metric.kind == "count":
        return float(sum(row["value"] for row in held) / len(held))
    base = sum(row["denominator"] for row in held)
    return float(result.metric.per * sum(row["numerator"] for row in held) / base)


def _series(
    result: Result,
    cells: Cells,
    code: str,
    drawn: Sequence[str],
    mean: float | None,
) -> Series:
    rows = [cells[code, each] for each in drawn]
    return Series(
        name=words.name(result, code),
        x=tuple(words.name(result, each) for each in drawn),
        y=tuple(_against(row["value"], mean) for row in rows),
        labels=tuple(
            row["marker"] if row["value"] is None else words.number(result, row["value"])
            for row in rows
        ),
    )


def _against(value: float | None, mean: float | None) -> float | None:
    return None if value is None or not mean else value / mean


def _furthest(
    cells: Cells,
    drawn: Sequence[str],
    down: Sequence[str],
    means: dict[str, float | None],
) -> tuple[str, str] | None:
    """The cell furthest above its row's average whose lower limit is above it too."""
    clear = {
        (code, each): cells[code, each]["value"] - mean
        for code in down
        for each in drawn
        if (mean := means[code]) and (cells[code, each]["lower"] or 0) > mean
    }
    return max(clear, key=lambda cell: clear[cell]) if clear else None


def _headline(result: Result, cells: Cells, top: tuple[str, str] | None) -> str:
    if top is None:
        return "No place stands clearly above the average for any type"
    kind, area = (words.name(result, code) for code in top)
    value = words.number(result, cells[top]["value"])
    return f"Furthest above average: {words.lowered(kind)} in {area}, {value}"


def _alt(
    result: Result,
    cells: Cells,
    top: tuple[str, str] | None,
    means: dict[str, float | None],
) -> str:
    start = "Matrix of figures, one row a type and one column a place."
    if top is None:
        return f"{start} No figure stands clearly above its row's average."
    kind, area = (words.name(result, code) for code in top)
    value = words.quantity(result, cells[top]["value"])
    mean = words.number(result, means[top[0]])
    return f"{start} Furthest above average: {kind} in {area}, {value}; average {mean}."


def _table(
    result: Result,
    cells: Cells,
    across: Sequence[str],
    down: Sequence[str],
    means: dict[str, float | None],
) -> Table:
    form = words.number_format(result)
    names = [words.name(result, each) for each in across]
    rows: list[tuple[Cell, ...]] = [
        (
            words.name(result, code),
            *(words.cell(cells[code, each]) for each in across),
            means[code],
        )
        for code in down
    ]
    first = words.sentence(words.dimension(result.by[1]))
    mean_form = "{:,.1f}" if result.metric.kind == "count" else form
    return Table((first, *names, "Average"), tuple(rows), ("", *[form] * len(across), mean_form))


def _unshaded_note(result: Result, means: dict[str, float | None]) -> tuple[str, ...]:
    if all(mean is not None for mean in means.values()):
        return ()
    row = words.dimension(result.by[1])
    return (f"A {row} of which a figure is hidden or missing has no average, and so no shade.",)
