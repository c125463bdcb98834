"""The areas of a boundary file as geometry, and what is wrong with each."""

from collections.abc import Iterator, Mapping, Sequence

from shapely.geometry.base import BaseGeometry

from pipelines.boundaries.codes import Layer
from pipelines.boundaries.faults import AS_WGS84, on_grid, refused
from pipelines.boundaries.matching import Matched
from pipelines.boundaries.position import Box, box_around, expected_boxes, misplaced
from pipelines.boundaries.reading import Feature
from pipelines.boundaries.rings import BadGeometry, Polygon, drawn, every_point, read_polygons
from pipelines.errors import FileRefused

Areas = Mapping[str, BaseGeometry]


def find_areas(
    matched: Matched, layer: Layer, file_name: str
) -> tuple[Areas, tuple[FileRefused, ...]]:
    """Return our areas of a file by code, in degrees, and every fault of their geometry.

    What all features have in common, such as another coordinate system, is told once.
    """
    reader = _Reader(layer, file_name)
    for code, feature in matched.ours.items():
        reader.read(code, feature)
    return reader.areas, (*reader.misplaced(), *reader.faults)


class _Reader:
    """areas: those without a fault. faults: one each, but for areas that lie wrong."""

    def __init__(self, layer: Layer, file_name: str) -> None:
        self.areas: dict[str, BaseGeometry] = {}
        self.faults: list[FileRefused] = []
        self._layer, self._file_name = layer, file_name
        self._wrong: dict[str, list[tuple[str, Box]]] = {}

    def read(self, code: str, feature: Feature) -> None:
        """Read one area, or note what is wrong with it."""
        try:
            polygons = read_polygons(feature.geometry)
            if self._lies_right(code, polygons):
                self.areas[code] = drawn(polygons)
        except BadGeometry as bad:
            where = f"{self._layer.code_property} {code}, {self._layer.names[code]}"
            what = f"feature {feature.number:,} ({where}) {bad.what}"
            self.faults.append(refused(self._file_name, what, reason=bad.reason))

    def misplaced(self) -> Iterator[FileRefused]:
        """Yield why areas lie wrong: one refusal a cause, but each area that is just elsewhere."""
        for how, found in self._wrong.items():
            if how == "elsewhere":
                yield from (self._elsewhere(code, box) for code, box in found)
            else:
                yield self._all_wrong(how, found)

    def _lies_right(self, code: str, polygons: Sequence[Polygon]) -> bool:
        box = box_around(list(every_point(polygons)))
        how = misplaced(box, expected_boxes()[code])
        if how:
            self._wrong.setdefault(how, []).append((code, box))
        return not how

    def _all_wrong(self, how: str, found: Sequence[tuple[str, Box]]) -> FileRefused:
        code, box = found[0]
        where = f"{self._layer.named(code)} begins at {box.west:.2f}, {box.south:.2f}"
        seen = f"{len(found):,} of {len(self._layer.districts):,} areas lie wrong ({where})"
        if how == "grid":
            return on_grid(self._file_name, seen)
        return refused(self._file_name, f"{seen}: {_CAUSES[how]}", reason="WRONG_PROJECTION")

    def _elsewhere(self, code: str, box: Box) -> FileRefused:
        expected = expected_boxes()[code]
        return refused(
            self._file_name,
            f"{self._layer.code_property} {self._layer.named(code)} lies at {box.words}, expected "
            f"within or near {expected.words}. Check that its code and its geometry belong "
            "together",
            reason="AREA_ELSEWHERE",
        )


_CAUSES = {
    "metres": f"coordinates are no degrees, perhaps metres of a web map (EPSG:3857); {AS_WGS84}",
    "swapped": "latitude and longitude are swapped; expected longitude first, then latitude, such "
    "as -2.7, 52.1. In QGIS: Swap X and Y coordinates",
    "east": "longitudes have lost their minus sign: West Mercia lies west of Greenwich, expected "
    "-3.3 to -1.7",
    "south": "latitudes have a minus sign: West Mercia lies north of the equator, expected 51.8 to "
    "53.0",
}
