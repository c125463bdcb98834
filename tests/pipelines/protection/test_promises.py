"""What protection promises for any people and any menu, by exact programmes."""

from dataclasses import replace
from typing import Final

import numpy as np
import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipelines.protect import Protected, protect
from pipelines.protection.index import KEYS
from pipelines.protection.windows import rounded
from schemas.cells import SPLITS, Level, Measure, View
from schemas.protection import FLOORS
from tests.support.counted_people import TREE, World, counted, quarters, random_world
from tests.support.exact_attacker import possible_values
from tests.support.small_cells import told_by

pytestmark = pytest.mark.slow

_VALUES: Final = {
    "priority_flag": ("rural", "cyber"),
    "source": ("POLICE", "SELF", "OTHER"),
    "sex": ("F", "M"),
    "provider_id": ("p1", "p2"),
    "service_id": ("s1", "s2", "s3"),
}
_PERIODS: Final = quarters(2)
_LEVELS: Final[tuple[Level, ...]] = (
    ("force", "month"), ("force", "quarter"), ("force", "year"), ("partnership", "quarter"),
    ("district", "quarter"), ("district", "year"),
)  # fmt: skip

_levels = st.lists(st.sampled_from(_LEVELS), min_size=1, max_size=2, unique=True).map(tuple)
_splits = st.lists(st.sampled_from(sorted(_VALUES)), min_size=1, max_size=2, unique=True).map(
    lambda splits: tuple(sorted(splits, key=SPLITS.index))
)


@st.composite
def menus(draw: st.DrawFn) -> tuple[Measure, ...]:
    """Draw one to three measures, each of which may be a part of the one before."""
    found: list[Measure] = []
    for place in range(draw(st.integers(1, 3))):
        views = [View(levels=draw(_levels))]
        views += [
            View(splits=splits, levels=draw(_levels))
            for splits in draw(st.lists(_splits, max_size=2, unique=True))
        ]
        is_part, adds_up = draw(st.booleans()), draw(st.booleans())
        part_of = found[-1].key if found and is_part else None
        key = f"m{place}"
        found.append(
            Measure(
                key=key, label=key, table="t", views=tuple(views), part_of=part_of, adds_up=adds_up
            )
        )
    return tuple(found)


def _world(seed: int, menu: tuple[Measure, ...], size: int) -> World:
    months = [month for month, _ in _PERIODS["month"]]
    return random_world(
        np.random.default_rng(seed), menu, size=size, months=months, values=_VALUES, skew=1.5
    )


def _protected(cells: pl.DataFrame, menu: tuple[Measure, ...]) -> Protected:
    return protect(cells, menu, policy=FLOORS, areas=TREE)


_cases = given(menus(), st.integers(0, 10_000), st.sampled_from([60, 300]))
_fast = settings(
    max_examples=6,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    derandomize=True,  # each example is costly: a few, the same each time
)


@_fast
@_cases
def test_every_hidden_cell_keeps_five_values_whatever_is_added_up(
    menu: tuple[Measure, ...], seed: int, size: int
) -> None:
    cells = counted(_world(seed, menu, size), menu, _PERIODS).sort(KEYS)
    done = _protected(cells, menu)
    reasons = cells.join(done.report.reasons, on=KEYS, how="left", maintain_order="left")
    for values in possible_values(cells, done.cells, reasons["reason"], menu, seed=seed):
        assert values >= FLOORS.fewest_possible


@_fast
@_cases
def test_what_is_shown_is_ten_or_more_rounded_from_its_own_count(
    menu: tuple[Measure, ...], seed: int, size: int
) -> None:
    cells = counted(_world(seed, menu, size), menu, _PERIODS).sort(KEYS)
    done = _protected(cells, menu)
    assert done.cells.select(KEYS).equals(cells.select(KEYS))
    shown = done.cells.with_columns(true=cells["true_count"]).filter(pl.col("marker") == "")
    count, base, true = (shown[name].to_numpy() for name in ("count", "rounding", "true"))
    assert (true >= FLOORS.threshold).all()
    assert (count >= FLOORS.threshold).all()
    assert set(base) <= {FLOORS.rounding_base, FLOORS.wide_rounding_base}
    np.testing.assert_array_equal(count, rounded(true, base))
    hidden = done.cells.filter(pl.col("marker") != "")
    assert hidden["count"].null_count() == len(hidden) == done.report.hidden
    assert len(done.report.reasons) == done.report.hidden


@_fast
@_cases
def test_the_order_of_the_cells_changes_nothing(
    menu: tuple[Measure, ...], seed: int, size: int
) -> None:
    cells = counted(_world(seed, menu, size), menu, _PERIODS)
    once = _protected(cells, menu)
    again = _protected(cells.sample(fraction=1, shuffle=True, seed=seed), menu)
    assert once.cells.equals(again.cells)
    assert once.report.reasons.equals(again.report.reasons)


@_fast
@_cases
def test_one_person_more_changes_a_cell_only_across_an_edge_or_by_hiding(
    menu: tuple[Measure, ...], seed: int, size: int
) -> None:
    world = _world(seed, menu, size)
    fewer = replace(world, people=world.people.slice(0, size - 1))
    both = [_protected(counted(each, menu, _PERIODS), menu).cells for each in (fewer, world)]
    true = [counted(each, menu, _PERIODS).sort(KEYS)["true_count"] for each in (fewer, world)]
    for before, after, least, most in zip(
        *(each.iter_rows(named=True) for each in both), *true, strict=True
    ):
        assert most - least in (0, 1)
        is_same_way = not before["marker"] and not after["marker"]
        if is_same_way and before["rounding"] == after["rounding"] and before != after:
            # Shown both times: the next multiple, and only where the count stepped over an edge.
            assert after["count"] - before["count"] == before["rounding"]
            assert most - least == 1


@_fast
@given(menus(), st.integers(0, 10_000))
def test_the_same_counts_are_published_again_as_they_were(
    menu: tuple[Measure, ...], seed: int
) -> None:
    cells = counted(_world(seed, menu, 400), menu, _PERIODS)
    first = _protected(cells, menu)
    dropped = first.report.reasons.filter(pl.col("reason") == "DROPPED")
    again = protect(
        cells,
        menu,
        policy=FLOORS,
        areas=TREE,
        told_before=told_by(first.cells),
        dropped_before=dropped,
    )
    assert again.cells.equals(first.cells)


@_fast
@given(menus(), st.integers(0, 10_000))
def test_what_was_hidden_stays_hidden_when_people_come_to_it(
    menu: tuple[Measure, ...], seed: int
) -> None:
    world = _world(seed, menu, 400)
    fewer = replace(world, people=world.people.slice(0, 396))
    first = _protected(counted(fewer, menu, _PERIODS), menu).cells
    cells = counted(world, menu, _PERIODS)
    again = protect(cells, menu, policy=FLOORS, areas=TREE, told_before=told_by(first)).cells
    hidden = first.filter(pl.col("marker") != "").select(KEYS)
    assert again.filter(pl.col("marker") == "").join(hidden, on=KEYS).is_empty()
