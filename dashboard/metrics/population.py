"""Residents of the home force by district: all, those whom a survey rate is about, or a part."""

from collections.abc import Callable
from typing import Final

import polars as pl

from dashboard.metrics.places import Scope, places
from dashboard.warehouse import Warehouse

ENGLAND_AND_WALES: Final = "K04000001"
EVERYONE: Final = "people of all ages"
"""The base that holds all residents."""

_CHILDREN: Final = ("0-9", "10-15", "16-17")
_UNDER_16: Final = ("0-9", "10-15")
_KEYS: Final = ("force_code", "partnership_code", "area_code")


def base_residents(base: str, scope: Scope, warehouse: Warehouse) -> pl.DataFrame | None:
    """Return the residents of a base, such as 'people aged 16 and over'; None for an unknown one.

    One row per district in scope with its force and partnership; `residents` need not be whole.
    """
    if base not in _BASES:
        return None
    held = warehouse.once(_by_district, base)
    return _districts(scope, warehouse).join(held, on="area_code", maintain_order="left")


def all_residents(scope: Scope, warehouse: Warehouse) -> pl.DataFrame:
    """Return all residents of the districts in scope, in the columns of `base_residents`."""
    held = warehouse.once(_by_district, EVERYONE)
    return _districts(scope, warehouse).join(held, on="area_code", maintain_order="left")


def part_residents(characteristic: str, scope: Scope, warehouse: Warehouse) -> pl.DataFrame:
    """Return the residents of each part of a characteristic, such as the age bands.

    One row per district in scope and `part`, with force and partnership.
    """
    held = warehouse.table("dim_population").filter(pl.col("characteristic") == characteristic)
    districts = _districts(scope, warehouse)
    joined = districts.join(held, on="area_code", maintain_order="left")
    return joined.select(*_KEYS, "part", "residents")


def residents_of_england_and_wales(warehouse: Warehouse) -> int:
    """Return all residents of England and Wales, or 0 when they are not held."""
    held = warehouse.table("dim_population")
    return int(held.filter(pl.col("area_code") == ENGLAND_AND_WALES)["residents"].sum())


def _districts(scope: Scope, warehouse: Warehouse) -> pl.DataFrame:
    """The places in scope that have residents by age: neither 'no location' nor other forces."""
    known = warehouse.table("dim_population")["area_code"].unique().to_list()
    return places(scope, warehouse).select(*_KEYS).filter(pl.col("area_code").is_in(known))


def _by_district(warehouse: Warehouse, base: str) -> pl.DataFrame:
    population = warehouse.table("dim_population")
    residents: pl.DataFrame = _BASES[base](population)
    return residents.filter(pl.col("area_code") != ENGLAND_AND_WALES)


def _aged(*, without: tuple[str, ...] = (), only: tuple[str, ...] = ()) -> pl.Expr:
    band = pl.col("part")
    wanted = band.is_in(list(only)) if only else ~band.is_in(list(without))
    return (pl.col("characteristic") == "age_band") & wanted


def _sum(condition: pl.Expr) -> Callable[[pl.DataFrame], pl.DataFrame]:
    def summed(population: pl.DataFrame) -> pl.DataFrame:
        wanted = population.filter(condition).group_by("area_code", maintain_order=True)
        return wanted.agg(pl.col("residents").sum().cast(pl.Float64))

    return summed


_SIXTEEN_AND_OVER: Final = _sum(_aged(without=_UNDER_16))


def _of_sex(sex: str) -> Callable[[pl.DataFrame], pl.DataFrame]:
    # No table of age by sex is held: those of 16 and over by the district's share of the sex.
    is_sex = pl.col("characteristic") == "sex"

    def shared(population: pl.DataFrame) -> pl.DataFrame:
        both = _sum(is_sex)(population).rename({"residents": "both"})
        one = _sum(is_sex & (pl.col("part") == sex))(population).rename({"residents": "one"})
        joined = _SIXTEEN_AND_OVER(population).join(both, on="area_code").join(one, on="area_code")
        share = pl.col("one") / pl.col("both")
        return joined.select("area_code", residents=pl.col("residents") * share)

    return shared


_BASES: Final[dict[str, Callable[[pl.DataFrame], pl.DataFrame]]] = {
    "people aged 16 and over": _SIXTEEN_AND_OVER,
    "adults aged 16 and over": _SIXTEEN_AND_OVER,
    "women aged 16 and over": _of_sex("F"),
    "men aged 16 and over": _of_sex("M"),
    "people under 18": _sum(_aged(only=_CHILDREN)),
    EVERYONE: _sum(_aged()),
}
"""To whom an assumption may apply, in its words, and how those residents are found."""
