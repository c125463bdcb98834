"""Which places a choice covers, and how many people live there."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import polars as pl

from dashboard.errors import UnknownChoice
from dashboard.metrics.metric import Choice
from dashboard.warehouse import Warehouse
from schemas.codes import FORCE_ONLY, NO_LOCATION, OUTSIDE_FORCE, SPECIAL_AREA_NAMES

AREA_LEVELS: Final = ("force_code", "partnership_code", "area_code", "small_area_code")
PLACE_DIMENSIONS: Final = (*AREA_LEVELS, "rural_class", "town_class")


@dataclass(frozen=True, kw_only=True)
class Scope:
    """Chosen codes by level. Levels below the force belong to the home force."""

    home: str
    forces: tuple[str, ...] = ()
    partnerships: tuple[str, ...] = ()
    districts: tuple[str, ...] = ()
    small_areas: tuple[str, ...] = ()

    @property
    def force_codes(self) -> tuple[str, ...]:
        """Every force that has a part in the figure; the figure needs all their months."""
        is_within = self.partnerships or self.districts or self.small_areas
        return tuple(dict.fromkeys((*self.forces, *((self.home,) if is_within else ()))))

    @property
    def whole_forces(self) -> "Scope":
        """The same choice widened to whole forces."""
        return Scope(home=self.home, forces=self.force_codes)


def scope_of(choice: Choice, warehouse: Warehouse, *, every_force: bool = False) -> Scope:
    """Return the places chosen: the home force when none is, or every force if asked.

    Raises UnknownChoice for an area code that the warehouse does not know.
    """
    home = home_force(warehouse)
    if not choice.areas:
        forces = forces_held(warehouse) if every_force else (home,)
        return Scope(home=home, forces=forces)
    levels = warehouse.once(_levels)
    unknown = [code for code in choice.areas if code not in levels]
    if unknown:
        raise UnknownChoice(
            f"There is no area with the code {unknown[0]!r}. Areas are given by their official "
            "codes: a force, partnership, district or small area."
        )

    def chosen(level: str) -> tuple[str, ...]:
        return tuple(code for code in choice.areas if levels[code] == level)

    return Scope(
        home=home,
        forces=chosen("force"),
        partnerships=chosen("partnership"),
        districts=chosen("district"),
        small_areas=chosen("small_area"),
    )


def home_force(warehouse: Warehouse) -> str:
    """Return the code of the force this dashboard is about."""
    return warehouse.once(_home_force)


def _home_force(warehouse: Warehouse) -> str:
    areas = warehouse.table("dim_area")
    home = areas.filter(pl.col("is_home") & (pl.col("area_type") == "force"))
    return str(home["area_code"][0])


def forces_held(warehouse: Warehouse) -> tuple[str, ...]:
    """Return the codes of the forces with any month, the home force first."""
    return warehouse.once(_forces_held)


def _forces_held(warehouse: Warehouse) -> tuple[str, ...]:
    held = warehouse.table("meta_coverage")["force_code"].unique().to_list()
    areas = warehouse.table("dim_area").filter(pl.col("area_code").is_in(held))
    return tuple(areas.sort("is_home", "sort_order", descending=[True, False])["area_code"])


def _levels(warehouse: Warehouse) -> dict[str, str]:
    areas = warehouse.table("dim_area").select("area_code", "area_type").rows()
    small = warehouse.table("dim_small_area")["small_area_code"].to_list()
    return {
        **dict(areas),
        **dict.fromkeys(small, "small_area"),
        **dict.fromkeys((NO_LOCATION, OUTSIDE_FORCE), "district"),
    }


def places(scope: Scope, warehouse: Warehouse, *, small: bool = False) -> pl.DataFrame:
    """Return the places in scope with their residents, in the order of lists.

    One row per district (or NONE, OUTSIDE) of the home force and two per other force; per small
    area of the home force with `small`, with its classes, hectares and centre. `residents` is null
    where nobody can be counted.
    """
    held = warehouse.once(_small_areas if small else _districts)
    return held.filter(within(scope, has_small=small))


def within(scope: Scope, *, has_small: bool) -> pl.Expr:
    """Return the condition that a place is in scope."""
    levels: dict[str, Iterable[str]] = {
        "partnership_code": scope.partnerships,
        "area_code": scope.districts,
    }
    if has_small:
        levels["small_area_code"] = scope.small_areas
    inside = pl.any_horizontal(pl.col(level).is_in(list(codes)) for level, codes in levels.items())
    is_home = pl.col("force_code") == scope.home
    return pl.col("force_code").is_in(list(scope.forces)) | (is_home & inside)


def _districts(warehouse: Warehouse) -> pl.DataFrame:
    areas = warehouse.table("dim_area")
    columns = ("force_code", "partnership_code", "area_code", "residents")
    districts = areas.filter(pl.col("area_type") == "district").sort("sort_order").select(columns)
    home = home_force(warehouse)
    others = [force for force in forces_held(warehouse) if force != home]
    residents = dict(areas.select("area_code", "residents").rows())
    special = [
        *((home, code, code, None) for code in (OUTSIDE_FORCE, NO_LOCATION)),
        *((force, FORCE_ONLY, FORCE_ONLY, residents[force]) for force in others),
        *((force, NO_LOCATION, NO_LOCATION, None) for force in others),
    ]
    return pl.concat([districts, pl.DataFrame(special, schema=districts.schema, orient="row")])


def _small_areas(warehouse: Warehouse) -> pl.DataFrame:
    small = warehouse.table("dim_small_area").sort("small_area_code")
    districts = _districts(warehouse).drop("residents")
    rural = pl.when("is_rural").then(pl.lit("Rural")).otherwise(pl.lit("Urban"))
    is_near = pl.col("rural_urban_code").str.contains("N")
    town = pl.when(is_near).then(pl.lit("near")).otherwise(pl.lit("far from"))
    return small.join(districts, on="area_code", maintain_order="left").select(
        "force_code",
        "partnership_code",
        "area_code",
        "small_area_code",
        rural.alias("rural_class"),
        pl.format("{} {} a major town", rural, town).alias("town_class"),
        *("residents", "hectares", "latitude", "longitude"),
    )


def names_of(codes: Iterable[str], warehouse: Warehouse) -> dict[str, str]:
    """Return the name as people say it for each code that has one."""
    known = warehouse.once(_names)
    return {code: known[code] for code in codes if code in known}


def _names(warehouse: Warehouse) -> dict[str, str]:
    small = warehouse.table("dim_small_area").select("small_area_code", "small_area_name")
    areas = warehouse.table("dim_area").select("area_code", "area_name")
    return {**dict(small.iter_rows()), **dict(areas.iter_rows()), **SPECIAL_AREA_NAMES}
