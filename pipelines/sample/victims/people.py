"""Who is referred, and for what: place, age, sex and the other columns about the person."""

from collections.abc import Mapping
from functools import cache
from typing import Final

import numpy as np
import polars as pl

from pipelines.reference import load_reference
from pipelines.sample.calibration import load_calibration
from pipelines.sample.ladder import Indexes, Ladder
from pipelines.sample.victims.catalogue import Service
from pipelines.sample.victims.draws import chance, keep_text, pick, pick_by
from pipelines.sample.victims.plan import (
    DISTRICTS,
    PLACES,
    UNSERVED_DISTRICT,
    UNSERVED_FACTOR,
    Flags,
)
from pipelines.sample.victims.services import SERVICES
from schemas.codes import ROW_TYPES
from schemas.supplied.lists import CRIME_GROUPS

Shares = Mapping[str, float]

_ELSEWHERE: Final = {"OUT": 0.018, "NK": 0.016}
_UNSAID: Final = {"PNTS": 0.035, "NK": 0.035, "NA_ASKED": 0.035}
_MOSTLY_UNSAID: Final = {"PNTS": 0.06, "NK": 0.05, "NA_ASKED": 0.04}
_AGE_UNSAID: Final = {"PNTS": 2.0, "NK": 4.0}

_SEX_BY_GROUP: Final[Mapping[str, float]] = {
    "DA": 0.8,
    "RASSO": 0.88,
    "CSA": 0.76,
    "CSE": 0.82,
    "STALK": 0.77,
    "HARASS": 0.62,
    "FGM_HBA": 0.95,
    "VIOL": 0.42,
    "ROB": 0.33,
    "CCE": 0.2,
    "RURAL": 0.35,
}
"""Share of women and girls, 0.5 in other groups. Assumed."""

_WHITE: Final = (0.955, 0.87, 0.955, 0.92, 0.945, 0.83, 0.885, 0.93, 0.94)
"""Share of white people in the districts, about as in Census 2021."""

_NOT_WHITE: Final = {"MIXED": 0.3, "ASIAN": 0.45, "BLACK": 0.15, "OTHER": 0.1}

_DETAILS: Final[Mapping[str, Shares]] = {
    "WHITE": {"W1": 0.93, "W2": 0.01, "W3": 0.005, "W9": 0.055},
    "MIXED": {"M1": 0.4, "M2": 0.1, "M3": 0.3, "M9": 0.2},
    "ASIAN": {"A1": 0.3, "A2": 0.35, "A3": 0.1, "A4": 0.1, "A9": 0.15},
    "BLACK": {"B1": 0.35, "B2": 0.5, "B9": 0.15},
    "OTHER": {"O2": 0.2, "O9": 0.8},
}
"""Shares of the finer groups in the census groups. Assumed."""

_DETAILED: Final = 0.6
"""Share of referrals that give the finer group."""

_GROUPS: Final = tuple(each.code for each in CRIME_GROUPS)


def draw_places(service: Indexes, crime_group: pl.Series, random: np.random.Generator) -> pl.Series:
    """Return a district, OUT or NK for each row, among those its service serves."""
    number_of = {code: number for number, code in enumerate(_GROUPS)}
    group = crime_group.replace_strict(number_of, return_dtype=pl.Int64).to_numpy()
    by_group = district_shares()
    shares = [_served(by_group[code], each) for each in SERVICES for code in _GROUPS]
    return pick_by(service * len(_GROUPS) + group, shares, random)


@cache
def district_shares() -> dict[str, Shares]:
    """Return for each crime group how it is spread: half as residents, half as recorded crime."""
    areas = load_reference().areas.filter(pl.col("area_code").is_in(DISTRICTS)).sort("area_code")
    residents = areas["residents"].to_numpy() / areas["residents"].sum()
    rows = load_calibration().rows
    shares: dict[str, Shares] = {}
    for group in CRIME_GROUPS:
        types = [ROW_TYPES.index(name) for name in group.police_uk] or list(range(len(ROW_TYPES)))
        crime = rows[:, types].sum(axis=1) / rows[:, types].sum()
        shares[group.code] = dict(zip(DISTRICTS, (residents + crime) / 2, strict=True))
    return shares


def _served(shares: Shares, service: Service) -> Shares:
    served = {code: share for code, share in shares.items() if code in service.districts}
    if service.areas == ("ALL",):
        served = {**served, UNSERVED_DISTRICT: shares[UNSERVED_DISTRICT] * _unserved_factor()}
    total = sum(served.values())
    within = {code: share / total for code, share in served.items()}
    return within | {code: within.get(code, 0.0) + share for code, share in _ELSEWHERE.items()}


def _unserved_factor() -> float:
    """Return what is left of the district's referrals when its rural part sends fewer."""
    areas = _small_areas().filter(pl.col("area_code") == UNSERVED_DISTRICT)
    return float(areas["weight"].to_numpy().sum() / areas["residents"].to_numpy().sum())


