"""Which features are areas of ours, which are others, and what is missing or there twice."""

import difflib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from pipelines.boundaries.codes import Layer
from pipelines.boundaries.faults import first_few, refused
from pipelines.boundaries.reading import Feature
from pipelines.errors import FileRefused
from pipelines.reference import load_reference

_ALIKE: Final = 0.85
"""One digit wrong of nine, or two that changed places."""


_FEW: Final = 3
"""Areas missing up to which slips are looked for."""


@dataclass(frozen=True)
class Matched:
    """The features of a file by what they are.

    ours: by code, one for each area. elsewhere: how many are areas of others. without_code: those
    whose code cannot be read.
    """

    ours: Mapping[str, Feature]
    elsewhere: int
    without_code: tuple[Feature, ...]
    refusals: tuple[FileRefused, ...]


def match(features: Sequence[Feature], layer: Layer, file_name: str) -> Matched:
    """Return the features by what they are, and why the file cannot be used as it is."""
    by_code: dict[str | None, list[Feature]] = {}
    for feature in features:
        by_code.setdefault(layer.code(feature), []).append(feature)
    without_code = by_code.pop(None, [])
    ours = {str(code): found for code, found in by_code.items() if code in layer.districts}
    others = {str(code): found for code, found in by_code.items() if code not in layer.districts}
    strange = {**_unknown(others, layer), **_as_written(without_code, layer)}
    faults = (*_repeated(ours, layer, file_name), *_missing(ours, strange, layer, file_name))
    return Matched(
        {code: found[0] for code, found in ours.items()},
        sum(map(len, others.values())),
        tuple(without_code),
        faults,
    )


def _repeated(
    ours: Mapping[str, Sequence[Feature]], layer: Layer, file_name: str
) -> Iterator[FileRefused]:
    for code, found in ours.items():
        if len(found) > 1:
            numbers = first_few([f"{each.number:,}" for each in found])
            yield refused(
                file_name,
                f"{layer.code_property} {layer.named(code)} stands in {len(found):,} features "
                f"({numbers}), expected one. If it is a map of smaller areas such as wards, take "
                "that of districts; else make each area one feature (in QGIS: Dissolve)",
                reason="REPEATED_AREA",
            )


def _missing(
    ours: Mapping[str, Sequence[Feature]],
    strange: Mapping[str, Feature],
    layer: Layer,
    file_name: str,
) -> Iterator[FileRefused]:
    lacking = [code for code in layer.districts if code not in ours]
    if not lacking:
        return
    what = "small areas of 2021" if layer.is_small_areas else "districts"
    yield refused(
        file_name,
        f"lacks {len(lacking):,} of the {len(layer.districts):,} {what} of West Mercia: "
        f"{first_few([layer.named(code) for code in lacking], 9)}.{_alike(lacking, strange)} "
        "Maps need every one, in one file: take the whole file from geoportal.statistics.gov.uk",
        reason="MISSING_AREA",
    )


def _unknown(others: Mapping[str, Sequence[Feature]], layer: Layer) -> dict[str, Feature]:
    """Return the codes that no district has, which may be slips; of small areas nobody knows."""
    if layer.is_small_areas:
        return {}
    known = set(load_reference().districts["district_code"])
    return {code: found[0] for code, found in others.items() if code not in known}


def _as_written(features: Sequence[Feature], layer: Layer) -> dict[str, Feature]:
    """Return features without a code by what stands in its place."""
    return {str(each.properties.get(layer.code_property))[:20]: each for each in features}


def _alike(lacking: Sequence[str], strange: Mapping[str, Feature]) -> str:
    """Say which strange codes look like one that is missing, when few are."""
    if len(lacking) > _FEW:
        return ""
    pairs = [(code, difflib.get_close_matches(code, strange, 1, _ALIKE)) for code in lacking]
    return "".join(
        f" {near[0]} in feature {strange[near[0]].number:,} looks like {code}: is it a slip?"
        for code, near in pairs
        if near
    )
