"""Changes in an address, scenarios as text, and what differs from today."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.metrics.assumptions import Range
from dashboard.planning.change import MOST_CAPACITY, MOST_COST, Change, NotAChange, read, written
from dashboard.planning.scenario import Made, Scenario, from_text, since, to_text
from schemas.supplied.lists import PRIORITY_FLAG

ID = st.from_regex(r"[A-Za-z0-9_-]{1,40}", fullmatch=True)
GROUPS = st.sets(st.sampled_from(list(PRIORITY_FLAG)), min_size=1).map(
    lambda found: tuple(each for each in PRIORITY_FLAG if each in found)
)
CAPACITY, COST = st.integers(1, MOST_CAPACITY), st.integers(0, MOST_COST)


def of(kind: str, **fields: st.SearchStrategy[object]) -> st.SearchStrategy[Change]:
    return st.builds(Change, kind=st.just(kind), **fields)


CHANGES = st.one_of(
    of("add", spot=ID, groups=GROUPS, capacity=CAPACITY, cost=COST),
    of("add", mode=st.just("remote"), spot=st.just("") | ID, groups=GROUPS, capacity=CAPACITY),
    of("move", service=ID, site=ID, spot=ID, cost=COST),
    of("area", mode=st.just("remote"), service=ID, spot=st.just("") | ID, cost=COST),
    of("grow", service=ID, capacity=CAPACITY, cost=COST),
    of("shrink", service=ID, capacity=CAPACITY, cost=COST),
    of("end", service=ID),
)
MADE = Made(
    version="wh-1-00000000",
    as_of="2026-11-01",
    assumptions={"SUPPORT_DA": 35.0, "TRAVEL_DETOUR": 1.3},
    before=Range(100.0, 200.0, 300.0),
    after=Range(90.0, 190.0, 290.0),
)


@given(CHANGES)
def test_an_address_holds_a_change_in_full(change: Change) -> None:
    assert read(written(change)) == change


@given(st.lists(CHANGES, max_size=12), st.text(max_size=30), st.sampled_from(list(PRIORITY_FLAG)))
def test_a_scenario_is_read_as_it_was_written(changes: list[Change], name: str, group: str) -> None:
    held = Scenario(name=name, group=group, changes=tuple(changes), made=MADE)
    assert from_text(to_text(held)) == held


def test_an_address_can_be_read_by_people() -> None:
    change = Change(kind="add", spot="ludlow", groups=("DA", "SV"), capacity=120, cost=85_000)
    assert written(change) == "add.site.ludlow.DA-SV.120.85000"


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "not understood"),
        ("add", "not understood"),
        ("sell.S01", "not understood"),
        ("end.S01.x", "not understood"),
        ("end.<script>", "Choose a service"),
        ("grow.S01.0.0", "Places must be from 1 to 20,000"),
        ("grow.S01.-5.0", "whole number"),
        ("grow.S01.1e9.0", "whole number"),
        ("grow.S01.10.99999999", "The cost must be from"),
        ("add.boat.ludlow.DA.10.0", "Choose how the service helps"),
        ("add.site..DA.10.0", "Choose a place"),
        ("add.site.ludlow.XX.10.0", "at least one priority group"),
        ("add.site.ludlow..10.0", "at least one priority group"),
        ("area.site.S01.E07000235.0", "Choose how the service helps"),
        ("move.S01..ludlow.0", "Choose the site that moves"),
    ],
)
def test_a_bad_value_in_an_address_is_refused_in_words(text: str, why: str) -> None:
    with pytest.raises(NotAChange, match=why):
        read(text)


@given(st.text(max_size=60))
def test_no_text_breaks_the_reading_of_an_address(text: str) -> None:
    try:
        change = read(text)
    except NotAChange:
        return
    assert read(written(change)) == change


def test_on_the_same_version_nothing_differs() -> None:
    assert list(since(MADE, replace(MADE, after=Range(None, None, None)), {})) == []


def test_on_another_version_it_says_what_differs() -> None:
    now = replace(
        MADE,
        version="wh-2-00000000",
        as_of="2026-12-01",
        assumptions={"SUPPORT_DA": 40.0, "TRAVEL_DETOUR": 1.3},
        after=Range(90.0, 214.0, 290.0),
    )
    assert list(since(MADE, now, {"SUPPORT_DA": "Share who want support"})) == [
        "Made on version wh-1-00000000, of 2026-11-01; the figures here are of version "
        "wh-2-00000000, of 2026-12-01.",
        "Share who want support: 35 then, 40 now.",
        "Unmet need of the force area after them: 190 then, 210 now.",
    ]
