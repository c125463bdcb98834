"""The residents that estimates rest on: whole, coded as supplied tables are, and adding up."""

from typing import Final

import polars as pl
import pytest

from pipelines.reference import HOME_FORCE_CODE, load_reference
from schemas.supplied.lists import AGE_BAND, AREA_CODE, DISABILITY, ETHNIC_GROUP, SEX, UNSAID

ENGLAND_AND_WALES: Final = "K04000001"
LISTS: Final = {
    "age_band": AGE_BAND,
    "sex": SEX,
    "ethnic_group": ETHNIC_GROUP,
    "disability": DISABILITY,
}


@pytest.fixture(scope="module")
def population() -> pl.DataFrame:
    return load_reference().population


@pytest.mark.parametrize("characteristic", LISTS)
def test_every_district_has_each_part_that_can_be_known_once(
    characteristic: str, population: pl.DataFrame
) -> None:
    held = population.filter(pl.col("characteristic") == characteristic)
    known = [code for code in LISTS[characteristic] if code not in UNSAID]
    expected = {(area, part) for area in AREA_CODE for part in known}
    assert sorted(held.select("area_code", "part").iter_rows()) == sorted(expected)


def test_ages_and_other_forces_add_up_to_england_and_wales(population: pl.DataFrame) -> None:
    forces = load_reference().areas.filter(
        pl.col("area_type") == "force",
        pl.col("area_code") != HOME_FORCE_CODE,
        ~pl.col("is_invented"),
    )
    ages = population.filter(pl.col("characteristic") == "age_band")["residents"].sum()
    whole = population.filter(pl.col("area_code") == ENGLAND_AND_WALES)["residents"].item()
    assert int(ages) + int(forces["residents"].sum()) == whole


@pytest.mark.parametrize("characteristic", ["sex", "ethnic_group", "disability"])
def test_census_parts_add_up_to_the_residents_of_the_district(
    characteristic: str, population: pl.DataFrame
) -> None:
    residents = load_reference().areas.select("area_code", whole="residents")
    held = population.filter(pl.col("characteristic") == characteristic)
    sums = held.group_by("area_code").agg(pl.sum("residents")).join(residents, on="area_code")
    # The census rounds each published cell a little to protect people.
    assert (sums["residents"] / sums["whole"] - 1).abs().max() == pytest.approx(0, abs=0.001)
