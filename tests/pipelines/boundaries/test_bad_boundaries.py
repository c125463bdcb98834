"""Boundary files that cannot be drawn: one clear message for each fault, all at once."""

import json
from collections.abc import Callable
from typing import Any

import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from pipelines.boundaries import reading, rings
from pipelines.boundaries.examine import examine_boundaries
from pipelines.boundaries.faults import MOST_TOLD
from pipelines.reference import load_reference
from tests.support.boundaries import Feature, district_features, feature, geojson

GRID_CRS = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::27700"}}
WEB_CRS = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::3857"}}
BOW_TIE = [[-2.3, 52.1], [-2.1, 52.3], [-2.1, 52.1], [-2.3, 52.3], [-2.3, 52.1]]


def told(raw: bytes) -> list[tuple[str, str]]:
    found = examine_boundaries(raw, "lad.geojson")
    assert found.simplified is None
    assert found.rows_loaded == 0
    assert found.rows_read == found.rows_set_aside
    for each in found.refusals:
        assert str(each).startswith("lad.geojson ")
        assert "\n" not in str(each)
    return [(each.reason, str(each)) for each in found.refusals]


@pytest.mark.parametrize(
    ("raw", "reason", "words"),
    [
        (b"", "EMPTY_FILE", "is empty (0 bytes)"),
        (b" \n", "EMPTY_FILE", "is empty (2 bytes)"),
        (b"<!DOCTYPE html><p>Denied", "WEB_PAGE", "is a web page or XML"),
        (b"PK\x03\x04rest", "NOT_JSON", "is a zip, GeoPackage or shapefile"),
        (b'{"type": "FeatureColl', "NOT_JSON", "at line 1, column 10"),
        (b"[" * 100_000, "NOT_JSON", "nested deeper than any map"),
        ('{"type": "Ünknown"}'.encode("latin-1"), "WRONG_ENCODING", "byte 11 is not UTF-8"),
        ("{}".encode("utf-16"), "WRONG_ENCODING", "byte 1 is not UTF-8"),
        (b"[1, 2]", "NOT_FEATURES", "is JSON, but a list, expected a GeoJSON FeatureCollection"),
        (b"3", "NOT_FEATURES", "is JSON, but a single value"),
        (b'{"type": "Feature"}', "NOT_FEATURES", "is JSON of type 'Feature'"),
        (b'{"type": "Topology", "arcs": []}', "NOT_FEATURES", "is TopoJSON"),
        (b'{"features": [], "geometryType": "x"}', "NOT_FEATURES", "is Esri JSON"),
        (b'{"error": {"code": 400, "message": "Invalid URL"}}', "NOT_FEATURES", "(Invalid URL)"),
        (geojson([]), "NO_ROWS", "holds no feature"),
        (geojson(district_features("CTY24CD")), "NO_CODE_PROPERTY", "CTY24CD belongs to another"),
        (geojson(district_features("LSOA11CD")), "NO_CODE_PROPERTY", "LSOA11CD belongs to"),
        (geojson([feature(None)]), "NO_CODE_PROPERTY", "it has none; expected one of LAD24CD"),
        (geojson(district_features(), crs=GRID_CRS), "WRONG_PROJECTION", "EPSG:27700 in 'crs'"),
        (geojson(district_features(), crs=WEB_CRS), "WRONG_PROJECTION", "that is not WGS84"),
        (geojson(district_features()[:8]), "MISSING_AREA", "lacks 1 of the 9 districts"),
        (
            geojson([feature(None, LSOA21CD="E01013986")]),
            "MISSING_AREA",
            "lacks 803 of the 804 small areas of 2021 of West Mercia: Herefordshire",
        ),
    ],
)
def test_b87_a_file_that_is_no_map_of_our_areas(raw: bytes, reason: str, words: str) -> None:
    found = dict(told(raw))
    assert words in found[reason]


def test_b88_the_grid_is_named_with_the_way_out() -> None:
    message = dict(told(geojson(moved(lambda x, y: (350_000 + x * 60_000, 250_000 + y)))))
    assert list(message) == ["WRONG_PROJECTION"]
    assert "9 of 9 areas lie wrong" in message["WRONG_PROJECTION"]
    assert "British National Grid" in message["WRONG_PROJECTION"]
    assert (
        "In QGIS: Export, Save Features As, GeoJSON, CRS EPSG:4326" in message["WRONG_PROJECTION"]
    )


