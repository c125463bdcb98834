"""Which number each figure and each table of a paper has, and where its table stands."""

from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.report.document_grid import Grid, grid
from dashboard.report.document_text import is_drawn
from dashboard.report.paper import Paper, PaperItem

_MOST_COLUMNS = 13
_MOST_ROWS = 60
_SOME_ROWS = 24
_WIDE = 7


@dataclass(frozen=True)
class Planned:
    """One figure with its number; 0 as `figure` where it is a table only."""

    item: PaperItem
    place: int
    figure: int
    table: int
    grid: Grid

    @property
    def is_wide(self) -> bool:
        """True where the table needs a page on its side."""
        return len(self.grid.headings) > _WIDE

    @property
    def label(self) -> str:
        """'Figure 3', or 'Table 2' of a figure that is a table only."""
        return f"Figure {self.figure}" if self.figure else f"Table {self.table}"


def planned(paper: Paper) -> tuple[Planned, ...]:
    """Return the figures in their order, numbered as they stand.

    Tables that are figures of their own are numbered first; then, in the annex, the tables of
    drawings, those that need a page on its side last.
    """
    tables = [_grid(item) for item in paper.items]
    numbers = _table_numbers(paper.items, tables)
    figures = _running([is_drawn(item.chart) for item in paper.items])
    return tuple(
        Planned(item, place, figure, numbers[place], held)
        for place, (item, figure, held) in enumerate(zip(paper.items, figures, tables, strict=True))
    )


def annexed(them: Sequence[Planned]) -> list[Planned]:
    """Return the drawings in the order in which their tables stand in the annex."""
    return sorted((each for each in them if each.figure), key=lambda each: each.table)


def _grid(item: PaperItem) -> Grid:
    return grid(item.chart, most_columns=_MOST_COLUMNS, most_rows=_MOST_ROWS, some_rows=_SOME_ROWS)


def _running(are_counted: Sequence[bool]) -> list[int]:
    return [
        sum(are_counted[: place + 1]) if is_one else 0 for place, is_one in enumerate(are_counted)
    ]


def _table_numbers(items: Sequence[PaperItem], tables: Sequence[Grid]) -> list[int]:
    def stands(place: int) -> tuple[bool, bool]:
        is_annexed = is_drawn(items[place].chart)
        return is_annexed, is_annexed and len(tables[place].headings) > _WIDE

    order = sorted(range(len(items)), key=stands)
    return [order.index(place) + 1 for place in range(len(items))]
