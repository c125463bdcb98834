"""What differs between two tables of one figure, cell by cell."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from dashboard.charts.chart import Cell, Table

Row = tuple[Cell, ...]
_NUMBERS: Final = "n"
_WORDS: Final = "w"


@dataclass(frozen=True)
class CellChange:
    """One cell that says something else: its row and column, and what it said and says."""

    row: str
    column: str
    old: Cell
    new: Cell

    @property
    def words(self) -> str:
        """The change as one line: 'Redditch, Rate: 80.5 → 81.2 (+0.7)'."""
        return f"{self.row}, {self.column}: {said(self.old)} → {said(self.new)}{self._by()}"

    def _by(self) -> str:
        if not (_is_number(self.old) and _is_number(self.new)):
            return ""
        return f" ({self.new - self.old:+,.10g})"  # type: ignore[operator]


@dataclass(frozen=True)
class Difference:
    """All that differs between two tables: cells, and rows and columns only one of them has."""

    cells: tuple[CellChange, ...] = ()
    rows_gone: tuple[str, ...] = ()
    rows_new: tuple[str, ...] = ()
    columns_gone: tuple[str, ...] = ()
    columns_new: tuple[str, ...] = ()
    is_reordered: bool = False

    @property
    def is_none(self) -> bool:
        """True when the two tables hold the same, in the same order."""
        return self == Difference()

    def lines(self) -> Iterator[str]:
        """Yield everything that differs, one thing a line."""
        yield from (each.words for each in self.cells)
        for words, names in (
            ("Row gone", self.rows_gone),
            ("New row", self.rows_new),
            ("Column gone", self.columns_gone),
            ("New column", self.columns_new),
        ):
            yield from (f"{words}: {name}" for name in names)
        if self.is_reordered:
            yield "The same rows stand in another order"


def compare(old: Table, new: Table) -> Difference:
    """Return what differs; rows are known by their first words, columns by name."""
    place = _named_by(old, new)
    before, after = _by_name(old, place), _by_name(new, place)
    both = [name for name in before if name in after]
    cells = tuple(
        change for name in both for change in _changes(name, old, before[name], new, after[name])
    )
    return Difference(
        cells=cells,
        rows_gone=tuple(name for name in before if name not in after),
        rows_new=tuple(name for name in after if name not in before),
        columns_gone=tuple(each for each in old.columns if each not in new.columns),
        columns_new=tuple(each for each in new.columns if each not in old.columns),
        is_reordered=both != [name for name in after if name in before],
    )


def said(cell: Cell) -> str:
    """Return a cell as words."""
    if cell is None:
        return "nothing"
    if isinstance(cell, date):
        return cell.isoformat()
    return f"{cell:,.10g}" if isinstance(cell, float) else str(cell)


def _changes(name: str, old: Table, before: Row, new: Table, after: Row) -> Iterator[CellChange]:
    values = dict(zip(new.columns, after, strict=True))
    for column, cell in zip(old.columns, before, strict=True):
        # 1 and 1.0 are written apart in what is compared, so they differ here too.
        if column in values and (cell, type(cell)) != (values[column], type(values[column])):
            yield CellChange(name, column, cell, values[column])


def _named_by(*tables: Table) -> slice:
    """Return the cells by which rows are known: as few words as tell them apart.

    They stand at the left, or after numbers there, such as a rank, which changes from one version
    to the next. Where no words tell rows apart, all at the left are taken, one cell at least.
    """
    kinds = [_kinds(table) for table in tables]
    numbers = max(len(each) - len(each.lstrip(_NUMBERS)) for each in kinds)
    for first in dict.fromkeys((numbers, 0)):
        for end in range(first + 1, first + _words(kinds, first) + 1):
            if all(_are_apart(table.rows, slice(first, end)) for table in tables):
                return slice(first, end)
    return slice(0, max(1, _words(kinds, 0)))


def _kinds(table: Table) -> str:
    """Return a letter a column: whether it holds numbers, or words only."""
    columns = zip(*table.rows, strict=True)
    return "".join(_NUMBERS if any(map(_is_number, column)) else _WORDS for column in columns)


def _words(kinds: Sequence[str], first: int) -> int:
    """Return how many columns of words stand next to each other from there on, in each table."""
    return min(len(each[first:]) - len(each[first:].lstrip(_WORDS)) for each in kinds)


def _are_apart(rows: Sequence[Row], place: slice) -> bool:
    return len({row[place] for row in rows}) == len(rows)


def _by_name(table: Table, place: slice) -> dict[str, Row]:
    """Return rows by name; further rows of one name are numbered."""
    met: Counter[str] = Counter()
    named: dict[str, Row] = {}
    for row in table.rows:
        name = ", ".join(map(said, row[place]))
        met[name] += 1
        named[name if met[name] == 1 else f"{name} ({met[name]})"] = row
    return named


def _is_number(cell: Cell) -> bool:
    return isinstance(cell, int | float) and not isinstance(cell, bool)
