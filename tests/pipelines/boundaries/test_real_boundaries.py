"""The official boundaries as ONS publishes them: taken whole, and fine enough for a map."""

import json
import os
from pathlib import Path
from typing import Final

import polars as pl
import pytest
import shapely

from pipelines.boundaries.examine import examine_boundaries
from pipelines.boundaries.simplify import MOST_VERTICES
from tests.support.boundaries import district_areas, geojson

REAL_DATA: Final = os.environ.get("WM_REAL_DATA")
pytestmark = [
    pytest.mark.real_data,
    pytest.mark.skipif(not REAL_DATA, reason="WM_REAL_DATA does not name the real files"),
]
BOUNDARIES: Final = Path(REAL_DATA or "", "boundaries")


def small_areas() -> bytes:
    """Return the small areas of the nine districts, which come in a file each, as one file."""
    files = sorted((BOUNDARIES / "lsoa").glob("*.geojson"))
    return geojson([each for file in files for each in json.loads(file.read_bytes())["features"]])


def drawn(outlines: pl.DataFrame) -> list[shapely.Polygon]:
    """Return the outlines as polygons; none of our districts has islands or holes."""
    assert outlines.select("part", "ring").unique().rows() == [(1, 0)]
    parts = outlines.partition_by("area_code", maintain_order=True)
    return [shapely.Polygon(part.select("longitude", "latitude").to_numpy()) for part in parts]


@pytest.mark.parametrize("level", ["districts", "small areas"])
def test_official_boundaries_are_taken_and_no_gap_shows(level: str) -> None:
    whole = BOUNDARIES / "lad" / "local-authority-district.geojson"
    found = examine_boundaries(
        whole.read_bytes() if level == "districts" else small_areas(), "official.geojson"
    )
    assert found.refusals == ()
    assert found.set_aside.is_empty()
    assert (found.rows_read, found.rows_loaded) in {(361, 9), (804, 804)}
    assert found.simplified is not None
    assert 2_000 < found.simplified.outlines.height <= MOST_VERTICES
    districts = drawn(found.simplified.outlines)
    assert shapely.coverage_is_valid(districts)
    for ours, carried in zip(districts, district_areas().values(), strict=True):
        assert shapely.intersection(ours, carried).area / carried.area > 0.95


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("lad/geogLA2022EW.json", "is TopoJSON"),
        ("lad/local-authority-centroids.geojson", "is a Point, expected"),
        ("lsoa11/E06000019.geojson", "LSOA11CD belongs to another kind or year"),
        ("ward/E06000019.geojson", "a map of smaller areas such as wards"),
        ("pfa/boundaries_pfa20.geojson", "it has pfa20_code, pfa20_name"),
    ],
)
def test_other_official_maps_are_refused_for_what_they_are(name: str, words: str) -> None:
    found = examine_boundaries((BOUNDARIES / name).read_bytes(), Path(name).name)
    assert words in " ".join(str(each) for each in found.refusals)
