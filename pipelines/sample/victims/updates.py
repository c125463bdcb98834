"""Updates: one row per duty to tell a victim something, drawn from the cases."""

from typing import Final

import numpy as np
import polars as pl

from pipelines.sample.victims.calendar import known, working_days_after
from pipelines.sample.victims.draws import chance, keep, keep_text, pick, pick_by, waits
from pipelines.sample.victims.plan import LAST_DAY, Days, victim_stream
from schemas.codes import SAMPLE_MARK

_EVENTS: Final = {
    "ARREST": ("POLICE", 15.0, 6),
    "INTERVIEW": ("POLICE", 17.0, 18),
    "RELEASE_NC": ("POLICE", 6.0, 30),
    "BAIL": ("POLICE", 9.0, 20),
    "RUI": ("POLICE", 7.0, 25),
    "BAIL_CHANGE": ("POLICE", 5.0, 60),
    "CHARGE": ("POLICE", 9.0, 70),
    "OOCR": ("POLICE", 4.0, 60),
    "NO_PROSECUTION": ("CPS", 6.0, 100),
    "HEARING_DATE": ("WCU", 7.0, 110),
    "BAIL_HEARING": ("WCU", 2.5, 60),
    "WARRANT": ("WCU", 1.0, 120),
    "REQUIRED_TO_ATTEND": ("WCU", 3.0, 150),
    "SPECIAL_MEASURES": ("WCU", 1.5, 140),
    "OUTCOME": ("WCU", 4.0, 190),
    "SENTENCE": ("WCU", 3.5, 200),
    "APPEAL": ("HMCTS", 0.3, 260),
    "RELEASE_INFO": ("PROBATION", 0.8, 320),
}
"""Event: who has to tell, its weight, and the mean days from report. Assumed."""

_NOT_INVESTIGATED: Final = 0.3
_EVENTS_A_CASE: Final = 2.6
_ON_TIME: Final = 0.83
_NO_RECORD: Final = 0.07
_METHODS: Final = {
    "PHONE": 0.52,
    "EMAIL": 0.24,
    "TEXT": 0.1,
    "LETTER": 0.06,
    "F2F": 0.05,
    "ONLINE": 0.03,
}


def make_case_updates(cases: pl.DataFrame) -> pl.DataFrame:
    """Return the updates of the cases up to the last day, sorted by day of the event.

    Each case that is not investigated has that one event; others have a few, each kind once.
    """
    random = victim_stream(2)
    persons = cases.filter(pl.col("victim_type") == "PERSON")
    case, event, event_date = _events(persons, random)
    owners = {code: owner for code, (owner, _, _) in _EVENTS.items()} | {
        "NO_INVESTIGATION": "POLICE"
    }
    owner = event.replace_strict(owners)
    enhanced = persons["enhanced"].gather(case)
    heard = event_date + np.minimum(waits(2, len(case), random), 10)
    told = _told(event_date, heard, owner, enhanced, random)
    frame = pl.DataFrame(
        {
            "case_key": persons["case_key"].gather(case),
            "event": event,
            "owner": owner,
            "event_date": event_date,
            "info_received_date": keep(heard, (owner == "WCU").to_numpy()),
            "told_date": told,
            "method": keep_text(pick(_METHODS, len(case), random), ~np.isnat(told)),
            "enhanced": enhanced,
            "sample_mark": pl.repeat(SAMPLE_MARK, len(case), eager=True),
        }
    )
    return (
        frame.filter(pl.col("event_date") <= LAST_DAY)
        .unique(["case_key", "event"], keep="first", maintain_order=True)
        .sort("event_date", "case_key", "event")
    )


def _events(
    persons: pl.DataFrame, random: np.random.Generator
) -> tuple["np.ndarray[tuple[int], np.dtype[np.int64]]", pl.Series, Days]:
    count = len(persons)
    dropped = chance(_NOT_INVESTIGATED, count, random)
    number = np.where(dropped, 1, random.poisson(_EVENTS_A_CASE, count))
    case = np.repeat(np.arange(count), number)
    shares = (
        {code: weight for code, (_, weight, _) in _EVENTS.items()},
        {"NO_INVESTIGATION": 1.0},
    )
    event = pick_by(dropped[case].astype(np.int64), shares, random)
    lag = {code: float(mean) for code, (_, _, mean) in _EVENTS.items()} | {"NO_INVESTIGATION": 4.0}
    mean = event.replace_strict(lag, return_dtype=pl.Float64).to_numpy()
    reported: Days = persons["date_reported"].to_numpy().astype("datetime64[D]")[case]
    days: Days = reported + waits(mean, len(case), random)
    return case, event, days


def _told(
    event_date: Days,
    heard: Days,
    owner: pl.Series,
    enhanced: pl.Series,
    random: np.random.Generator,
) -> Days:
    """Return when each victim was told: within the time allowed, later, or not on record.

    Police have five working days, one where rights are enhanced; witness care one from when it
    learns of the event.
    """
    count = len(event_date)
    waiting = (owner == "WCU").to_numpy()
    begun = np.where(waiting, heard, event_date)
    allowed = np.where(waiting | (enhanced == "Y").to_numpy(), 1, 5)
    on_time = chance(_ON_TIME / (1 - _NO_RECORD), count, random)
    early = np.floor(random.random(count) * (allowed + 1)).astype(np.int64)
    late = allowed + 1 + np.minimum(waits(4, count, random), 40)
    told = working_days_after(begun, np.where(on_time, early, late))
    return known(keep(told, ~chance(_NO_RECORD, count, random)))
