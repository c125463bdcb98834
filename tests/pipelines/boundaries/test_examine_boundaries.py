"""Boundary files as people have them: what is taken, by content, and what comes of it."""

import numpy as np
import numpy.typing as npt
import polars as pl
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from pipelines.boundaries.examine import ExaminedBoundaries, examine_boundaries
from pipelines.boundaries.simplify import MOST_VERTICES, simplify
from pipelines.reference import load_reference
from tests.support.boundaries import (
    district_areas,
    district_features,
    feature,
    geojson,
    small_area_features,
)

Points = npt.NDArray[np.float64]

HEREFORDSHIRE = "E06000019"
WORCESTER = "E07000237"
SQUARE = shapely.box(-0.2, 51.4, -0.1, 51.5)


def outlines(found: ExaminedBoundaries) -> pl.DataFrame:
    assert found.refusals == ()
    assert found.simplified is not None
    return found.simplified.outlines


@pytest.mark.parametrize(
    ("code_property", "name"),
    [
        ("LAD24CD", "Local authority districts 2024"),
        ("LAD22CD", "Local authority districts 2022"),
        ("LAD21CD", "Local authority districts 2021"),
        ("lad23cd", "Local authority districts 2023"),
        ("areacd", "Local authority districts"),
    ],
)
def test_a_file_of_districts_is_known_by_its_property(code_property: str, name: str) -> None:
    found = examine_boundaries(geojson(district_features(code_property)), "anything.txt")
    drawn = outlines(found)
    assert found.layer is not None
    assert (found.layer.code_property, found.layer.source_name) == (code_property, name)
    assert "Contains OS data © Crown copyright and database right" in found.layer.credit
    assert (found.rows_read, found.rows_loaded, found.rows_set_aside) == (9, 9, 0)
    assert drawn.columns == load_reference().outlines.columns
    carried = load_reference().outlines
    assert drawn["area_code"].unique().sort().equals(carried["area_code"].unique().sort())


def test_districts_of_others_are_set_aside_and_counted() -> None:
    others = [feature(SQUARE, LAD24CD=f"E0900000{n}") for n in range(1, 8)]
    found = examine_boundaries(geojson([*others, *district_features()]), "lad.geojson")
    assert outlines(found)["area_code"].n_unique() == 9
    assert (found.rows_read, found.rows_loaded, found.rows_set_aside) == (16, 9, 7)
    assert found.set_aside.is_empty()
    assert found.warnings.rows() == [
        (
            "OUT_OF_AREA",
            "LAD24CD",
            7,
            "features are areas outside West Mercia and were set aside: maps draw its own "
            "districts only",
        )
    ]


def test_a_feature_without_a_readable_code_is_set_aside_with_its_number() -> None:
    odd = [feature(SQUARE, LAD24CD=None), feature(SQUARE, LAD24CD="Herefordshire")]
    found = examine_boundaries(geojson([*district_features(), *odd]), "lad.geojson")
    assert (found.refusals, found.rows_loaded, found.rows_set_aside) == ((), 9, 2)
    told = found.set_aside.select("line", "column_name", "value", "reason").rows()
    assert told == [
        (10, "LAD24CD", "", "BAD_AREA_CODE"),
        (11, "LAD24CD", "Herefordshire", "BAD_AREA_CODE"),
    ]


def test_small_areas_are_joined_into_districts() -> None:
    found = examine_boundaries(geojson(small_area_features()), "lsoa.json")
    drawn = outlines(found)
    assert (found.rows_read, found.rows_loaded) == (804, 804)
    assert set(drawn["area_code"]) == set(district_areas())
    for code, carried in district_areas().items():
        joined = shapely.MultiPolygon(
            [shapely.Polygon(points) for points in rings(drawn, code, holes=False)]
        )
        assert shapely.intersection(joined, carried).area / carried.area > 0.97


def test_a_district_of_small_areas_may_be_named_too() -> None:
    features = small_area_features()
    for each in features:
        each["properties"]["LAD22CD"] = "E07000237"
    found = examine_boundaries(geojson(features), "x")
    assert found.layer is not None
    assert found.layer.code_property == "LSOA21CD"


