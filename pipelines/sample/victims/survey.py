"""The survey of victims: sets of answers, drawn from people whom cases and referrals are about."""

from typing import Final

import numpy as np
import polars as pl

from pipelines.sample.calibration import Numbers
from pipelines.sample.ladder import Indexes
from pipelines.sample.victims.calendar import quarter
from pipelines.sample.victims.catalogue import ADULTS
from pipelines.sample.victims.draws import chance, keep_text, keys, pick, pick_by
from pipelines.sample.victims.people import draw_ethnic_groups, draw_sexes
from pipelines.sample.victims.plan import FIRST_DAY, LAST_DAY, Flags, victim_stream
from schemas.codes import SAMPLE_MARK
from schemas.supplied.lists import ADULT_AGE_BANDS

_ASKED: Final = {"POLICE_VICTIM": 0.115, "SERVICE_USER": 0.2, "WITNESS": 0.125}
"""Share of people who give answers: about 1,800 in a quarter.

That is what it takes for each district, and each of the common crimes, to have the 50 answers in
a quarter below which no percentage is shown. Real surveys of this size are made by telephone and
text message together.
"""

_NOT_ASKED: Final = ("CSA", "CSE", "CCE", "MSHT", "FGM_HBA", "HOMICIDE")
"""Crimes after which the police do not survey."""

_CHANNELS: Final = (
    {"PHONE": 0.55, "SMS": 0.28, "ONLINE": 0.17},
    {"PHONE": 0.35, "SMS": 0.18, "ONLINE": 0.32, "FACE": 0.15},
)

_SATISFIED: Final = {
    "DA": 0.73,
    "RASSO": 0.66,
    "STALK": 0.66,
    "BURG_RES": 0.7,
    "VIOL": 0.63,
    "VEH": 0.58,
    "THEFT_OTH": 0.55,
    "CRIMDAM": 0.56,
}
"""Share completely or very satisfied; first, fourth and fifth about as published in 2021."""

_OF_OTHERS: Final = 0.62
_OF_SERVICE_USERS: Final = 0.85

_ADDED: Final = {
    "q_overall": 0.0,
    "q_first_contact": 0.05,
    "q_actions": -0.06,
    "q_kept_informed": -0.1,
    "q_treatment": 0.08,
}
"""How far a question lies above or below satisfaction over all."""

_SATISFIED_LEVELS: Final = {"COMPLETELY": 0.42, "VERY": 0.58}
_OTHER_LEVELS: Final = {
    "FAIRLY": 0.46,
    "NEITHER": 0.2,
    "FAIRLY_DIS": 0.16,
    "VERY_DIS": 0.11,
    "COMPLETELY_DIS": 0.07,
}
_UNANSWERED: Final = 0.015
_FIVE_POINTS: Final = {"5": 0.3, "4": 0.42, "3": 0.13, "2": 0.1, "1": 0.05}
_AWARE: Final = ({"Y": 0.37, "N": 0.56, "NR": 0.07}, {"Y": 0.58, "N": 0.37, "NR": 0.05})
_OFFERED: Final = ({"Y": 0.61, "N": 0.33, "NR": 0.06}, {"Y": 0.95, "N": 0.03, "NR": 0.02})
_STATEMENT: Final = (
    {"Y": 0.16, "N": 0.24, "NA": 0.55, "NR": 0.05},
    {"Y": 0.36, "N": 0.3, "NA": 0.29, "NR": 0.05},
)
_SERIOUS: Final = ("DA", "RASSO", "STALK", "HATE", "ROB")


def make_satisfaction(referrals: pl.DataFrame, cases: pl.DataFrame) -> pl.DataFrame:
    """Return one row per set of answers of an adult, sorted by quarter and key."""
    random = victim_stream(5)
    people = pl.concat(
        [
            _police_victims(cases, "POLICE_VICTIM", random),
            _service_users(referrals, random),
            _police_victims(cases.filter(pl.col("outcome_code") == "1"), "WITNESS", random),
        ]
    )
    is_user = (people["population"] == "SERVICE_USER").to_numpy()
    frame = people.select(
        survey_id=keys(len(people), random),
        quarter=quarter(pl.col("day")),
        channel=pick_by(is_user.astype(np.int64), _CHANNELS, random),
        **{name: pl.col(name) for name in people.columns if name != "day"},
        weight=pl.lit(1),
        **_answers(people, is_user, random),
        sample_mark=pl.lit(SAMPLE_MARK),
    )
    return frame.sort("quarter", "survey_id")


