"""Reads the directory of services from a published version."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Final

import polars as pl

from dashboard.directory.service import Directory, Group, Service, Site
from dashboard.warehouse import Warehouse

Rows = Mapping[str, list[dict[str, Any]]]

_FACTS: Final = {
    name: (Path(__file__).parents[1] / "queries" / f"{name}s.sql").read_text(encoding="utf-8")
    for name in ("service_area", "service_group", "service_site")
}


def directory(warehouse: Warehouse) -> Directory:
    """Return every service that is listed, by name; none when no directory is loaded."""
    return warehouse.once(_read)


def _read(warehouse: Warehouse) -> Directory:
    services = warehouse.table("dim_service").sort("service_name", "service_id")
    providers = dict(
        warehouse.table("dim_provider").select("provider_id", "provider_name").iter_rows()
    )
    facts = {name: _by_service(warehouse.query(sql)) for name, sql in _FACTS.items()}
    return Directory(
        services=tuple(
            _service(warehouse, record, providers, facts)
            for record in services.iter_rows(named=True)
        ),
        districts=_districts(warehouse),
    )


def _by_service(rows: pl.DataFrame) -> Rows:
    found: dict[str, list[dict[str, Any]]] = {}
    for row in rows.iter_rows(named=True):
        found.setdefault(row.pop("service_id"), []).append(row)
    return found


def _service(
    warehouse: Warehouse,
    record: Mapping[str, Any],
    providers: Mapping[str, str],
    facts: Mapping[str, Rows],
) -> Service:
    def rows(name: str) -> Iterable[dict[str, Any]]:
        return facts[name].get(record["service_id"], ())

    return Service(
        record=record,
        provider=providers.get(record["provider_id"], record["provider_id"]),
        areas=tuple(row["la_code"] for row in rows("service_area")),
        groups=tuple(Group(**row) for row in rows("service_group")),
        sites=tuple(Site(**row) for row in rows("service_site")),
        as_of=warehouse.build.as_of_date,
    )


def _districts(warehouse: Warehouse) -> dict[str, str]:
    home = warehouse.table("dim_area").filter(
        pl.col("is_home") & (pl.col("area_type") == "district")
    )
    return dict(home.sort("sort_order").select("area_code", "area_name").iter_rows())
