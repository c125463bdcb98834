"""People beyond the border and the towns stand where they should."""

import os
from pathlib import Path

import duckdb
import numpy as np
import polars as pl
import pytest

from pipelines.reference import HOME_FORCE_CODE, load_reference
from schemas.published import table
from tests.support.tiny_warehouse import write_version

NEAR_KM = 2
KM_PER_DEGREE = 111.2
NARROWED = np.cos(np.radians(52.4))
"""How much shorter a degree of longitude is than one of latitude, in the middle of the force."""


def km_between(places: pl.DataFrame, goals: pl.DataFrame) -> np.ndarray:
    """Kilometres from each place (row) to each goal (column)."""
    here, there = (each.select("latitude", "longitude").to_numpy() for each in (places, goals))
    away = (here[:, None] - there[None]) * [1, NARROWED]
    return np.asarray(KM_PER_DEGREE * np.hypot(away[..., 0], away[..., 1]))


@pytest.fixture(scope="module")
def small() -> pl.DataFrame:
    return load_reference().small_areas


def test_each_town_lies_beside_small_areas_of_its_district(small: pl.DataFrame) -> None:
    towns = load_reference().towns
    km = km_between(towns, small)
    nearest = small["area_code"].gather(km.argmin(axis=1))
    assert nearest.to_list() == towns["area_code"].to_list()
    assert km.min(axis=1).max() < NEAR_KM
    assert towns["sort_order"].to_list() == list(range(1, towns.height + 1))
    assert towns["town_name"].is_unique().all()


def test_every_district_has_a_town(small: pl.DataFrame) -> None:
    assert set(load_reference().towns["area_code"]) == set(small["area_code"])


def test_people_beyond_the_border_live_near_it_and_in_other_forces(small: pl.DataFrame) -> None:
    border = load_reference().border_areas
    assert not set(border["small_area_code"]) & set(small["small_area_code"])
    assert border["small_area_code"].is_unique().all()
    force = dict(load_reference().districts.select("district_code", "force_code").iter_rows())
    assert HOME_FORCE_CODE not in {force[code] for code in border["area_code"]}
    assert border["km_outside"].is_between(0, 30).all()
    # A centre of the force lies further in than the border does, but never nearer.
    assert (km_between(border, small).min(axis=1) >= border["km_outside"].to_numpy()).all()
    assert (border["residents"] > 0).all()
    assert (border["rural_urban_code"].str.starts_with("R") == border["is_rural"]).all()


@pytest.mark.real_data
@pytest.mark.skipif("WM_REAL_DATA" not in os.environ, reason="WM_REAL_DATA is not set")
def test_people_beyond_the_border_are_those_of_the_facts() -> None:
    held = load_reference().border_areas.sort("small_area_code")
    facts = pl.read_csv(Path(os.environ["WM_REAL_DATA"]) / "facts/lsoa21_border.csv")
    facts = facts.sort("lsoa21_code")
    assert held["small_area_code"].to_list() == facts["lsoa21_code"].to_list()
    assert held["residents"].to_list() == facts["population_2021"].to_list()
    assert held["rural_urban_code"].to_list() == facts["ruc21_code"].to_list()
    assert ((held["latitude"] - facts["latitude"]).abs() < 1e-6).all()
    assert ((held["longitude"] - facts["longitude"]).abs() < 1e-6).all()


@pytest.mark.parametrize("name", ["dim_border_area", "dim_town"])
def test_the_tables_have_the_columns_of_the_published_file(name: str, tmp_path: Path) -> None:
    reference = load_reference()
    frame = {"dim_border_area": reference.border_areas, "dim_town": reference.towns}[name]
    assert frame.columns == [column.name for column in table(name).columns]
    with duckdb.connect(str(write_version(tmp_path))) as connection:
        connection.execute(f"insert into {name} by name select * from frame")
        (held,) = connection.execute(f"select count(*) from {name}").fetchone() or (0,)
    assert held == frame.height
