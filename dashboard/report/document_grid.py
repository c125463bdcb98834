"""A chart's table as a page can hold it: in texts, turned or cut where it is too large."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from dashboard.charts.chart import Chart, Table
from dashboard.report.document_text import one_line, shown

_LONGEST_WORD: Final = 22
_LONGEST_LINE: Final = 44
_PADDING: Final = 3


@dataclass(frozen=True)
class Grid:
    """A table in texts: headings, rows, which columns hold figures, what was left out."""

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    are_figures: tuple[bool, ...]
    left_out: str = ""

    def widths(self, capacity: int) -> tuple[float, ...]:
        """Return each column's share of a width that holds so many characters.

        Every column gets room for its longest word; what is left goes to those whose texts would
        have to wrap.
        """
        columns = list(zip(self.headings, *self.rows, strict=True))
        least = [min(_longest_word(column), _LONGEST_WORD) + _PADDING for column in columns]
        # A heading may take two lines.
        lengths = [max([len(head) // 2, *map(len, cells)]) for head, *cells in columns]
        wanted = [
            max(few, min(length, _LONGEST_LINE) + _PADDING)
            for few, length in zip(least, lengths, strict=True)
        ]
        spare = max(0, capacity - sum(least))
        more = [want - few for want, few in zip(wanted, least, strict=True)]
        part = min(1.0, spare / (sum(more) or 1))
        got = [few + part * extra for few, extra in zip(least, more, strict=True)]
        return tuple(each / sum(got) for each in got)


def grid(chart: Chart, *, most_columns: int, most_rows: int, some_rows: int) -> Grid:
    """Return the table, turned where it is wider than long and than a page, then cut.

    A table of more than `most_rows` is cut to `some_rows`: its first, or by month its latest. What
    is cut is said.
    """
    whole = _in_texts(chart.table)
    if most_columns < len(whole.headings) and len(whole.rows) < most_columns:
        whole = _turned(whole)
    columns = min(most_columns, len(whole.headings))
    count = len(whole.rows) if len(whole.rows) <= most_rows else some_rows
    is_by_month = chart.x_axis == "month"
    rows = whole.rows[-count:] if is_by_month else whole.rows[:count]
    return Grid(
        whole.headings[:columns],
        tuple(row[:columns] for row in rows),
        whole.are_figures[:columns],
        _left_out(whole, count, columns, which="latest" if is_by_month else "first"),
    )


def _in_texts(table: Table) -> Grid:
    rows = tuple(
        tuple(shown(cell, form) for cell, form in zip(row, table.formats, strict=True))
        for row in table.rows
    )
    # A month is a text to the reader, though it has a format.
    are_figures = tuple(bool(form) and "%" not in form for form in table.formats)
    return Grid(tuple(map(one_line, table.columns)), rows, are_figures)


def _turned(whole: Grid) -> Grid:
    turned = tuple(zip(whole.headings, *whole.rows, strict=True))
    headings, rows = turned[0], turned[1:]
    return Grid(headings, rows, (False, *(True for _ in whole.rows)))


def _left_out(whole: Grid, rows: int, columns: int, *, which: str) -> str:
    said = [
        f"the {which_ones} {shown_count} of {count:,} {name}"
        for which_ones, shown_count, count, name in (
            (which, rows, len(whole.rows), "rows"),
            ("first", columns, len(whole.headings), "columns"),
        )
        if shown_count < count
    ]
    if not said:
        return ""
    return f"Shown: {' and '.join(said)}. The download of this figure on the dashboard holds all."


def _longest_word(texts: Sequence[str]) -> int:
    return max((len(word) for text in texts for word in text.split()), default=1)


def lines_of(held: Grid) -> list[str]:
    """Return one line of words a row: 'Redditch: Rate 64.0; Count 6,400'."""
    return [_said(held.headings, row) for row in held.rows]


def _said(headings: Sequence[str], row: Sequence[str]) -> str:
    pairs = zip(headings[1:], row[1:], strict=True)
    return f"{row[0]}: " + "; ".join(f"{name} {text}" for name, text in pairs)
