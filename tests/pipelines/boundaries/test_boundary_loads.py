"""Boundary files on their way to the maps: which one is drawn, what stays, what is recorded."""

import os
from pathlib import Path

import duckdb
import polars as pl
import pytest

from pipelines.boundaries.intake import BoundaryIntake, take_in_boundaries
from pipelines.boundaries.log import BoundaryLogDamaged, boundary_tables
from pipelines.offered import look_through
from pipelines.places import Places
from pipelines.progress import no_progress
from pipelines.reference import load_reference
from pipelines.status import status
from tests.support.boundaries import (
    district_areas,
    district_features,
    feature,
    geojson,
    small_area_features,
)
from tests.support.loading import load, query
from tests.support.street_files import write_street

HEREFORDSHIRE = "E06000019"


@pytest.fixture
def places(tmp_path: Path) -> Places:
    made = Places(tmp_path / "data")
    made.create()
    return made


def put(places: Places, name: str, content: bytes, *, age: int = 0) -> Path:
    """Put a file into the inbox that was changed `age` seconds before now."""
    path = places.inbox / name
    path.write_bytes(content)
    moment = path.stat().st_mtime - 100 - age
    os.utime(path, (moment, moment))
    return path


def take_in(places: Places) -> BoundaryIntake:
    return take_in_boundaries(places, look_through(places.inbox).boundaries, progress=no_progress)


def shifted(east: float) -> bytes:
    """Return the districts a little to the east: another edition, as far as the loader knows."""
    features = district_features()
    for each in features:
        (ring,) = each["geometry"]["coordinates"]
        each["geometry"]["coordinates"] = [[[x + east, y] for x, y in ring]]
    return geojson(features)


def states(taken: BoundaryIntake) -> dict[str | None, str]:
    return {file.file_name: file.status for file in taken.log.files}


def test_without_a_file_the_outlines_carried_are_drawn_and_say_that_they_are_generalised(
    places: Places,
) -> None:
    taken = take_in(places)
    record = boundary_tables(taken.log, taken.outlines)["meta_boundary"]
    assert taken.outlines.equals(load_reference().outlines)
    assert record.select("load_number", "status", "vertices").rows() == [(0, "in use", 1113)]
    assert "District outlines are generalised" in record["credit"][0]
    assert not places.boundaries.exists()


def test_a_file_is_known_by_content_and_drawn_until_a_newer_one_comes(places: Places) -> None:
    put(places, "from-a-colleague.txt", geojson(district_features()), age=50)
    first = take_in(places)
    assert states(first) == {"from-a-colleague.txt": "in use"}
    assert "9 features read = 9 loaded + 0 set aside" in first.notes[0]

    put(places, "newer.json", shifted(0.001))
    second = take_in(places)
    assert states(second) == {"from-a-colleague.txt": "replaced", "newer.json": "in use"}
    assert second.log.files[0].message == "A newer file is drawn in its place."
    assert not second.outlines.equals(first.outlines)
    assert len(list(places.boundaries.glob("*.parquet"))) == 1


def test_the_same_file_again_changes_nothing_and_is_drawn_when_it_has_left_the_inbox(
    places: Places,
) -> None:
    path = put(places, "lad.geojson", geojson(district_features()))
    first = take_in(places)
    again = take_in(places)
    path.unlink()
    without = take_in(places)
    assert again.log == first.log == without.log
    assert (again.notes, again.refused) == ((), ())
    assert without.outlines.equals(first.outlines)


def test_districts_count_before_small_areas_whichever_comes_last(places: Places) -> None:
    put(places, "lad.geojson", geojson(district_features()), age=50)
    put(places, "lsoa.geojson", geojson(small_area_features()))
    taken = take_in(places)
    assert states(taken) == {"lad.geojson": "in use", "lsoa.geojson": "replaced"}
    assert "the more exact one" in taken.log.files[1].message


def test_small_areas_alone_are_joined_and_the_note_says_that_they_are_not_kept(
    places: Places,
) -> None:
    put(places, "lsoa.geojson", geojson(small_area_features()))
    taken = take_in(places)
    assert states(taken) == {"lsoa.geojson": "in use"}
    assert set(taken.outlines["area_code"]) == set(district_areas())
    assert taken.notes[0].endswith("Small areas themselves are drawn by no map, and are not kept.")


