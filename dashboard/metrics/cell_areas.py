"""Which areas' cells answer a choice. Cells of several areas stand side by side, never summed."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import polars as pl

from dashboard.errors import UnknownChoice
from dashboard.metrics.menu import AREA_DIMENSIONS
from dashboard.metrics.metric import Choice
from dashboard.metrics.places import home_force
from dashboard.warehouse import Warehouse
from schemas.cells import AreaType
from schemas.supplied.lists import AREA_CODE, LA_CODE, Codes

BESIDE_DISTRICTS: Final[Codes] = {
    code: name for code, name in LA_CODE.items() if code not in AREA_CODE
}
"""Stand beside the districts, so that they add up to the force."""


@dataclass(frozen=True)
class CellAreas:
    """What is asked for: the dimension if any, the level, and code shown → code of its cells."""

    dimension: str
    area_type: AreaType
    cells: Mapping[str, str]


@dataclass(frozen=True)
class _Home:
    """The areas of the home force, in list order; a partnership with its districts."""

    force: str
    partnerships: Mapping[str, tuple[str, ...]]
    districts: tuple[str, ...]

    def cells_of(self, code: str) -> str:
        """Return the code of an area's cells: for a partnership of one district, the district's."""
        districts = self.partnerships.get(code, ())
        return districts[0] if len(districts) == 1 else code

    def level(self, code: str) -> AreaType:
        """Return the level at which an area's cells are published."""
        if self.cells_of(code) in self.partnerships:
            return "partnership"
        return "force" if code == self.force else "district"


def cell_areas(choice: Choice, by: tuple[str, ...], warehouse: Warehouse) -> CellAreas:
    """Return the areas whose cells answer a choice broken down so.

    Raises:
        UnknownChoice: an area is not known, is not held, or would have to be summed or split.
    """
    home = warehouse.once(_home)
    for code in choice.areas:
        _check_held(code, home, warehouse)
    dimension = next((each for each in AREA_DIMENSIONS if each in by), "")
    if dimension:
        codes = _side_by_side(choice, dimension, home)
        return CellAreas(
            dimension, AREA_DIMENSIONS[dimension], {code: home.cells_of(code) for code in codes}
        )
    if len(choice.areas) > 1:
        raise UnknownChoice(
            "Counts of people in several areas are shown side by side and never summed: sums "
            "would undo their protection. Break down by area_code, or choose one area."
        )
    (code,) = choice.areas or (home.force,)
    return CellAreas("", home.level(code), {code: home.cells_of(code)})


def _home(warehouse: Warehouse) -> _Home:
    areas = warehouse.table("dim_area").filter("is_home").sort("sort_order")
    districts = areas.filter(pl.col("area_type") == "district")
    members: dict[str, tuple[str, ...]] = {}
    for partnership, code in districts.select("partnership_code", "area_code").iter_rows():
        members[partnership] = (*members.get(partnership, ()), code)
    return _Home(home_force(warehouse), members, (*districts["area_code"], *BESIDE_DISTRICTS))


def _check_held(code: str, home: _Home, warehouse: Warehouse) -> None:
    if code in (home.force, *home.partnerships, *home.districts):
        return
    if code in warehouse.table("dim_area")["area_code"]:
        raise UnknownChoice("Figures about people are held for the home force and its parts only.")
    if code in warehouse.table("dim_small_area")["small_area_code"]:
        raise UnknownChoice(
            "Figures about people are never given for small areas. Choose a district."
        )
    raise UnknownChoice(f"There is no area with the code {code!r}.")


def _side_by_side(choice: Choice, dimension: str, home: _Home) -> tuple[str, ...]:
    chosen = choice.areas or (home.force,)
    if dimension == "area_code":
        within = {code for area in chosen for code in home.partnerships.get(area, (area,))}
        every = home.force in chosen
        return tuple(code for code in home.districts if every or code in within)
    if any(code in home.districts for code in chosen):
        raise UnknownChoice(
            "A district is smaller than a partnership. Break down by area_code instead."
        )
    return tuple(code for code in home.partnerships if home.force in chosen or code in chosen)
