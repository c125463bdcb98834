"""Counts every cell of the menu, zeros included."""

from collections.abc import Mapping
from datetime import date

import polars as pl

from pipelines.counting.cases import case_events
from pipelines.counting.events import Covered, Events, Rows
from pipelines.counting.grid import grid, split_values
from pipelines.counting.people import people_events
from pipelines.counting.possible import is_impossible, is_rare
from pipelines.counting.referrals import referral_events
from pipelines.counting.returns import return_events
from pipelines.counting.rural import rural_events
from pipelines.counting.scores import score_events
from pipelines.counting.totals import totals
from pipelines.counting.updates import update_events
from pipelines.counting.voice import (
    answer_events,
    comment_events,
    complaint_events,
    invitation_events,
    review_events,
)
from pipelines.protection.areas import AreaTree
from pipelines.protection.index import KEYS
from schemas.cells import Measure
from schemas.measures import MEASURES


def count_cells(
    rows: Rows, *, as_of: date, areas: AreaTree, rural: Mapping[str, bool]
) -> pl.DataFrame:
    """Return one row per cell of the menu: the columns of KEYS, `true_count` and two flags.

    `is_structural`: nobody can be in it by definition. `is_rare`: of a very small group, and not
    of the force and a year. Sources without rows have no cells.

    Args:
        rows: the accepted rows that count, by table, each field typed.
        as_of: the day on which the rows are looked at; clocks are read against it.
        areas: the force, its districts with OUT and NK, its partnerships of several districts.
        rural: small area of 2021 → whether it is rural.
    """
    events = _all_events(rows, as_of=as_of, rural=rural)
    months = _months(events)
    menu = [measure for measure in MEASURES if measure.key in months]
    cells = grid(menu, months, values=split_values(rows), areas=areas)
    counted = [found for each in events for found in totals(each, menu, areas=areas)]
    if not counted:
        return _flagged(cells.with_columns(true_count=pl.lit(0, pl.Int64)), rows)
    joined = cells.join(pl.concat(counted), on=KEYS, how="left")
    return _flagged(joined.with_columns(pl.col("true_count").fill_null(0)), rows)


def _all_events(rows: Rows, *, as_of: date, rural: Mapping[str, bool]) -> list[Events]:
    return [
        *referral_events(rows, as_of=as_of, rural=rural),
        *people_events(rows, as_of=as_of, rural=rural),
        *score_events(rows, as_of=as_of),
        *case_events(rows, as_of=as_of),
        *update_events(rows, as_of=as_of),
        *answer_events(rows, as_of=as_of),
        *invitation_events(rows, as_of=as_of),
        *comment_events(rows, as_of=as_of),
        *complaint_events(rows, as_of=as_of),
        *review_events(rows, as_of=as_of),
        *return_events(rows, as_of=as_of),
        *rural_events(rows, as_of=as_of),
    ]


def _months(events: list[Events]) -> dict[str, Covered]:
    """Return the months of each measure, those left out in which it has not yet settled."""
    found = {key: (each.first, each.last) for each in events for key in each.measures}
    months = {
        measure.key: Covered(_later(first, measure), last)
        for measure in MEASURES
        for first, last in [found.get(measure.key, (date.max, date.min))]
        if first <= last
    }
    return {key: span for key, span in months.items() if span.first <= span.last}


def _later(first: date, measure: Measure) -> date:
    later: date = pl.select(pl.lit(first).dt.offset_by(f"{measure.settles}mo")).item()
    return later


def _flagged(cells: pl.DataFrame, rows: Rows) -> pl.DataFrame:
    # What was counted all the same, by dates that no rule compares, is not said to be impossible.
    impossible = is_impossible(cells, rows) & (cells["true_count"] == 0)
    return cells.with_columns(
        impossible.alias("is_structural"), is_rare(cells, rows).alias("is_rare")
    )
