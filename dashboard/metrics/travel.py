"""How long people travel to a place of help: assumptions, since no road network is loaded."""

import re
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import ArrayLike

from dashboard.metrics.assumptions import AGREED, assumptions
from dashboard.metrics.metric import Choice
from dashboard.metrics.statistics import Array
from dashboard.warehouse import Warehouse

_KM_PER_DEGREE: Final = 111.2


@dataclass(frozen=True, kw_only=True)
class Travel:
    """What is assumed of journeys: how much longer than a straight line, and how fast, km an hour.

    `is_draft` where a value is not agreed: a placeholder of the office, or ours where it has none.
    """

    detour: float = 1.3
    urban_speed: float = 30.0
    rural_speed: float = 50.0
    is_draft: bool = True

    @property
    def mark(self) -> str:
        """What stands behind a figure that rests on them: ' (DRAFT)', or nothing."""
        return " (DRAFT)" if self.is_draft else ""

    @property
    def in_words(self) -> str:
        """The assumptions as a sentence."""
        status = "These are DRAFT, not agreed." if self.is_draft else "These are agreed."
        return (
            f"Assumed: a road is {self.detour:g} times a straight line; {self.urban_speed:g} km an "
            f"hour from urban places, {self.rural_speed:g} from rural ones. {status}"
        )


@dataclass(frozen=True)
class Band:
    """Journeys of over and up to so many minutes, and how much a site so far away counts."""

    over: float
    up_to: float
    weight: float


_NAMES: Final = {
    "TRAVEL_DETOUR": "detour",
    "TRAVEL_SPEED_URBAN": "urban_speed",
    "TRAVEL_SPEED_RURAL": "rural_speed",
}


def travel(warehouse: Warehouse, choice: Choice | None = None) -> Travel:
    """Return the office's assumptions of travel; where it has none, those of the method."""
    held = assumptions(warehouse, choice)
    used = {name: held[code] for code, name in _NAMES.items() if code in held}
    values = {name: each.values.central for name, each in used.items()}
    is_agreed = len(used) == len(_NAMES) and {each.status for each in used.values()} == {AGREED}
    return Travel(
        **{name: value for name, value in values.items() if value}, is_draft=not is_agreed
    )


_BANDS: Final = (Band(0, 15, 1.0), Band(15, 30, 0.68), Band(30, 60, 0.22))
_LIMIT: Final = 30.0
_BAND_CODE: Final = re.compile(r"TRAVEL_WEIGHT_(\d+)_(\d+)")


def bands(warehouse: Warehouse, choice: Choice | None = None) -> tuple[Band, ...]:
    """Return the bands of travel that the office weighs, nearest first, else those of the method.

    Each is an assumption with its minutes in its code, such as TRAVEL_WEIGHT_15_30.
    """
    held = assumptions(warehouse, choice)
    found = ((_BAND_CODE.fullmatch(code), each.values.central) for code, each in held.items())
    made = [
        Band(float(match[1]), float(match[2]), weight)
        for match, weight in found
        if match and weight is not None
    ]
    return tuple(sorted(made, key=lambda each: each.over)) or _BANDS


def longest_journey(warehouse: Warehouse, choice: Choice | None = None) -> float:
    """Return the minutes up to which a place of help counts as within reach."""
    held = assumptions(warehouse, choice).get("TRAVEL_LIMIT")
    return _LIMIT if held is None or held.values.central is None else held.values.central


def travel_minutes(km: Array, *, is_rural: ArrayLike, assumed: Travel) -> Array:
    """Return the minutes of journeys of so many straight kilometres, one row per place of start."""
    speed = np.where(is_rural, assumed.rural_speed, assumed.urban_speed)
    return np.asarray(60 * assumed.detour * km / (speed[:, None] if km.ndim > 1 else speed))


def band_weights(journeys: Array, by_band: tuple[Band, ...]) -> Array:
    """Return how much a site counts that is so many minutes away; 0 outside every band."""
    found = np.zeros(journeys.shape)
    for band in reversed(by_band):
        found[(journeys >= band.over) & (journeys <= band.up_to)] = band.weight
    return found


def straight_km(
    latitudes: ArrayLike, longitudes: ArrayLike, *, to: tuple[ArrayLike, ArrayLike]
) -> Array:
    """Return kilometres from each place (row) to each goal (column), in a straight line.

    Latitudes and longitudes in degrees. Over a few counties the earth is flat: the error is below
    one in a hundred.
    """
    latitude, longitude = (
        np.asarray(each, dtype=np.float64)[:, None] for each in (latitudes, longitudes)
    )
    goal_latitude, goal_longitude = (np.asarray(each, dtype=np.float64)[None, :] for each in to)
    north = latitude - goal_latitude
    east = (longitude - goal_longitude) * np.cos(np.radians((latitude + goal_latitude) / 2))
    return np.asarray(_KM_PER_DEGREE * np.hypot(north, east))
