"""Boundary files made from what the product carries: whole, and broken in one way each."""

import json
from collections.abc import Mapping
from functools import cache
from typing import Any

import shapely

from pipelines.reference import load_reference

Feature = dict[str, Any]


def geojson(features: list[Feature], **more: Any) -> bytes:
    """Return a FeatureCollection of these features as the bytes of a file."""
    return json.dumps({"type": "FeatureCollection", **more, "features": features}).encode()


def feature(geometry: Any, **properties: Any) -> Feature:
    """Return one feature; `geometry` is one of shapely, or what stands in the file."""
    shape = json.loads(shapely.to_geojson(geometry)) if hasattr(geometry, "wkt") else geometry
    return {"type": "Feature", "properties": properties, "geometry": shape}


def district_features(code_property: str = "LAD24CD") -> list[Feature]:
    """Return the nine districts in the order of their codes, with this property."""
    return [feature(area, **{code_property: code}) for code, area in district_areas().items()]


def small_area_features() -> list[Feature]:
    """Return all small areas: the ground of each district that is nearest to each centre."""
    return [feature(area, LSOA21CD=code) for code, area in _small_areas().items()]


@cache
def district_areas() -> Mapping[str, shapely.Polygon]:
    """Return the districts as polygons, by code; neighbours need not meet exactly."""
    outlines = load_reference().outlines.sort("area_code", "vertex")
    return {
        str(code): shapely.Polygon(ring.select("longitude", "latitude").to_numpy())
        for (code,), ring in outlines.group_by("area_code", maintain_order=True)
    }


@cache
def _small_areas() -> Mapping[str, shapely.Polygon]:
    small = load_reference().small_areas
    found = {}
    for code, area in district_areas().items():
        ours = small.filter(small["area_code"] == code)
        centres = shapely.MultiPoint(ours.select("longitude", "latitude").to_numpy())
        cells = shapely.voronoi_polygons(centres, extend_to=area, ordered=True).geoms
        for name, cell in zip(ours["small_area_code"], cells, strict=True):
            found[name] = shapely.intersection(cell, area)
    return found
