"""The best places for new capacity, held against trying every set of sites."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.planning.best import ALIKE, Goal, Places, best_two, goals
from dashboard.planning.puzzle import Aim, Puzzle, Worth

AMOUNTS = st.integers(0, 400).map(float)


@st.composite
def puzzles(draw: st.DrawFn) -> Puzzle:
    """Small cases, among them ties, districts without need and sites that nobody reaches."""
    places, candidates, districts = (draw(st.integers(1, most)) for most in (7, 6, 3))
    of = np.array(draw(st.lists(st.integers(0, districts), min_size=places, max_size=places)))
    need = np.array(draw(st.lists(AMOUNTS, min_size=places, max_size=places)))
    flags = st.lists(st.booleans(), min_size=places, max_size=places)
    covers = np.array([draw(flags) for _ in range(candidates)]).T
    has_help = np.array(draw(flags))
    wanted = covers * need[:, None]
    total = wanted.sum(axis=0)
    share = np.divide(wanted, total, out=np.zeros_like(wanted), where=total > 0)
    in_district = np.array([of == each for each in range(districts)])  # the last is outside
    by_district = in_district @ need
    met = by_district * draw(st.floats(0, 1.2))
    return Puzzle(
        count=draw(st.integers(1, min(3, candidates))),
        each=draw(st.sampled_from((5.0, 40.0, 300.0))),
        covers=covers,
        without=np.where(has_help, 0.0, need),
        share=in_district @ share,
        left=np.maximum(by_district - met, 0.0),
        need=by_district,
        met=met,
    )


def in_parts(puzzle: Puzzle, worth: Worth, goal: Goal) -> float:
    """Return a goal as a part of the most there can be, as the solver weighs it."""
    whole = {"reach": puzzle.without.sum(), "unmet": puzzle.most, "worst": 1.0}[goal]
    return float(getattr(worth, goal)) / (whole or 1.0)


def check_none_is_better(
    puzzle: Puzzle, wanted: tuple[Goal, ...], found: Places, *but: Places
) -> None:
    """Try every set of sites: none is better on a goal and as good on those before it."""
    besides = {each.sites for each in but}
    sets = [
        each for each in combinations(range(puzzle.candidates), puzzle.count) if each not in besides
    ]
    for goal in wanted:
        values = {each: in_parts(puzzle, puzzle.worth(each), goal) for each in sets}
        assert in_parts(puzzle, found.worth, goal) >= max(values.values()) - 1.5 * ALIKE
        # Those at the very edge of being alike are left out: either answer is right for them.
        sets = [each for each in sets if values[each] >= max(values.values()) - ALIKE / 2]


@settings(max_examples=60)
@given(puzzles(), st.sampled_from(("reach", "unmet")), st.booleans())
def test_the_solver_finds_what_trying_every_set_finds(
    puzzle: Puzzle, aim: Aim, is_fair: bool
) -> None:
    wanted = goals(aim, is_fair=is_fair)
    first, second = best_two(puzzle, wanted)
    assert len(first.sites) == puzzle.count
    assert first.worth == puzzle.worth(first.sites)
    check_none_is_better(puzzle, wanted, first)
    assert (second is None) == (puzzle.count == puzzle.candidates)
    if second is not None:
        assert second.sites != first.sites
        check_none_is_better(puzzle, wanted, second, first)


def case(**changed: object) -> Puzzle:
    """Two districts of two places each and three sites, worked out by hand.

    The first site reaches both places of the first district, the second one place of each, the
    third the second place of the second district. Only the very first place has help today.
    """
    given = {
        "count": 1,
        "each": 30.0,
        "covers": np.array(
            [[True, False, False], [True, True, False], [False, True, False], [False, False, True]]
        ),
        "without": np.array([0.0, 50.0, 20.0, 60.0]),
        "share": np.array([[1.0, 0.7, 0.0], [0.0, 0.3, 1.0]]),
        "left": np.array([10.0, 70.0]),
        "need": np.array([100.0, 80.0]),
        "met": np.array([90.0, 10.0]),
    }
    return Puzzle(**{**given, **changed})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("aim", "is_fair", "first", "second"),
    [
        ("reach", False, (1,), (2,)),  # 70 against 60 people
        ("unmet", False, (2,), (1,)),  # 30 against 10 + 9: the first district has only 10 left
        ("reach", True, (2,), (1,)),  # 40 of 80 people against 19 of 80
    ],
)
def test_a_case_worked_out_by_hand(
    aim: Aim, is_fair: bool, first: tuple[int, ...], second: tuple[int, ...]
) -> None:
    found, other = best_two(case(), goals(aim, is_fair=is_fair))
    assert found.sites == first
    assert other is not None
    assert other.sites == second


def test_no_district_gets_more_than_it_lacks() -> None:
    assert case().worth((0,)) == Worth(reach=50.0, unmet=10.0, worst=10 / 80)
    assert case().worth((0, 2)) == Worth(reach=110.0, unmet=40.0, worst=40 / 80)


def test_of_all_sites_there_is_no_other_choice() -> None:
    found, other = best_two(case(count=3), goals("reach", is_fair=False))
    assert found == Places((0, 1, 2), case(count=3).worth((0, 1, 2)))
    assert other is None


def test_a_case_that_the_solver_gives_up_on_when_it_simplifies_it() -> None:
    need = np.array([179.0, 327.0])
    met = 0.060502630877883073 * need
    puzzle = Puzzle(
        count=1,
        each=5.0,
        covers=np.array([[False, True], [True, False]]),
        without=np.array([1.0, 327.0]),
        share=np.array([[0.0, 1.0], [1.0, 0.0]]),
        left=need - met,
        need=need,
        met=met,
    )
    found, _ = best_two(puzzle, goals("reach", is_fair=True))
    assert found.sites == (0,)
