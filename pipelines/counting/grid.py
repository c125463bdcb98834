"""The grid: every cell that is published, whether or not anybody is in it."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import product

import polars as pl

from pipelines.counting.events import Covered, Rows
from pipelines.counting.periods import periods
from pipelines.protection.areas import AreaTree
from pipelines.protection.index import AREA, KEYS
from schemas.cells import Measure, View
from schemas.menu.values import SPLIT_CODES

Values = Mapping[str, tuple[str, ...]]


def split_values(rows: Rows) -> Values:
    """Return the values of each split; providers and services as the directory has them.

    A service that left the directory keeps its cells as long as rows speak of it, so that
    services still add up to the whole.
    """
    found = {split: tuple(codes) for split, codes in SPLIT_CODES.items()}
    tables = [rows[name] for name in ("providers", "services", "referrals", "provider_returns")]
    for split in ("provider_id", "service_id"):
        named = [table[split] for table in tables if split in table.columns]
        found[split] = tuple(pl.concat(named).drop_nulls().unique().sort())
    return found


def grid(
    menu: Iterable[Measure], months: Mapping[str, Covered], *, values: Values, areas: AreaTree
) -> pl.DataFrame:
    """Return one row per cell of the menu, with the columns of KEYS.

    months: the months of each measure; one that is not named there has no source, and no cells.
    """
    places = _places(areas)
    spans = {span: periods(span.first, span.last) for span in dict.fromkeys(months.values())}
    parts = [
        _cells(measure, view, span=spans[months[measure.key]], places=places, values=values)
        for measure in menu
        if measure.key in months
        for view in measure.views
    ]
    return pl.concat([_no_cells(), *parts])


def in_splits(splits: Sequence[str]) -> pl.Expr:
    """Return where a cell is split by these, and by nothing else."""
    one, two = (*splits, "", "")[:2]
    return (pl.col("split_1") == one) & (pl.col("split_2") == two)


def _no_cells() -> pl.DataFrame:
    dates = ("first_month", "last_month")
    return pl.DataFrame(schema={key: pl.Date if key in dates else pl.String for key in KEYS})


def _places(areas: AreaTree) -> pl.DataFrame:
    rows = [
        ("force", areas.force),
        *(("partnership", code) for code in areas.partnerships),
        *(("district", code) for code in areas.districts),
    ]
    return pl.DataFrame(rows, schema=AREA, orient="row")


def _cells(
    measure: Measure, view: View, *, span: pl.DataFrame, places: pl.DataFrame, values: Values
) -> pl.DataFrame:
    levels = pl.DataFrame(view.levels, schema=["area_type", "period_type"], orient="row")
    combined = product(*(_allowed(measure, split, values) for split in view.splits))
    splits = [_keys(view.splits, combination) for combination in combined]
    return (
        pl.DataFrame(splits, schema=["split_1", "value_1", "split_2", "value_2"], orient="row")
        .join(levels.join(places, on="area_type").join(span, on="period_type"), how="cross")
        .select(pl.lit(measure.key).alias("measure"), *KEYS[1:])
    )


def _allowed(measure: Measure, split: str, values: Values) -> tuple[str, ...]:
    return dict(measure.only).get(split, values[split])


def _keys(splits: Sequence[str], values: Sequence[str]) -> tuple[str, str, str, str]:
    one, two = [*zip(splits, values, strict=True), ("", ""), ("", "")][:2]
    return (*one, *two)
