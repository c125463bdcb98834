"""Which files a table is sent as: its columns in order, its period and its sender."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

import polars as pl

from pipelines.sample.victims.calendar import financial_year, quarter

PeriodKind = Literal["quarter", "year", "as_written", "whole"]

FORCE: Final = "POLICE"
OFFICE: Final = "OFFICE"
NATIONAL: Final = "NATIONAL"
"""Senders that are not providers, by their role."""


@dataclass(frozen=True)
class Sending:
    """How a table is cut into files.

    kind: by the quarter or the financial year of a day, by a period as it is written in the
        column, or whole.
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
    Sending("referrals", "quarter", "date_received", "provider_id"),
    Sending("code_cases", "quarter", "date_reported", one_sender=FORCE),
    Sending("case_updates", "quarter", "event_date", "owner"),
    Sending("provider_returns", "as_written", "quarter", "provider_id"),
    Sending("outcome_scores", "quarter", "date", "provider_id"),
    Sending("satisfaction", "as_written", "quarter"),
    Sending("satisfaction_invites", "as_written", "quarter"),
    Sending("feedback_themes", "as_written", "quarter"),
    Sending("complaints", "year", "date_received", "organisation"),
    Sending("vrr", "year", "date_requested", "organisation"),
    Sending("lessons_log", "whole"),
    Sending("funding", "as_written", "financial_year"),
    Sending("assumption", "whole"),
    Sending("ref_code_standard", "whole"),
    Sending("ref_target", "whole"),
    Sending("ref_commitment", "whole"),
    Sending("fraud_reports", "as_written", "snapshot_month", one_sender=NATIONAL),
)


def cut(rows: pl.DataFrame, sending: Sending) -> Iterator[tuple[str, pl.DataFrame]]:
    """Yield each file's name without its ending, and its rows in their order."""
    label = _period(sending).str.replace(" ", "")
    sender = pl.col(sending.sender) if sending.sender else pl.lit(sending.one_sender)
    parts = rows.with_columns(_period=label, _sender=sender).partition_by(
        "_period", "_sender", maintain_order=True, include_key=False, as_dict=True
    )
    for (name, who), part in sorted(parts.items()):
        yield "_".join(text for text in (sending.table, str(name), str(who)) if text), part


def _period(sending: Sending) -> pl.Expr:
    match sending.kind:
        case "quarter":
            return quarter(sending.period)
        case "year":
            return financial_year(sending.period)
        case "as_written":
            return pl.col(sending.period)
        case "whole":
            return pl.lit("")
