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
def real(real_crime: Places) -> Iterator[Warehouse]:
    warehouse = open_warehouse(real_crime.data_dir)
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
    by = ("rural_class", "crime_type")
    found = evaluate(metric("rural_urban_rate"), TEN_MONTHS, warehouse=real, by=by).frame
    expected = pl.read_csv(facts / "rural_urban_crime_2025.csv").rename({"ruc": "rural_class"})
    both = found.join(expected, on=by, how="full")
    assert both.height == expected.height == 28
    assert both["numerator"].to_list() == both["n"].to_list()
    residents = pl.col("denominator") * 12 / 10
    assert both.select((residents - pl.col("population")).abs().max()).item() < 1e-6
    difference = (pl.col("value") - pl.col("annualised_rate_per_1000")).abs()
    # The facts give two decimals.
    assert both.select(difference.max()).item() <= 0.005 + 1e-9


def test_rural_ratios_follow_from_the_facts(real: Warehouse, facts: Path) -> None:
    found = evaluate(metric("RU02"), TEN_MONTHS, warehouse=real, by=("crime_type",)).frame
    rates = pl.read_csv(facts / "rural_urban_crime_2025.csv").with_columns(
        rate=pl.col("n") / pl.col("population")
    )
    wide = rates.pivot("ruc", index="crime_type", values="rate")
    expected = dict(wide.select("crime_type", pl.col("Rural") / pl.col("Urban")).iter_rows())
    assert dict(found.select("crime_type", "value").iter_rows()) == pytest.approx(expected)


def test_rural_shares_equal_the_facts(real: Warehouse, facts: Path) -> None:
    found = evaluate(metric("RU01"), TEN_MONTHS, warehouse=real, by=("crime_type",)).frame
    expected = pl.read_csv(facts / "rural_share_by_type_2025.csv")
    both = found.join(expected, on="crime_type", how="full")
    assert both.height == expected.height == 14
    assert both["denominator"].to_list() == both["n"].to_list()
    assert (
        both.select((pl.col("value") - pl.col("pct_in_rural_lsoas")).abs().max()).item() <= 0.0051
    )
