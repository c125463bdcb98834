"""Where the sample's rows can lie: small areas, and the fixed points that rows are snapped to."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import polars as pl

from pipelines.sample.calibration import Calibration, Numbers
from pipelines.sample.ladder import Indexes, Ladder
from schemas.codes import ROW_TYPES

POINTS_PER_AREA: Final = 18
"""Points of a small area; the real files of 2024 and 2025 show 17.5 on average."""

_METRES_A_DEGREE: Final = 111_320.0

_DRAWN_TO: Final = {
    "Shoplifting": {"Supermarket": 6.0, "Shopping Area": 5.0, "Petrol Station": 3.0},
    "Theft from the person": {"Shopping Area": 4.0, "Nightclub": 6.0, "Bus/Coach Station": 4.0},
    "Vehicle crime": {"Parking Area": 3.0},
    "Bicycle theft": {"Parking Area": 2.0, "Bus/Coach Station": 4.0},
}
"""How many times likelier a crime type is at a kind of place. Assumed: no published source."""

_TREES: Final = ("Alder", "Ash", "Beech", "Birch", "Cedar", "Elm", "Hawthorn", "Hazel", "Lime")
_ROADS: Final = ("Avenue", "Close", "Court", "Crescent", "Drive", "Gardens", "Lane", "Road")
"""Plain street names of no place in particular, for the points that are not of a published kind."""


@dataclass(frozen=True)
class Places:
    """Small areas before points are drawn in them.

    areas: one row per small area: code, name, longitude, latitude, radius (metres), and `group`,
        the number of the group (a district, outside, without place) that it belongs to. Sorted
        as police.uk sorts a file: rows outside first, rows without a place last.
    weights: how often a row of a type falls in an area of its group, [type, area].
    """

    areas: pl.DataFrame
    weights: Numbers


@dataclass(frozen=True)
class Territory:
    """One force's places, ready to draw from.

    A point's number is its area's number times `POINTS_PER_AREA` plus its slot.
    """

    area_code: pl.Series
    area_name: pl.Series
    longitude: pl.Series
    latitude: pl.Series
    location: pl.Series
    group_count: int
    area_ladder: Ladder
    slot_ladder: Ladder

    def draw_areas(
        self, crime_type: Indexes, group: Indexes, random: np.random.Generator
    ) -> Indexes:
        """Return an area for each row, given its crime type and group."""
        return self.area_ladder.pick(crime_type * self.group_count + group, random)

    def draw_slots(
        self, crime_type: Indexes, area: Indexes, random: np.random.Generator
    ) -> Indexes:
        """Return which of its area's points each row is snapped to."""
        return self.slot_ladder.pick(crime_type * len(self.area_code) + area, random)


def make_territory(
    places: Places, calibration: Calibration, *, random: np.random.Generator
) -> Territory:
    """Return the territory of `places`, with points scattered around each centre."""
    areas = places.areas
    group = areas["group"].to_numpy()
    group_count = int(group.max()) + 1
    member = group[None, :] == np.arange(group_count)[:, None]
    location = _locations(areas, calibration, random)
    longitude, latitude = _points(areas, random)
    return Territory(
        area_code=areas["code"],
        area_name=areas["name"],
        longitude=longitude,
        latitude=latitude,
        location=location,
        group_count=group_count,
        area_ladder=Ladder.of(
            (places.weights[:, None, :] * member[None, :, :]).reshape(-1, len(areas))
        ),
        slot_ladder=Ladder.of(_slot_weights(location)),
    )


def scatter(
    radius: Numbers, latitude: Numbers, random: np.random.Generator
) -> tuple[Numbers, Numbers]:
    """Return offsets in degrees (longitude, latitude), spread evenly over discs of `radius` metres.

    Shape [area, slot]; the first slot is drawn like the rest.
    """
    shape = (len(radius), POINTS_PER_AREA)
    distance = radius[:, None] * np.sqrt(random.random(shape)) / _METRES_A_DEGREE
    angle = 2 * np.pi * random.random(shape)
    squeeze = np.cos(np.radians(latitude))[:, None]
    return distance * np.cos(angle) / squeeze, distance * np.sin(angle)


def _points(areas: pl.DataFrame, random: np.random.Generator) -> tuple[pl.Series, pl.Series]:
    longitude = areas["longitude"].fill_null(0).to_numpy()
    latitude = areas["latitude"].fill_null(0).to_numpy()
    east, north = scatter(areas["radius"].to_numpy(), latitude, random)
    has_place = np.repeat(areas["longitude"].is_not_null().to_numpy(), POINTS_PER_AREA)
    return (
        _as_text((longitude[:, None] + east).ravel(), has_place),
        _as_text((latitude[:, None] + north).ravel(), has_place),
    )


def _as_text(degrees: Numbers, has_place: np.ndarray[tuple[int], np.dtype[np.bool_]]) -> pl.Series:
    """Six decimals, as police.uk writes them; text now, so that no row has to be formatted."""
    pairs = zip(degrees.tolist(), has_place.tolist(), strict=True)
    return pl.Series([f"{value:.6f}" if place else "" for value, place in pairs])


def _locations(
    areas: pl.DataFrame, calibration: Calibration, random: np.random.Generator
) -> pl.Series:
    """Return each point's text, so that rows by text come out as published."""
    texts, shares = _texts_and_shares(calibration)
    picked = random.choice(len(texts), size=len(areas) * POINTS_PER_AREA, p=shares)
    no_place = areas["longitude"].is_null().to_numpy().repeat(POINTS_PER_AREA)
    with_none = pl.concat([texts, pl.Series(["No Location"])])
    return with_none.gather(np.where(no_place, len(texts), picked))


def _texts_and_shares(calibration: Calibration) -> tuple[pl.Series, Numbers]:
    """Published texts with their share, then plain street names that share what is left."""
    published = calibration.locations["location"]
    rows = calibration.locations["rows"].to_numpy()
    share = rows / calibration.rows.sum() / _mean_pull(published, calibration)
    streets = [f"On or near {tree} {road}" for tree in _TREES for road in _ROADS]
    left = np.full(len(streets), (1 - share.sum()) / len(streets))
    return pl.concat([published, pl.Series(streets)]), np.concatenate([share, left])


def _mean_pull(location: pl.Series, calibration: Calibration) -> Numbers:
    """Return how much likelier rows are at each text than at a plain street, all types together."""
    type_share = calibration.rows.sum(axis=0) / calibration.rows.sum()
    mean: Numbers = type_share @ np.array([_pull(location, name) for name in ROW_TYPES])
    return mean


def _slot_weights(location: pl.Series) -> Numbers:
    """Return how often each point of an area is used, [type × area, slot]: a few points, mostly."""
    falling = np.arange(1, POINTS_PER_AREA + 1) ** -0.8
    pull = np.array([_pull(location, name) for name in ROW_TYPES])
    weights: Numbers = pull.reshape(-1, POINTS_PER_AREA) * falling
    return weights


def _pull(location: pl.Series, crime_type: str) -> Numbers:
    factors = _DRAWN_TO.get(crime_type, {})
    kinds = location.str.strip_prefix("On or near ")
    return kinds.replace_strict(factors, default=1.0, return_dtype=pl.Float64).to_numpy()
