"""The names of areas and of the parts of splits, as people say them."""

from collections.abc import Mapping
from typing import Final

from dashboard.metrics.cell_areas import BESIDE_DISTRICTS, CellAreas
from dashboard.metrics.places import home_force, names_of
from dashboard.warehouse import Warehouse
from schemas.menu.values import SPLIT_CODES

_SAID: Final = {"disability": {"Y": "Disabled", "N": "Not disabled"}}
"""Answers that say nothing without their question."""
_DIRECTORY: Final = {
    "provider_id": ("dim_provider", "provider_name"),
    "service_id": ("dim_service", "service_name"),
}


def area_names(areas: CellAreas, warehouse: Warehouse) -> dict[str, str]:
    """Return the name of each area, in the order in which they are listed."""
    codes = (*areas.cells, home_force(warehouse))
    known = {**names_of(codes, warehouse), **BESIDE_DISTRICTS}
    return {code: known[code] for code in dict.fromkeys(codes)}


def split_names(splits: tuple[str, ...], warehouse: Warehouse) -> dict[str, str]:
    """Return the meaning of each code of these splits, in list order.

    Two splits that share a code share its meaning, that of the second: OTHER is "Other" for a
    crime group beside sources.
    """
    return {code: name for split in splits for code, name in _meanings(split, warehouse).items()}


def _meanings(split: str, warehouse: Warehouse) -> Mapping[str, str]:
    if split not in _DIRECTORY:
        return {**SPLIT_CODES.get(split, {}), **_SAID.get(split, {})}
    table, name = _DIRECTORY[split]
    return dict(warehouse.table(table).sort(name).select(split, name).iter_rows())
