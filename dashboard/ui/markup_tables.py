"""The HTML of tables, for `markup` to write. Everything that is not its own is escaped here."""

from functools import lru_cache
from html import escape
from typing import Final

from dashboard.charts.chart import Cell, Chart, Series, Table
from dashboard.charts.scales import step_of

_NOTHING: Final = "–"


@lru_cache(maxsize=200)
def table(content: Table, name: str, *, folds: bool) -> str:
    """Return a table in a box that scrolls. Roles are named, since rows that fold lose theirs."""
    rows = "".join(_row(row, content, folds=folds) for row in content.rows)
    head = f"<tr{_role('row', folds)}>{_headings(content, folds=folds)}</tr>"
    groups = _role("rowgroup", folds)
    return _box(
        f"<table{_role('table', folds)}><thead{groups}>{head}</thead>"
        f"<tbody{groups}>{rows}</tbody></table>",
        name,
        "wm-folds" if folds else "",
    )


def levels(chart: Chart) -> str:
    """Return a matrix of words, one row a series, tinted by the step on which each value is."""
    columns = chart.series[0].x
    head = "".join(f'<th scope="col">{escape(str(each))}</th>' for each in columns)
    rows = "".join(_level_row(chart, series) for series in chart.series)
    corner = escape(chart.y_title)
    return _box(
        f'<table><thead><tr><th scope="col">{corner}</th>{head}</tr></thead>'
        f"<tbody>{rows}</tbody></table>",
        f"Matrix: {chart.headline}",
        "wm-levels",
    )


def _level_row(chart: Chart, series: Series) -> str:
    steps = (step_of(chart.scale, value) for value in series.y)
    cells = "".join(
        f'<td class="wm-level-{"none" if step is None else step}">{escape(label)}</td>'
        for step, label in zip(steps, series.labels, strict=True)
    )
    return f'<tr><th scope="row">{escape(series.name)}</th>{cells}</tr>'


def _box(inner: str, name: str, kind: str) -> str:
    return (
        f'<div class="{f"wm-scroll {kind}".strip()}" tabindex="0" role="region" '
        f'aria-label="{escape(name)}">{inner}</div>'
    )


def _headings(content: Table, *, folds: bool) -> str:
    role = _role("columnheader", folds)
    return "".join(
        f'<th scope="col"{role}{_alignment(shape)}>{escape(name)}</th>'
        for name, shape in zip(content.columns, content.formats, strict=True)
    )


def _row(row: tuple[Cell, ...], content: Table, *, folds: bool) -> str:
    first, *others = (_shown(*each) for each in zip(row, content.formats, strict=True))
    rest = zip(others, content.columns[1:], content.formats[1:], strict=True)
    cells = "".join(
        f"<td{_role('cell', folds)}{_heading_of(name, folds)}{_alignment(shape)}>{text}</td>"
        for text, name, shape in rest
    )
    start = f'<tr{_role("row", folds)}><th scope="row"{_role("rowheader", folds)}>'
    return f"{start}{first}</th>{cells}</tr>"


def _role(name: str, folds: bool) -> str:
    return f' role="{name}"' if folds else ""


def _heading_of(name: str, folds: bool) -> str:
    return f' data-heading="{escape(name)}"' if folds else ""


def _shown(cell: Cell, shape: str) -> str:
    if cell is None:
        return _NOTHING
    text = shape.format(cell) if shape and not isinstance(cell, str) else str(cell)
    # A long file name or address breaks after an underscore or a stroke, never within a word.
    return escape(text).replace("_", "_<wbr>").replace("/", "/<wbr>")


def _alignment(shape: str) -> str:
    return ' class="wm-figure-cell"' if shape else ""
