"""Which files a table is sent as: its columns in order, its period and its sender."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

import polars as pl

from pipelines.sample.victims.calendar import financial_year, quarter
from pipelines.sample.victims.plan import RUNNING_YEAR

PeriodKind = Literal["day", "day_by_year", "quarter", "month", "year", "whole"]

FORCE: Final = "POLICE"
OFFICE: Final = "OFFICE"
NATIONAL: Final = "NATIONAL"
"""Senders that are not providers, by their role."""


@dataclass(frozen=True)
class Sending:
    """How a table is cut into files.

    kind: what the period's column holds. Files of past years hold a year, those of this year a
        quarter or, of a `month`, a month; where few rows come, by `day_by_year`, a year as well.
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
    Sending("provider_returns", "quarter", "quarter", "provider_id"),
    Sending("outcome_scores", "day", "date", "provider_id"),
    Sending("satisfaction", "quarter", "quarter"),
    Sending("satisfaction_invites", "quarter", "quarter"),
    Sending("feedback_themes", "quarter", "quarter"),
    Sending("complaints", "day_by_year", "date_received", "organisation"),
    Sending("vrr", "day_by_year", "date_requested", "organisation"),
    Sending("lessons_log", "whole"),
    Sending("funding", "year", "financial_year"),
    Sending("assumption", "whole"),
    Sending("ref_code_standard", "whole"),
    Sending("ref_target", "whole"),
    Sending("ref_commitment", "whole"),
    Sending("delivery_plan", "whole"),
    Sending("code_checklist", "whole"),
    Sending("ref_duty", "whole"),
    Sending("fraud_reports", "month", "snapshot_month", one_sender=NATIONAL),
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
    """Return what stands for the period in the name of each row's file."""
    column = pl.col(sending.period or "")
    match sending.kind:
        case "day":
            return _whole_if_past(financial_year(column), quarter(column))
        case "quarter":
            return _whole_if_past(column.str.head(7), column)
        case "month":
            return _whole_if_past(financial_year((column + "-01").str.to_date()), column)
        case "day_by_year":
            return financial_year(column)
        case "year":
            return column
        case "whole":
            return pl.lit("")


def _whole_if_past(year: pl.Expr, period: pl.Expr) -> pl.Expr:
    return pl.when(year == RUNNING_YEAR).then(period).otherwise(year)
