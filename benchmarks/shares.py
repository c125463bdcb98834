"""How generated rows are spread over crime types, outcomes and places: as in West Mercia."""

from pathlib import Path
from typing import Final

import h3
import numpy as np
import polars as pl

from pipelines.reference import HOME_FORCE_CODE, load_reference
from schemas.codes import ANTISOCIAL_BEHAVIOUR

_REFERENCE: Final = Path(__file__).parents[1] / "data" / "reference"
_SEED: Final = 20260901
_POINTS: Final = 8192
_SHARE_WITHOUT_PLACE: Final = 0.02
_SPREAD_DEGREES: Final = 0.006


def crime_types() -> pl.DataFrame:
    """One row per crime type: name, share of all rows, is_crime."""
    mix = pl.read_csv(_REFERENCE / "sample_mix.csv").group_by("crime_type").agg(pl.sum("rows"))
    return _shares(mix.rename({"crime_type": "name"})).with_columns(
        is_crime=pl.col("name") != ANTISOCIAL_BEHAVIOUR
    )


def outcomes() -> pl.DataFrame:
    """One row per outcome: name, share of all crimes."""
    mix = pl.read_csv(_REFERENCE / "sample_outcomes.csv").group_by("outcome").agg(pl.sum("rows"))
    return _shares(mix.rename({"outcome": "name"}))


def _shares(mix: pl.DataFrame) -> pl.DataFrame:
    return mix.sort("name").select("name", share=pl.col("rows") / pl.col("rows").sum())


def slots(shares: pl.DataFrame) -> pl.DataFrame:
    """One row per slot 0–999; a name has as many slots as its share of a thousand rows."""
    ends = (shares["share"].cum_sum() * 1000).round().cast(pl.Int64)
    owners = ends.search_sorted(np.arange(1000), side="right").clip(0, len(shares) - 1)
    return shares.drop("share")[owners.to_list()].with_row_index("slot")


def points() -> pl.DataFrame:
    """One row per slot: an anonymous map point with its small area and hexagons, or no place.

    Points crowd where people live, and some are drawn again and again, as police.uk's are.
    """
    random = np.random.default_rng(_SEED)
    areas = load_reference().small_areas
    crowd = areas["residents"].to_numpy() * random.lognormal(0, 0.8, len(areas))
    owners = random.choice(len(areas), size=_POINTS, p=crowd / crowd.sum())
    drawn = areas.select("small_area_code", "small_area_name", "latitude", "longitude")[owners]
    placed = drawn.with_columns(
        latitude=(pl.col("latitude") + _jitter(random)).round(6),
        longitude=(pl.col("longitude") + _jitter(random)).round(6),
    ).with_row_index("slot")
    blank = pl.col("slot") < _POINTS * _SHARE_WITHOUT_PLACE
    return with_hexagons(placed).with_columns(pl.when(~blank).then(pl.exclude("slot")).name.keep())


def _jitter(random: np.random.Generator) -> pl.Series:
    # Rounded, so that several points of a small area fall on the same spot.
    return pl.Series(random.normal(0, _SPREAD_DEGREES, _POINTS).round(3))


def with_hexagons(places: pl.DataFrame) -> pl.DataFrame:
    """Add `hexagon` and `hexagon_wide`, the cells that hold each place."""
    pairs = places.select("latitude", "longitude").iter_rows()
    cells = [h3.latlng_to_cell(latitude, longitude, 8) for latitude, longitude in pairs]
    wide = [h3.cell_to_parent(cell, 7) for cell in cells]
    return places.with_columns(hexagon=pl.Series(cells), hexagon_wide=pl.Series(wide))


def national_places(*, districts: int, small_areas_per_district: int) -> pl.DataFrame:
    """One row per small area: West Mercia's own, then invented districts to the number asked.

    `concentration` says how much crime it has beside the average; its mean is 1. `hexagons`
    lists four cells. Invented districts have codes E079….
    """
    home = _home_places()
    others = _invented_places(districts - home["area_code"].n_unique(), small_areas_per_district)
    places = pl.concat([home, others], how="diagonal").sort("area_code", "small_area_code")
    crowd = np.random.default_rng(_SEED).lognormal(0, 0.8, len(places))
    numbered = with_hexagons(places).with_row_index("place_number")
    return numbered.with_columns(
        concentration=pl.Series(crowd / crowd.mean()),
        hexagons=pl.Series([h3.grid_disk(cell, 1)[:4] for cell in numbered["hexagon"]]),
        place_in_district=pl.int_range(1, pl.len() + 1).over("area_code"),
    )


def _home_places() -> pl.DataFrame:
    reference = load_reference()
    partnerships = reference.areas.select("area_code", "partnership_code")
    areas = reference.small_areas.join(partnerships, on="area_code").with_columns(
        force_code=pl.lit(HOME_FORCE_CODE)
    )
    return areas.select(
        *("small_area_code", "area_code", "partnership_code", "force_code"),
        *("latitude", "longitude"),
    )


def _invented_places(districts: int, each: int) -> pl.DataFrame:
    forces = load_reference().areas.filter(
        (pl.col("area_type") == "force") & ~pl.col("is_home") & ~pl.col("is_invented")
    )["area_code"]
    number = pl.int_range(0, districts * each, eager=True)
    district = number // each
    return pl.DataFrame(
        {
            "small_area_code": [f"E019{value:05d}" for value in number],
            "area_code": [f"E079{value:05d}" for value in district],
            "force_code": forces[(district % len(forces)).to_list()],
            "latitude": 50 + (number // 200) * 0.02,
            "longitude": -3 + (number % 200) * 0.03,
        }
    )
