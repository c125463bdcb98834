"""Complaints of victims, and the reviews of decisions that victims ask for."""

from typing import Final

import numpy as np
import polars as pl

from pipelines.sample.victims.calendar import (
    in_month,
    is_known,
    known,
    working_days_after,
)
from pipelines.sample.victims.draws import chance, keep, keep_text, keys, pick, pick_by, waits
from pipelines.sample.victims.plan import FIRST_DAY, LAST_DAY, Days, victim_stream
from schemas.codes import SAMPLE_MARK

_A_CASE: Final = 0.024
"""Complaints for each person with a case: about 1,000 a year."""

_ABOUT: Final = {
    "POLICE": 0.62,
    "CPS": 0.09,
    "WCU": 0.08,
    "HMCTS": 0.08,
    "PROBATION": 0.03,
    "SERVICE": 0.07,
    "OPCC": 0.03,
}
_RIGHTS_OF: Final = {
    "INFO": {"6": 0.7, "3": 0.2, "1": 0.1},
    "DELAY": {"6": 0.4, "2": 0.3, "NONE": 0.3},
    "ATTITUDE": {"NONE": 0.7, "1": 0.3},
    "REFERRAL": {"4": 1.0},
    "NEEDS": {"4": 0.8, "1": 0.2},
    "COURT": {"8": 0.6, "9": 0.3, "10": 0.1},
    "DATA": {"NONE": 1.0},
    "OTHER": {"NONE": 0.6, "7": 0.2, "5": 0.1, "11": 0.1},
}
_THEMES: Final = {
    "INFO": 0.32,
    "DELAY": 0.22,
    "ATTITUDE": 0.18,
    "REFERRAL": 0.07,
    "NEEDS": 0.06,
    "COURT": 0.06,
    "DATA": 0.02,
    "OTHER": 0.07,
}
_OUTCOMES: Final = {"UPHELD": 0.22, "PART": 0.21, "NOT": 0.53, "WITHDRAWN": 0.04}
_ACKNOWLEDGED_ON_TIME: Final = 0.88
_ALLOWED: Final = 10
"""Working days to acknowledge a complaint or a request for a review."""

_DECISIONS_A_MONTH: Final = {"POLICE": 28.0, "CPS": 12.0}
"""Decisions whose review is asked for."""

_REVIEWED: Final = {"UPHELD": 0.79, "OVERTURNED": 0.14, "WITHDRAWN": 0.07}
_REVIEWED_AGAIN: Final = 0.25
"""Share of decisions left standing that go on to an independent review."""

_LATEST_REQUEST: Final = 85
"""Days after the decision; later requests are out of time."""


def make_complaints(cases: pl.DataFrame) -> pl.DataFrame:
    """Return one row per complaint, sorted by organisation and day received."""
    random = victim_stream(8)
    persons = cases.filter(pl.col("victim_type") == "PERSON")
    persons = persons.filter(pl.Series(chance(_A_CASE, len(persons), random)))
    count = len(persons)
    reported: Days = persons["date_reported"].to_numpy().astype("datetime64[D]")
    received = working_days_after(reported, 5 + waits(40, count, random))
    theme = pick(_THEMES, count, random)
    right = pick_by(_numbers(theme), list(_RIGHTS_OF.values()), random)
    frame = pl.DataFrame(
        {
            "complaint_key": keys(count, random),
            "organisation": pick(_ABOUT, count, random),
            "theme": theme,
            "code_right": right,
            "date_received": received,
            **_answered(received, random),
            "crime_group": persons["crime_group"],
            "la_code": persons["la_code"],
        }
    )
    return (
        frame.filter(pl.col("date_received") <= LAST_DAY)
        .with_columns(sample_mark=pl.lit(SAMPLE_MARK))
        .sort("organisation", "date_received", "complaint_key")
    )


def _numbers(theme: pl.Series) -> "np.ndarray[tuple[int], np.dtype[np.int64]]":
    numbers = {code: number for number, code in enumerate(_RIGHTS_OF)}
    return theme.replace_strict(numbers, return_dtype=pl.Int64).to_numpy()


