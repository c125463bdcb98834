"""What follows from the sets of answers: how many people were invited, and what they spoke of."""

from typing import Final

import polars as pl

from pipelines.sample.victims.plan import victim_stream
from schemas.codes import SAMPLE_MARK

_ANSWERED: Final = {"PHONE": 0.34, "SMS": 0.16, "ONLINE": 0.19, "FACE": 0.55}
"""Share of people invited who answer. Assumed."""

_COMMENTS: Final = 0.8
"""Themes noted for each set of answers."""

_THEMES: Final = {
    "INFO": (0.26, {"POSITIVE": 0.3, "NEGATIVE": 0.52, "MIXED": 0.13, "NEUTRAL": 0.05}),
    "DELAY": (0.17, {"POSITIVE": 0.1, "NEGATIVE": 0.75, "MIXED": 0.1, "NEUTRAL": 0.05}),
    "ATTITUDE": (0.23, {"POSITIVE": 0.62, "NEGATIVE": 0.24, "MIXED": 0.1, "NEUTRAL": 0.04}),
    "REFERRAL": (0.12, {"POSITIVE": 0.5, "NEGATIVE": 0.32, "MIXED": 0.1, "NEUTRAL": 0.08}),
    "NEEDS": (0.1, {"POSITIVE": 0.36, "NEGATIVE": 0.46, "MIXED": 0.12, "NEUTRAL": 0.06}),
    "COURT": (0.05, {"POSITIVE": 0.22, "NEGATIVE": 0.58, "MIXED": 0.15, "NEUTRAL": 0.05}),
    "DATA": (0.01, {"NEGATIVE": 0.8, "NEUTRAL": 0.2}),
    "OTHER": (0.06, {"POSITIVE": 0.3, "NEGATIVE": 0.3, "MIXED": 0.1, "NEUTRAL": 0.3}),
}
"""Theme: its share, and in which sense it is spoken of. Assumed."""

_KEPT_GROUPS: Final = ("DA", "VIOL", "BURG_RES")
"""Crimes for which themes are kept apart; with more, most counts would be too small to show."""


def make_invites(answers: pl.DataFrame) -> pl.DataFrame:
    """Return one row per quarter, channel and crime group; completed is counted from the answers.

    Channels and crimes after which nobody answered have no row.
    """
    random = victim_stream(6)
    names = ["quarter", "channel", "crime_group"]
    counts = answers.group_by(names).agg(completed=pl.len().cast(pl.Int64)).sort(names)
    share = counts["channel"].replace_strict(_ANSWERED, return_dtype=pl.Float64).to_numpy()
    silent = random.negative_binomial(counts["completed"].to_numpy(), share)
    return counts.select(
        *names,
        invited=pl.col("completed") + pl.Series(silent),
        completed="completed",
        sample_mark=pl.lit(SAMPLE_MARK),
    )


def make_feedback_themes(answers: pl.DataFrame) -> pl.DataFrame:
    """Return one row per quarter, theme, sentiment and crime group that was spoken of."""
    random = victim_stream(7)
    is_kept = pl.col("crime_group").is_in(_KEPT_GROUPS)
    given = (
        answers.group_by("quarter", pl.when(is_kept).then("crime_group"))
        .agg(answers=pl.len())
        .sort("quarter", "crime_group")
    )
    expected = given.join(_theme_shares(), how="cross").with_columns(
        mean=pl.col("answers") * pl.col("share") * _COMMENTS
    )
    counted = expected.with_columns(count=pl.Series(random.poisson(expected["mean"].to_numpy())))
    return counted.filter(pl.col("count") > 0).select(
        "quarter",
        "theme",
        "sentiment",
        "count",
        "crime_group",
        sample_mark=pl.lit(SAMPLE_MARK),
    )


def _theme_shares() -> pl.DataFrame:
    return pl.DataFrame(
        [
            {"theme": theme, "sentiment": sentiment, "share": share * part}
            for theme, (share, senses) in _THEMES.items()
            for sentiment, part in senses.items()
        ]
    )
