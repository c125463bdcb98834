"""How many rows each group of places has, by crime type and month."""

from typing import Final

import numpy as np

from pipelines.sample.calibration import MONTHS_PUBLISHED, Calibration, Numbers
from pipelines.sample.home import OUTSIDE_SHARE
from pipelines.sample.ladder import Indexes
from pipelines.sample.plan import MONTH_COUNT, MONTHS, PLANTED_CHANGES
from schemas.codes import ANTISOCIAL_BEHAVIOUR, ROW_TYPES

_LEVEL: Final = 0.94
"""Brings 2025's 8,600 rows a month to about 8,100, the level of early 2024."""

_SEASON_STRENGTH: Final = 0.35
"""Part of the published seasonal swing of crime that is kept.

One year's index is partly chance and partly that year's own events; at full strength a control
chart without seasonal adjustment would flag nearly every summer.
"""

_SEASON_STRENGTH_ASB: Final = 0.8
"""Antisocial behaviour keeps more: its summer peak is in every year we hold."""

_MONTH_NOISE: Final = 0.025
"""Spread of whole months beyond chance (log scale), shared by all of a force's series."""

_CELL_NOISE: Final = 0.05
"""Spread of single series beyond chance (log scale)."""

_FORCE_SPREAD: Final = 0.08
"""How far comparison forces lie apart, overall (log scale)."""

_TYPE_SPREAD: Final = 0.12
"""How far comparison forces lie apart in single crime types (log scale)."""


def home_counts(calibration: Calibration, *, random: np.random.Generator) -> Indexes:
    """Return West Mercia's rows, [group, type, month]: nine districts, outside, without place."""
    located = calibration.rows / MONTHS_PUBLISHED * _LEVEL
    total = located.sum(axis=0)
    expected = np.vstack(
        [located, total * OUTSIDE_SHARE, _without_place(total, calibration.share_without_place)]
    )
    by_month = _by_month(expected, calibration)
    for change in PLANTED_CHANGES:
        district = calibration.area_codes.index(change.area_code)
        by_month[district, ROW_TYPES.index(change.crime_type)] *= change.factors()
    return _draw(by_month, random)


def comparison_counts(
    residents: int, calibration: Calibration, *, random: np.random.Generator
) -> Indexes:
    """Return a comparison force's rows, [group, type, month]: the force, without place."""
    level = np.exp(_FORCE_SPREAD * random.standard_normal())
    tilt = np.exp(_TYPE_SPREAD * random.standard_normal(len(ROW_TYPES)))
    rate = calibration.comparison_rate * _LEVEL * level * tilt
    total = rate * residents / 1000 / 12
    share = calibration.comparison_share_without_place * random.uniform(0.2, 2.0)
    expected = np.vstack([total * (1 - share), total * share])
    return _draw(_by_month(expected, calibration), random)


def _without_place(located: Numbers, share: Numbers) -> Numbers:
    without: Numbers = located * share / (1 - share)
    return without


def _by_month(expected: Numbers, calibration: Calibration) -> Numbers:
    is_asb = np.array([name == ANTISOCIAL_BEHAVIOUR for name in ROW_TYPES])
    strength = np.where(is_asb, _SEASON_STRENGTH_ASB, _SEASON_STRENGTH)[:, None]
    season = 1 + strength * (calibration.season - 1)
    calendar_month = [int(month[5:]) - 1 for month in MONTHS]
    by_month: Numbers = expected[:, :, None] * season[:, calendar_month][None, :, :]
    return by_month


def _draw(expected: Numbers, random: np.random.Generator) -> Indexes:
    month = np.exp(_MONTH_NOISE * random.standard_normal(MONTH_COUNT))
    cell = np.exp(_CELL_NOISE * random.standard_normal(expected.shape))
    return random.poisson(expected * month * cell)
