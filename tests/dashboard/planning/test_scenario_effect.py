"""What changes do to unmet need: cases worked out by hand, and what must hold of all of them."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.metrics.access_network import Network
from dashboard.metrics.assumptions import Range
from dashboard.planning.change import Change
from dashboard.planning.effect import Effect, effect
from dashboard.planning.supply import delivered, of_network
from tests.support.small_network import (
    NORTH,
    OFFICE,
    SOUTH,
    SPOTS,
    TELEPHONE,
    TWO_SITES,
    hidden_today,
    network,
    site,
    today,
)


def add(spot: str, capacity: int = 90, **others: object) -> Change:
    said = {"groups": ("DA",), "cost": 45_000, **others}
    return Change(kind="add", spot=spot, capacity=capacity, **said)  # type: ignore[arg-type]


def gained(found: Effect) -> list[float]:
    return [line.gained for line in found.districts]


def test_without_changes_all_is_as_before() -> None:
    found = effect(today(), ())
    assert gained(found) == [0, 0]
    for line in (*found.districts, found.force):
        assert line.after == line.before.unmet
        assert line.access[0] == line.access[1]
        assert line.near[0] == line.near[1]
    assert (found.capacity, found.cost, found.beyond, found.idle) == (0, 0, 0, 0)


def test_a_new_site_serves_those_within_reach_by_need_and_weight() -> None:
    # At Dene: 1 for Coln, Dene and Ely, 0.5 for Brill and Far: 4 times 100 people.
    found = effect(today(), [add("dene", capacity=80)])
    assert gained(found) == pytest.approx([30, 40])
    assert found.beyond == pytest.approx(10)
    north, south = found.districts
    assert north.after == Range(60.0, 210.0, 510.0)
    assert south.after == Range(20.0, 120.0, 320.0)
    assert found.force.after == Range(80.0, 330.0, 830.0)
    assert found.idle == pytest.approx(0)
    assert (found.capacity, found.cost) == (80, 45_000)


def test_people_within_half_an_hour_are_counted_before_and_after() -> None:
    found = effect(today(), [add("dene")])
    assert [line.near for line in found.districts] == [(3_000, 3_000), (0, 2_000)]


def test_access_is_capacity_in_reach_for_a_thousand_people_in_need() -> None:
    # The office: 60 over 100 × (1 + 1 + 0.5). Two sites: Brill 20 over 300, Dene 20 over 150.
    found = effect(today(), ())
    office, brill, dene = 60 / 250, 20 / 300, 20 / 150
    first = [office + brill, office + brill + 0.5 * dene, 0.5 * office + brill + dene]
    assert found.districts[0].access[0] == pytest.approx(1_000 * sum(first) / 3)
    assert found.districts[1].access[0] is None
    assert effect(today(), [add("dene")]).districts[1].access[1] == pytest.approx(225)


def test_remote_help_goes_to_its_district_by_need() -> None:
    assert gained(effect(today(), [add(NORTH, mode="remote")])) == pytest.approx([90, 0])
    assert gained(effect(today(), [add("", mode="remote")])) == pytest.approx([54, 36])


def test_a_service_for_two_groups_shares_its_places_by_need() -> None:
    found = effect(today(), [add(NORTH, capacity=100, mode="remote", groups=("DA", "SV"))])
    assert gained(found) == pytest.approx([75, 0])  # 300 of 400 people in need


def test_a_service_for_another_group_changes_nothing_but_the_cost() -> None:
    found = effect(today(), [add("dene", groups=("SV",))])
    assert gained(found) == [0, 0]
    assert found.cost == 45_000
    assert found.districts[1].near == (0, 0)


def test_ending_a_service_takes_what_it_gives_and_saves_its_cost() -> None:
    found = effect(today(), [Change(kind="end", service=TWO_SITES)])
    assert gained(found) == pytest.approx([-40, 0])
    assert found.cost == -30_000
    assert effect(today(), [Change(kind="end", service=TELEPHONE)]).capacity == pytest.approx(-50)


def test_growing_and_shrinking_scale_all_that_a_service_does() -> None:
    grown = effect(today(), [Change(kind="grow", service=TELEPHONE, capacity=20, cost=5_000)])
    assert gained(grown) == pytest.approx([6, 4])  # half of its 20 are for the group
    assert grown.cost == 5_000
    less = effect(today(), [Change(kind="shrink", service=TWO_SITES, capacity=10, cost=7_000)])
    assert gained(less) == pytest.approx([-10, 0])
    assert less.cost == -7_000
    none = effect(today(), [Change(kind="shrink", service=TWO_SITES, capacity=500)])
    assert gained(none) == pytest.approx([-40, 0])


def test_moving_a_site_takes_its_places_elsewhere() -> None:
    move = Change(kind="move", service=OFFICE, site="S-1-0", spot="ely")
    found = effect(today(), [move])
    # 60 people: at Alton 24, 24 and 12 of North; at Ely 20 and 20 of South, 20 beyond; then Coln.
    assert gained(found) == pytest.approx([-60 + 60 * 0.5 / 3.5, 60 * 2 / 3.5])
    assert found.beyond == pytest.approx(60 / 3.5)
    assert found.capacity == pytest.approx(0)


def test_help_without_a_site_can_be_moved_to_another_area() -> None:
    # Today 10 of its 50 people for each of the five places; then 25 for each of the two in South.
    move = Change(kind="area", mode="remote", service=TELEPHONE, spot=SOUTH, cost=1_000)
    found = effect(today(), [move])
    assert gained(found) == pytest.approx([-30, 30])
    assert found.capacity == pytest.approx(0)
    assert found.cost == 1_000
    back = effect(today(), [move, replace(move, spot="")])
    assert gained(back) == pytest.approx([0, 0])


def test_a_service_with_districts_keeps_to_them_when_it_moves() -> None:
    found = effect(today(), [Change(kind="move", service=TWO_SITES, site="S-2-3", spot="ely")])
    assert gained(found) == pytest.approx([0, 0])  # Coln alone has it in reach


def test_capacity_that_nobody_can_reach_is_idle() -> None:
    south_only = replace(today(), network=network([site(OFFICE, 0, 60.0, frozenset({SOUTH}))]))
    found = effect(south_only, [Change(kind="grow", service=OFFICE, capacity=30)])
    assert gained(found) == [0, 0]
    assert (found.capacity, found.idle) == (30, 30)


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (Change(kind="end", service="S-9"), "no service S-9 runs today"),
        (Change(kind="move", service=OFFICE, site="S-2-1", spot="ely"), "Office has no such site"),
        (Change(kind="area", mode="remote", service=OFFICE, spot=NORTH), "away from its sites"),
        (Change(kind="area", mode="remote", service=TELEPHONE, spot="X"), "not one of the force"),
        (add("atlantis"), "not among the towns and sites of today"),
        (add("X", mode="remote"), "not one of the force area"),
    ],
)
def test_a_change_that_cannot_be_made_is_named_and_counts_for_nothing(
    change: Change, why: str
) -> None:
    found = effect(today(), [add("dene", capacity=80), change])
    assert gained(found) == pytest.approx([30, 40])
    assert found.cost == 45_000
    assert len(found.problems) == 1
    assert found.problems[0].startswith("Change 2 is not counted:")
    assert why in found.problems[0]


def test_where_people_are_hidden_there_is_no_figure_after_either() -> None:
    found = effect(hidden_today(), [add("dene", capacity=80)])
    assert found.districts[1].after == Range(None, None, None)
    assert found.districts[1].gained == pytest.approx(40)


# What must hold of all changes

CAPACITY = st.integers(1, 500)
ADDED = st.builds(add, st.sampled_from(SPOTS[:5]), CAPACITY)
REMOTE = st.builds(
    lambda spot, n: add(spot, n, mode="remote"), st.sampled_from(("", "N", "S")), CAPACITY
)
SERVICE = st.sampled_from((OFFICE, TWO_SITES, TELEPHONE))
GROWN = st.builds(lambda code, n: Change(kind="grow", service=code, capacity=n), SERVICE, CAPACITY)
SHRUNK = st.builds(
    lambda code, n: Change(kind="shrink", service=code, capacity=n), SERVICE, CAPACITY
)
ENDED = st.builds(lambda code: Change(kind="end", service=code), SERVICE)
MOVED = st.builds(
    lambda site, spot: Change(kind="move", service=site[:3], site=site, spot=spot),
    st.sampled_from(("S-1-0", "S-2-1", "S-2-3")),
    st.sampled_from(SPOTS[:5]),
)
SOME = st.one_of(ADDED, REMOTE, GROWN, SHRUNK, ENDED, MOVED)


@given(st.lists(SOME, max_size=4), st.one_of(ADDED, REMOTE, GROWN))
def test_more_capacity_never_raises_unmet_need_anywhere(
    before: Sequence[Change], more: Change
) -> None:
    without, with_it = effect(today(), before), effect(today(), [*before, more])
    for one, other in zip(gained(without), gained(with_it), strict=True):
        assert other >= one - 1e-9
    for line, after in zip(without.districts, with_it.districts, strict=True):
        assert after.near[1] >= line.near[1]


@given(st.lists(SOME, max_size=4), st.one_of(ENDED, SHRUNK))
def test_less_capacity_never_lowers_unmet_need_anywhere(
    before: Sequence[Change], less: Change
) -> None:
    without, with_it = effect(today(), before), effect(today(), [*before, less])
    for one, other in zip(gained(without), gained(with_it), strict=True):
        assert other <= one + 1e-9


@given(st.lists(SOME, max_size=6))
def test_no_place_is_lost_or_made_on_the_way(changes: Sequence[Change]) -> None:
    """Every place more or fewer is for somebody of a district or beyond, or for nobody in reach."""
    found = effect(today(), changes)
    assert sum(gained(found)) == pytest.approx(found.force.gained)
    assert found.force.gained + found.beyond + found.idle == pytest.approx(found.capacity)
    assert found.problems == ()


@given(
    st.lists(st.integers(0, 500).map(float), min_size=6, max_size=6),
    st.lists(st.tuples(st.integers(0, 5), st.integers(0, 300).map(float)), min_size=1, max_size=5),
)
def test_what_places_get_adds_up_to_the_capacity_within_reach(
    need: list[float], sites: list[tuple[int, float]]
) -> None:
    held: Network = network([site(OFFICE, place, size) for place, size in sites], need)
    supplies = of_network(held)[:-1]
    in_reach = [each.capacity for each in supplies if (each.weights * held.need.central).sum() > 0]
    assert delivered(supplies, np.array(need)).sum() == pytest.approx(sum(in_reach))
