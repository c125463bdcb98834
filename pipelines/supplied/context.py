"""What other tables say about a row: columns that the rules need and the file has not."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Final

import polars as pl

from pipelines.supplied.code_clock import due_days
from pipelines.supplied.distance import km_to_force_area
from pipelines.supplied.holdings import holding
from pipelines.supplied.store import no_rows
from pipelines.working_days import due_date
from schemas.supplied.code_case import ASSESSED_WITHIN_DAYS
from schemas.supplied.contracts import contract as contract_of
from schemas.supplied.directory import EVERYWHERE
from schemas.supplied.field import Contract
from schemas.supplied.provider_return_rules import ALL
from schemas.supplied.referral_fields import EXTERNAL

CONTEXT_TABLES: Final = (
    "providers",
    "services",
    "service_areas",
    "ref_code_standard",
    "provider_returns",
    "ref_commitment",
)
"""Tables whose rows the rules of other rows look at; loaded first, in this order."""

_FIGURE: Final = ("provider_id", "service_id", "measure", "breakdown", "breakdown_value")


@dataclass(frozen=True)
class Known:
    """The rows that count of the tables that others look at, each field typed, by table."""

    tables: Mapping[str, pl.DataFrame] = field(default_factory=lambda: MappingProxyType({}))

    def rows(self, table: str) -> pl.DataFrame:
        """Return the rows of a table, none when it was not loaded."""
        found = self.tables.get(table)
        return no_rows(contract_of(table)) if found is None else found

    def after(self, contract: Contract, rows: pl.DataFrame) -> "Known":
        """Return what is known once these rows replace those of the same senders and periods."""
        if contract.table not in CONTEXT_TABLES:
            return self
        names, keys = list(contract.names), list(holding(contract))
        before = self.rows(contract.table).select(*names, *keys)
        added = rows.select(*names, *keys)
        kept = before.join(added, on=["_sender", "_period"], how="anti")
        table = pl.concat([kept, added]).select(names)
        return replace(self, tables={**self.tables, contract.table: table})

    @property
    def codes(self) -> dict[str, tuple[str, ...]]:
        """Return the known codes of providers and services, by the columns that hold them."""
        services = tuple(self.rows("services")["service_id"])
        providers = tuple(self.rows("providers")["provider_id"])
        return {
            "provider_id": providers,
            "service_id": services,
            "onward_service_id": services,
            "commitment_id": tuple(self.rows("ref_commitment")["commitment_id"]),
        }


def with_context(rows: pl.DataFrame, contract: Contract, known: Known) -> pl.DataFrame:
    """Return the rows with the context columns of their contract, in the same order."""
    for name in contract.context:
        rows = rows.with_columns(_MAKERS[name](rows, known).alias(name))
    return rows


def _provider_known(_: pl.DataFrame, known: Known) -> pl.Expr:
    return pl.col("provider_id").is_in(known.rows("providers")["provider_id"].implode())


def _service_known(rows: pl.DataFrame, known: Known) -> pl.Expr | pl.Series:
    """Return whether the service exists and, where the row names a provider, is the provider's."""
    services = known.rows("services")
    if "provider_id" not in rows.columns:
        return pl.col("service_id").is_in(services["service_id"].implode())
    owner = _of_service(rows, services.select("service_id", "provider_id"), "provider_id")
    return (owner == rows["provider_id"]).fill_null(value=False)


def _onward_known(_: pl.DataFrame, known: Known) -> pl.Expr:
    service = pl.col("onward_service_id")
    return service.is_in(known.rows("services")["service_id"].implode()) | (service == EXTERNAL)


def _commitment_known(_: pl.DataFrame, known: Known) -> pl.Expr:
    return pl.col("commitment_id").is_in(known.rows("ref_commitment")["commitment_id"].implode())


def _contract_field(name: str) -> "Maker":
    return lambda rows, known: _of_service(rows, known.rows("services"), name)


def _service_areas(rows: pl.DataFrame, known: Known) -> pl.Series:
    areas = known.rows("service_areas").group_by("service_id").agg("la_code")
    return _of_service(rows, areas, "la_code")


def _is_force_wide(rows: pl.DataFrame, known: Known) -> pl.Series:
    is_everywhere = (pl.col("la_code") == EVERYWHERE).any()
    areas = known.rows("service_areas").group_by("service_id").agg(is_everywhere)
    return _of_service(rows, areas, "la_code")


def _of_service(rows: pl.DataFrame, services: pl.DataFrame, name: str) -> pl.Series:
    """Return what a table with one row per service says of each row's service."""
    said = services.select("service_id", pl.col(name).alias("_said"))
    return rows.select("service_id").join(said, on="service_id", how="left", maintain_order="left")[
        "_said"
    ]


def _last_year_value(rows: pl.DataFrame, known: Known) -> pl.Series:
    return _earlier_figure(rows, known, months=12, figure=_FIGURE)


def _last_quarter_active_end(rows: pl.DataFrame, known: Known) -> pl.Series:
    is_end = (pl.col("measure") == "ACTIVE_END") & (pl.col("breakdown") == ALL)
    return _earlier_figure(
        rows, known, months=3, figure=("provider_id", "service_id"), where=is_end
    )


def _earlier_figure(
    rows: pl.DataFrame,
    known: Known,
    *,
    months: int,
    figure: tuple[str, ...],
    where: pl.Expr | None = None,
) -> pl.Series:
    """Return the value of the same figure some months before, from this file before others."""
    columns = [*_FIGURE, "quarter", "value"]
    every = pl.concat([rows.select(columns), known.rows("provider_returns").select(columns)])
    earlier = (every if where is None else every.filter(where)).select(
        *figure,
        pl.col("quarter").dt.offset_by(f"{months}mo"),
        pl.col("value").alias("_earlier"),
    )
    keys = [*figure, "quarter"]
    first = earlier.unique(keys, keep="first", maintain_order=True)
    return rows.select(keys).join(first, on=keys, how="left", maintain_order="left")["_earlier"]


def _assessed_due(rows: pl.DataFrame, _: Known) -> pl.Series:
    return due_date(rows["date_reported"], ASSESSED_WITHIN_DAYS)


def _due(rows: pl.DataFrame, known: Known) -> pl.Series:
    starts, days = due_days(rows, known.rows("ref_code_standard"))
    return due_date(starts, days)


def _distance_km(rows: pl.DataFrame, _: Known) -> pl.Series:
    return km_to_force_area(rows["latitude"], rows["longitude"])


Maker = Callable[[pl.DataFrame, Known], pl.Expr | pl.Series]

_MAKERS: Final[Mapping[str, Maker]] = {
    "_provider_known": _provider_known,
    "_service_known": _service_known,
    "_onward_known": _onward_known,
    "_commitment_known": _commitment_known,
    "_service_start": _contract_field("contract_start"),
    "_service_end": _contract_field("contract_end"),
    "_annual_value_gbp": _contract_field("annual_value_gbp"),
    "_service_areas": _service_areas,
    "_service_is_force_wide": _is_force_wide,
    "_last_year_value": _last_year_value,
    "_last_quarter_active_end": _last_quarter_active_end,
    "_assessed_due": _assessed_due,
    "_due": _due,
    "_distance_km": _distance_km,
}
