"""Every sample file passes through the door, and exactly the documented rows are set aside."""

from datetime import date
from pathlib import Path

import polars as pl
import pytest

from pipelines.offered import find_offered
from pipelines.policy import load_policy
from pipelines.reference import HOME_FORCE_CODE, load_reference
from pipelines.sample.faults import EXACT_DUPLICATE, FAULTS
from pipelines.sources.police_uk import CleanedFile, clean
from schemas.codes import FORCE_ONLY, NO_LOCATION, OUTSIDE_FORCE

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def cleaned(street_sample: Path) -> dict[str, CleanedFile]:
    """The sample's files as cleaned on 1 November 2026, by name."""
    offered, refused = find_offered(street_sample)
    assert refused == []
    as_of, policy, reference = date(2026, 11, 1), load_policy(None), load_reference()
    return {
        file.file_name: clean(file, as_of=as_of, policy=policy, reference=reference)
        for file in offered
    }


def test_no_file_is_refused_and_all_say_that_they_are_invented(
    cleaned: dict[str, CleanedFile],
) -> None:
    assert len(cleaned) == 323
    assert all(file.is_invented for file in cleaned.values())


def test_rows_read_are_rows_loaded_and_set_aside(cleaned: dict[str, CleanedFile]) -> None:
    for name, file in cleaned.items():
        assert file.rows_read == file.rows_loaded + file.rows_set_aside, name
        assert file.tally["record_count"].sum() == file.rows_loaded, name
    assert sum(file.rows_set_aside for file in cleaned.values()) == len(FAULTS) + 1


def test_exactly_the_documented_lines_are_set_aside(cleaned: dict[str, CleanedFile]) -> None:
    slugs = dict(load_reference().forces.select("force_code", "slug").iter_rows())
    expected = {
        (f"{fault.month}-{slugs[fault.force_code]}-street.csv", fault.line, fault.reason)
        for fault in FAULTS
    }
    force_code, month = EXACT_DUPLICATE
    duplicate_file = f"{month}-{slugs[force_code]}-street.csv"
    found = {
        (name, line, reason)
        for name, file in cleaned.items()
        for line, reason in file.set_aside.select("line", "reason").iter_rows()
    }
    assert expected <= found
    others = {(name, line) for name, line, _ in found - expected}
    lines = {(name, line) for name, line, _ in expected}
    assert [name for name, _ in others - lines] == [duplicate_file]
    duplicates = [reason for name, _, reason in found if name == duplicate_file]
    assert duplicates == ["DUPLICATE_CRIME_ID"]


def test_places_are_understood_as_they_were_meant(cleaned: dict[str, CleanedFile]) -> None:
    tally = pl.concat(file.tally for file in cleaned.values())
    is_home = pl.col("force_code") == HOME_FORCE_CODE
    assert set(tally.filter(~is_home)["area_code"]) == {FORCE_ONLY, NO_LOCATION}
    by_area = dict(
        tally.filter(is_home).group_by("area_code").agg(pl.col("record_count").sum()).iter_rows()
    )
    home_rows = sum(by_area.values())
    assert len(by_area) == 9 + len({NO_LOCATION, OUTSIDE_FORCE})
    assert by_area[OUTSIDE_FORCE] / home_rows == pytest.approx(0.0036, rel=0.1)
    assert by_area[NO_LOCATION] / home_rows == pytest.approx(0.0195, rel=0.1)