def test_islands_and_holes_are_kept_and_turn_as_drawing_needs() -> None:
    features = district_features()
    hole = shapely.box(-2.75, 52.05, -2.70, 52.10)
    island = shapely.box(-3.20, 51.80, -3.18, 51.82)
    features[0] = feature(
        shapely.union(shapely.difference(district_areas()[HEREFORDSHIRE], hole), island),
        LAD24CD=HEREFORDSHIRE,
    )
    drawn = outlines(examine_boundaries(geojson(features), "lad.geojson"))
    ours = drawn.filter(pl.col("area_code") == HEREFORDSHIRE)
    assert ours.select("part", "ring").unique().sort("part", "ring").rows() == [
        (1, 0),
        (1, 1),
        (2, 0),
    ]
    outer, inner, beside = (np.array(each) for each in rings(drawn, HEREFORDSHIRE, holes=True))
    assert turns_left(outer)
    assert not turns_left(inner)
    assert turns_left(beside)
    assert len(inner) == 4, "the first point of a ring is not repeated"


def test_heights_and_a_byte_order_mark_are_passed_over() -> None:
    features = district_features()
    for each in features:
        (ring,) = each["geometry"]["coordinates"]
        each["geometry"]["coordinates"] = [[[*point, 80.0] for point in ring]]
    crs = {"type": "name", "properties": {"name": "urn:ogc:def:crs:OGC:1.3:CRS84"}}
    raw = b"\xef\xbb\xbf" + geojson(features, crs=crs, name="LAD")
    assert outlines(examine_boundaries(raw, "x.geojson")).height == 1113


def test_outlines_too_fine_for_a_page_are_simplified_and_neighbours_still_meet() -> None:
    fine = dict(zip(district_areas(), wobbly(), strict=True))
    made = simplify(fine)
    assert made is not None
    assert (
        made.outlines.height
        <= MOST_VERTICES
        < sum(shapely.get_num_coordinates(list(fine.values())))
    )
    assert made.tolerance_metres > 0
    drawn = [shapely.Polygon(rings(made.outlines, code, holes=False)[0]) for code in fine]
    assert shapely.coverage_is_valid(drawn), "a gap or an overlap would show between districts"
    for before, after in zip(fine.values(), drawn, strict=True):
        assert shapely.intersection(before, after).area / before.area > 0.95


@given(keep=st.lists(st.booleans(), min_size=9, max_size=9), others=st.integers(0, 4))
def test_rows_read_are_rows_loaded_and_set_aside_whatever_is_there(
    keep: list[bool], others: int
) -> None:
    ours = [each for each, is_kept in zip(district_features(), keep, strict=True) if is_kept]
    strange = [feature(SQUARE, LAD24CD=f"E0900000{n}") for n in range(others)]
    found = examine_boundaries(geojson([*ours, *strange]), "lad.geojson")
    assert found.rows_read == found.rows_loaded + found.rows_set_aside
    assert bool(found.refusals) == (not all(keep))
    assert (found.simplified is None) == bool(found.refusals)


def rings(drawn: pl.DataFrame, code: str, *, holes: bool) -> list[list[tuple[float, float]]]:
    """Return the points of each ring of a district, in order."""
    ours = drawn.filter((pl.col("area_code") == code) & (pl.col("ring").eq(0) | pl.lit(holes)))
    parts = ours.partition_by("part", "ring", maintain_order=True)
    return [list(part.sort("vertex").select("longitude", "latitude").iter_rows()) for part in parts]


def turns_left(ring: Points) -> bool:
    """Return whether a ring runs against the clock."""
    x, y = ring[:, 0], ring[:, 1]
    return bool(np.sum(x * np.roll(y, -1) - np.roll(x, -1) * y) > 0)


def wobbly() -> list[shapely.Polygon]:
    """Return the districts bent a little, the same on both sides of each border."""

    def bend(points: Points) -> Points:
        grid = np.round(points, 6)
        bent: Points = grid + 0.001 * np.sin(900 * grid[:, ::-1])
        return bent

    fine = [shapely.segmentize(area, 0.003) for area in district_areas().values()]
    return [shapely.transform(area, bend) for area in fine]
