"""A change is called a change only when the control chart's rules say so."""

from dataclasses import replace

import pytest

from dashboard.metrics.catalogue import metric
from dashboard.metrics.metric import Choice
from dashboard.metrics.signals import scan, verdict
from dashboard.warehouse import Warehouse
from schemas.codes import ANTISOCIAL_BEHAVIOUR
from tests.support.tiny_warehouse import BROMSGROVE, HOME

STEADY = [20.0, 22.0, 19.0, 21.0] * 6
CRIME = metric("recorded_crime")


@pytest.mark.parametrize(
    ("values", "kind", "words"),
    [
        (STEADY, "none", "no real change"),
        ([*STEADY[:-1], 60.0], "concern", "concern: rising"),
        ([*STEADY[:-7], *[27.0] * 7], "concern", "concern: rising"),
        ([*STEADY[:-1], 2.0], "improving", "improving"),
        (STEADY[:11], "unknown", "too few months to say"),
        ([*STEADY, None], "unknown", "too few months to say"),
        ([0.0] * 24, "none", "no real change"),
    ],
)
def test_verdict(values: list[float | None], kind: str, words: str) -> None:
    said = verdict(CRIME, values)
    assert (said.kind, said.words) == (kind, words)


def test_direction_is_judged_by_what_is_better() -> None:
    jump = [*STEADY[:-1], 60.0]
    assert verdict(replace(CRIME, better="higher"), jump).words == "improving"
    assert verdict(replace(CRIME, better="context"), jump).kind == "change"
    assert verdict(replace(CRIME, better="context"), jump).words == "rising"


def test_reason_says_which_rule() -> None:
    assert verdict(CRIME, [*STEADY[:-8], *[27.0] * 8]).reason == "eight months above its average"
    assert "above the expected" in verdict(CRIME, [*STEADY[:-1], 60.0]).reason


def test_scan_finds_the_planted_rise_and_nothing_else(tiny: Warehouse) -> None:
    found = scan(Choice(), tiny)
    places = {(each.area_code, each.crime_type) for each in found.signals}
    assert places == {
        (area, crime_type)
        for area in (BROMSGROVE, HOME)
        for crime_type in ("Shoplifting", "Recorded crime")
    }
    first = next(each for each in found.signals if each.crime_type == "Shoplifting")
    assert first.sentence.endswith(": eight months above its average")
    assert first.choice.crime_types == ("Shoplifting",)
    # Two districts and the force: burglary and all crime, and antisocial behaviour where it is
    # five a month or more; shoplifting in one district and the force.
    assert found.charts_scanned == 10
    assert found.charts_scanned + found.charts_too_small == 3 * 15


def test_scan_of_one_district_and_type(tiny: Warehouse) -> None:
    choice = Choice(areas=(BROMSGROVE,), crime_types=("Shoplifting",))
    found = scan(choice, tiny)
    assert [each.sentence for each in found.signals] == [
        "Shoplifting, Bromsgrove: eight months above its average"
    ]
    assert found.charts_scanned == 1


def test_antisocial_behaviour_is_never_part_of_all_crime(tiny: Warehouse) -> None:
    found = scan(Choice(crime_types=(ANTISOCIAL_BEHAVIOUR,)), tiny)
    assert (found.signals, found.charts_scanned) == ((), 2)
