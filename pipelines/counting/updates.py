"""Updates that victims were due, by the month of the event."""

from collections.abc import Iterator
from datetime import date
from typing import Final

import polars as pl

from pipelines.counting.events import Events, Rows, covered, given, holds, known, month_of
from pipelines.supplied.code_clock import due_days
from pipelines.working_days import due_date
from schemas.measures import MEASURES

_MEASURES: Final = tuple(each.key for each in MEASURES if each.table == "case_updates")
"""For each group of events its states; the menu says which events are in a group."""


def update_events(rows: Rows, *, as_of: date) -> list[Events]:
    """Return what the updates count towards. Updates to businesses are left out."""
    months = covered(rows["case_updates"], "event_date", as_of=as_of)
    if months is None:
        return []
    updates = _to_persons(rows["case_updates"], rows["code_cases"])
    due = due_date(*due_days(updates, rows["ref_code_standard"]))
    return [
        Events(
            rows=updates.with_columns(due.alias("_due")).select(
                month_of("event_date"),
                pl.col("la_code").alias("area_code"),
                *(known(each) for each in ("crime_group", "enhanced", "event", "owner")),
                *_flags(as_of),
            ),
            measures=_MEASURES,
            first=months.first,
            last=months.last,
        )
    ]


def _to_persons(updates: pl.DataFrame, cases: pl.DataFrame) -> pl.DataFrame:
    """Add crime group and district of the case; where it is not loaded, the victim may be anyone.

    An update names its case and no victim, so that a case of several victims lends the first's.
    """
    by_case = (
        cases.select(
            "case_key", "crime_group", "la_code", _is_person=pl.col("victim_type") == "PERSON"
        )
        .sort("_is_person", descending=True, maintain_order=True)
        .unique("case_key", keep="first")
    )
    joined = updates.join(by_case, on="case_key", how="left", maintain_order="left")
    return joined.filter(pl.col("_is_person").fill_null(value=True))


def _flags(as_of: date) -> Iterator[pl.Expr]:
    is_due = holds(pl.col("_due") < as_of)
    states = {
        "not_due": holds(pl.col("_due") >= as_of),
        "due": is_due,
        "missed": is_due & ~holds(pl.col("told_date") <= pl.col("_due")),
        "unrecorded": is_due & ~given("told_date"),
    }
    for measure in _MEASURES:
        state = next(each for each in states if measure.endswith(f"_{each}"))
        yield states[state].alias(measure)
