"""The small-number policy can be tightened in `policy.toml` and never loosened (B60, B61)."""

import pytest

from pipelines.errors import PolicyRefused
from pipelines.protection.settings import RANGES, load_protection
from schemas.protection import FLOORS


def test_without_a_section_the_floors_hold() -> None:
    assert load_protection({}) == FLOORS


def test_every_number_can_be_tightened() -> None:
    tight = {
        "threshold": 15, "rounding_base": 10, "wide_rounding_base": 20, "fewest_possible": 6,
        "percentage_base": 100, "chart_base": 200, "wait_base": 20, "dominance_share": 0.8,
        "dominance_margin": 60, "most_set_aside": 0.1,
    }  # fmt: skip
    assert tight.keys() == RANGES.keys()
    policy = load_protection(tight)
    assert {name: getattr(policy, name) for name in tight} == tight


def test_an_unknown_key_names_the_nearest_known_one_b60() -> None:
    with pytest.raises(PolicyRefused, match=r"unknown key treshold .*did you mean threshold"):
        load_protection({"treshold": 12})
    with pytest.raises(PolicyRefused, match=r"unknown key colour .*known are threshold"):
        load_protection({"colour": 12})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("threshold", 2), ("threshold", 9), ("threshold", -10), ("threshold", "ten"),
        ("threshold", True), ("threshold", 12.5), ("threshold", None), ("threshold", 1000),
        ("rounding_base", 0), ("rounding_base", 1), ("fewest_possible", 4),
        ("dominance_share", 0.95), ("dominance_share", float("nan")), ("most_set_aside", 0.5),
        ("dominance_margin", 49), ("wait_base", 9), ("percentage_base", 49), ("chart_base", 50),
    ],
)  # fmt: skip
def test_looser_or_senseless_values_are_refused_with_the_range_b61(
    name: str, value: object
) -> None:
    with pytest.raises(PolicyRefused, match=rf"{name} is .*expected a .* to .*not loosened"):
        load_protection({name: value})


def test_the_wider_base_must_be_wider_and_bases_multiples_of_five() -> None:
    with pytest.raises(PolicyRefused, match="more than rounding_base"):
        load_protection({"rounding_base": 10})
    with pytest.raises(PolicyRefused, match="multiples of 5"):
        load_protection({"rounding_base": 7})
