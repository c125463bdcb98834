"""West Mercia's places, weighted until they agree with the published totals."""

from typing import Final

import numpy as np
import polars as pl

from pipelines.reference import load_reference
from pipelines.sample.calibration import Calibration, Numbers
from pipelines.sample.ladder import Indexes
from pipelines.sample.territory import Places
from schemas.codes import ROW_TYPES

OUTSIDE_SHARE: Final = 0.0036
"""Rows placed in another force's area, as a share of located rows (2024 and 2025)."""

_POINTS_WITHIN: Final = 0.55
"""Points lie within this part of the radius of a disc as large as the small area."""

_OUTSIDE_RADIUS: Final = 300.0
"""Metres around the centre of a small area outside the force."""

_UNEVENNESS: Final = 0.45
"""Spread of small areas beyond what deprivation and class explain (log scale). Assumed."""

_UNEVENNESS_BY_TYPE: Final = {
    "Shoplifting": 1.2,
    "Theft from the person": 1.0,
    "Robbery": 0.7,
    "Bicycle theft": 0.7,
}
"""Further spread of single crime types (log scale), 0.3 for others. Assumed."""

_RAKING_ROUNDS: Final = 40


def home_places(calibration: Calibration, *, random: np.random.Generator) -> Places:
    """Return West Mercia's small areas, some outside it, and the place of rows without one."""
    own = load_reference().small_areas.sort("area_code", "small_area_code")
    outside = calibration.outside_areas.sort("small_area_code")
    district_count = len(calibration.area_codes)
    group_of = {code: number for number, code in enumerate(calibration.area_codes)}
    areas = pl.concat(
        [
            _columns(outside, pl.lit(_OUTSIDE_RADIUS), pl.lit(district_count)),
            _columns(
                own,
                (pl.col("hectares") * 10_000 / np.pi).sqrt() * _POINTS_WITHIN,
                pl.col("area_code").replace_strict(group_of, return_dtype=pl.Int64),
            ),
            no_place(group=district_count + 1),
        ],
        how="vertical_relaxed",
    )
    elsewhere = np.ones((len(ROW_TYPES), len(outside)))
    weights = np.hstack([elsewhere, _own_weights(own, calibration, random), elsewhere[:, :1]])
    return Places(areas=areas, weights=weights)


def no_place(*, group: int) -> pl.DataFrame:
    """Return the one row that stands for rows whose place was not recorded."""
    return pl.DataFrame(
        {
            "code": [""],
            "name": [""],
            "longitude": pl.Series([None], dtype=pl.Float64),
            "latitude": pl.Series([None], dtype=pl.Float64),
            "radius": [0.0],
            "group": [group],
        }
    )


def _columns(table: pl.DataFrame, radius: pl.Expr, group: pl.Expr) -> pl.DataFrame:
    return table.select(
        pl.col("small_area_code").alias("code"),
        pl.col("small_area_name").alias("name"),
        "longitude",
        "latitude",
        radius.alias("radius"),
        group.cast(pl.Int64).alias("group"),
    )


def _own_weights(
    own: pl.DataFrame, calibration: Calibration, random: np.random.Generator
) -> Numbers:
    """Return weights [type, small area] that meet every published total at once."""
    residents = own["residents"].to_numpy()
    spread = np.array([_UNEVENNESS_BY_TYPE.get(name, 0.3) for name in ROW_TYPES])
    by_area = np.exp(_UNEVENNESS * random.standard_normal(len(own)))
    by_type = np.exp(spread[:, None] * random.standard_normal((len(ROW_TYPES), len(own))))
    start = residents * by_area * by_type
    return rake(start, _margins(own, calibration, by_area * residents))


def rake(weights: Numbers, margins: list[tuple[Indexes, Numbers]]) -> Numbers:
    """Return `weights` scaled until their sums agree with every margin.

    Each margin gives the group of every cell and the total wanted of every group. Iterative
    proportional fitting (Deming and Stephan, 1940).
    """
    for _ in range(_RAKING_ROUNDS):
        for group, wanted in margins:
            sums = np.bincount(group.ravel(), weights.ravel(), minlength=len(wanted))
            weights = weights * (wanted / np.maximum(sums, 1e-12))[group]
    return weights


def _margins(
    own: pl.DataFrame, calibration: Calibration, size: Numbers
) -> list[tuple[Indexes, Numbers]]:
    """Return the published totals: top areas, deprivation, rural by type, district by type."""
    type_count, area_count = len(ROW_TYPES), len(own)
    district_count = len(calibration.area_codes)
    district = _district_numbers(own, calibration)
    decile = own["deprivation_decile"].to_numpy() - 1
    urban = (~own["is_rural"]).to_numpy().astype(np.int64)
    is_rest = np.ones(area_count, dtype=np.int64)
    is_rest[_town_centres(district, size * urban * (decile < 5))] = 0
    every_type = np.arange(type_count)[:, None]
    spread = np.zeros((type_count, 1), dtype=np.int64)
    top = calibration.top_rows
    rest = calibration.rows.sum(axis=1) - top
    return [
        (is_rest * district_count + district + spread, np.concatenate([top, rest])),
        (decile + spread, calibration.decile_rows),
        (
            urban * type_count + every_type,
            np.concatenate([calibration.rural_rows, calibration.urban_rows]),
        ),
        (district * type_count + every_type, calibration.rows.ravel()),
    ]


def _district_numbers(own: pl.DataFrame, calibration: Calibration) -> Indexes:
    numbers: Indexes = np.searchsorted(calibration.area_codes, own["area_code"].to_numpy())
    return numbers


def _town_centres(district: Indexes, size: Numbers) -> list[int]:
    """Return each district's largest deprived urban small area, which becomes its busiest."""
    return [
        int(np.argmax(np.where(district == number, size, -1.0)))
        for number in range(district.max() + 1)
    ]
