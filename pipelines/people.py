"""The published tables about people: counted, protected, and only then handed on."""

from collections.abc import Mapping
from dataclasses import fields
from datetime import date
from typing import Final

import polars as pl

from pipelines.counting import count_cells, count_changes, count_waits
from pipelines.protect import AreaTree, protect
from pipelines.protection.hiding import DROPPED, REASONS
from pipelines.record import frame
from pipelines.reference import HOME_FORCE_CODE, load_reference
from pipelines.served_people import People
from schemas.measures import MEASURES
from schemas.protection import FLOORS, Protection
from schemas.published import table

_NO_DISTRICT: Final = ("OUT", "NK")
"""Homes outside the force area, and homes not known: with them the districts make the force."""


def people_tables(
    policy: Protection,
    rows: Mapping[str, pl.DataFrame],
    *,
    as_of: date,
    told_before: pl.DataFrame | None,
    reasons_before: pl.DataFrame | None = None,
) -> People:
    """Return the tables about people; no cells while nothing about people is loaded.

    Args:
        policy: the numbers in force that protect people.
        rows: the accepted rows that count, by supplied table.
        as_of: the day that clocks read as today.
        told_before: what every version before told of the same data.
        reasons_before: why each hidden cell of the served one is hidden, if that is known.

    Raises:
        DisclosureFound: the counts cannot be published safely.
    """
    policy_table = {"meta_protection": frame("meta_protection", _policy_rows(policy))}
    areas = area_tree(rows)
    cells = count_cells(rows, as_of=as_of, areas=areas, rural=_rural())
    if cells.is_empty():
        names = ("cube_protected_count", "cube_protected_wait", "cube_protected_change")
        return People({**{name: frame(name, []) for name in names}, **policy_table})
    done = protect(
        cells,
        MEASURES,
        policy=policy,
        areas=areas,
        told_before=told_before,
        dropped_before=_dropped(reasons_before),
    )
    waits = count_waits(rows, as_of=as_of, areas=areas, protected=done.cells, policy=policy)
    changes = count_changes(rows, areas=areas, protected=done.cells, policy=policy)
    return People(
        {
            "cube_protected_count": _as_published("cube_protected_count", done.cells),
            "cube_protected_wait": _as_published("cube_protected_wait", waits),
            "cube_protected_change": _as_published("cube_protected_change", changes),
            **policy_table,
        },
        done.report,
    )


def _dropped(reasons: pl.DataFrame | None) -> pl.DataFrame | None:
    """Return the cells that were hidden with their whole split."""
    return None if reasons is None else reasons.filter(pl.col("reason") == REASONS[DROPPED])


def area_tree(rows: Mapping[str, pl.DataFrame]) -> AreaTree:
    """Return the areas and organisations that add up to each other."""
    areas = load_reference().areas
    districts = areas.filter(pl.col("is_home"), pl.col("area_type") == "district")
    of_several = (
        districts.group_by("partnership_code")
        .agg("area_code")
        .filter(pl.col("area_code").list.len() > 1)
    )
    return AreaTree(
        force=HOME_FORCE_CODE,
        districts=(*districts["area_code"], *_NO_DISTRICT),
        partnerships={
            code: tuple(codes) for code, codes in of_several.sort("partnership_code").iter_rows()
        },
        providers=dict(rows["services"].select("service_id", "provider_id").iter_rows()),
    )


def _rural() -> dict[str, bool]:
    """Return whether each small area of the force is rural."""
    small_areas = load_reference().small_areas
    return dict(small_areas.select("small_area_code", "is_rural").iter_rows())


def _as_published(name: str, cells: pl.DataFrame) -> pl.DataFrame:
    schema = frame(name, []).schema
    in_order = list(table(name).sorted_by)
    return cells.select(schema.names()).cast(schema).sort(in_order)


def _policy_rows(policy: Protection) -> list[dict[str, object]]:
    return [
        {
            "name": each.name,
            "value": float(getattr(policy, each.name)),
            "floor": float(getattr(FLOORS, each.name)),
        }
        for each in fields(Protection)
    ]
