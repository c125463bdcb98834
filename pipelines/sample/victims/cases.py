"""Victims' Code cases: victims of the crimes that the crime sample counts."""

from typing import Final

import numpy as np
import polars as pl

from pipelines.sample.calibration import load_calibration
from pipelines.sample.counts import home_counts
from pipelines.sample.ladder import Indexes
from pipelines.sample.plan import random_stream
from pipelines.sample.victims.calendar import (
    financial_year,
    in_month,
    known,
    working_days_after,
)
from pipelines.sample.victims.draws import chance, keep, keep_text, keys, pick, pick_by, waits
from pipelines.sample.victims.journey import working_day_lags
from pipelines.sample.victims.plan import PLACES, Days, Flags, victim_stream
from schemas.codes import ROW_TYPES, SAMPLE_MARK

_CRIME_COUNTS: Final = 1
"""The crime sample's stream of counts; cases are drawn from the very same crimes."""

_VICTIMS_A_CRIME: Final = {
    "Bicycle theft": 0.85,
    "Burglary": 0.75,
    "Criminal damage and arson": 0.62,
    "Other theft": 0.5,
    "Public order": 0.45,
    "Robbery": 0.9,
    "Shoplifting": 0.08,
    "Theft from the person": 0.95,
    "Vehicle crime": 0.8,
    "Violence and sexual offences": 0.72,
    "Other crime": 0.2,
}
"""Victims on the record for each crime; none for drugs and weapons. Assumed."""

_GROUPS_OF: Final = {
    "Bicycle theft": {"THEFT_OTH": 1.0},
    "Burglary": {"BURG_RES": 0.64, "BURG_OTH": 0.36},
    "Criminal damage and arson": {"CRIMDAM": 0.97, "HATE": 0.03},
    "Other theft": {"THEFT_OTH": 0.94, "RURAL": 0.06},
    "Public order": {"OTHER": 0.78, "HATE": 0.22},
    "Robbery": {"ROB": 1.0},
    "Shoplifting": {"THEFT_OTH": 1.0},
    "Theft from the person": {"THEFT_OTH": 1.0},
    "Vehicle crime": {"VEH": 1.0},
    "Violence and sexual offences": {
        "DA": 0.36,
        "VIOL": 0.4,
        "HARASS": 0.105,
        "STALK": 0.05,
        "RASSO": 0.045,
        "CSA": 0.028,
        "CSE": 0.004,
        "MSHT": 0.003,
        "CCE": 0.003,
        "FGM_HBA": 0.001,
        "HOMICIDE": 0.001,
    },
    "Other crime": {"OTHER": 1.0},
}
"""How the victims of a police.uk type are spread over crime groups. Assumed."""

_AREA_OF: Final = {
    "E06000019": "Herefordshire",
    "E06000020": "Telford and Wrekin",
    "E06000051": "Shropshire",
    "E07000234": "North Worcestershire",
    "E07000236": "North Worcestershire",
    "E07000239": "North Worcestershire",
    "E07000235": "South Worcestershire",
    "E07000237": "South Worcestershire",
    "E07000238": "South Worcestershire",
}
_SERIOUS: Final = ("DA", "RASSO", "CSA", "CSE", "STALK", "MSHT", "HOMICIDE", "HATE", "FGM_HBA")
_SEXUAL: Final = ("RASSO", "CSA", "CSE")
_OUTCOMES: Final = {
    "1": 9.0,
    "3": 1.0,
    "8": 4.0,
    "10": 1.0,
    "14": 6.0,
    "15": 14.0,
    "16": 27.0,
    "18": 33.0,
    "20": 1.5,
    "21": 2.0,
    "22": 1.5,
}
_AGAIN: Final = 0.06


def make_code_cases() -> pl.DataFrame:
    """Return one row per victim of a recorded crime, sorted by the day it was reported."""
    random = victim_stream(1)
    place, crime_type, reported = _crimes(random)
    groups = [_GROUPS_OF.get(name, {"OTHER": 1.0}) for name in ROW_TYPES]
    group = pick_by(crime_type, groups, random)
    places = pl.Series(PLACES).gather(place)
    frame = pl.DataFrame(
        {
            "case_key": keys(len(place), random),
            **_victim(group, reported, random),
            "la_code": places,
            "lpa": places.replace_strict(_AREA_OF, default=None),
            "crime_group": group,
            "date_reported": reported,
            **_confirmation(reported, random),
            **_needs(group, places, reported, random),
            **_statement(group, reported, random),
        }
    )
    return frame.with_columns(sample_mark=pl.lit(SAMPLE_MARK)).sort("date_reported", "case_key")


def _crimes(random: np.random.Generator) -> tuple[Indexes, Indexes, Days]:
    """Return place, crime type and day of each victim: a part of the crime sample's crimes."""
    counts = home_counts(load_calibration(), random=random_stream(0, _CRIME_COUNTS))
    share = np.array([_VICTIMS_A_CRIME.get(name, 0.0) for name in ROW_TYPES])
    drawn = random.binomial(counts, share[None, :, None])
    place, crime_type, month = np.unravel_index(
        np.repeat(np.arange(drawn.size), drawn.ravel()), drawn.shape
    )
    first_days = (np.datetime64("2023-10", "M") + month).astype("datetime64[D]")
    return place, crime_type, in_month(first_days, random, any_day=1.0)


