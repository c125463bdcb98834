"""Quarterly returns of providers, counted from the referrals and scores they sent."""

from datetime import date, timedelta
from typing import Final

import numpy as np
import polars as pl

from pipelines.sample.victims.calendar import quarter_starts
from pipelines.sample.victims.plan import (
    FIRST_DAY,
    LAST_DAY,
    LATE_RETURN,
    MISSING_RETURN,
    victim_stream,
)
from pipelines.sample.victims.scores import improved
from pipelines.sample.victims.services import SERVICES
from schemas.codes import SAMPLE_MARK

DUE_DAYS: Final = 45
"""Days after the end of a quarter in which its return is due."""

_BREAKDOWNS: Final = {
    "LA": "la_code",
    "CRIME_GROUP": "crime_group",
    "SOURCE": "source",
    "AGE": "age_band",
    "SEX": "sex",
    "ETHNIC": "ethnic_group",
    "DISABILITY": "disability",
}
_KEYS: Final = ("provider_id", "service_id", "quarter")
_LONG: Final = (*_KEYS, "measure", "breakdown", "breakdown_value", "value")
Quarters = list[tuple[str, date, date]]


def make_provider_returns(referrals: pl.DataFrame, scores: pl.DataFrame) -> pl.DataFrame:
    """Return every measure of every service and quarter, in the dictionary's long form.

    Counts agree with the referral rows, those before October 2023 included, so that caseloads
    carry over. One return is missing and one late, as `plan.py` says.
    """
    random = victim_stream(4)
    quarters = _quarters()
    parts = [
        _broken_down(_within(referrals, "date_received", quarters), "REFERRALS_IN"),
        _broken_down(_within(referrals, "date_support_start", quarters), "NEW_PEOPLE"),
        _count(_within(referrals, "date_accepted", quarters), "REFERRALS_ACCEPTED"),
        *_closed(_within(referrals, "date_support_end", quarters)),
        _count(_turned_away(referrals, quarters), "UNMET_TURNED_AWAY"),
        *_standing(referrals, quarters),
        *_outcomes(_within(improved(scores), "date", quarters)),
    ]
    counted = pl.concat([part.select(_LONG) for part in parts])
    whole = _with_zeros(counted, quarters)
    return _sent(pl.concat([whole, _invented(whole, random)]), quarters, random)


def _quarters() -> Quarters:
    """Return name, first and last day of each quarter of the sample."""
    starts = quarter_starts(FIRST_DAY, LAST_DAY)
    ends = [each - timedelta(days=1) for each in starts[1:]] + [LAST_DAY]
    return [(_name(start), start, end) for start, end in zip(starts, ends, strict=True)]


def _name(start: date) -> str:
    first = start.year - (start.month < 4)
    return f"{first}-{(first + 1) % 100:02d} Q{(start.month - 4) % 12 // 3 + 1}"


def _within(rows: pl.DataFrame, column: str, quarters: Quarters) -> pl.DataFrame:
    """Return the rows whose day lies in one of the quarters, with its name."""
    table = pl.DataFrame(quarters, schema=["quarter", "first", "last"], orient="row")
    return (
        rows.filter(pl.col(column).is_between(FIRST_DAY, LAST_DAY))
        .sort(column, maintain_order=True)
        .join_asof(table.select("quarter", "first"), left_on=column, right_on="first")
    )


def _count(rows: pl.DataFrame, measure: str) -> pl.DataFrame:
    return _long(rows.group_by(_KEYS).agg(value=pl.len().cast(pl.Float64)), measure)


def _long(counts: pl.DataFrame, measure: str) -> pl.DataFrame:
    return counts.with_columns(
        measure=pl.lit(measure), breakdown=pl.lit("ALL"), breakdown_value=pl.lit("ALL")
    )


def _by(rows: pl.DataFrame, measure: str, breakdown: str, column: str) -> pl.DataFrame:
    counts = rows.group_by(*_KEYS, pl.col(column).alias("breakdown_value"))
    return counts.agg(value=pl.len().cast(pl.Float64)).with_columns(
        measure=pl.lit(measure), breakdown=pl.lit(breakdown)
    )


def _broken_down(rows: pl.DataFrame, measure: str) -> pl.DataFrame:
    parts = [_by(rows, measure, name, column) for name, column in _BREAKDOWNS.items()]
    return pl.concat([part.select(_LONG) for part in (_count(rows, measure), *parts)])


def _closed(rows: pl.DataFrame) -> list[pl.DataFrame]:
    parts = []
    for measure, answer in (("CLOSED_PLANNED", "Y"), ("CLOSED_UNPLANNED", "N")):
        these = rows.filter(pl.col("planned_exit") == answer)
        parts += [_count(these, measure), _by(these, measure, "OUTCOME", "end_reason")]
    return parts


def _turned_away(referrals: pl.DataFrame, quarters: Quarters) -> pl.DataFrame:
    rows = referrals.filter(pl.col("end_reason") == "NO_CAPACITY")
    return _within(rows, "date_received", quarters)


