"""Which files a table is sent as: its columns in order, its period and its sender."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

import polars as pl

from pipelines.sample.victims.calendar import quarter

PeriodKind = Literal["day", "as_written", "whole"]

FORCE: Final = "POLICE"
OFFICE: Final = "OFFICE"
"""Senders that are not providers, by their role."""


@dataclass(frozen=True)
class Sending:
    """How a table is cut into files.

    kind: by the quarter of a day, by a period as it is written in the column, or whole.
    period: that column, blank for whole tables.
    sender: a column; blank when one_sender sends the whole table.
    """

    table: str
    kind: PeriodKind
    period: str = ""
    sender: str = ""
    one_sender: str = OFFICE


SENDINGS: Final = (
    Sending("providers", "whole"),
    Sending("services", "whole"),
    Sending("service_areas", "whole"),
    Sending("service_groups", "whole"),
    Sending("service_sites", "whole"),
    Sending("referrals", "day", "date_received", "provider_id"),
    Sending("code_cases", "day", "date_reported", one_sender=FORCE),
    Sending("case_updates", "day", "event_date", "owner"),
    Sending("provider_returns", "as_written", "quarter", "provider_id"),
    Sending("outcome_scores", "day", "date", "provider_id"),
)


def cut(rows: pl.DataFrame, sending: Sending) -> Iterator[tuple[str, pl.DataFrame]]:
    """Yield each file's name without its ending, and its rows in their order."""
    label = pl.lit("")
    if sending.kind != "whole":
        period = quarter(sending.period) if sending.kind == "day" else pl.col(sending.period)
        label = period.str.replace(" ", "")
    sender = pl.col(sending.sender) if sending.sender else pl.lit(sending.one_sender)
    parts = rows.with_columns(_period=label, _sender=sender).partition_by(
        "_period", "_sender", maintain_order=True, include_key=False, as_dict=True
    )
    for (name, who), part in sorted(parts.items()):
        yield "_".join(text for text in (sending.table, str(name), str(who)) if text), part
