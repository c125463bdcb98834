"""Published totals that shape the sample, read from `data/reference/sample_*.csv`."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt
import polars as pl

from schemas.codes import OUTCOMES, ROW_TYPES

Numbers = npt.NDArray[np.float64]

MONTHS_PUBLISHED: Final = 10
"""The totals count January to October 2025."""

_FOLDER: Final = Path(__file__).parents[2] / "data" / "reference"


@dataclass(frozen=True)
class Calibration:
    """Totals as arrays. Crime types stand in the order of `ROW_TYPES` throughout.

    area_codes: the nine districts, in code order.
    rows: located rows in ten months, [district, type].
    season: rows by calendar month over their mean, [type, month of year].
    share_without_place: [type], West Mercia.
    rural_rows, urban_rows: located rows in ten months, [type].
    decile_rows: located rows in ten months by deprivation decile, most deprived first.
    top_rows: located rows in ten months of each district's busiest small area.
    outcome_share: [type, outcome in the order of `OUTCOMES`]; no outcome for antisocial behaviour.
    comparison_rate: rows a year per 1,000 residents in eight other forces together, [type].
    comparison_share_without_place: [type], the same forces.
    """

    area_codes: tuple[str, ...]
    rows: Numbers
    season: Numbers
    share_without_place: Numbers
    rural_rows: Numbers
    urban_rows: Numbers
    decile_rows: Numbers
    top_rows: Numbers
    outcome_share: Numbers
    comparison_rate: Numbers
    comparison_share_without_place: Numbers
    locations: pl.DataFrame
    outside_areas: pl.DataFrame


@cache
def load_calibration() -> Calibration:
    """Return the totals that the product carries."""
    types = pl.DataFrame({"crime_type": ROW_TYPES}).join(
        _read("types"), on="crime_type", how="left", maintain_order="left"
    )
    mix = _grid(_read("mix"), "area_code", "rows")
    concentration = _read("concentration").sort("area_code")
    return Calibration(
        area_codes=tuple(mix["area_code"]),
        rows=_numbers(mix.select(ROW_TYPES)),
        season=_season(),
        share_without_place=types["share_without_place"].to_numpy(),
        rural_rows=types["rural_rows"].cast(pl.Float64).to_numpy(),
        urban_rows=types["urban_rows"].cast(pl.Float64).to_numpy(),
        decile_rows=_read("deprivation")
        .sort("deprivation_decile")["rows"]
        .to_numpy()
        .astype(float),
        top_rows=concentration["rows_in_top_small_area"].to_numpy().astype(float),
        outcome_share=_outcome_share(),
        comparison_rate=types["comparison_rate"].to_numpy(),
        comparison_share_without_place=types["comparison_share_without_place"].to_numpy(),
        locations=_read("locations"),
        outside_areas=_read("outside"),
    )


def _season() -> Numbers:
    rows = _numbers(_grid(_read("season"), "month_of_year", "rows").select(ROW_TYPES)).T
    shares: Numbers = rows / rows.mean(axis=1, keepdims=True)
    return shares


def _outcome_share() -> Numbers:
    known = _grid(_read("outcomes"), "outcome", "rows")
    table = pl.DataFrame({"outcome": OUTCOMES}).join(
        known, on="outcome", how="left", maintain_order="left"
    )
    present = [name for name in ROW_TYPES if name in known.columns]
    shares = np.zeros((len(ROW_TYPES), len(OUTCOMES)))
    for name in present:
        counts = table[name].fill_null(0).to_numpy()
        shares[ROW_TYPES.index(name)] = counts / counts.sum()
    return shares


def _grid(table: pl.DataFrame, row: str, value: str) -> pl.DataFrame:
    grid = table.pivot(on="crime_type", index=row, values=value, aggregate_function="first")
    return grid.fill_null(0).sort(row)


def _numbers(table: pl.DataFrame) -> Numbers:
    return table.to_numpy().astype(np.float64)


def _read(name: str) -> pl.DataFrame:
    return pl.read_csv(_FOLDER / f"sample_{name}.csv")
