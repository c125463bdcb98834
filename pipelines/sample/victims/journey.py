"""The days of a referral, from the report of the crime to the end of support."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import polars as pl

from pipelines.sample.ladder import Indexes
from pipelines.sample.victims.calendar import (
    day,
    is_known,
    known,
    working_days_after,
    working_days_before,
)
from pipelines.sample.victims.draws import chance, keep, pick, waits
from pipelines.sample.victims.plan import (
    LAST_DAY,
    LAST_KNOWN_DAY,
    SLIPPING_DISTRICT,
    SLIPPING_FROM,
    SLIPPING_ON_TIME,
    SLOW_FROM,
    SLOW_PROVIDER,
    USUAL_ON_TIME,
    Days,
    Flags,
)
from pipelines.sample.victims.services import SERVICES

_BEFORE_SUPPORT: Final = {
    "DECLINED": 0.42,
    "NO_CONTACT": 0.27,
    "INELIGIBLE": 0.08,
    "NO_CAPACITY": 0.06,
    "REFERRED_ON": 0.08,
    "UNSAFE_CONTACT": 0.03,
    "DUPLICATE": 0.03,
    "OTHER": 0.03,
}
_AFTER_SUPPORT: Final = {
    "COMPLETED": 0.69,
    "DISENGAGED": 0.17,
    "REFERRED_ON": 0.05,
    "MOVED": 0.04,
    "OTHER": 0.03,
    "NO_CONTACT": 0.012,
    "DECEASED": 0.008,
}
_DECIDED_AFTER: Final = 30
"""Working days until a referral that comes to nothing is known to."""


@dataclass(frozen=True)
class Journey:
    """The days of every referral as they stand on the last known day, and where it stands."""

    attempt: Days
    contact: Days
    needs: Days
    accepted: Days
    start: Days
    end: Days
    status: pl.Series
    end_reason: pl.Series


def referred_on(received: Days, random: np.random.Generator) -> Days:
    """Return when each referral was sent: mostly the day it was received."""
    lag = random.choice(3, size=len(received), p=[0.78, 0.17, 0.05])
    return np.where(lag > 0, working_days_before(received, lag), received)


def reported_before(
    referred: Days, place: pl.Series, is_quick: Flags, random: np.random.Generator
) -> Days:
    """Return when the crime was reported, before the referral.

    is_quick: the police or their advice line referred, for whom the clock of two working days
    runs; others come when they come.
    """
    lag = working_day_lags(place, referred, random)
    reported = working_days_before(referred, np.where(is_quick, lag, 0))
    slow = referred - (3 + waits(45, len(referred), random))
    moved_to_weekend = (lag != 2) & (reported.astype(int) % 7 == 4) & chance(0.25, len(lag), random)
    quick = np.minimum(reported - np.where(moved_to_weekend, 1, 0), referred)
    return np.where(is_quick, quick, slow)


def working_day_lags(place: pl.Series, days: Days, random: np.random.Generator) -> Indexes:
    """Return working days from report to referral: two or fewer for the usual share."""
    count = len(days)
    slips = (place == SLIPPING_DISTRICT).to_numpy() & (days >= day(SLIPPING_FROM))
    on_time = chance(np.where(slips, SLIPPING_ON_TIME, USUAL_ON_TIME), count, random)
    early = random.choice(3, size=count, p=[0.22, 0.46, 0.32])
    late = 3 + np.minimum(waits(3, count, random), 25)
    lags: Indexes = np.where(on_time, early, late)
    return lags


def draw_journey(service: Indexes, received: Days, random: np.random.Generator) -> Journey:
    """Return the journeys of referrals to services, given by number."""
    count = len(received)
    starts = ~chance(_of("not_started")[service], count, random)
    before = pick(_BEFORE_SUPPORT, count, random)
    after = pick(_AFTER_SUPPORT, count, random)
    slow = _slowness(service, received)
    attempt = working_days_after(
        received, np.minimum(waits(_of("contact_days")[service] * 0.4 * slow, count, random), 25)
    )
    further = np.minimum(waits(_of("contact_days")[service] * 0.35 * slow, count, random), 25)
    contact = working_days_after(attempt, further)
    reached = starts | ~before.is_in(["NO_CONTACT", "UNSAFE_CONTACT", "DUPLICATE"]).to_numpy()
    needs = working_days_after(contact, random.integers(0, 5, count))
    assessed = reached & (starts | chance(0.4, count, random))
    accepted = working_days_after(needs, random.integers(0, 4, count))
    start = working_days_after(
        accepted, waits(_of("wait_days")[service] * 5 / 7 * slow, count, random)
    )
    end = start + 1 + waits(_of("stay_days")[service], count, random)
    days = Journey(
        attempt=known(attempt),
        contact=known(keep(contact, reached)),
        needs=known(keep(needs, assessed)),
        accepted=known(keep(accepted, starts)),
        start=known(keep(start, starts)),
        end=known(keep(end, starts)),
        status=pl.Series([""]),
        end_reason=pl.Series([""]),
    )
    return _with_status(days, starts, received, before, after)


def _of(name: str) -> "np.ndarray[tuple[int], np.dtype[np.float64]]":
    return np.array([getattr(each, name) for each in SERVICES], dtype=np.float64)


def _slowness(service: Indexes, received: Days) -> "np.ndarray[tuple[int], np.dtype[np.float64]]":
    """Return by what waits are multiplied: at one provider, 1.5 rising to 3.5 from spring 2026."""
    is_slow = np.array([each.provider_id == SLOW_PROVIDER for each in SERVICES])[service]
    whole = (day(LAST_DAY) - day(SLOW_FROM)).astype(int)
    part = np.clip((received - day(SLOW_FROM)).astype(int) / whole, 0, 1)
    is_late = is_slow & (received >= day(SLOW_FROM))
    return np.where(is_late, 1.5 + 2.0 * part, 1.0)


def _with_status(
    days: Journey, starts: Flags, received: Days, before: pl.Series, after: pl.Series
) -> Journey:
    """Return the journey with its status: what is not over is somewhere on the way."""
    decided = is_known(working_days_after(received, _DECIDED_AFTER))
    fresh = days.accepted > day(LAST_KNOWN_DAY) - np.timedelta64(7, "D")
    frame = pl.DataFrame(
        {
            "starts": starts,
            "decided": decided,
            "fresh": fresh,
            "before": before,
            "after": after,
            **{name: ~np.isnat(getattr(days, name)) for name in _STEPS},
        }
    )
    status = frame.select(_STATUS).to_series()
    reason = frame.with_columns(status=status).select(
        pl.when(pl.col("status") == "CLOSED")
        .then(pl.col("after"))
        .when(pl.col("status") == "NOT_STARTED")
        .then(pl.col("before"))
    )
    return Journey(
        days.attempt,
        days.contact,
        days.needs,
        days.accepted,
        days.start,
        days.end,
        status,
        reason.to_series(),
    )


_STEPS: Final = ("attempt", "accepted", "start", "end")
_STATUS: Final = (
    pl.when(pl.col("end"))
    .then(pl.lit("CLOSED"))
    .when(pl.col("start"))
    .then(pl.lit("ACTIVE"))
    .when(pl.col("accepted") & pl.col("fresh"))
    .then(pl.lit("ACCEPTED"))
    .when(pl.col("accepted"))
    .then(pl.lit("WAITING"))
    .when(~pl.col("starts") & pl.col("decided"))
    .then(pl.lit("NOT_STARTED"))
    .when(pl.col("attempt"))
    .then(pl.lit("ATTEMPTING"))
    .otherwise(pl.lit("RECEIVED"))
)
