"""Outcome scores at entry and exit, for services that measure outcomes."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import polars as pl

from pipelines.sample.victims.draws import chance, pick
from pipelines.sample.victims.plan import FIRST_DAY, LAST_DAY, victim_stream
from pipelines.sample.victims.services import SERVICES
from schemas.codes import SAMPLE_MARK

_PAIRED: Final = 0.83
"""Share of people scored at entry who are scored again, where support was long enough."""

_WITH_ENTRY: Final = 0.97
_LEAST_DAYS: Final = 20
"""Support shorter than this is not scored twice."""

SCORE_COLUMNS: Final = (
    "provider_id",
    "referral_id",
    "tool",
    "domain",
    "occasion",
    "date",
    "score",
    "completed_by",
    "sample_mark",
)
"""In the order of the template."""


@dataclass(frozen=True)
class _Scale:
    """A tool's range, where people stand at entry, and what support changes."""

    least: float
    most: float
    entry: float
    spread: float
    change: float


_SCALES: Final = {
    "OUTCOME_STAR": _Scale(1, 10, 4.2, 1.6, 1.9),
    "CORE10": _Scale(0, 40, 22.0, 6.0, -6.0),
    "SWEMWBS": _Scale(7, 35, 18.0, 4.0, 3.0),
    "PHQ9": _Scale(0, 27, 15.0, 5.0, -4.5),
    "LOCAL_1_5": _Scale(1, 5, 2.4, 0.8, 1.0),
}


def make_outcome_scores(referrals: pl.DataFrame) -> pl.DataFrame:
    """Return entry and exit scores from October 2023 on, sorted by provider and day.

    Only people whose support began in the sample's three years have an entry score.
    """
    random = victim_stream(3)
    people = _people(referrals, random)
    pairs = people.join(_measured(), on="service_id", maintain_order="left")
    entry, exit_ = _draw(pairs, random)
    pairs = pairs.with_columns(entry=pl.Series(entry), exit=pl.Series(exit_))
    scores = pl.concat([_occasion(pairs, "ENTRY"), _occasion(pairs.filter("has_exit"), "EXIT")])
    done = pick({"PERSON": 0.45, "JOINT": 0.4, "WORKER": 0.15}, len(scores), random)
    return (
        scores.with_columns(completed_by=done, sample_mark=pl.lit(SAMPLE_MARK))
        .filter(pl.col("date").is_between(FIRST_DAY, LAST_DAY))
        .sort("provider_id", "date", "referral_id", "domain", "occasion")
    )


def _people(referrals: pl.DataFrame, random: np.random.Generator) -> pl.DataFrame:
    """Return referrals whose support began, thinned to those with an entry score."""
    began = referrals.filter(
        pl.col("date_received") >= FIRST_DAY, pl.col("date_support_start") <= LAST_DAY
    )
    again = chance(_PAIRED, len(began), random)
    length = (pl.col("date_support_end") - pl.col("date_support_start")).dt.total_days()
    return began.with_columns(
        has_exit=(pl.Series(again) & (length >= _LEAST_DAYS)).fill_null(value=False)
    ).filter(pl.Series(chance(_WITH_ENTRY, len(began), random)))


def _measured() -> pl.DataFrame:
    return pl.DataFrame(
        [
            {"service_id": each.service_id, "tool": each.tool, "domain": domain}
            for each in SERVICES
            for domain in each.domains
        ]
    )


def _draw(
    pairs: pl.DataFrame, random: np.random.Generator
) -> tuple["np.ndarray[tuple[int], np.dtype[np.float64]]", ...]:
    """Return a score at entry and at exit for each pair, within the tool's range."""
    scale = {
        name: pairs["tool"]
        .replace_strict(
            {tool: getattr(each, name) for tool, each in _SCALES.items()}, return_dtype=pl.Float64
        )
        .to_numpy()
        for name in ("least", "most", "entry", "spread", "change")
    }
    count = len(pairs)
    entry = scale["entry"] + scale["spread"] * random.standard_normal(count)
    change = scale["change"] * (1 + 1.1 * random.standard_normal(count))
    entry = np.clip(np.rint(entry), scale["least"], scale["most"])
    return entry, np.clip(np.rint(entry + change), scale["least"], scale["most"])


def _occasion(pairs: pl.DataFrame, occasion: str) -> pl.DataFrame:
    is_entry = occasion == "ENTRY"
    day = "date_support_start" if is_entry else "date_support_end"
    return pairs.select(
        "provider_id",
        "service_id",
        "referral_id",
        "tool",
        "domain",
        occasion=pl.lit(occasion),
        date=pl.col(day),
        score=pl.col("entry" if is_entry else "exit"),
        entry_score=pl.col("entry"),
    )


def improved(scores: pl.DataFrame) -> pl.DataFrame:
    """Return exits with whether each is better than its entry by at least the tool's step."""
    better = {tool: 1.0 if each.change > 0 else -1.0 for tool, each in _SCALES.items()}
    change = pl.col("score") - pl.col("entry_score")
    direction = pl.col("tool").replace_strict(better, return_dtype=pl.Float64)
    return scores.filter(pl.col("occasion") == "EXIT").with_columns(
        is_improved=change * direction >= 1.0
    )
