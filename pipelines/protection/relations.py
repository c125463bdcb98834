"""Which cells are parts of which: by area, by time, by split, by provider, and parts of measures.

Everything here is said for series, areas and periods, of which there are few; `equations.py`
carries it over to the cells.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

import polars as pl

from pipelines.protection.areas import AreaTree
from pipelines.protection.index import Index
from schemas.cells import OVERLAPPING, Measure

Dimension = Literal["series", "area", "period"]
PART_OF: Final = "part_of"
OPEN_PART_OF: Final = "part_of, and the rest is no secret"
_MONTHS: Final = {"quarter": 3, "year": 12}


@dataclass(frozen=True)
class Relation:
    """Parts of wholes along one dimension; the other two stay as they are.

    pairs: one row per part: `whole` and `part`, numbers of the dimension; `expected`, how many
        parts a whole has.
    adds_up: parts do not overlap. False: each part is no more than the whole.
    is_fallback: needed only where the cells between whole and part are not published.
    """

    tag: str
    dimension: Dimension
    pairs: pl.DataFrame
    adds_up: bool = True
    is_split: bool = False
    is_fallback: bool = False


def relations(index: Index, menu: tuple[Measure, ...], *, areas: AreaTree) -> tuple[Relation, ...]:
    """Return everything that is known to add up, or to be part of something, in these cells."""
    found = (
        *_area_relations(index.areas, areas),
        *_period_relations(index.periods),
        *_split_relations(index.series, areas),
        *_measure_relations(index.series, menu),
    )
    return tuple(relation for relation in found if len(relation.pairs))


def _area_relations(table: pl.DataFrame, areas: AreaTree) -> Iterator[Relation]:
    number = {tuple(row): place for place, row in enumerate(table.iter_rows())}
    force = ("force", areas.force)
    for tag, children in (
        ("force", {force: [("district", code) for code in areas.districts]}),
        ("partnerships", {force: [("partnership", code) for code in areas.partnerships]}),
        (
            "partnership",
            {
                ("partnership", code): [("district", part) for part in parts]
                for code, parts in areas.partnerships.items()
            },
        ),
    ):
        rows = [
            (number[whole], number[part], len(parts))
            for whole, parts in children.items()
            for part in parts
            if whole in number and part in number
        ]
        # Partnerships leave out districts that stand alone: they never reach the number expected.
        missing = 1 if tag == "partnerships" else 0
        yield Relation(tag, "area", _pairs((w, p, n + missing) for w, p, n in rows))


def _period_relations(table: pl.DataFrame) -> Iterator[Relation]:
    periods = list(table.iter_rows())
    for tag, part_type, length in (("quarters", "quarter", 3), ("months", "month", 1)):
        rows = []
        for whole, (whole_type, first, last) in enumerate(periods):
            if whole_type == part_type or whole_type == "month":
                continue
            expected = _months_between(first, last) // length
            rows += [
                (whole, part, expected)
                for part, (kind, start, end) in enumerate(periods)
                if kind == part_type and first <= start and end <= last
            ]
        is_direct = tag == "quarters"
        near = [row for row in rows if is_direct or periods[row[0]][0] == "quarter"]
        far = [row for row in rows if row not in near]
        yield Relation(tag, "period", _pairs(near))
        yield Relation(f"{tag} of a longer period", "period", _pairs(far), is_fallback=True)


def _months_between(first: date, last: date) -> int:
    return (last.year - first.year) * 12 + last.month - first.month + 1


def _split_relations(table: pl.DataFrame, areas: AreaTree) -> Iterator[Relation]:
    rows = list(table.iter_rows())
    number = {row: place for place, row in enumerate(rows)}
    found: dict[tuple[str, bool, bool], list[tuple[int, int]]] = {}
    for part, (measure, one, value, two, other) in enumerate(rows):
        splits = [(one, value), (two, other)]
        named = [pair for pair in splits if pair[0]]
        for gone in named:
            kept = [pair for pair in named if pair != gone]
            whole = (measure, *(kept[0] if kept else ("", "")), "", "")
            key = (gone[0], gone[0] not in OVERLAPPING, False)
            found.setdefault(key, []).append((number.get(whole, -1), part))
            if gone[0] == "service_id" and gone[1] in areas.providers:
                mine = ("provider_id", areas.providers[gone[1]])
                pair = [mine if each == gone else each for each in splits]
                whole = (measure, *pair[0], *pair[1])
                found.setdefault(("service", True, False), []).append((number.get(whole, -1), part))
        if two:
            whole = (measure, "", "", "", "")
            adds_up = not {one, two} & OVERLAPPING
            found.setdefault((f"{one} and {two}", adds_up, True), []).append(
                (number.get(whole, -1), part)
            )
    for (tag, adds_up, is_fallback), pairs in found.items():
        yield Relation(
            tag,
            "series",
            # All values of a split stand in the grid, so the parts found are all there are.
            _pairs((whole, part, 0) for whole, part in pairs if whole >= 0),
            adds_up=adds_up,
            is_split=not is_fallback and tag != "service",
            is_fallback=is_fallback,
        )


def _measure_relations(table: pl.DataFrame, menu: tuple[Measure, ...]) -> Iterator[Relation]:
    number = {row: place for place, row in enumerate(table.iter_rows())}
    for tag, hides_rest in ((PART_OF, True), (OPEN_PART_OF, False)):
        parents = {
            measure.key: measure.part_of
            for measure in menu
            if measure.part_of and measure.hides_rest == hides_rest
        }
        pairs = [
            (number[(parents[row[0]], *row[1:])], part, 0)
            for row, part in number.items()
            if row[0] in parents and (parents[row[0]], *row[1:]) in number
        ]
        yield Relation(tag, "series", _pairs(pairs), adds_up=False)


def _pairs(rows: object) -> pl.DataFrame:
    schema = {"whole": pl.Int64, "part": pl.Int64, "expected": pl.Int64}
    return pl.DataFrame(list(rows), schema=schema, orient="row")  # type: ignore[call-overload]
