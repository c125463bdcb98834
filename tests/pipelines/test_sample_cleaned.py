"""Every sample file passes through the door, and exactly the documented rows are set aside.

As the load of the sample found them: it is the published file that is asked.
"""

from pathlib import Path

import pytest

from pipelines.places import Places
from pipelines.reference import HOME_FORCE_CODE, load_reference
from pipelines.sample.faults import EXACT_DUPLICATE, FAULTS
from schemas.codes import FORCE_ONLY, NO_LOCATION, OUTSIDE_FORCE
from tests.support.loading import query

pytestmark = pytest.mark.slow


@pytest.fixture
def sample(sample_dir: Path) -> Places:
    return Places(sample_dir)


def test_no_file_is_refused_and_all_say_that_they_are_invented(sample: Places) -> None:
    counted = query(sample, "select status, count(*) from meta_file group by all")
    assert counted == [("loaded", 323)]
    invented = "select is_invented from meta_source where source_key = 'police_uk'"
    assert query(sample, invented) == [(True,)]


def test_rows_read_are_rows_loaded_and_set_aside(sample: Places) -> None:
    files = query(
        sample,
        "select file_name, rows_read, rows_loaded, rows_set_aside from meta_file",
    )
    for name, rows_read, rows_loaded, rows_set_aside in files:
        assert rows_read == rows_loaded + rows_set_aside, name
    counted = query(sample, "select sum(record_count)::integer from cube_crime")
    assert counted == [(sum(rows_loaded for _, _, rows_loaded, _ in files),)]
    assert sum(rows_set_aside for _, _, _, rows_set_aside in files) == len(FAULTS) + 1


def test_exactly_the_documented_lines_are_set_aside(sample: Places) -> None:
    slugs = dict(load_reference().forces.select("force_code", "slug").iter_rows())
    expected = {
        (f"{fault.month}-{slugs[fault.force_code]}-street.csv", fault.line, fault.reason)
        for fault in FAULTS
    }
    force_code, month = EXACT_DUPLICATE
    duplicate_file = f"{month}-{slugs[force_code]}-street.csv"
    found = set(query(sample, "select file_name, line, reason from meta_set_aside"))
    assert expected <= found
    ((name, _, reason),) = found - expected
    assert (name, reason) == (duplicate_file, "DUPLICATE_CRIME_ID")


def test_places_are_understood_as_they_were_meant(sample: Places) -> None:
    counted = query(
        sample,
        "select force_code, area_code, sum(record_count)::integer from cube_crime group by all",
    )
    others = {area for force, area, _ in counted if force != HOME_FORCE_CODE}
    assert others == {FORCE_ONLY, NO_LOCATION}
    by_area = {area: count for force, area, count in counted if force == HOME_FORCE_CODE}
    home_rows = sum(by_area.values())
    assert len(by_area) == 9 + len({NO_LOCATION, OUTSIDE_FORCE})
    assert by_area[OUTSIDE_FORCE] / home_rows == pytest.approx(0.0036, rel=0.1)
    assert by_area[NO_LOCATION] / home_rows == pytest.approx(0.0195, rel=0.1)
