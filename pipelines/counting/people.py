"""People whose support started, and people who wait for it. A person is known within a provider.

Senders make the keys of persons, each its own: nobody can tell whether two providers support the
same person, who then counts twice. Within a period a person counts once, with what was true when
support first started in it.
"""

from collections.abc import Mapping
from datetime import date
from typing import Final

import polars as pl

from pipelines.counting.events import Covered, Events, Rows, given, holds, month_of
from pipelines.counting.referrals import referral_months, split_columns
from schemas.cells import WAIT_BANDS
from schemas.menu.referrals import REPEAT_MONTHS

_PERSON: Final = ("provider_id", "person_key")
_SUPPORTED: Final = ("people_supported", "repeat_people_supported")


def people_events(rows: Rows, *, as_of: date, rural: Mapping[str, bool]) -> list[Events]:
    """Return what the people behind the referrals count towards."""
    months = referral_months(rows, as_of=as_of)
    if months is None:
        return []
    referrals = rows["referrals"]
    return [
        _events(_supported(referrals, rural), _SUPPORTED, months),
        _events(_waiting(referrals, rural, months), ("waiting",), months),
    ]


def _events(rows: pl.DataFrame, measures: tuple[str, ...], months: Covered) -> Events:
    return Events(
        rows=rows, measures=measures, first=months.first, last=months.last, person=_PERSON
    )


def _supported(referrals: pl.DataFrame, rural: Mapping[str, bool]) -> pl.DataFrame:
    is_repeat = _is_repeat(referrals)
    return (
        referrals.with_columns(is_repeat)
        .filter(given("date_support_start"))
        .sort("date_support_start", "date_received", "referral_id")
        .select(
            month_of("date_support_start"),
            *split_columns(rural),
            "person_key",
            pl.lit(value=True).alias("people_supported"),
            pl.col("_is_repeat").alias("repeat_people_supported"),
        )
    )


def _is_repeat(referrals: pl.DataFrame) -> pl.Series:
    """Return whether the person was referred for another crime in the twelve months before.

    Crimes differ when their group does, or the day on which they were reported; without that day
    a second referral for the same kind of crime may be about the same one.
    """
    fields = ("crime_group", "date_crime_reported", "date_received")
    numbered = referrals.select(*_PERSON, *fields).with_row_index("_row")
    several = numbered.filter(pl.len().over(_PERSON) > 1)
    pairs = several.join(several, on=_PERSON, suffix="_before")
    earliest = pl.col("date_received").dt.offset_by(f"-{REPEAT_MONTHS}mo")
    is_other_day = pl.col("date_crime_reported") != pl.col("date_crime_reported_before")
    repeated = pairs.filter(
        pl.col("_row") != pl.col("_row_before"),
        pl.col("date_received_before").is_between(earliest, pl.col("date_received")),
        (pl.col("crime_group") != pl.col("crime_group_before")) | holds(is_other_day),
    )
    return numbered["_row"].is_in(repeated["_row"].unique().implode()).alias("_is_repeat")


def _waiting(referrals: pl.DataFrame, rural: Mapping[str, bool], months: Covered) -> pl.DataFrame:
    """Return one row per referral and month at whose end it waits.

    A referral that ended before support, without a day on which it did, waits at no month's end:
    nobody can tell how long it was on the list.
    """
    ends = pl.DataFrame(
        {"month": pl.date_range(months.first, months.last, interval="1mo", eager=True)}
    ).with_columns(end=pl.col("month").dt.month_end())
    left = pl.min_horizontal("date_support_start", "date_support_end")
    is_open = ~pl.col("status").is_in(["CLOSED", "NOT_STARTED"])
    accepted = referrals.filter(given("date_accepted")).with_columns(_left=left)
    waited = accepted.filter(given("_left") | is_open).join_where(
        ends,
        pl.col("date_accepted") <= pl.col("end"),
        pl.col("_left").fill_null(date.max) > pl.col("end"),
    )
    return waited.sort("date_accepted", "referral_id").select(
        "month",
        *split_columns(rural),
        "person_key",
        _wait_band((pl.col("end") - pl.col("date_accepted")).dt.total_days()),
        pl.lit(value=True).alias("waiting"),
    )


def _wait_band(days: pl.Expr) -> pl.Expr:
    """Return the last band whose first day has come."""
    band = pl.lit(None, pl.String)
    for code in WAIT_BANDS:
        has_come = days >= int(code.rstrip("+").split("-")[0])
        band = pl.when(has_come).then(pl.lit(code)).otherwise(band)
    return band.alias("wait_band")
