"""Which property of a file holds the codes of areas, and which areas are ours."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

import polars as pl

from pipelines.boundaries.faults import first_few, refused
from pipelines.boundaries.log import RIGHTS
from pipelines.boundaries.reading import Feature
from pipelines.reference import HOME_FORCE_CODE, load_reference

_DISTRICT: Final = re.compile(r"LAD(\d\d)CD", re.I)
_ANY_DISTRICT: Final = "areacd"
_SMALL_AREA: Final = "lsoa21cd"
_OTHER_LEVELS: Final = re.compile(r"(LSOA|MSOA|OA|WD|CTYUA|CTY|RGN|PFA|CSP)\d\dCD", re.I)
_CODE: Final = re.compile(r"[A-Z]\d{8}")
EXPECTED: Final = (
    "expected one of LAD24CD, LAD22CD, LAD21CD, areacd (districts) or LSOA21CD (small areas)"
)


@dataclass(frozen=True)
class Layer:
    """What a file is a map of.

    code_property: the property that holds the codes, as the file writes it. source_name: in words.
    credit: the line that maps with these outlines show. districts: the code of the district that
    each of our areas lies in, or is; names: how people call each of our areas.
    """

    code_property: str
    source_name: str
    credit: str
    is_small_areas: bool
    districts: Mapping[str, str]
    names: Mapping[str, str]

    def code(self, feature: Feature) -> str | None:
        """Return the code of a feature; None when it has none of the right form."""
        value = feature.properties.get(self.code_property)
        text = value.strip() if isinstance(value, str) else ""
        return text if _CODE.fullmatch(text) else None

    def named(self, code: str) -> str:
        """Return an area of ours by its code and name."""
        return f"{self.names[code]} ({code})"


def recognise_layer(features: Sequence[Feature], file_name: str) -> Layer:
    """Return what the file is a map of, by its properties and not by its name.

    Raises:
        FileRefused: no property is known to hold codes of districts or small areas.
    """
    keys = list(dict.fromkeys(str(key) for each in features for key in each.properties))
    small = next((key for key in keys if key.lower() == _SMALL_AREA), None)
    # A file of small areas may name the district of each as well, so it is asked first.
    if small:
        return _small_area_layer(small)
    district = next((key for key in keys if _DISTRICT.fullmatch(key)), None)
    district = district or next((key for key in keys if key.lower() == _ANY_DISTRICT), None)
    if district:
        return _district_layer(district)
    raise refused(
        file_name,
        f"has no property that holds codes of areas: it has {first_few(keys, 12) or 'none'}; "
        f"{EXPECTED}.{_other_level(keys)} Take the boundaries of Local Authority Districts from "
        "geoportal.statistics.gov.uk",
        reason="NO_CODE_PROPERTY",
    )


def _other_level(keys: Sequence[str]) -> str:
    found = [key for key in keys if _OTHER_LEVELS.fullmatch(key)]
    return f" {first_few(found)} belongs to another kind or year of area." if found else ""


def _district_layer(key: str) -> Layer:
    districts = _home_districts()
    dated = _DISTRICT.fullmatch(key)
    year = f" {2000 + int(dated[1])}" if dated else ""
    return Layer(
        code_property=key,
        source_name=f"Local authority districts{year}",
        credit=_credit(f"local authority districts{year}", year),
        is_small_areas=False,
        districts={code: code for code in districts},
        names=districts,
    )


def _small_area_layer(key: str) -> Layer:
    small = load_reference().small_areas
    pairs = dict(zip(small["small_area_code"], small["area_code"], strict=True))
    names = dict(zip(small["small_area_code"], small["small_area_name"], strict=True))
    what = "small areas (LSOA 2021) joined into districts"
    return Layer(key, what[:1].upper() + what[1:], _credit(what, ""), True, pairs, names)


def _credit(what: str, year: str) -> str:
    return f"District outlines: {what}, boundaries simplified for maps. {RIGHTS}{year}."


@cache
def _home_districts() -> dict[str, str]:
    areas = load_reference().areas
    ours = areas.filter(
        (pl.col("area_type") == "district") & (pl.col("force_code") == HOME_FORCE_CODE)
    )
    found: dict[str, Any] = dict(zip(ours["area_code"], ours["area_name"], strict=True))
    return found
