"""How the faults of a boundary file are told: one line each, with what to do."""

from collections.abc import Sequence
from typing import Final

from pipelines.errors import FileRefused

AS_GEOJSON: Final = (
    "Download it as GeoJSON from geoportal.statistics.gov.uk, or fetch it: "
    "python -m pipelines fetch boundaries"
)
AS_WGS84: Final = (
    "expected WGS84 (EPSG:4326), degrees of longitude and latitude. In QGIS: Export, Save "
    "Features As, GeoJSON, CRS EPSG:4326; or take the GeoJSON of geoportal.statistics.gov.uk, "
    "which is in WGS84 already"
)
_GRID: Final = "coordinates are eastings and northings of the British National Grid"

MOST_TOLD: Final = 40
"""Faults of one file that are told; a file of 804 small areas may have one in each."""


def refused(file_name: str, what: str, *, reason: str) -> FileRefused:
    """Return the refusal of a file; `what` goes on after its name, without the full stop."""
    return FileRefused(file_name, f"{file_name} {what}.", reason=reason)


def on_grid(file_name: str, how_seen: str) -> FileRefused:
    """Return the refusal of a file on the British National Grid."""
    return refused(file_name, f"{how_seen}: {_GRID}; {AS_WGS84}", reason="WRONG_PROJECTION")


def first_few(things: Sequence[str], most: int = 5) -> str:
    """Return the first few things, and how many more there are."""
    more = len(things) - most
    return ", ".join(things[:most]) + (f" and {more:,} more" if more > 0 else "")


def not_too_many(faults: Sequence[FileRefused]) -> tuple[FileRefused, ...]:
    """Return the faults that are told; the last says how many more there are."""
    more = len(faults) - MOST_TOLD
    if more <= 0:
        return tuple(faults)
    last = refused(
        faults[0].file_name,
        f"has {more:,} more faults like these. Correct them all, or take the file anew. "
        f"{AS_GEOJSON}",
        reason="MORE_FAULTS",
    )
    return (*faults[:MOST_TOLD], last)