@cache
def _small_areas() -> pl.DataFrame:
    is_unserved = (pl.col("area_code") == UNSERVED_DISTRICT) & pl.col("is_rural")
    return (
        load_reference()
        .small_areas.sort("area_code", "small_area_code")
        .with_columns(
            weight=pl.col("residents") * pl.when(is_unserved).then(UNSERVED_FACTOR).otherwise(1.0)
        )
    )


def draw_small_areas(place: pl.Series, random: np.random.Generator) -> pl.Series:
    """Return a small area of each row's district; null outside, and in some rows."""
    areas = _small_areas()
    own = areas["area_code"].to_numpy()[None, :] == np.array(DISTRICTS)[:, None]
    ladder = Ladder.of(areas["weight"].to_numpy()[None, :] * own)
    numbers = {code: number for number, code in enumerate(PLACES)}
    district = place.replace_strict(numbers, return_dtype=pl.Int64).to_numpy()
    is_own = district < len(DISTRICTS)
    picked = ladder.pick(np.where(is_own, district, 0), random)
    is_given = is_own & (random.random(len(place)) < 0.86)
    return keep_text(areas["small_area_code"].gather(picked), is_given)


def draw_person(
    service: Indexes, crime_group: pl.Series, place: pl.Series, random: np.random.Generator
) -> dict[str, pl.Series]:
    """Return the columns about the person, one row per referral."""
    count = len(place)
    is_women_only = np.array([each.sex == "F" for each in SERVICES])[service]
    ages = [{**each.ages, **_scaled(_AGE_UNSAID, each.ages)} for each in SERVICES]
    return {
        "age_band": pick_by(service, ages, random),
        "sex": draw_sexes(crime_group, is_women_only, random),
        "gender_same_as_registered": pick({"Y": 0.84, "N": 0.008, **_MOSTLY_UNSAID}, count, random),
        "ethnic_group": draw_ethnic_groups(place, random),
        "disability": pick({"Y": 0.27, "N": 0.625, **_UNSAID}, count, random),
        "sexual_orientation": pick(
            {"HETERO": 0.79, "GAY_LESBIAN": 0.025, "BI": 0.025, "OTHER": 0.01, **_MOSTLY_UNSAID},
            count,
            random,
        ),
        "religion": pick(
            {
                "NONE": 0.43,
                "CHRISTIAN": 0.36,
                "MUSLIM": 0.03,
                "SIKH": 0.01,
                "HINDU": 0.01,
                "OTHER": 0.01,
                **_MOSTLY_UNSAID,
            },
            count,
            random,
        ),
        "first_language_english": pick({"Y": 0.85, "N": 0.045, **_UNSAID}, count, random),
        "pregnancy": pick({"Y": 0.02, "N": 0.83, **_MOSTLY_UNSAID}, count, random),
        "care_experienced": pick({"Y": 0.03, "N": 0.8, **_MOSTLY_UNSAID}, count, random),
    }


def draw_ethnic_groups(place: pl.Series, random: np.random.Generator) -> pl.Series:
    """Return census groups; where a person lives outside, as in the force area."""
    white = dict(zip(PLACES, (*_WHITE, 0.92, 0.92), strict=True))
    shares = [
        {
            "WHITE": 0.895 * white[code],
            **{group: 0.895 * (1 - white[code]) * part for group, part in _NOT_WHITE.items()},
            **_UNSAID,
        }
        for code in PLACES
    ]
    numbers = {code: number for number, code in enumerate(PLACES)}
    return pick_by(place.replace_strict(numbers, return_dtype=pl.Int64).to_numpy(), shares, random)


def draw_ethnic_details(ethnic_group: pl.Series, random: np.random.Generator) -> pl.Series:
    """Return finer ethnic groups that agree with the census groups; null where none is given."""
    kinds = [*_DETAILS, *_UNSAID]
    numbers = {code: number for number, code in enumerate(kinds)}
    sets = ethnic_group.replace_strict(numbers, return_dtype=pl.Int64).to_numpy()
    details = pick_by(sets, [_DETAILS.get(code, {"NS": 1.0}) for code in kinds], random)
    return keep_text(details, chance(_DETAILED, len(ethnic_group), random))


def draw_sexes(
    crime_group: pl.Series, is_women_only: Flags, random: np.random.Generator
) -> pl.Series:
    """Return sexes as usual for the crime, of women alone where a service takes no others."""
    number_of = {code: number for number, code in enumerate(_GROUPS)}
    group = crime_group.replace_strict(number_of, return_dtype=pl.Int64).to_numpy()
    women = [_SEX_BY_GROUP.get(code, 0.5) for code in _GROUPS]
    shares = [
        {"F": 0.96 * part, "M": 0.96 * (1 - part), "PNTS": 0.02, "NK": 0.02} for part in women
    ]
    sets = np.where(is_women_only, len(_GROUPS), group)
    return pick_by(sets, [*shares, {"F": 1.0}], random)


def _scaled(unsaid: Shares, shares: Shares) -> Shares:
    whole = sum(shares.values())
    return {code: part * whole / 100 for code, part in unsaid.items()}
