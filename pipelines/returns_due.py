"""Which quarterly returns are due from whom, and whether they came in time."""

from collections.abc import Mapping
from datetime import date
from itertools import product
from typing import Final

import polars as pl

from pipelines.record import frame
from pipelines.source import SUPPLIED_SOURCES
from pipelines.supplied.log import SuppliedFile, SuppliedLog

_TABLE: Final = "provider_returns"
_SOURCE: Final = SUPPLIED_SOURCES[_TABLE]
NOT_COMMISSIONED: Final = ("NATIONAL", "NOT_FUNDED")
"""Funding routes of services that owe the office no return."""

Key = tuple[str, date]


def returns_due(
    services: pl.DataFrame, returns: pl.DataFrame, log: SuppliedLog, *, as_of: date
) -> pl.DataFrame:
    """Return `meta_return_due`: one row per provider and quarter for which a return is due.

    A provider owes one for each quarter in which a contract for a commissioned service runs, from
    the first quarter that anyone returned to the last one that has ended.
    """
    first_submitted = returns.group_by("provider_id", "quarter").agg(pl.col("submitted_on").min())
    submitted = {(provider, quarter): day for provider, quarter, day in first_submitted.iter_rows()}
    files = _files(log)
    rows = [
        _row(key, submitted.get(key), files.get(key, []), as_of=as_of)
        for key in _owed(services, _quarters(returns, as_of))
    ]
    return frame("meta_return_due", rows)


def _quarters(returns: pl.DataFrame, as_of: date) -> pl.Series:
    """Return the quarters that are looked at; the last one alone while nothing was returned."""
    last = pl.Series([as_of]).dt.truncate("1q").dt.offset_by("-1q")[0]
    first = min([last, *returns["quarter"].drop_nulls()])
    return pl.date_range(first, last, "1q", eager=True)


def _owed(services: pl.DataFrame, quarters: pl.Series) -> list[Key]:
    each_quarter = pl.DataFrame({"quarter": quarters}).with_columns(
        next_quarter=pl.col("quarter").dt.offset_by("1q")
    )
    runs = (pl.col("contract_start") < pl.col("next_quarter")) & (
        pl.col("contract_end") >= pl.col("quarter")
    ).fill_null(value=True)
    commissioned = services.filter(~pl.col("funding_route").is_in(NOT_COMMISSIONED))
    owed = commissioned.join(each_quarter, how="cross").filter(runs)
    return sorted(owed.select("provider_id", "quarter").unique().iter_rows())


def _files(log: SuppliedLog) -> Mapping[Key, list[SuppliedFile]]:
    """Return the files of returns for each provider and quarter, the newest last."""
    found: dict[Key, list[SuppliedFile]] = {}
    returned = (file for file in log.files if file.table == _TABLE)
    for file in sorted(returned, key=lambda each: each.load_number):
        for sender, period in product(file.sender.split(","), file.periods):
            found.setdefault((sender.strip(), _quarter(period)), []).append(file)
    return found


def _quarter(words: str) -> date:
    """Return the first day of a quarter as people write it, such as 2026-27 Q4."""
    months_on = 3 * int(words[-1])
    return date(int(words[:4]) + months_on // 12, months_on % 12 + 1, 1)


def _row(
    key: Key, submitted: date | None, files: list[SuppliedFile], *, as_of: date
) -> dict[str, object]:
    provider_id, quarter = key
    due_on = _SOURCE.due(quarter)
    taken = [file for file in files if file.status != "refused"]
    # A return that was sent again was received when it came first.
    received_on = submitted and min([submitted, *(file.loaded_at.date() for file in taken)])
    return {
        "provider_id": provider_id,
        "quarter": quarter,
        "due_on": due_on,
        "received_on": received_on,
        "status": _status(received_on, due_on, is_refused=bool(files), as_of=as_of),
        "file_name": next((file.file_name for file in reversed(taken or files)), ""),
    }


def _status(received_on: date | None, due_on: date, *, is_refused: bool, as_of: date) -> str:
    if received_on:
        return "on time" if received_on <= due_on else "late"
    if is_refused:
        return "refused"
    return "not yet due" if as_of <= due_on else "not received"
