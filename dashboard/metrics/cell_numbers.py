"""The numbers of the small-number policy in force, as the published file keeps them."""

from dataclasses import dataclass

from dashboard.warehouse import Warehouse


@dataclass(frozen=True)
class SmallNumbers:
    """The numbers of the policy in force that figures depend on (`schemas/protection.py`)."""

    threshold: int
    rounding_base: int
    percentage_base: int
    chart_base: int


def small_numbers(warehouse: Warehouse) -> SmallNumbers:
    """Return the numbers that the published cells were protected by."""
    held = dict(warehouse.table("meta_protection").select("name", "value").iter_rows())
    return SmallNumbers(**{name: int(held[name]) for name in SmallNumbers.__dataclass_fields__})
