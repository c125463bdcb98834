"""Counts made-up people into cells, in the plainest way, for tests of protection."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from itertools import product

import numpy as np
import polars as pl

from pipelines.protection.areas import AreaTree
from pipelines.protection.index import KEYS
from schemas.cells import AreaType, Measure, PeriodType

Periods = Mapping[PeriodType, list[tuple[date, date]]]

TREE = AreaTree(
    force="F",
    districts=("A", "B", "C", "D", "OUT", "NK"),
    partnerships={"P": ("A", "B")},
    providers={"s1": "p1", "s2": "p1", "s3": "p2"},
)


@dataclass(frozen=True)
class World:
    """people: one row per person and event: `district`, `month`, `person`, a column for each split
    and a flag for each measure. values: what each split may be.
    """

    people: pl.DataFrame
    values: Mapping[str, tuple[str, ...]]
    tree: AreaTree = TREE


def quarters(years: int, *, first_year: int = 2023) -> Periods:
    """Return the periods of some years of months that begin in October."""
    months = [_later(date(first_year, 10, 1), n) for n in range(12 * years)]
    ends = range(2, 12 * years, 3)
    return {
        "month": [(month, month) for month in months],
        "quarter": [(months[end - 2], months[end]) for end in ends],
        "year": [(months[end - 11], months[end]) for end in ends if end >= 11],
        "year_to_date": [
            (months[end - length + 1], months[end])
            for end in ends
            for length in (6, 9)
            if end + 1 >= length and months[end].month == (9 if length == 6 else 12)
        ],
    }


def _later(month: date, count: int) -> date:
    years, number = divmod(month.month - 1 + count, 12)
    return date(month.year + years, number + 1, 1)


def random_world(
    random: np.random.Generator,
    menu: tuple[Measure, ...],
    *,
    size: int,
    months: list[date],
    values: Mapping[str, tuple[str, ...]],
    tree: AreaTree = TREE,
    skew: float = 1.0,
) -> World:
    """Return people of whom some districts and values have many, and others few."""

    def drawn(choices: tuple[str, ...]) -> np.ndarray:
        weights = 1 / np.arange(1, len(choices) + 1) ** skew
        return random.choice(np.array(choices), size, p=weights / weights.sum())

    columns: dict[str, object] = {"district": drawn(tree.districts)}
    columns["month"] = [months[n] for n in random.integers(0, len(months), size)]
    columns["person"] = random.integers(0, max(1, size * 4 // 5), size)
    columns |= {split: drawn(choices) for split, choices in values.items()}
    if {"service_id", "provider_id"} <= values.keys():
        columns["provider_id"] = [tree.providers[each] for each in columns["service_id"]]  # type: ignore[attr-defined]
    flags: dict[str, np.ndarray] = {}
    for measure in menu:
        of = flags.get(measure.part_of or "", np.ones(size, dtype=bool))
        flags[measure.key] = of & (random.random(size) < random.uniform(0.5, 1.0))
    return World(pl.DataFrame(columns | flags), values, tree)


def counted(world: World, menu: tuple[Measure, ...], periods: Periods) -> pl.DataFrame:
    """Return one row per cell of the menu, zeros included, with its true count."""
    grids = [
        _counted_level(world, measure, view.splits, level, periods)
        for measure in menu
        for view in measure.views
        for level in view.levels
    ]
    return pl.concat(grids).with_columns(is_structural=pl.lit(False), is_rare=pl.lit(False))


def _counted_level(
    world: World,
    measure: Measure,
    splits: tuple[str, ...],
    level: tuple[AreaType, PeriodType],
    periods: Periods,
) -> pl.DataFrame:
    area_type, period_type = level
    dates = dict.fromkeys(("first_month", "last_month"), pl.Date)
    known = pl.DataFrame(periods[period_type], schema=dates, orient="row")
    months = known.with_columns(
        month=pl.date_ranges("first_month", "last_month", interval="1mo")
    ).explode("month")
    named = {f"value_{n}": split for n, split in enumerate(splits, 1)}
    rows = _placed(world, area_type).filter(measure.key)
    found = (
        rows.with_columns(**{name: pl.col(split) for name, split in named.items()})
        .join(months, on="month")
        .group_by(*named, "area_code", "first_month", "last_month")
        .agg(true_count=pl.len() if measure.adds_up else pl.col("person").n_unique())
    )
    codes = _codes(world.tree, area_type)
    grid = pl.DataFrame(
        list(product(*(world.values[split] for split in splits), codes)),
        schema=dict.fromkeys((*named, "area_code"), pl.String),
        orient="row",
    ).join(known, how="cross")
    pads = dict.fromkeys(("split_1", "value_1", "split_2", "value_2"), pl.lit(""))
    pads |= {f"split_{n}": pl.lit(split) for n, split in enumerate(splits, 1)}
    pads |= {name: pl.col(name) for name in named}
    return grid.join(
        found, on=[*named, "area_code", "first_month", "last_month"], how="left"
    ).select(
        **{
            key: {
                "measure": pl.lit(measure.key),
                "area_type": pl.lit(area_type),
                "period_type": pl.lit(period_type),
                **pads,
            }.get(key, pl.col(key))
            for key in KEYS
        },
        true_count=pl.col("true_count").fill_null(0).cast(pl.Int64),
    )


def _codes(tree: AreaTree, area_type: AreaType) -> tuple[str, ...]:
    return {
        "force": (tree.force,),
        "district": tree.districts,
        "partnership": tuple(tree.partnerships),
    }[area_type]


def _placed(world: World, area_type: AreaType) -> pl.DataFrame:
    """Return the people with the code of their area; without those who are in none."""
    tree = world.tree
    if area_type == "force":
        return world.people.with_columns(area_code=pl.lit(tree.force))
    if area_type == "district":
        return world.people.with_columns(area_code=pl.col("district"))
    of = {district: code for code, parts in tree.partnerships.items() for district in parts}
    return world.people.with_columns(
        area_code=pl.col("district").replace_strict(of, default=None, return_dtype=pl.String)
    ).filter(pl.col("area_code").is_not_null())
