"""A change is called a change only when the control chart's rules say so."""

from dataclasses import replace

import numpy as np
import pytest

from dashboard.metrics.catalogue import metric
from dashboard.metrics.signals import ONE_STEADY_IN, verdict

STEADY = [20.0, 22.0, 19.0, 21.0] * 6
CRIME = metric("recorded_crime")
STEADY_SERIES = 3000


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


def test_a_reason_names_the_unit_of_a_share_and_of_a_wait() -> None:
    in_time = verdict(metric("referral_on_time"), [88.0, 90.0, 86.0, 89.0] * 5 + [60.0])
    assert in_time.reason == "60% in the latest month, below the expected 80% to 94%"
    wait = verdict(metric("referral_to_contact_median"), [2.0] * 11 + [5.0], step="quarter")
    assert wait.reason == "5 working days in the latest quarter, above the usual 2"


def test_a_usual_range_has_as_many_digits_as_tell_it_from_the_value() -> None:
    share = verdict(metric("referral_on_time"), [92.6, 92.7, 92.6, 92.7] * 4 + [93.0])
    assert share.reason == "93% in the latest month, above the expected 92.37% to 92.97%"


def test_days_that_only_rounding_tells_apart_are_no_signal() -> None:
    wait = metric("referral_to_contact_median")
    flat = [3.0] * 20 + [4.0] + [3.0] * 8
    assert verdict(replace(wait, way="recorded"), flat).words == "improving", "below 3.03"
    assert verdict(wait, flat).words == "no real change"
    assert verdict(wait, [*[3.0, 4.0] * 10, *[6.0] * 8]).reason == "eight months above its average"


@pytest.mark.parametrize("measure", ["recorded_crime", "written_confirmation", "referrals"])
@pytest.mark.parametrize("points", [12, 36])
def test_a_steady_series_hardly_ever_stands_out(measure: str, points: int) -> None:
    chance = np.random.default_rng(7)
    series = np.round(
        chance.normal(85, 9.2 if measure != "written_confirmation" else 2, (STEADY_SERIES, points))
    )
    said = [verdict(metric(measure), list(map(float, each))) for each in series]
    signals = [each for each in said if each.direction]
    # About one in fifty is a signal; what `chance` calls rare is no more frequent than it says.
    assert 0.5 < len(signals) * ONE_STEADY_IN / STEADY_SERIES < 1.6
    for level in (0.1, 0.03, 0.01):
        assert sum(each.chance < level for each in signals) <= STEADY_SERIES * level


def test_the_further_from_its_average_the_less_a_series_is_chance() -> None:
    chances = [verdict(CRIME, [*STEADY[:-1], last]).chance for last in (40.0, 60.0, 90.0)]
    assert chances == sorted(chances, reverse=True)
    assert verdict(CRIME, STEADY).chance == 1.0


def test_counting_alone_spreads_a_count() -> None:
    # A hundred a month to the dot, then 125: no moving range says that it varies, but counts do.
    said = verdict(CRIME, [100.0] * 35 + [125.0])
    assert said.direction == 1
    assert 0.01 < said.chance < 0.2
