"""Reference tables: areas, residents, districts, outlines, forces. Small, open, committed."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

import polars as pl

HOME_FORCE_CODE: Final = "E23000016"
"""West Mercia."""

_FOLDER: Final = Path(__file__).parents[1] / "data" / "reference"

_AREA_TYPES: Final = {
    "partnership_code": pl.String,
    "residents": pl.Int32,
    "residents_basis": pl.String,
    "hectares": pl.Float64,
    "valid_from": pl.Date,
    "valid_to": pl.Date,
    "sort_order": pl.Int32,
}


@dataclass(frozen=True, eq=False)
class Reference:
    """The tables that give codes their place and name. Sources stand in `data/manifest.csv`.

    areas: one row per force, partnership or district; the columns of `dim_area`.
    small_areas: one row per small area of 2021; the columns of `dim_small_area`.
    border_areas: one row per small area beyond the border; the columns of `dim_border_area`.
    towns: one row per town of the force area, the largest first; the columns of `dim_town`.
    small_areas_2011: one row per small area of 2011 and the small area of 2021 it became.
    districts: one row per district name of England and Wales; code empty for former names.
    outlines: one row per vertex of a district's outline; the columns of `dim_outline`.
    forces: one row per force, with the names that police.uk gives it.
    population: one row per district and part of a characteristic; the columns of `dim_population`.
    """

    areas: pl.DataFrame
    small_areas: pl.DataFrame
    border_areas: pl.DataFrame
    towns: pl.DataFrame
    small_areas_2011: pl.DataFrame
    districts: pl.DataFrame
    outlines: pl.DataFrame
    forces: pl.DataFrame
    population: pl.DataFrame


@cache
def load_reference() -> Reference:
    """Return the reference tables that the product carries."""
    return Reference(
        areas=_read("areas", _AREA_TYPES),
        small_areas=_read("small_areas"),
        border_areas=_read("border_areas"),
        towns=_read("towns"),
        small_areas_2011=_read("small_areas_2011"),
        districts=_read("districts"),
        outlines=_read("outlines"),
        forces=_read("forces"),
        population=_read("population"),
    )


def _read(name: str, types: dict[str, type[pl.DataType]] | None = None) -> pl.DataFrame:
    return pl.read_csv(_FOLDER / f"{name}.csv", schema_overrides=types)
