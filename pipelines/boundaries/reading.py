"""A boundary file as features: GeoJSON read without trust, and what else it may be."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from pipelines.boundaries.faults import AS_GEOJSON, on_grid, refused

LARGEST_FILE: Final = 100_000_000
"""Bytes. Districts of the United Kingdom have some 15 million, small areas of England 80."""

MOST_FEATURES: Final = 50_000
"""England and Wales have 331 districts and 35,672 small areas."""

_BLANK: Final = b"\xef\xbb\xbf \r\n\t"
"""What may stand before the first bracket: a byte-order mark and white space."""

_JSON: Final = (".geojson", ".json")
_WGS84: Final = ("CRS84", "EPSG::4326", "EPSG:4326", "WGS84", "WGS 84")
_GRID: Final = ("27700", "OSGB", "BRITISH NATIONAL GRID")


@dataclass(frozen=True)
class Feature:
    """One feature: its place in the file from 1, its properties, its geometry as it stands."""

    number: int
    properties: Mapping[str, Any]
    geometry: Any


def is_boundary_file(path: Path) -> bool:
    """Return whether a file that is no other is taken for boundaries: it is JSON, or named so."""
    if path.suffix.lower() in _JSON:
        return True
    try:
        with path.open("rb") as file:
            start = file.read(16)
    except OSError:
        return False
    return start.lstrip(_BLANK).startswith(b"{")


def read_features(raw: bytes, file_name: str) -> tuple[Feature, ...]:
    """Return the features of a GeoJSON file; a NaN in it becomes a number that is not finite.

    Raises:
        FileRefused: it is something else, damaged, too large, or in another coordinate system.
    """
    if len(raw) > LARGEST_FILE:
        raise refused(
            file_name,
            f"has {len(raw):,} bytes, expected at most {LARGEST_FILE:,}. Take generalised "
            "boundaries (BGC or BUC) in place of full ones (BFC, BFE)",
            reason="TOO_LARGE",
        )
    collection = _collection(_parsed(raw, file_name), file_name)
    _check_system(collection, file_name)
    features = collection["features"]
    if not features:
        raise refused(file_name, f"holds no feature. {AS_GEOJSON}", reason="NO_ROWS")
    if len(features) > MOST_FEATURES:
        raise refused(
            file_name,
            f"holds {len(features):,} features, expected at most {MOST_FEATURES:,}. Take "
            "districts, or the small areas of the force area only",
            reason="TOO_LARGE",
        )
    return tuple(_feature(each, number) for number, each in enumerate(features, start=1))


def _parsed(raw: bytes, file_name: str) -> Any:
    if not raw.strip():
        raise refused(file_name, f"is empty ({len(raw)} bytes). {AS_GEOJSON}", reason="EMPTY_FILE")
    _check_kind(raw, file_name)
    try:
        # Whole numbers are read as decimal ones: Python refuses those with thousands of digits.
        return json.loads(raw.decode("utf-8-sig"), parse_int=float)
    except UnicodeDecodeError as fault:
        raise refused(
            file_name,
            f"byte {fault.start + 1:,} is not UTF-8, which GeoJSON must be. {AS_GEOJSON}",
            reason="WRONG_ENCODING",
        ) from fault
    except json.JSONDecodeError as fault:
        raise refused(
            file_name,
            f"is not JSON: {fault.msg.lower()} at line {fault.lineno:,}, column {fault.colno:,}. "
            f"The download may have broken off. {AS_GEOJSON}",
            reason="NOT_JSON",
        ) from fault
    except RecursionError as fault:
        raise refused(
            file_name, f"is nested deeper than any map is. {AS_GEOJSON}", reason="NOT_JSON"
        ) from fault


def _check_kind(raw: bytes, file_name: str) -> None:
    """Refuse what is known not to be JSON by its first bytes, and say what it is."""
    start = raw[:64].lstrip(_BLANK)
    if start.startswith(b"<"):
        raise refused(
            file_name,
            f"is a web page or XML (KML, GML), not GeoJSON. {AS_GEOJSON}",
            reason="WEB_PAGE",
        )
    if start.startswith((b"PK", b"SQLite", b"\x00\x00'\n")):
        raise refused(
            file_name,
            f"is a zip, GeoPackage or shapefile, not GeoJSON. {AS_GEOJSON}",
            reason="NOT_JSON",
        )


def _collection(parsed: Any, file_name: str) -> Mapping[str, Any]:
    kind = parsed.get("type") if isinstance(parsed, dict) else None
    features = parsed.get("features") if isinstance(parsed, dict) else None
    if kind == "FeatureCollection" and isinstance(features, list):
        return dict(parsed)
    raise refused(
        file_name,
        f"{_what_else(parsed)}, expected a GeoJSON FeatureCollection. {AS_GEOJSON}",
        reason="NOT_FEATURES",
    )


def _what_else(parsed: Any) -> str:
    if not isinstance(parsed, dict):
        return f"is JSON, but a {'list' if isinstance(parsed, list) else 'single value'}"
    if isinstance(parsed.get("error"), dict):
        error = parsed["error"]
        return f"holds an error of the server ({str(error.get('message'))[:80]})"
    if parsed.get("type") == "Topology":
        return "is TopoJSON"
    if "spatialReference" in parsed or "geometryType" in parsed:
        return "is Esri JSON (ask the service for f=geojson)"
    return f"is JSON of type '{str(parsed.get('type', 'none'))[:40]}'"


def _check_system(collection: Mapping[str, Any], file_name: str) -> None:
    """Refuse another coordinate system than WGS84, where the file names one."""
    named = collection.get("crs")
    text = json.dumps(named).upper() if named else ""
    if any(each in text for each in _GRID):
        raise on_grid(file_name, "names the coordinate system EPSG:27700 in 'crs'")
    if text and not any(each in text for each in _WGS84):
        raise refused(
            file_name,
            f"names a coordinate system in 'crs' that is not WGS84: {text[:80]}. Export it as "
            "GeoJSON with CRS EPSG:4326",
            reason="WRONG_PROJECTION",
        )


def _feature(each: Any, number: int) -> Feature:
    inside = each if isinstance(each, dict) else {}
    properties = inside.get("properties")
    geometry = inside.get("geometry")
    return Feature(number, properties if isinstance(properties, dict) else {}, geometry)
