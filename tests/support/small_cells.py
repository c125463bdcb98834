"""Cells written out by hand, for tests of protection that can be checked on paper."""

from datetime import date
from typing import Any, Final

import polars as pl

from pipelines.protection.areas import AreaTree
from pipelines.protection.index import KEYS
from schemas.cells import Level, Measure, View
from schemas.protection import FLOORS

FORCE_ONLY: Final = AreaTree(force="F", districts=())
FORCE_YEAR: Final[tuple[Level, ...]] = (("force", "year"),)
_YEAR: Final = ("year", date(2025, 10, 1), date(2026, 9, 1))


def measure(
    key: str = "referrals", *, by: tuple[str, ...] = (), part_of: str | None = None
) -> Measure:
    """Return a measure for the force by year, whole and by each of some splits."""
    splits = tuple(View(splits=(split,), levels=FORCE_YEAR) for split in by)
    views = (View(levels=FORCE_YEAR), *splits)
    return Measure(key=key, label=key, table="referrals", views=views, part_of=part_of)


def cell(
    true_count: int,
    *,
    key: str = "referrals",
    splits: tuple[str, ...] = ("", "", "", ""),
    area: tuple[str, str] = ("force", "F"),
    period: tuple[str, date, date] = _YEAR,
    is_structural: bool = False,
    is_rare: bool = False,
) -> dict[str, Any]:
    """Return one cell; `splits` are split_1, value_1, split_2, value_2."""
    named = (*splits, "", "", "", "")[:4]
    keys = dict(zip(KEYS, (key, *named, *area, *period), strict=True))
    return keys | {"true_count": true_count, "is_structural": is_structural, "is_rare": is_rare}


def by_sex(*counts: int, key: str = "referrals") -> list[dict[str, Any]]:
    """Return the parts F, M and so on of the force's year."""
    values = zip("FMXYZ", counts, strict=False)
    return [cell(count, key=key, splits=("sex", value)) for value, count in values]


def frame(*cells: dict[str, Any]) -> pl.DataFrame:
    """Return the cells as one frame."""
    return pl.DataFrame(list(cells))


def told_by(*releases: pl.DataFrame, threshold: int = FLOORS.threshold) -> pl.DataFrame:
    """Return what these releases told, as the next one is held against it."""
    return pl.concat(
        cells.filter(~pl.col("is_structural")).select(
            *KEYS, pl.col("count", "rounding").cast(pl.Int64), threshold=pl.lit(threshold)
        )
        for cells in releases
    )


def shown(published: pl.DataFrame) -> dict[str, int | str]:
    """Return what is shown for each cell, its marker where hidden, by measure and values."""
    return {
        " ".join(word for word in (row["measure"], row["value_1"], row["value_2"]) if word): (
            row["marker"] or row["count"]
        )
        for row in published.iter_rows(named=True)
    }