def _standing(referrals: pl.DataFrame, quarters: Quarters) -> list[pl.DataFrame]:
    """Return how many are in support and waiting at the ends of each quarter."""
    parts = []
    for name, first, last in quarters:
        rows = referrals.with_columns(quarter=pl.lit(name))
        parts.append(_count(_active(rows, first - timedelta(days=1)), "ACTIVE_START"))
        parts.append(_count(_active(rows, last), "ACTIVE_END"))
        waiting = rows.filter(
            pl.col("date_accepted") <= last,
            pl.col("date_support_start").is_null() | (pl.col("date_support_start") > last),
        )
        parts.append(_count(waiting, "WAITING_END"))
        longest = (pl.lit(last) - pl.col("date_accepted").min()).dt.total_days()
        waits = waiting.group_by(_KEYS).agg(value=longest.cast(pl.Float64))
        parts.append(_long(waits, "LONGEST_WAIT_DAYS"))
    return parts


def _active(rows: pl.DataFrame, when: date) -> pl.DataFrame:
    """Return who is in support at the end of a day."""
    return rows.filter(
        pl.col("date_support_start") <= when,
        pl.col("date_support_end").is_null() | (pl.col("date_support_end") > when),
    )


def _outcomes(exits: pl.DataFrame) -> list[pl.DataFrame]:
    parts = []
    for (domain,), rows in exits.group_by("domain", maintain_order=True):
        parts.append(_count(rows, f"OUTCOME_MEASURED_{domain}"))
        parts.append(_count(rows.filter("is_improved"), f"OUTCOME_IMPROVED_{domain}"))
    return parts


def _with_zeros(counted: pl.DataFrame, quarters: Quarters) -> pl.DataFrame:
    """Return the counts with a nought wherever a service had none in a quarter of its contract."""
    measures = counted.filter(pl.col("breakdown") == "ALL").select("service_id", "measure").unique()
    under_contract = pl.DataFrame(
        [
            {"provider_id": each.provider_id, "service_id": each.service_id, "quarter": name}
            for each in SERVICES
            for name, first, last in quarters
            if each.start <= first and last <= each.end
        ]
    )
    whole = under_contract.join(measures, on="service_id")
    names = ["provider_id", "service_id", "quarter", "measure"]
    noughts = _long(whole.join(counted, on=names, how="anti"), "").with_columns(
        whole.join(counted, on=names, how="anti")["measure"], value=pl.lit(0.0)
    )
    kept = counted.join(under_contract, on=_KEYS, how="semi")
    return pl.concat([kept, noughts.select(_LONG)])


def _invented(whole: pl.DataFrame, random: np.random.Generator) -> pl.DataFrame:
    """Return what rows cannot tell: contacts, sessions, posts, complaints, studies, spending."""
    active = whole.filter(pl.col("measure") == "ACTIVE_END").sort("service_id", "quarter")
    size, count = active["value"].to_numpy(), len(active)
    services = {each.service_id: each for each in SERVICES}
    yearly = np.array([services[code].value for code in active["service_id"]], dtype=float)
    posts = np.rint(yearly / 48_000 * 2) / 2
    kinds = [services[code].support[0] for code in active["service_id"]]
    idva = np.array([kind == "ADVOCACY_IDVA" for kind in kinds])
    isva = np.array([kind == "ADVOCACY_ISVA" for kind in kinds])
    values = {
        "CONTACTS": np.rint((size + 20) * random.uniform(3.0, 4.5, count)),
        "SESSIONS": np.rint((size + 5) * random.uniform(1.5, 2.5, count)),
        "FTE_IDVA": np.where(idva, posts, 0.0),
        "FTE_ISVA": np.where(isva, posts, 0.0),
        "FTE_OTHER": np.where(idva | isva, 1.0, posts),
        "VACANCY_FTE": random.choice([0.0, 0.5, 1.0], size=count, p=[0.7, 0.2, 0.1]),
        "COMPLAINTS": random.poisson(0.4, count).astype(float),
        "CASE_STUDIES": random.integers(1, 4, count).astype(float),
        "SPEND_GBP": np.rint(yearly / 4 * random.uniform(0.94, 1.04, count)),
    }
    parts = [
        _long(active.select(_KEYS).with_columns(value=pl.Series(column)), measure)
        for measure, column in values.items()
    ]
    return pl.concat([part.select(_LONG) for part in parts])


def _sent(returns: pl.DataFrame, quarters: Quarters, random: np.random.Generator) -> pl.DataFrame:
    """Return the returns with the day they came, without the missing one."""
    senders = sorted({each.provider_id for each in SERVICES})
    days = random.integers(12, 30, size=(len(senders), len(quarters)))
    late_provider, late_quarter, late_day = LATE_RETURN
    sent = pl.DataFrame(
        [
            {
                "provider_id": sender,
                "quarter": name,
                "submitted_on": late_day
                if (sender, name) == (late_provider, late_quarter)
                else last + timedelta(days=int(days[row, column])),
            }
            for row, sender in enumerate(senders)
            for column, (name, _, last) in enumerate(quarters)
            if (sender, name) != MISSING_RETURN
        ]
    )
    return (
        returns.join(sent, on=["provider_id", "quarter"])
        .with_columns(note=pl.lit(None, dtype=pl.String), sample_mark=pl.lit(SAMPLE_MARK))
        .sort(*_KEYS, "measure", "breakdown", "breakdown_value")
    )