def _answered(received: Days, random: np.random.Generator) -> dict[str, pl.Series]:
    """Return when a complaint was passed on, acknowledged and answered, and with what result."""
    count = len(received)
    acknowledged = working_days_after(received, _lags(count, random))
    passed_on = np.minimum(working_days_after(received, random.integers(1, 6, count)), acknowledged)
    answered = known(working_days_after(acknowledged, waits(18, count, random)))
    outcome = pick(_OUTCOMES, count, random)
    is_answered = is_known(answered)
    at_once = chance(0.1, count, random) & is_answered
    return {
        "date_passed_on": pl.Series(known(keep(passed_on, chance(0.07, count, random)))),
        "date_acknowledged": pl.Series(known(keep(acknowledged, ~at_once))),
        "date_answered": pl.Series(keep(answered, (outcome != "WITHDRAWN").to_numpy())),
        "outcome": keep_text(outcome, is_answered).fill_null("OPEN"),
    }


def _lags(count: int, random: np.random.Generator) -> "np.ndarray[tuple[int], np.dtype[np.int64]]":
    """Return working days until something is acknowledged: within those allowed, or later."""
    on_time = chance(_ACKNOWLEDGED_ON_TIME, count, random)
    late = _ALLOWED + 1 + np.minimum(waits(6, count, random), 30)
    return np.where(on_time, random.integers(0, _ALLOWED + 1, count), late)


def make_reviews(cases: pl.DataFrame) -> pl.DataFrame:
    """Return one row per review and stage, sorted by organisation and day of the request."""
    random = victim_stream(9)
    organisation, decided = _decisions(random)
    count = len(decided)
    first = pl.DataFrame(
        {
            "vrr_key": keys(count, random),
            "organisation": organisation,
            "stage": pl.repeat("LOCAL", count, eager=True),
            "crime_group": cases["crime_group"].sample(count, seed=int(random.integers(1 << 31))),
            "date_decision": decided,
            **_reviewed(decided, 12.0, random),
        }
    )
    stands = first.filter(pl.col("outcome") == "UPHELD")
    again = stands.filter(pl.Series(chance(_REVIEWED_AGAIN, len(stands), random)))
    standing: Days = again["date_completed"].to_numpy().astype("datetime64[D]")
    second = again.with_columns(
        stage=pl.lit("FULL"), date_decision=pl.Series(standing), **_reviewed(standing, 17.0, random)
    )
    return (
        pl.concat([first, second])
        .filter(pl.col("date_requested").is_between(FIRST_DAY, LAST_DAY))
        .with_columns(sample_mark=pl.lit(SAMPLE_MARK))
        .sort("organisation", "date_requested", "vrr_key")
    )


def _decisions(random: np.random.Generator) -> tuple[pl.Series, Days]:
    """Return decisions from a quarter before the first day on: requests come weeks later."""
    months = (np.datetime64("2023-07", "M") + np.arange(39)).astype("datetime64[D]")
    means = np.array(list(_DECISIONS_A_MONTH.values()))[:, None]
    counts = random.poisson(np.broadcast_to(means, (len(means), len(months))))
    cells = np.repeat(np.arange(counts.size), counts.ravel())
    organisation = pl.Series(list(_DECISIONS_A_MONTH)).gather(cells // len(months))
    return organisation, in_month(months[cells % len(months)], random, any_day=0.0)


def _reviewed(decided: Days, mean: float, random: np.random.Generator) -> dict[str, pl.Series]:
    """Return the request, its acknowledgement and the review, `mean` working days after that."""
    count = len(decided)
    is_late = chance(0.04, count, random)
    lag = np.minimum(waits(24, count, random), _LATEST_REQUEST)
    requested = decided + np.where(is_late, 100 + waits(40, count, random), lag)
    acknowledged = working_days_after(requested, _lags(count, random))
    completed = known(working_days_after(acknowledged, 1 + waits(mean, count, random)))
    outcome = pick(_REVIEWED, count, random)
    outcome = pl.select(
        pl.when(pl.Series(is_late)).then(pl.lit("OUT_OF_TIME")).otherwise(outcome)
    ).to_series()
    return {
        "date_requested": pl.Series(requested),
        "date_acknowledged": pl.Series(known(acknowledged)),
        "date_completed": pl.Series(completed),
        "outcome": keep_text(outcome, is_known(completed)).fill_null("OPEN"),
    }
