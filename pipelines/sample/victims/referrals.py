"""Referrals: one row per referral of a person to a service, the burn-in included."""

from typing import Final

import numpy as np
import polars as pl

from pipelines.sample.ladder import Indexes
from pipelines.sample.victims.calendar import financial_year, in_month
from pipelines.sample.victims.draws import (
    chance,
    keep,
    keep_text,
    keys,
    pick,
    pick_by,
)
from pipelines.sample.victims.journey import (
    Journey,
    draw_journey,
    referred_on,
    reported_before,
)
from pipelines.sample.victims.people import (
    draw_ethnic_details,
    draw_person,
    draw_places,
    draw_small_areas,
)
from pipelines.sample.victims.plan import BURN_IN_MONTHS, Days, victim_stream
from pipelines.sample.victims.referral_codes import (
    enhanced_columns,
    priority_flags,
    reported_to_police,
    support_columns,
)
from pipelines.sample.victims.services import SERVICES
from schemas.codes import SAMPLE_MARK
from schemas.supplied.lists import CRIME_GROUP

_FIRST_MONTH: Final = np.datetime64("2023-10", "M") - BURN_IN_MONTHS
_MONTH_COUNT: Final = 36 + BURN_IN_MONTHS
_GROWTH_A_YEAR: Final = 0.03
_REPEAT_SHARE: Final = 0.07
"""Referrals of a person who was referred to the same service earlier in the financial year."""

_CONSENT: Final = {
    "CONSENT": 0.7,
    "LEGIT_INTEREST": 0.12,
    "PUBLIC_TASK": 0.14,
    "VITAL": 0.01,
    "NK": 0.03,
}

REFERRAL_COLUMNS: Final = (
    "referral_id",
    "person_key",
    "provider_id",
    "service_id",
    "source",
    "crime_reported_to_police",
    "crime_group",
    "secondary_crime_group",
    "online_flag",
    "non_recent",
    "la_code",
    "lsoa21",
    "age_band",
    "sex",
    "gender_same_as_registered",
    "ethnic_group",
    "ethnic_detail",
    "disability",
    "sexual_orientation",
    "religion",
    "first_language_english",
    "pregnancy",
    "care_experienced",
    "enhanced",
    "enhanced_reason",
    "priority_flags",
    "repeat_victim",
    "consent_basis",
    "date_crime_reported",
    "date_offer",
    "date_referred",
    "date_received",
    "date_first_attempt",
    "date_first_contact",
    "date_needs_assessed",
    "date_accepted",
    "date_support_start",
    "date_support_end",
    "status",
    "end_reason",
    "support_types",
    "mode",
    "onward_service_id",
    "planned_exit",
    "sample_mark",
)
"""In the order of the template."""


def make_referrals() -> pl.DataFrame:
    """Return every referral, sorted by provider, day received and id.

    Rows received before October 2023 are the burn-in: returns count them, files leave them out.
    """
    random = victim_stream(0)
    service, received = _service_and_day(random)
    group = pick_by(service, [each.groups for each in SERVICES], random)
    person = _people(service, received, group, random)
    source = pick_by(service, [each.sources for each in SERVICES], random)
    journey = draw_journey(service, received, random)
    columns = (
        _first_columns(service, group, source, random)
        | person
        | _dates(received, source, person["la_code"], journey, random)
    )
    frame = pl.DataFrame(columns)
    return _finished(frame, service, random)


def _service_and_day(random: np.random.Generator) -> tuple[Indexes, Days]:
    months = _FIRST_MONTH + np.arange(_MONTH_COUNT)
    first_days = months.astype("datetime64[D]")
    growth = 1 + _GROWTH_A_YEAR * (np.arange(_MONTH_COUNT) - BURN_IN_MONTHS) / 12
    season = 1 + 0.05 * np.sin(2 * np.pi * (months.astype(int) % 12 - 3) / 12)
    expected = np.array([each.a_year / 12 for each in SERVICES])[:, None] * growth * season
    open_from = np.array([each.start for each in SERVICES], dtype="datetime64[D]")
    open_until = np.array([each.end for each in SERVICES], dtype="datetime64[D]")
    is_open = (open_from[:, None] <= first_days) & (first_days <= open_until[:, None])
    counts = random.poisson(expected * is_open)
    cells = np.repeat(np.arange(counts.size), counts.ravel())
    days = in_month(first_days[cells % _MONTH_COUNT], random, any_day=0.08)
    return cells // _MONTH_COUNT, days


def _people(
    service: Indexes, received: Days, group: pl.Series, random: np.random.Generator
) -> dict[str, pl.Series]:
    """Return the columns about the person; a repeated person has them all the same."""
    place = draw_places(service, group, random)
    columns = {
        "person_key": keys(len(service), random),
        "la_code": place,
        "lsoa21": draw_small_areas(place, random),
        **draw_person(service, group, place, random),
    }
    # Numbers of its own, so that all else is as it was before this column was asked for.
    columns["ethnic_detail"] = draw_ethnic_details(columns["ethnic_group"], victim_stream(13))
    first = _first_rows(service, received, random)
    return {name: column.gather(first) for name, column in columns.items()}


