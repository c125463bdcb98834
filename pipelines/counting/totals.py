"""Adds events up to cells: by splits, from months to periods, from districts to the force."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

import polars as pl

from pipelines.counting.events import Events
from pipelines.counting.periods import months_of, periods
from pipelines.protection.areas import AreaTree
from pipelines.protection.index import KEYS, PERIOD
from schemas.cells import OVERLAPPING, Measure, View
from schemas.menu.values import UNKNOWN

Splits = tuple[str, ...]


@dataclass(frozen=True)
class _Timed:
    """Events with their `district` and `time`, and one row per time and period that it is part of.

    times: `time` and the columns of PERIOD.
    """

    rows: pl.DataFrame
    times: pl.DataFrame


def totals(events: Events, menu: Iterable[Measure], *, areas: AreaTree) -> Iterator[pl.DataFrame]:
    """Yield the counts of cells, by splits: the columns of KEYS and `true_count`.

    Cells that nobody is in are absent. Some are of levels that only other measures have.
    """
    mine = [measure for measure in menu if measure.key in events.measures]
    links = area_links(areas)
    timed = _timed(_only(events, mine), _span(events, mine), in_district(links))
    for splits in dict.fromkeys(view.splits for measure in mine for view in measure.views):
        views = {
            measure.key: view for measure in mine for view in measure.views if view.splits == splits
        }
        sums = named(_summed(timed, splits, views, links), splits)
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


def _span(events: Events, menu: list[Measure]) -> pl.DataFrame:
    """Return the periods of which the measures are counted."""
    kinds = {period for measure in menu for view in measure.views for _, period in view.levels}
    return periods(events.first, events.last).filter(pl.col("period_type").is_in(kinds))


def _timed(events: Events, span: pl.DataFrame, district: pl.Expr) -> _Timed:
    """Return the events as they add up: those of months to periods, people in each period apart.

    A person is counted in the one district, and with the one value of each split, of the first
    row in the period, so that parts add up to wholes. A flag holds when any row of the period has
    it.
    """
    if not events.person:
        rows = events.rows.rename({"month": "time"})
        return _Timed(rows.with_columns(district), months_of(span).rename({"month": "time"}))
    times = span.with_row_index("time")
    person = pl.struct(events.person).rank("dense").alias("_person")
    linked = events.rows.with_columns(person, district).join(
        months_of(times), on="month", maintain_order="left"
    )
    once, flags = ("time", "_person"), pl.col(events.measures)
    of_first = pl.exclude(*events.measures, *once).first()
    return _Timed(linked.group_by(once).agg(of_first, flags.any()), times)


def _summed(
    timed: _Timed, splits: Splits, views: dict[str, View], links: pl.DataFrame
) -> pl.DataFrame:
    """Return one row per value of the splits, area and period, with a column per measure."""
    levels = wanted_levels(views.values())
    wanted = timed.rows.select(*splits, "time", "district", *views)
    for split in OVERLAPPING.intersection(splits):
        wanted = wanted.explode(split).filter(pl.col(split).is_not_null())
    counts = pl.col(*views).cast(pl.Int64).sum()
    # Rows are many and their months few: what is told apart is counted first, then added up.
    by_time = wanted.group_by(*splits, "time", "district").agg(counts)
    times = timed.times.join(levels, on="period_type", how="semi")
    by_district = by_time.join(times, on="time").group_by(*splits, *PERIOD, "district").agg(counts)
    by_area = by_district.join(links, on="district").join(levels, on=["area_type", "period_type"])
    return by_area.group_by(*splits, *PERIOD, "area_type", "area_code").agg(counts)