@pytest.mark.parametrize(
    ("move", "words"),
    [
        (lambda x, y: (y, x), "latitude and longitude are swapped"),
        (lambda x, y: (-x, y), "longitudes have lost their minus sign"),
        (lambda x, y: (x, -y), "north of the equator"),
        (lambda x, y: (x * 111_320, 6_800_000 + y), "perhaps metres of a web map"),
    ],
)
def test_b89_a_map_that_lies_wrong_as_a_whole_is_told_once(
    move: Callable[[float, float], tuple[float, float]], words: str
) -> None:
    ((reason, message),) = told(geojson(moved(move)))
    assert reason == "WRONG_PROJECTION"
    assert words in message


def test_b90_each_area_that_lies_elsewhere_is_named() -> None:
    features = district_features()
    scotland = shapely.box(-3.3, 55.9, -3.1, 56.0)
    features[0] = feature(scotland, LAD24CD="E06000019")
    ((reason, message),) = told(geojson(features))
    assert reason == "AREA_ELSEWHERE"
    assert "LAD24CD Herefordshire (E06000019) lies at longitude and latitude -3.30" in message


def test_b90_two_districts_whose_codes_were_exchanged_are_found() -> None:
    features = district_features()
    one, other = features[3]["properties"], features[8]["properties"]
    features[3]["properties"], features[8]["properties"] = other, one
    found = told(geojson(features))
    assert [reason for reason, _ in found] == ["AREA_ELSEWHERE", "AREA_ELSEWHERE"]
    assert "Bromsgrove (E07000234) has 0% of its ground in common" in found[0][1]


def test_half_a_district_is_not_taken_for_the_whole() -> None:
    features = district_features()
    west, south, east, north = shapely.from_geojson(json.dumps(features[2]["geometry"])).bounds
    half = shapely.box(west, south, (west + east) / 2, north)
    features[2] = feature(
        shapely.intersection(shapely.from_geojson(json.dumps(features[2]["geometry"])), half),
        LAD24CD="E06000051",
    )
    assert [reason for reason, _ in told(geojson(features))] == ["AREA_ELSEWHERE"]


@pytest.mark.parametrize("slip", ["E07000253", "E0700023X", " E070000235"])
def test_b91_a_slip_in_a_code_is_pointed_at(slip: str) -> None:
    features = district_features()
    features[4]["properties"]["LAD24CD"] = slip
    message = dict(told(geojson(features)))["MISSING_AREA"]
    assert "Malvern Hills (E07000235)" in message
    assert f"{slip} in feature 5 looks like E07000235: is it a slip?" in message


def test_the_code_of_another_district_is_no_slip() -> None:
    features = district_features()
    features[8]["properties"]["LAD24CD"] = "E07000243"  # Stevenage
    assert "slip" not in dict(told(geojson(features)))["MISSING_AREA"]


def test_b92_a_district_in_several_features_is_named_with_their_numbers() -> None:
    features = district_features()
    message = dict(told(geojson([*features, features[2], features[2]])))["REPEATED_AREA"]
    assert "Shropshire (E06000051) stands in 3 features (3, 10, 11), expected one" in message


@pytest.mark.parametrize(
    ("geometry", "reason", "words"),
    [
        (None, "EMPTY_GEOMETRY", "has no geometry"),
        ({"type": "Polygon", "coordinates": []}, "EMPTY_GEOMETRY", "has an empty geometry"),
        ({"type": "MultiPolygon", "coordinates": [[]]}, "EMPTY_GEOMETRY", "empty geometry"),
        ({"type": "Point", "coordinates": [-2.2, 52.2]}, "NO_AREA", "is a Point, expected"),
        ("somewhere", "NO_AREA", "is a None, expected"),
        ({"type": "Polygon", "coordinates": [[1, 2]]}, "BAD_COORDINATES", "not nested"),
        ({"type": "Polygon", "coordinates": [7]}, "BAD_COORDINATES", "not nested"),
        ({"type": "Polygon", "coordinates": [[[1, "2"]]]}, "BAD_COORDINATES", "'2' as a point"),
        ({"type": "Polygon", "coordinates": [[[1, None]]]}, "BAD_COORDINATES", "None as a"),
        (
            {"type": "Polygon", "coordinates": [[[-2.2, 52.2], [float("nan"), 52.1]]]},
            "BAD_COORDINATES",
            "has nan, 52.1 as point 2 of a ring, expected finite numbers",
        ),
        (
            {"type": "Polygon", "coordinates": [[[-2.2, 52.2], [-2.1, 52.2], [-2.2, 52.2]]]},
            "BAD_RING",
            "has 3 points in ring 1, expected at least 4",
        ),
        ({"type": "Polygon", "coordinates": [BOW_TIE[:4]]}, "BAD_RING", "is not closed"),
        ({"type": "Polygon", "coordinates": [BOW_TIE]}, "CROSSING_RING", "self-intersection at"),
    ],
)
def test_b93_an_area_that_cannot_be_drawn(geometry: Any, reason: str, words: str) -> None:
    features = district_features()
    features[6] = feature(geometry, LAD24CD="E07000237")
    ((found, message),) = told(geojson(features))
    assert found == reason
    assert "feature 7 (LAD24CD E07000237, Worcester) " in message
    assert words in message


