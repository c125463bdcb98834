"""Codes of a referral that follow from its crime group, its age or its service."""

from typing import Final

import numpy as np
import polars as pl

from pipelines.sample.ladder import Indexes
from pipelines.sample.victims.draws import chance, joined_codes, keep_text, pick, pick_by
from pipelines.sample.victims.plan import MISSING_FLAG
from pipelines.sample.victims.services import SERVICES
from schemas.supplied.lists import CHILD_AGE_BANDS, CRIME_GROUPS, PRIORITY_FLAG, SUPPORT_TYPES

_USUALLY_ENHANCED: Final = ("DA", "RASSO", "CSA", "CSE", "STALK", "MSHT", "HOMICIDE", "HATE")
_ALWAYS_REPORTED: Final = ("POLICE", "REPORT_FRAUD", "COURT_WS")
_ONWARD: Final = {"EXTERNAL": 0.5, "S01": 0.1, "S02": 0.2, "S09": 0.05, "S16": 0.1, "S20": 0.05}


def reported_to_police(
    source: pl.Series, group: pl.Series, random: np.random.Generator
) -> pl.Series:
    """Return whether the police know of the crime; they do where they referred."""
    shares = (
        {"Y": 0.98, "NK": 0.02},
        {"Y": 0.9, "N": 0.07, "NK": 0.03},
        {"Y": 0.52, "N": 0.38, "NK": 0.1},
    )
    police = source.is_in(_ALWAYS_REPORTED).to_numpy()
    kind = np.where(police, 0, np.where((source == "VAL").to_numpy(), 1, 2))
    return pick_by(kind, shares, random)


def enhanced_columns(frame: pl.DataFrame, random: np.random.Generator) -> dict[str, pl.Series]:
    """Return `enhanced` and `enhanced_reason`, given crime group and age band."""
    entitled = (
        frame["crime_group"].is_in(_USUALLY_ENHANCED) | frame["age_band"].is_in(CHILD_AGE_BANDS)
    ).to_numpy()
    shares = (
        {"Y": 0.18, "N": 0.74, "NOT_ASSESSED": 0.08},
        {"Y": 0.93, "N": 0.03, "NOT_ASSESSED": 0.04},
    )
    enhanced = pick_by(entitled.astype(np.int64), shares, random)
    reason = pick(
        {
            "SERIOUS": 0.33,
            "VULN": 0.31,
            "INTIM": 0.12,
            "PERSISTENT": 0.1,
            "SERIOUS|VULN": 0.07,
            "VULN|INTIM": 0.04,
            "DISCRETION": 0.03,
        },
        len(frame),
        random,
    )
    return {
        "enhanced": enhanced,
        "enhanced_reason": keep_text(reason, (enhanced == "Y").to_numpy()),
    }


def priority_flags(frame: pl.DataFrame, random: np.random.Generator) -> pl.Series:
    """Return the priority groups of each referral; one of them is never there, on purpose."""
    count = len(frame)
    group, age = frame["crime_group"], frame["age_band"]
    of_group = {each.code: each.priority for each in CRIME_GROUPS}
    priority = group.replace_strict(of_group, return_dtype=pl.String)
    flags = {code: (priority == code).to_numpy() for code in PRIORITY_FLAG}
    is_child = age.is_in(CHILD_AGE_BANDS).to_numpy()
    older = {"55-64": 0.1, "65-74": 0.55, "75+": 0.75}
    elder = age.replace_strict(older, default=0.0, return_dtype=pl.Float64).to_numpy()
    flags |= {
        "CYP": is_child & chance(0.985, count, random),
        "ELDER": chance(elder, count, random),
        "MH": chance(0.17, count, random),
        "REPEAT": (frame["repeat_victim"] == "Y").to_numpy() & chance(0.9, count, random),
        "DISAB": (frame["disability"] == "Y").to_numpy() & chance(0.85, count, random),
        "COMPLEX": (frame["enhanced"] == "Y").to_numpy() & chance(0.3, count, random),
    }
    return joined_codes({code: flags[code] for code in PRIORITY_FLAG if code != MISSING_FLAG})


def support_columns(
    frame: pl.DataFrame, service: Indexes, random: np.random.Generator
) -> dict[str, pl.Series]:
    """Return what was given to those whose support began, and how the others' referral ended."""
    count = len(frame)
    began = frame["date_support_start"].is_not_null().to_numpy()
    share = {code: _support_share(code)[service] for code in SUPPORT_TYPES}
    given = {code: began & chance(part, count, random) for code, part in share.items()}
    modes = {
        "PHONE": began & chance(0.8, count, random),
        "VIDEO": began & chance(0.2, count, random),
        "F2F_SITE": began & chance(0.3, count, random),
        "F2F_HOME": began & chance(0.1, count, random),
        "OUTREACH": began & chance(0.08, count, random),
        "ONLINE": began & chance(0.12, count, random),
    }
    reason = frame["end_reason"].fill_null("")
    planned = pick_by(
        (reason == "COMPLETED").to_numpy().astype(np.int64),
        ({"Y": 0.12, "N": 0.88}, {"Y": 0.97, "N": 0.03}),
        random,
    )
    return {
        "support_types": joined_codes(given),
        "mode": joined_codes(modes),
        "onward_service_id": keep_text(
            pick(_ONWARD, count, random), (reason == "REFERRED_ON").to_numpy()
        ),
        "planned_exit": keep_text(planned, (frame["status"] == "CLOSED").to_numpy()),
    }


def _support_share(code: str) -> "np.ndarray[tuple[int], np.dtype[np.float64]]":
    """Return how often each service gives a kind of support: its first always, others at times."""
    return np.array(
        [
            1.0 if each.support[0] == code else 0.45 if code in each.support else 0.0
            for each in SERVICES
        ]
    )
