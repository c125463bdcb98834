"""Referrals by the month in which they were received, and cases by the month in which they ended.

The steps are those that a referral has reached: who has come to a later step has passed those
before it, whether or not their dates were written down.
"""

from collections.abc import Mapping
from datetime import date
from typing import Final

import polars as pl

from pipelines.counting.events import Covered, Events, Rows, covered, given, holds, known, month_of
from pipelines.working_days import due_date
from schemas.menu.values import UNKNOWN
from schemas.supplied.referral_fields import ENDED

_STEPS: Final = {
    "contacted": ("date_first_contact",),
    # Who was accepted has been assessed.
    "assessed": ("date_needs_assessed", "date_accepted"),
    "started": ("date_support_start",),
}
"""Step → the days of which any says that it was reached, in the order of the journey."""

_RECEIVED: Final = (
    "referrals",
    "online_completed",
    "online_yes",
    *_STEPS,
    "completed",
    "ended_before_support",
    "handed_on",
    "contacted_in_time",
)
_CLOSED: Final = ("cases_closed", "cases_paired")
SPLITS: Final = (
    "crime_group",
    "source",
    "age_band",
    "sex",
    "ethnic_group",
    "disability",
    "rural_urban",
    "provider_id",
    "service_id",
    "end_reason",
)


def referral_months(rows: Rows, *, as_of: date) -> Covered | None:
    """Return the months that the referrals cover."""
    return covered(rows["referrals"], "date_received", as_of=as_of)


def split_columns(rural: Mapping[str, bool]) -> tuple[pl.Expr, ...]:
    """Return the splits of a referral; a home that is blank or not on the list is NK."""
    places = {code: "RURAL" if is_rural else "URBAN" for code, is_rural in rural.items()}
    home = pl.col("lsoa21").replace_strict(places, default=UNKNOWN, return_dtype=pl.String)
    return (
        *(known(each) for each in SPLITS if each != "rural_urban"),
        home.fill_null(UNKNOWN).alias("rural_urban"),
        pl.col("priority_flags").alias("priority_flag"),
        pl.col("la_code").alias("area_code"),
    )


def referral_events(rows: Rows, *, as_of: date, rural: Mapping[str, bool]) -> list[Events]:
    """Return what the referrals count towards, people apart."""
    months = referral_months(rows, as_of=as_of)
    if months is None:
        return []
    splits = split_columns(rural)
    received = _with_contact_due(rows["referrals"], rows["services"])
    closed = rows["referrals"].filter(
        pl.col("status") == "CLOSED", given("date_support_start"), given("date_support_end")
    )
    return [
        Events(
            rows=received.select(month_of("date_received"), *splits, *_flags()),
            measures=_RECEIVED,
            first=months.first,
            last=months.last,
        ),
        Events(
            rows=_with_pairing(closed, rows["outcome_scores"]).select(
                month_of("date_support_end"),
                *splits,
                pl.lit(value=True).alias("cases_closed"),
                "cases_paired",
            ),
            measures=_CLOSED,
            first=months.first,
            last=months.last,
        ),
    ]


def _flags() -> tuple[pl.Expr, ...]:
    started, end_reason = given("date_support_start"), pl.col("end_reason")
    flags = {
        "referrals": pl.lit(value=True),
        "online_completed": pl.col("online_flag").is_in(["Y", "N"]),
        "online_yes": pl.col("online_flag") == "Y",
        **_steps(),
        "completed": started & holds(end_reason == "COMPLETED"),
        "ended_before_support": pl.col("status").is_in(ENDED) & ~started,
        "handed_on": given("onward_service_id") | holds(end_reason == "REFERRED_ON"),
        "contacted_in_time": holds(pl.col("date_first_contact") <= pl.col("_contact_due")),
    }
    return tuple(flags[name].alias(name) for name in _RECEIVED)


def _steps() -> dict[str, pl.Expr]:
    """Return for each step whether it or a later one was reached."""
    names = list(_STEPS)
    return {
        step: pl.any_horizontal(given(day) for later in names[place:] for day in _STEPS[later])
        for place, step in enumerate(names)
    }


def _with_contact_due(referrals: pl.DataFrame, services: pl.DataFrame) -> pl.DataFrame:
    """Add the last day for the first contact; null where the contract names no number of days."""
    days = referrals.select("service_id").join(
        services.select("service_id", "first_contact_days"),
        on="service_id",
        how="left",
        maintain_order="left",
    )["first_contact_days"]
    return referrals.with_columns(due_date(referrals["date_received"], days).alias("_contact_due"))


def _with_pairing(closed: pl.DataFrame, scores: pl.DataFrame) -> pl.DataFrame:
    """Add whether some tool and domain was scored at entry and at exit."""
    scale = ("provider_id", "referral_id", "tool", "domain")
    occasions = scores.filter(pl.col("occasion") != "REVIEW").group_by(scale)
    paired = (
        occasions.agg(pl.col("occasion").n_unique())
        .filter(pl.col("occasion") == 2)
        .select("provider_id", "referral_id", pl.lit(value=True).alias("cases_paired"))
        .unique()
    )
    return closed.join(paired, on=["provider_id", "referral_id"], how="left").with_columns(
        pl.col("cases_paired").fill_null(value=False)
    )
