"""Adds events up to cells: by splits, from months to periods, from districts to the force."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

import polars as pl

from pipelines.counting.events import Events
from pipelines.counting.periods import months_of, periods
from pipelines.protection.areas import AreaTree
from pipelines.protection.index import KEYS, PERIOD
from schemas.cells import OVERLAPPING, Measure, View
from schemas.menu.values import UNKNOWN

Splits = tuple[str, ...]


def totals(events: Events, menu: Iterable[Measure], *, areas: AreaTree) -> Iterator[pl.DataFrame]:
    """Yield the counts of cells, by splits: the columns of KEYS and `true_count`.

    Cells that nobody is in are absent. Some are of levels that only other measures have.
    """
    mine = [measure for measure in menu if measure.key in events.measures]
    rows = _dated(_only(events, mine), mine)
    links = area_links(areas)
    for splits in dict.fromkeys(view.splits for measure in mine for view in measure.views):
        views = {
            measure.key: view for measure in mine for view in measure.views if view.splits == splits
        }
        sums = named(_summed(rows, splits, views, links), splits)
        yield sums.unpivot(
            list(views), index=KEYS[1:], variable_name="measure", value_name="true_count"
        ).select(*KEYS, "true_count")


def area_links(areas: AreaTree) -> pl.DataFrame:
    """Return one row per district and area of which it is part, itself included."""
    rows = [
        *((code, "force", areas.force) for code in areas.districts),
        *((code, "district", code) for code in areas.districts),
        *(
            (code, "partnership", whole)
            for whole, parts in areas.partnerships.items()
            for code in parts
        ),
    ]
    return pl.DataFrame(rows, schema=["district", "area_type", "area_code"], orient="row")


def in_district(links: pl.DataFrame) -> pl.Expr:
    """Return the district of an event; NK where it is blank or none of the force's."""
    code = pl.col("area_code")
    is_known = code.is_in(links["district"].unique().implode())
    return pl.when(is_known).then(code).otherwise(pl.lit(UNKNOWN)).alias("district")


def wanted_levels(views: Iterable[View]) -> pl.DataFrame:
    """Return one row per level of the views: `area_type` and `period_type`."""
    levels = list(dict.fromkeys(level for view in views for level in view.levels))
    return pl.DataFrame(levels, schema=["area_type", "period_type"], orient="row")


def named(sums: pl.DataFrame, splits: Splits) -> pl.DataFrame:
    """Name each row by its splits and their values, blank where there is none."""
    one, two = (*splits, "", "")[:2]
    return sums.with_columns(
        split_1=pl.lit(one),
        value_1=pl.col(one) if one else pl.lit(""),
        split_2=pl.lit(two),
        value_2=pl.col(two) if two else pl.lit(""),
    )


def _only(events: Events, menu: list[Measure]) -> Events:
    """Leave out of a measure the rows whose splits have values that it is not about."""
    limited = [
        (pl.col(measure.key) & pl.all_horizontal(_is_one(measure))).alias(measure.key)
        for measure in menu
        if measure.only
    ]
    return replace(events, rows=events.rows.with_columns(limited))


def _is_one(measure: Measure) -> Iterator[pl.Expr]:
    for split, values in measure.only:
        yield pl.col(split).is_in(list(values))


def _dated(events: Events, menu: list[Measure]) -> pl.DataFrame:
    """Return the events with their periods; people once in each period.

    A person is counted in the one district, and with the one value of each split, of the first
    row in the period, so that parts add up to wholes. A flag holds when any row of the period has
    it.
    """
    kinds = {period for measure in menu for view in measure.views for _, period in view.levels}
    span = periods(events.first, events.last).filter(pl.col("period_type").is_in(kinds))
    if not events.person:
        return events.rows.join(months_of(span), on="month")
    numbered = events.rows.with_columns(_person=pl.struct(events.person).rank("dense"))
    once = (*PERIOD, "_person")
    linked = numbered.join(months_of(span), on="month", maintain_order="left")
    return linked.with_columns(pl.col(events.measures).any().over(once)).unique(
        once, keep="first", maintain_order=True
    )


def _summed(
    rows: pl.DataFrame, splits: Splits, views: dict[str, View], links: pl.DataFrame
) -> pl.DataFrame:
    """Return one row per value of the splits, area and period, with a column per measure."""
    levels = wanted_levels(views.values())
    wanted = rows.filter(pl.col("period_type").is_in(levels["period_type"].unique().implode()))
    for split in OVERLAPPING.intersection(splits):
        wanted = wanted.explode(split).filter(pl.col(split).is_not_null())
    keys = (*splits, *PERIOD)
    counts = pl.col(*views).cast(pl.Int64).sum()
    by_district = wanted.group_by(*keys, in_district(links)).agg(counts)
    by_area = by_district.join(links, on="district").join(levels, on=["area_type", "period_type"])
    return by_area.group_by(*keys, "area_type", "area_code").agg(counts)
