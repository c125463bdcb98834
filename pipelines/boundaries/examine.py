"""Everything that is wrong with a boundary file, at once; or the outlines that it gives."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

import polars as pl

from pipelines.boundaries.codes import Layer, recognise_layer
from pipelines.boundaries.faults import not_too_many
from pipelines.boundaries.matching import Matched, match
from pipelines.boundaries.reading import Feature, read_features
from pipelines.errors import FileRefused
from pipelines.faults import FAULT_SCHEMA

if TYPE_CHECKING:
    from pipelines.boundaries.simplify import Simplified

_WARNINGS: Final = {
    "reason": pl.String(),
    "detail": pl.String(),
    "row_count": pl.Int64(),
    "message": pl.String(),
}


@dataclass(frozen=True)
class ExaminedBoundaries:
    """What was found in a boundary file, whose rows are its features.

    layer: what it is a map of, once that is known. simplified: the outlines, unless it is refused.
    set_aside: one row per feature without a code, its number standing for a line. warnings: one
    row per kind of oddity.
    """

    file_name: str
    refusals: tuple[FileRefused, ...]
    layer: Layer | None = None
    simplified: "Simplified | None" = None
    rows_read: int = 0
    rows_loaded: int = 0
    set_aside: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=FAULT_SCHEMA))
    warnings: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=_WARNINGS))
    is_invented: bool = False

    @property
    def rows_set_aside(self) -> int:
        """Return the features that the outlines are not made of."""
        return self.rows_read - self.rows_loaded


def examine_boundaries(raw: bytes, file_name: str) -> ExaminedBoundaries:
    """Return every fault of a boundary file, and its outlines when there is none."""
    try:
        features = read_features(raw, file_name)
    except FileRefused as refusal:
        return ExaminedBoundaries(file_name, (refusal,))
    try:
        layer = recognise_layer(features, file_name)
    except FileRefused as refusal:
        return ExaminedBoundaries(file_name, (refusal,), rows_read=len(features))
    return _examined(features, layer, file_name)


def _examined(features: Sequence[Feature], layer: Layer, file_name: str) -> ExaminedBoundaries:
    # Imported here: a check of other files needs no geometry.
    from pipelines.boundaries.areas import find_areas
    from pipelines.boundaries.outlines import make_outlines

    matched = match(features, layer, file_name)
    areas, faults = find_areas(matched, layer, file_name)
    refusals = [*matched.refusals, *faults]
    made = None if refusals else make_outlines(areas, layer, file_name)
    if made:
        refusals += made.refusals
    return ExaminedBoundaries(
        file_name,
        not_too_many(refusals),
        layer,
        made.simplified if made and not refusals else None,
        rows_read=len(features),
        rows_loaded=0 if refusals else len(areas),
        set_aside=pl.DataFrame(list(_set_aside(matched, layer)), schema=FAULT_SCHEMA),
        warnings=pl.DataFrame(
            list(_warnings(matched, layer, made.crossing if made else 0)), schema=_WARNINGS
        ),
    )


def _set_aside(matched: Matched, layer: Layer) -> Iterator[Mapping[str, Any]]:
    """Yield features whose code cannot be read: whose they are nobody knows."""
    for feature in matched.without_code:
        value = feature.properties.get(layer.code_property)
        yield {
            "line": feature.number,
            "column_name": layer.code_property,
            "value": "" if value is None else str(value)[:40],
            "reason": "BAD_AREA_CODE",
            "rule_id": "",
            "expected": "a letter and eight digits, such as E06000019",
            "advice": "Correct the code in the source, or leave the feature out.",
        }


def _warnings(matched: Matched, layer: Layer, crossing: int) -> Iterator[Mapping[str, Any]]:
    if matched.elsewhere:
        yield {
            "reason": "OUT_OF_AREA",
            "detail": layer.code_property,
            "row_count": matched.elsewhere,
            "message": "features are areas outside West Mercia and were set aside: maps draw its "
            "own districts only",
        }
    if crossing:
        yield {
            "reason": "UNEVEN_BORDERS",
            "detail": "geometry",
            "row_count": crossing,
            "message": "areas overlap a neighbour or leave a gap to it, so that a border may be "
            "drawn twice; boundaries of one edition and resolution meet exactly",
        }