def _police_victims(
    cases: pl.DataFrame, population: str, random: np.random.Generator
) -> pl.DataFrame:
    """Return some people of the cases, asked in the quarter in which they reported."""
    asked = cases.filter(
        pl.col("victim_type") == "PERSON", ~pl.col("crime_group").is_in(_NOT_ASKED)
    )
    asked = asked.filter(pl.Series(chance(_ASKED[population], len(asked), random)))
    count = len(asked)
    return asked.select(
        population=pl.lit(population),
        day="date_reported",
        crime_group="crime_group",
        la_code="la_code",
        age_band=pick({**ADULTS, "PNTS": 2.0, "NK": 3.0}, count, random),
        sex=draw_sexes(asked["crime_group"], np.zeros(count, dtype=np.bool_), random),
        ethnic_group=draw_ethnic_groups(asked["la_code"], random),
        disability=pick({"Y": 0.22, "N": 0.69, "PNTS": 0.04, "NK": 0.05}, count, random),
    )


def _service_users(referrals: pl.DataFrame, random: np.random.Generator) -> pl.DataFrame:
    """Return some adults whose support was completed, asked in the quarter in which it was."""
    left = referrals.filter(
        pl.col("end_reason") == "COMPLETED",
        pl.col("date_support_end").is_between(FIRST_DAY, LAST_DAY),
        pl.col("age_band").is_in(ADULT_AGE_BANDS),
    )
    left = left.filter(pl.Series(chance(_ASKED["SERVICE_USER"], len(left), random)))
    return left.select(
        pl.lit("SERVICE_USER").alias("population"),
        pl.col("date_support_end").alias("day"),
        "crime_group",
        "la_code",
        "age_band",
        "sex",
        "ethnic_group",
        "disability",
    )


def _answers(
    people: pl.DataFrame, is_user: Flags, random: np.random.Generator
) -> dict[str, pl.Series]:
    """Return the answers; people who are satisfied with one thing often are with another."""
    count = len(people)
    mood = random.standard_normal(count)
    group = people["crime_group"].replace_strict(
        _SATISFIED, default=_OF_OTHERS, return_dtype=pl.Float64
    )
    satisfied = np.where(is_user, _OF_SERVICE_USERS, group.to_numpy())
    user = is_user.astype(np.int64)
    serious = people["crime_group"].is_in(_SERIOUS).to_numpy().astype(np.int64)
    scales = {
        name: _satisfaction(np.clip(satisfied + more, 0.05, 0.97), _place(mood, random), random)
        for name, more in _ADDED.items()
    }
    told = {
        "aware_code": pick_by(user, _AWARE, random),
        "offered_support": pick_by(user, _OFFERED, random),
        "offered_vps": pick_by(serious, _STATEMENT, random),
    }
    points = {
        name: keep_text(_points(_place(mood, random)), is_user)
        for name in ("better_able_to_cope", "safer", "recommend")
    }
    return scales | told | points


def _place(mood: Numbers, random: np.random.Generator) -> Numbers:
    """Return each person's place among all for one question, from 0, most content, to 1."""
    order = np.argsort(np.argsort(0.8 * mood + 0.6 * random.standard_normal(len(mood))))
    places: Numbers = (order + 0.5) / len(mood)
    return places


def _satisfaction(satisfied: Numbers, place: Numbers, random: np.random.Generator) -> pl.Series:
    """Return the answer at each place, where `satisfied` is the share of the upper two answers."""
    upper = np.outer(satisfied, list(_SATISFIED_LEVELS.values()))
    lower = np.outer(1 - satisfied, list(_OTHER_LEVELS.values()))
    steps = np.hstack([upper, lower]).cumsum(axis=1)[:, :-1]
    answer = pl.Series([*_SATISFIED_LEVELS, *_OTHER_LEVELS]).gather(_steps_below(steps, place))
    is_given = pl.Series(~chance(_UNANSWERED, len(place), random))
    return pl.select(pl.when(is_given).then(answer).otherwise(pl.lit("NR"))).to_series()


def _points(place: Numbers) -> pl.Series:
    steps = np.array(list(_FIVE_POINTS.values())).cumsum()[:-1]
    return pl.Series(list(_FIVE_POINTS)).gather(_steps_below(steps[None, :], place))


def _steps_below(steps: Numbers, place: Numbers) -> Indexes:
    below: Indexes = (place[:, None] > steps).sum(axis=1)
    return below
