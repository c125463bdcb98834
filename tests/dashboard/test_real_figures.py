"""Figures from the real police.uk files equal figures counted in another way."""

import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from dashboard.metrics.catalogue import metric
from dashboard.metrics.evaluate import evaluate
from dashboard.metrics.metric import Choice
from dashboard.warehouse import Warehouse, open_warehouse
from pipelines.places import Places
from schemas.codes import ANTISOCIAL_BEHAVIOUR
from tests.support.loading import load

pytestmark = [
    pytest.mark.real_data,
    pytest.mark.slow,
    pytest.mark.skipif("WM_REAL_DATA" not in os.environ, reason="WM_REAL_DATA is not set"),
]

TEN_MONTHS = Choice(first_month=date(2025, 1, 1), last_month=date(2025, 10, 1))
EVERY_MONTH = Choice(first_month=date(2018, 10, 1), last_month=date(2025, 10, 1))
# The one exact duplicate in the files, set aside by the rule for exact duplicates.
DUPLICATES = 1


@pytest.fixture(scope="module")
def facts() -> Path:
    return Path(os.environ["WM_REAL_DATA"]) / "facts"


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Warehouse]:
    places = Places(tmp_path_factory.mktemp("real"))
    load(places, inbox=Path(os.environ["WM_REAL_DATA"]) / "police_uk", as_of=None)
    warehouse = open_warehouse(places.data_dir)
    yield warehouse
    warehouse.close()


def counts(real: Warehouse, key: str) -> pl.DataFrame:
    by = ("month", "area_code", "crime_type")
    return evaluate(metric(key), EVERY_MONTH, warehouse=real, by=by).frame


def test_counts_by_month_district_and_type_equal_the_facts(real: Warehouse, facts: Path) -> None:
    found = pl.concat([counts(real, "recorded_crime"), counts(real, "antisocial_behaviour")])
    expected = pl.read_csv(facts / "crimes_by_month_lad_type.csv").select(
        (pl.col("month") + "-01").str.to_date(),
        pl.col("lad_code").alias("area_code"),
        "crime_type",
        pl.col("n").alias("expected"),
    )
    both = found.drop_nulls("numerator").join(
        expected, on=["month", "area_code", "crime_type"], how="full", coalesce=True
    )
    difference = both["expected"].fill_null(0) - both["numerator"].fill_null(0)
    assert difference.min() == 0
    assert difference.sum() == DUPLICATES
    assert found["numerator"].sum() == expected["expected"].sum() - DUPLICATES


def test_months_not_in_the_files_are_missing_and_the_others_are_not(real: Warehouse) -> None:
    result = evaluate(metric("recorded_crime"), EVERY_MONTH, warehouse=real, by=("month",))
    assert result.frame["value"].count() == 19
    assert result.period.missing[0] == date(2019, 3, 1)


def test_district_rates_equal_the_profile(real: Warehouse, facts: Path) -> None:
    frame = evaluate(
        metric("recorded_crime_rate"), TEN_MONTHS, warehouse=real, by=("area_code",)
    ).frame
    found = dict(frame.select("area_code", "value").iter_rows())
    profile = pl.read_csv(facts / "lad_profile.csv")
    for code, rate in profile.select("lad_code", "annualised_rate_per_1000_excl_asb").iter_rows():
        assert found[code] == pytest.approx(rate, abs=0.06), code


def test_rural_and_urban_rates_equal_the_facts(real: Warehouse, facts: Path) -> None:
    rows = pl.read_csv(facts / "rural_urban_crime_2025.csv")
    for crime_type in ("Burglary", ANTISOCIAL_BEHAVIOUR):
        choice = Choice(
            first_month=TEN_MONTHS.first_month,
            last_month=TEN_MONTHS.last_month,
            crime_types=(crime_type,),
        )
        frame = evaluate(metric("rural_urban_rate"), choice, warehouse=real).frame
        found = {row["rural_urban"]: row for row in frame.iter_rows(named=True)}
        for place, count, rate in (
            rows.filter(pl.col("crime_type") == crime_type)
            .select("ruc", "n", "annualised_rate_per_1000")
            .iter_rows()
        ):
            assert found[place]["numerator"] == count
            assert found[place]["value"] == pytest.approx(rate, abs=0.006)
