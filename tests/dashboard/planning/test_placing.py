"""Where new places would do most, asked over today's towns, and how sure the answer is."""

from dataclasses import replace

import pytest

from dashboard.metrics.assumptions import Range
from dashboard.planning.change import Change
from dashboard.planning.effect import effect
from dashboard.planning.placing import Answer, Asked, Option, as_changes, best_places
from tests.support.small_network import OFFICE, SOUTH, hidden_today, spot, today

ONE = Asked(sites=1, each=80, aim="reach")


def names(option: Option | None) -> list[str]:
    assert option is not None
    return [each.key for each in option.spots]


def test_the_site_that_most_people_without_help_can_reach_is_best() -> None:
    # North has help within half an hour everywhere; of South's two places each town of South, and
    # Coln, reaches both.
    found = best_places(today(), (), ONE)
    assert found.candidates == 5
    assert found.goal == "reach"
    assert found.best.reach == Range(100.0, 200.0, 400.0)
    assert found.second is not None
    assert found.second.reach == found.best.reach
    assert found.is_tie


def test_between_equals_on_reach_unmet_need_decides() -> None:
    # Coln sends nothing beyond the border.
    assert names(best_places(today(), (), ONE).best) == ["coln"]


def test_what_it_says_of_unmet_need_is_what_the_changes_do() -> None:
    for sites in (1, 2):
        found = best_places(today(), (), Asked(sites=sites, each=40, aim="unmet"))
        made = effect(today(), as_changes(found.best, found.asked, group="DA", cost=1_000))
        assert made.force.gained == pytest.approx(found.best.unmet.central)
        assert made.cost == 1_000 * sites


def test_fairness_puts_the_worst_district_first() -> None:
    def worst(key: str) -> float:
        change = Change(kind="add", spot=key, groups=("DA",), capacity=80)
        north, south = (line.gained for line in effect(today(), [change]).districts)
        return min((60 + north) / 300, (40 + south) / 200)

    found = best_places(today(), (), replace(ONE, aim="unmet", is_fair=True))
    assert found.goal == "worst"
    assert found.best.worst.central == pytest.approx(max(map(worst, today().spots)))


def test_changes_that_are_tried_already_count() -> None:
    more = [Change(kind="add", spot="dene", groups=("DA",), capacity=10)]
    assert best_places(today(), more, ONE).best.reach.central == 0
    ended = [Change(kind="end", service=OFFICE)]
    assert (best_places(today(), ended, ONE).best.reach.central or 0) > 0


def test_no_more_sites_are_chosen_than_there_are_places() -> None:
    found = best_places(today(), (), Asked(sites=9, each=10, aim="reach"))
    assert len(found.best.spots) == 5
    assert found.second is None
    assert (found.is_tie, found.is_unsure, found.turns) == (False, False, False)


def test_a_district_whose_people_are_hidden_is_not_called_the_worst() -> None:
    found = best_places(hidden_today(), (), replace(ONE, is_fair=True))
    assert (found.best.worst.central or 0) >= 0.2  # North's share
    assert hidden_today().districts[SOUTH].marker == "[c]"


def answer(best: Range, second: Range) -> Answer:
    def option(place: int, reach: Range) -> Option:
        return Option(spots=(spot(place),), reach=reach, unmet=reach, worst=reach)

    return Answer(
        asked=ONE, goal="reach", best=option(0, best), second=option(1, second), candidates=5
    )


@pytest.mark.parametrize(
    ("best", "second", "is_tie", "is_unsure", "turns"),
    [
        (Range(90.0, 100.0, 110.0), Range(10.0, 20.0, 30.0), False, False, False),
        (Range(50.0, 100.0, 200.0), Range(40.0, 80.0, 160.0), False, True, False),
        (Range(50.0, 100.0, 200.0), Range(60.0, 80.0, 160.0), False, True, True),
        (Range(50.0, 100.0, 200.0), Range(50.0, 99.5, 199.0), True, True, False),
    ],
)
def test_it_says_when_need_is_less_sure_than_the_difference(
    best: Range, second: Range, is_tie: bool, is_unsure: bool, turns: bool
) -> None:
    found = answer(best, second)
    assert (found.is_tie, found.is_unsure, found.turns) == (is_tie, is_unsure, turns)