def test_a_bad_file_leaves_the_last_good_one_and_is_recorded(places: Places) -> None:
    put(places, "good.geojson", geojson(district_features()), age=50)
    good = take_in(places)
    put(places, "bad.geojson", geojson(district_features()[:7]))
    taken = take_in(places)
    assert states(taken) == {"good.geojson": "in use", "bad.geojson": "refused"}
    assert taken.outlines.equals(good.outlines)
    (refusal,) = taken.refused
    assert "bad.geojson lacks 2 of the 9 districts" in refusal.message
    record = boundary_tables(taken.log, taken.outlines)["meta_boundary"]
    counts = record.select("rows_read", "rows_loaded", "rows_set_aside").rows()
    assert counts == [(9, 9, 0), (9, 9, 0), (7, 0, 7)]


def test_a_bad_file_alone_leaves_the_outlines_carried(places: Places) -> None:
    put(places, "bad.json", b"{")
    taken = take_in(places)
    assert taken.outlines.equals(load_reference().outlines)
    assert [each.file_name for each in taken.refused] == ["bad.json"]


def test_a_file_corrected_under_its_name_is_taken(places: Places) -> None:
    put(places, "lad.geojson", geojson(district_features()[:7]), age=50)
    assert take_in(places).log.in_use is None
    put(places, "lad.geojson", geojson(district_features()))
    assert [file.status for file in take_in(places).log.files] == ["refused", "in use"]


def test_oddities_are_told_once(places: Places) -> None:
    odd = feature(None, LAD24CD="nowhere")
    put(places, "lad.geojson", geojson([*district_features(), odd]))
    told = take_in(places).warnings
    assert len(told) == 1
    assert "lad.geojson: feature 10 set aside, LAD24CD is 'nowhere'" in told[0]
    assert take_in(places).warnings == ()


@pytest.mark.parametrize("name", ["log.json", "outlines"])
def test_a_damaged_store_is_told_with_the_way_out(places: Places, name: str) -> None:
    put(places, "lad.geojson", geojson(district_features()))
    take_in(places)
    damaged = next(places.boundaries.glob("*.parquet" if name == "outlines" else name))
    damaged.write_bytes(b"\x00")
    with pytest.raises(BoundaryLogDamaged, match=r"Put it back from the backup; or remove"):
        take_in(places)


def test_a_load_publishes_outlines_record_and_status(places: Places) -> None:
    write_street(places.inbox, "2026-09", 20)
    assert load(places).outcome == "published"
    others = [feature(None, LAD24CD="E09000001")]
    put(places, "lad.geojson", geojson([*others, *district_features()]))
    report = load(places)
    assert report.outcome == "published"
    assert any("Maps draw the outlines of lad.geojson" in note for note in report.notes)
    assert load(places).outcome == "unchanged"
    assert query(
        places,
        "select status, file_name, rows_read, rows_loaded, rows_set_aside from meta_boundary "
        "order by load_number",
    ) == [("replaced", None, 9, 9, 0), ("in use", "lad.geojson", 10, 9, 1)]
    assert query(places, "select count(distinct area_code) from dim_outline") == [(9,)]
    drawn = status(places)["boundaries"]
    assert drawn["source_name"] == "Local authority districts 2024"
    assert drawn["file_name"] == "lad.geojson"


def test_status_of_a_version_older_than_the_record_still_tells_the_rest(places: Places) -> None:
    write_street(places.inbox, "2026-09", 20)
    version = load(places).version
    with duckdb.connect(str(places.published / f"{version}.duckdb")) as connection:
        connection.execute("drop table meta_boundary")
    found = status(places)
    assert (found["boundaries"], found["rows"]["read"]) == (None, 20)


def test_boundaries_alone_wait_for_something_to_publish(places: Places) -> None:
    put(places, "lad.geojson", geojson(district_features()))
    assert load(places).outcome == "unchanged"
    write_street(places.inbox, "2026-09", 20)
    assert load(places).outcome == "published"
    credit = query(places, "select credit from meta_boundary where status = 'in use'")
    assert credit[0][0].startswith("District outlines: local authority districts 2024")


def test_the_outlines_kept_are_those_of_the_file(places: Places) -> None:
    put(places, "lad.geojson", geojson(district_features()))
    drawn = take_in(places).outlines
    ours = drawn.filter(pl.col("area_code") == HEREFORDSHIRE)
    assert ours.height == 217
    assert ours["longitude"].is_between(-3.2, -2.3).all()