def test_all_faults_of_a_file_are_told_at_once() -> None:
    features = district_features()
    features[0]["geometry"] = None
    features[1]["geometry"] = {"type": "Polygon", "coordinates": [BOW_TIE]}
    features[2]["geometry"]["coordinates"][0][0][0] = float("inf")
    features.append(features[3])
    del features[4]
    reasons = [reason for reason, _ in told(geojson(features))]
    assert sorted(reasons) == [
        "AREA_ELSEWHERE",
        "BAD_COORDINATES",
        "EMPTY_GEOMETRY",
        "MISSING_AREA",
        "REPEATED_AREA",
    ]


def test_a_thousand_faults_are_counted_and_not_all_listed() -> None:
    faults = told(geojson([feature(None, LSOA21CD=code) for code in small_area_codes()]))
    assert len(faults) == MOST_TOLD + 1
    assert faults[-1][0] == "MORE_FAULTS"
    assert f"has {804 - MOST_TOLD:,} more faults like these" in faults[-1][1]


def test_b94_limits_of_size_are_told_with_both_numbers(monkeypatch: pytest.MonkeyPatch) -> None:
    raw = geojson(district_features())
    monkeypatch.setattr(reading, "LARGEST_FILE", 1_000)
    assert f"has {len(raw):,} bytes, expected at most 1,000" in dict(told(raw))["TOO_LARGE"]
    monkeypatch.undo()
    monkeypatch.setattr(reading, "MOST_FEATURES", 8)
    assert "holds 9 features, expected at most 8" in dict(told(raw))["TOO_LARGE"]
    monkeypatch.undo()
    monkeypatch.setattr(rings, "MOST_VERTICES", 200)
    found = told(raw)
    assert {reason for reason, _ in found} == {"TOO_LARGE"}
    assert "has 218 points, expected at most 200" in found[0][1]


def test_a_district_in_a_thousand_parts_is_too_large_for_a_page() -> None:
    features = district_features()
    whole = shapely.from_geojson(json.dumps(features[0]["geometry"]))
    west, south, east, north = whole.bounds
    step = (east - west) / 60
    slits = [shapely.box(west + n * step, south, west + n * step + 1e-6, north) for n in range(60)]
    across = (north - south) / 60
    slits += [
        shapely.box(west, south + n * across, east, south + n * across + 1e-6) for n in range(60)
    ]
    pieces = shapely.difference(whole, shapely.union_all(slits))
    features[0] = feature(pieces, LAD24CD="E06000019")
    assert "hundreds of parts" in dict(told(geojson(features)))["TOO_LARGE"]


JUNK = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=8,
)


@given(JUNK, JUNK)
def test_no_junk_in_a_feature_breaks_the_check(geometry: Any, properties: Any) -> None:
    strange = {"type": "Feature", "geometry": geometry, "properties": properties}
    polygon = {"type": "Polygon", "coordinates": geometry}
    features = [strange, geometry, feature(polygon, LAD24CD="E06000019"), *district_features()[1:]]
    found = examine_boundaries(geojson(features), "lad.geojson")
    assert found.refusals
    assert found.rows_read == found.rows_loaded + found.rows_set_aside == len(features)


@given(st.binary(max_size=200))
def test_no_bytes_break_the_check(raw: bytes) -> None:
    assert examine_boundaries(raw, "lad.geojson").refusals


def moved(move: Callable[[float, float], tuple[float, float]]) -> list[Feature]:
    """Return the districts with every point moved."""
    features = district_features()
    for each in features:
        (ring,) = each["geometry"]["coordinates"]
        each["geometry"]["coordinates"] = [[list(move(x, y)) for x, y in ring]]
    return features


def small_area_codes() -> list[str]:
    """Return the codes of all small areas."""
    return list(load_reference().small_areas["small_area_code"])
