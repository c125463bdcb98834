"""The real police.uk files, from inbox to cube, against counts made another way."""

import os
import shutil
from collections import Counter
from pathlib import Path

import polars as pl
import pytest

from pipelines.places import Places
from pipelines.reference import HOME_FORCE_CODE
from tests.support.loading import load, query

pytestmark = [
    pytest.mark.real_data,
    pytest.mark.slow,
    pytest.mark.skipif("WM_REAL_DATA" not in os.environ, reason="WM_REAL_DATA is not set"),
]


@pytest.fixture(scope="module")
def real() -> Path:
    return Path(os.environ["WM_REAL_DATA"])


def test_rows_read_are_rows_loaded_and_set_aside_in_each_file(
    real: Path, real_crime: Places
) -> None:
    files = query(real_crime, "select rows_read, rows_loaded, rows_set_aside from meta_file")
    assert len(files) == len(list((real / "police_uk").rglob("*-street.csv.gz"))) == 131
    assert all(read == loaded + aside for read, loaded, aside in files)


def test_home_counts_equal_the_published_facts(real: Path, real_crime: Places) -> None:
    facts = pl.read_csv(real / "facts" / "crimes_by_month_lad_type.csv")
    expected = Counter(
        {
            (month, area, crime_type): rows
            for month, area, crime_type, rows in facts.select(
                "month", "lad_code", "crime_type", "n"
            ).iter_rows()
        }
    )
    found = Counter(
        {
            (month, area, crime_type): rows
            for month, area, crime_type, rows in query(
                real_crime,
                "select strftime(month, '%Y-%m'), area_code, crime_type, record_count "
                f"from cube_crime where force_code = '{HOME_FORCE_CODE}'",
            )
        }
    )
    assert found - expected == Counter()
    # The one exact copy of a row, set aside, is all that the facts count more.
    assert [(month, rows) for (month, _, _), rows in (expected - found).items()] == [("2025-02", 1)]


def test_months_between_the_deliveries_are_missing_not_zero(real_crime: Places) -> None:
    missing = query(
        real_crime,
        "select count(*), min(month)::varchar, max(month)::varchar from meta_coverage "
        f"where force_code = '{HOME_FORCE_CODE}' and not is_supplied and row_count is null",
    )
    assert missing == [(66, "2019-03-01", "2024-12-01")]


def test_the_same_files_again_are_no_new_version_and_are_not_cleaned_again(
    real: Path, real_crime: Places, tmp_path: Path
) -> None:
    places = Places(tmp_path / "data")
    shutil.copytree(real_crime.data_dir, places.data_dir)
    before = {path: path.stat().st_mtime_ns for path in places.cleaned.iterdir()}
    assert load(places, inbox=real / "police_uk", as_of=None).outcome == "unchanged"
    assert {path: path.stat().st_mtime_ns for path in places.cleaned.iterdir()} == before