def _first_rows(service: Indexes, received: Days, random: np.random.Generator) -> Indexes:
    """Return for each row the row of the same person: itself, or a first row of the same year."""
    years = pl.DataFrame({"day": received}).select(financial_year(pl.col("day"))).to_series()
    set_of = years.rank("dense").to_numpy().astype(np.int64) * len(SERVICES) + service
    is_again = chance(_REPEAT_SHARE, len(service), random)
    firsts = np.flatnonzero(~is_again)
    firsts = firsts[np.argsort(set_of[firsts], kind="stable")]
    sets = set_of[firsts]
    low = np.searchsorted(sets, set_of, side="left")
    high = np.searchsorted(sets, set_of, side="right")
    drawn = low + np.floor(random.random(len(service)) * (high - low)).astype(np.int64)
    own = np.arange(len(service))
    return np.where(is_again & (high > low), firsts[np.minimum(drawn, len(firsts) - 1)], own)


def _first_columns(
    service: Indexes, group: pl.Series, source: pl.Series, random: np.random.Generator
) -> dict[str, pl.Series]:
    count = len(service)
    other = pl.Series(list(CRIME_GROUP)).gather(random.integers(0, 13, count))
    online = group.is_in(["FRAUD", "CYBER_DEP"]).to_numpy()
    often = group.is_in(["STALK", "HARASS", "CSE", "CSA"]).to_numpy()
    kind = np.where(online, 0, np.where(often, 1, 2))
    shares = (
        {"Y": 0.86, "N": 0.06, "NK": 0.08},
        {"Y": 0.34, "N": 0.56, "NK": 0.1},
        {"Y": 0.06, "N": 0.86, "NK": 0.08},
    )
    past = group.is_in(["RASSO", "CSA"]).to_numpy()
    long_ago = ({"Y": 0.05, "N": 0.85, "NK": 0.1}, {"Y": 0.42, "N": 0.46, "NK": 0.12})
    return {
        "provider_id": pl.Series([each.provider_id for each in SERVICES]).gather(service),
        "service_id": pl.Series([each.service_id for each in SERVICES]).gather(service),
        "source": source,
        "crime_reported_to_police": reported_to_police(source, group, random),
        "crime_group": group,
        "secondary_crime_group": keep_text(
            other, chance(0.09, count, random) & (other != group).to_numpy()
        ),
        "online_flag": pick_by(kind, shares, random),
        "non_recent": pick_by(past.astype(np.int64), long_ago, random),
        "consent_basis": pick(_CONSENT, count, random),
    }


def _dates(
    received: Days,
    source: pl.Series,
    place: pl.Series,
    journey: Journey,
    random: np.random.Generator,
) -> dict[str, pl.Series]:
    referred = referred_on(received, random)
    quick = source.is_in(["POLICE", "VAL"]).to_numpy()
    reported = reported_before(referred, place, quick, random)
    offered = np.maximum(reported, referred - random.integers(0, 2, len(received)))
    days = {
        "date_crime_reported": reported,
        "date_offer": keep(offered, chance(0.72, len(received), random)),
        "date_referred": referred,
        "date_received": received,
        "date_first_attempt": journey.attempt,
        "date_first_contact": journey.contact,
        "date_needs_assessed": journey.needs,
        "date_accepted": journey.accepted,
        "date_support_start": journey.start,
        "date_support_end": journey.end,
    }
    texts = {"status": journey.status, "end_reason": journey.end_reason}
    return {name: pl.Series(column) for name, column in days.items()} | texts


def _finished(frame: pl.DataFrame, service: Indexes, random: np.random.Generator) -> pl.DataFrame:
    """Return the frame with the columns that follow from others, in the order of the template."""
    said = (pl.col("crime_reported_to_police") == "Y") & ~(
        pl.col("source").is_in(["VAL", "OTHER_VS"]) & pl.Series(chance(0.05, len(frame), random))
    )
    frame = frame.with_columns(
        pl.when(said).then(pl.col("date_crime_reported")),
        repeat_victim=pick({"Y": 0.22, "N": 0.66, "NK": 0.12}, len(frame), random),
        sample_mark=pl.lit(SAMPLE_MARK),
    )
    frame = frame.with_columns(**enhanced_columns(frame, random))
    frame = frame.with_columns(
        priority_flags=priority_flags(frame, random), **support_columns(frame, service, random)
    )
    frame = frame.sort("provider_id", "date_received", "service_id", "person_key")
    number = pl.int_range(1, pl.len() + 1).over("provider_id").cast(pl.String).str.zfill(6)
    return frame.with_columns(referral_id=pl.col("provider_id") + "R" + number)
