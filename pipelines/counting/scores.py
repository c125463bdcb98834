"""Pairs of scores at entry and at exit, by the month of the exit."""

from datetime import date
from typing import Final

import polars as pl

from pipelines.counting.events import Events, Rows, covered, month_of
from schemas.supplied.outcome_score import TOOLS

_REFERRAL: Final = ("provider_id", "referral_id")
_SCALE: Final = (*_REFERRAL, "tool", "domain")


def score_events(rows: Rows, *, as_of: date) -> list[Events]:
    """Return what the scores count towards.

    Left out are tools of which it is not known whether more is better, and scores of referrals
    that were not loaded: their service is not known.
    """
    months = covered(rows["outcome_scores"], "date", as_of=as_of)
    if months is None:
        return []
    return [
        Events(
            rows=score_pairs(rows).select(
                "month",
                pl.lit(None, pl.String).alias("area_code"),
                "service_id",
                "domain",
                pl.lit(value=True).alias("scores_paired"),
                _is_improved().alias("scores_improved"),
            ),
            measures=("scores_paired", "scores_improved"),
            first=months.first,
            last=months.last,
        )
    ]


def score_pairs(rows: Rows) -> pl.DataFrame:
    """Return one row per pair of scores at entry and exit, in the month of the exit.

    Columns: `month`, `service_id`, `tool`, `domain` (WHOLE where the score is of the whole) and
    `change`, in the tool's points, above 0 for the better.
    """
    scores = rows["outcome_scores"].filter(pl.col("tool").is_in(list(TOOLS)))
    pairs = _of(scores, "ENTRY").join(
        _of(scores, "EXIT"), on=_SCALE, suffix="_exit", nulls_equal=True
    )
    services = rows["referrals"].select(*_REFERRAL, "service_id").unique(_REFERRAL, keep="any")
    return pairs.join(services, on=_REFERRAL).select(
        month_of("date_exit"),
        "service_id",
        "tool",
        pl.col("domain").fill_null("WHOLE"),
        _change(),
    )


def _of(scores: pl.DataFrame, occasion: str) -> pl.DataFrame:
    return scores.filter(pl.col("occasion") == occasion).select(*_SCALE, "date", "score")


def _is_improved() -> pl.Expr:
    """Return where the score changed for the better by at least the tool's step."""
    step = {code: float(tool.step or 0) for code, tool in TOOLS.items()}
    change = pl.col("change")
    return (change > 0) & (change >= pl.col("tool").replace_strict(step))


def _change() -> pl.Expr:
    sign = {code: 1.0 if tool.better == "UP" else -1.0 for code, tool in TOOLS.items()}
    change = (pl.col("score_exit") - pl.col("score")) * pl.col("tool").replace_strict(sign)
    return change.alias("change")