def _victim(group: pl.Series, reported: Days, random: np.random.Generator) -> dict[str, pl.Series]:
    """Return the kind of victim and the key of persons, a few of whom come twice in a year."""
    count = len(group)
    property_crime = group.is_in(["BURG_OTH", "THEFT_OTH", "CRIMDAM", "OTHER", "RURAL"]).to_numpy()
    shares = (
        {"PERSON": 1.0},
        {"PERSON": 0.8, "BUSINESS": 0.17, "STATE": 0.03},
    )
    kind = pick_by(property_crime.astype(np.int64), shares, random)
    years = pl.DataFrame({"day": reported}).select(financial_year(pl.col("day"))).to_series()
    year = years.rank("dense").to_numpy().astype(np.int64)
    order = np.argsort(year, kind="stable")
    low = np.searchsorted(year[order], year, side="left")
    high = np.searchsorted(year[order], year, side="right")
    other = order[low + np.floor(random.random(count) * (high - low)).astype(np.int64)]
    own = keys(count, random)
    person = own.gather(np.where(chance(_AGAIN, count, random), other, np.arange(count)))
    return {
        "person_key": keep_text(person, (kind == "PERSON").to_numpy()),
        "victim_type": kind,
    }


def _confirmation(reported: Days, random: np.random.Generator) -> dict[str, pl.Series]:
    count = len(reported)
    recorded = reported + random.choice(4, size=count, p=[0.72, 0.24, 0.03, 0.01])
    waived = chance(0.03, count, random)
    sent = ~waived & chance(0.93, count, random)
    day = working_days_after(recorded, np.minimum(waits(2, count, random), 20))
    return {
        "date_recorded": pl.Series(recorded),
        "written_confirmation_date": pl.Series(known(keep(day, sent))),
        "confirmation_waived": pl.Series(np.where(waived, "Y", "N")),
    }


def _needs(
    group: pl.Series, place: pl.Series, reported: Days, random: np.random.Generator
) -> dict[str, pl.Series]:
    """Return the assessment of needs, the rights that follow from it, and the referral."""
    count = len(reported)
    assessed = chance(0.9, count, random)
    serious = group.is_in(_SERIOUS).to_numpy().astype(np.int64)
    shares = ({"Y": 0.2, "N": 0.8}, {"Y": 0.9, "N": 0.1}, {"NOT_ASSESSED": 1.0})
    enhanced = pick_by(np.where(assessed, serious, 2), shares, random)
    reasons = {"SERIOUS": 0.4, "VULN": 0.35, "INTIM": 0.15, "PERSISTENT": 0.1}
    offered = chance(0.78, count, random)
    consents = {"Y": 0.47, "N": 0.49, "NOT_REQUIRED": 0.04}
    consent = pick_by((~offered).astype(np.int64), (consents, {"NOT_ASKED": 1.0}), random)
    agreed = consent.is_in(["Y", "NOT_REQUIRED"]).to_numpy()
    sent = working_days_after(reported, working_day_lags(place, reported, random))
    sent = known(keep(sent, agreed & chance(0.97, count, random)))
    needs = working_days_after(reported, random.choice(4, size=count, p=[0.55, 0.3, 0.1, 0.05]))
    # Nobody is referred before their needs are assessed, but for a few.
    early = chance(0.01, count, random)
    needs = np.where((needs > sent) & ~early, sent, needs)
    return {
        "needs_assessment_date": pl.Series(known(keep(needs, assessed))),
        "enhanced": enhanced,
        "enhanced_reason": keep_text(pick(reasons, count, random), (enhanced == "Y").to_numpy()),
        "support_offered_date": pl.Series(keep(reported, offered)),
        "consent_to_refer": consent,
        "referred_date": pl.Series(sent),
        "referred_to": keep_text(pick({"S01": 0.9, "S02": 0.1}, count, random), ~np.isnat(sent)),
        "contact_preference_recorded": pick({"Y": 0.85, "N": 0.15}, count, random),
        "update_frequency_agreed": pick({"Y": 0.7, "N": 0.3}, count, random),
    }


def _statement(
    group: pl.Series, reported: Days, random: np.random.Generator
) -> dict[str, pl.Series]:
    """Return the personal statement, what else people were told, and the outcome."""
    count = len(reported)
    reaches = chance(np.where(group.is_in(_SERIOUS).to_numpy(), 0.35, 0.18), count, random)
    point = reported + waits(20, count, random)
    is_offered: Flags = reaches & chance(0.86, count, random)
    offered = point + random.integers(0, 8, count)
    made = offered + 1 + waits(15, count, random)
    made = known(keep(made, is_offered & chance(0.45, count, random)))
    hurt = group.is_in([*_SEXUAL, "DA", "VIOL", "ROB", "HOMICIDE"]).to_numpy()
    outcome_day = known(keep(reported + 3 + waits(75, count, random), chance(0.93, count, random)))
    reading = pick({"SELF": 0.2, "OTHER": 0.3, "NONE": 0.5}, count, random)
    return {
        "vps_offer_point_date": pl.Series(known(keep(point, reaches))),
        "vps_offered_date": pl.Series(known(keep(offered, is_offered))),
        "vps_made_date": pl.Series(made),
        "vps_read_pref": keep_text(reading, ~np.isnat(made)),
        "rj_info_date": pl.Series(known(keep(reported + 1, chance(0.4, count, random)))),
        "cica_info_date": pl.Series(known(keep(reported + 2, hurt & chance(0.5, count, random)))),
        "outcome_code": keep_text(pick(_OUTCOMES, count, random), ~np.isnat(outcome_day)),
        "outcome_date": pl.Series(outcome_day),
    }
