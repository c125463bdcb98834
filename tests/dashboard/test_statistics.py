"""The arithmetic reproduces numbers that nobody on this project wrote."""

import csv
import math
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.metrics import statistics

ORACLES = Path(__file__).resolve().parent.parent / "oracles"


def oracle(name: str) -> list[dict[str, str]]:
    with (ORACLES / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def number(text: str) -> float:
    return float(text) if text else math.nan


def numbers(text: str) -> list[float]:
    return [float(each) for each in text.split()]


def flags(text: str) -> list[int]:
    return [int(each) for each in text.split()]


def near(expected: str, relative: float = 1e-9) -> object:
    return pytest.approx(number(expected), rel=relative, nan_ok=True)


@pytest.mark.parametrize("row", oracle("byars_wilson_limits"))
def test_byars_and_wilson_limits(row: dict[str, str]) -> None:
    confidence = float(row["confidence"].rstrip("%")) / 100
    if row["method"] == "Byars":
        lower, upper = statistics.byars_limits(number(row["x"]), confidence)
    else:
        lower, upper = statistics.wilson_limits(number(row["x"]), number(row["n"]), confidence)
    assert float(lower) == near(row["lower"])
    assert float(upper) == near(row["upper"])


@pytest.mark.parametrize("row", oracle("rates_proportions_ci"))
@pytest.mark.parametrize(("confidence", "suffix"), [(0.95, "95"), (0.998, "998")])
def test_rates_and_proportions(row: dict[str, str], confidence: float, suffix: str) -> None:
    numerator, denominator = number(row["numerator"]), number(row["denominator"])
    per = float(row["multiplier"])
    if row["kind"] == "rate":
        lower, upper = statistics.rate_limits(
            numerator, denominator, per=per, confidence=confidence
        )
    else:
        shares = statistics.wilson_limits(numerator, denominator, confidence)
        lower, upper = per * shares[0], per * shares[1]
    assert float(np.float64(per) * numerator / denominator) == near(row["value"])
    assert float(lower) == near(row[f"lower{suffix}"])
    assert float(upper) == near(row[f"upper{suffix}"])


@pytest.mark.parametrize("row", oracle("spc_xmr_limits"))
def test_control_limits(row: dict[str, str]) -> None:
    limits = statistics.control_limits(numbers(row["values"]), screen_outliers=False)
    assert limits is not None
    assert limits.mean == near(row["mean"])
    assert limits.lower == pytest.approx(float(row["lpl"]), rel=1e-9, abs=1e-9)
    assert limits.upper == near(row["upl"])
    assert limits.near_lower == near(row["near_lpl"])
    assert limits.near_upper == near(row["near_upl"])


@pytest.mark.parametrize("row", oracle("spc_xmr_outlier_screening"))
def test_control_limits_with_outliers_screened(row: dict[str, str]) -> None:
    screened = row["screen_outliers"] == "TRUE"
    limits = statistics.control_limits(numbers(row["values"]), screen_outliers=screened)
    assert limits is not None
    assert limits.mean == near(row["mean"], 1e-5)
    assert limits.lower == near(row["lpl"], 1e-5)
    assert limits.upper == near(row["upl"], 1e-5)


RULES: dict[str, Callable[[dict[str, str]], list[int]]] = {
    "seven_one_side": lambda row: statistics.seven_one_side(flags(row["input"])),
    "part_of_seven": lambda row: statistics.part_of_seven(flags(row["input"])),
    "seven_trend": lambda row: statistics.seven_trend(numbers(row["input"])),
    "two_in_three": lambda row: statistics.two_in_three(
        flags(row["input"]), flags(row["relative_to_mean"])
    ),
    "part_two_in_three": lambda row: statistics.part_two_in_three(
        flags(row["input"]), flags(row["relative_to_mean"])
    ),
}


@pytest.mark.parametrize("row", oracle("spc_rules"))
def test_control_chart_rules(row: dict[str, str]) -> None:
    assert RULES[row["rule"]](row) == flags(row["expected"])


BETTER = {"increase": "higher", "decrease": "lower", "neutral": "context"}


@pytest.mark.parametrize("row", oracle("spc_assurance"))
def test_assurance(row: dict[str, str]) -> None:
    mean, lower, upper = (float(row[each]) for each in ("mean", "lpl", "upl"))
    limits = statistics.ControlLimits(
        mean=mean, lower=lower, upper=upper, near_lower=lower, near_upper=upper
    )
    found = statistics.assurance(
        limits,
        target=float(row["target"]),
        better=BETTER[row["improvement_direction"]],  # type: ignore[arg-type]
    )
    assert (found or "") == row["assurance"]


@pytest.mark.parametrize("row", oracle("funnel_sr_poisson_limits"))
def test_funnel_of_a_standardised_ratio(row: dict[str, str]) -> None:
    expected, target = float(row["expected_events"]), float(row["target"])
    for confidence, suffix in ((0.95, "95"), (0.998, "998")):
        lower, upper = statistics.funnel_ratio_limits(expected, confidence, target)
        assert float(lower) == near(row[f"lower{suffix}"], 1e-6)
        assert float(upper) == near(row[f"upper{suffix}"], 1e-6)


@pytest.mark.parametrize("row", oracle("funnel_proportion_limits"))
def test_funnel_of_a_proportion(row: dict[str, str]) -> None:
    population, baseline = float(row["Population"]), float(row["Baseline"]) / 100
    for confidence, sigma in ((0.95, "2s0025"), (0.998, "3s0001")):
        lower, upper = statistics.funnel_proportion_limits(population, baseline, confidence)
        # Printed to six decimals, from a baseline of more digits than are printed.
        assert 100 * float(lower) == pytest.approx(float(row[f"Lower{sigma}limit"]), abs=5e-6)
        assert 100 * float(upper) == pytest.approx(float(row[f"Upper{sigma}limit"]), abs=5e-6)


def test_funnel_labels_of_303_areas() -> None:
    rows = oracle("funnel_proportion_inputs_significance")
    total = sum(float(row["denominator"]) for row in rows)
    baseline = sum(float(row["numerator"]) for row in rows) / total
    for row in rows:
        assert funnel_label(row, baseline) == row["significance"], row


def funnel_label(row: dict[str, str], baseline: float) -> str:
    denominator = float(row["denominator"])
    value = float(row["numerator"]) / denominator
    for confidence, tail in ((0.998, "0.001"), (0.95, "0.025")):
        lower, upper = statistics.funnel_proportion_limits(denominator, baseline, confidence)
        if value > upper:
            return f"High ({tail})"
        if value < lower:
            return f"Low ({tail})"
    return "Not significant"


@pytest.mark.parametrize("row", oracle("funnel_ratio_limits"))
def test_funnel_of_a_ratio(row: dict[str, str]) -> None:
    observed = float(row["Observed_events"])
    for confidence, sigma in ((0.95, "2s"), (0.998, "3s")):
        low, high = statistics.funnel_expected_events(observed, confidence)
        for side, expected in (("lower", float(high)), ("upper", float(low))):
            relative = halving_step(observed, expected)
            assert expected == near(row[f"{side}_{sigma}_exp_events"], relative)
            ratio = observed / expected
            assert ratio == pytest.approx(1 + float(row[f"{side}_{sigma}_count"]), rel=relative)
            assert 100 * ratio == near(row[f"{side}_{sigma}_isr"], relative)


def halving_step(observed: float, expected: float) -> float:
    """The source finds expected / (1 + observed + expected) by halving until a step of 1e-7."""
    share = expected / (1 + observed + expected)
    return 1e-7 / (share * (1 - share))


def test_no_moving_range_is_taken_across_a_gap() -> None:
    limits = statistics.control_limits([10, 11, None, 90, 91], screen_outliers=False)
    assert limits is not None
    assert limits.upper - limits.mean == pytest.approx(2.66)


def test_a_gap_breaks_a_run() -> None:
    values: list[float | None] = [1, 2, 3, None, 4, 5, 6, 7]
    assert statistics.seven_trend(values) == [0] * 8


@given(st.integers(0, 10**7))
def test_limits_enclose_the_count(count: int) -> None:
    lower, upper = statistics.count_limits(count)
    assert 0 <= lower <= count < upper
