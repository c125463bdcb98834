"""Catchments agree with published cases, lose no capacity, and are silent where nothing is near."""

import csv
import itertools
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from dashboard.metrics.catchment import access, gaussian, shares
from dashboard.metrics.statistics import Array

ORACLES = Path(__file__).resolve().parent.parent / "oracles"
PEOPLE = (0, 7, 11, 18, 24)
"""Which of the 25 squares have people: any five give the published answer."""


def oracle(name: str) -> list[dict[str, str]]:
    with (ORACLES / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def between_squares() -> Array:
    squares = np.array(list(itertools.product(range(5), range(5))), dtype=np.float64)
    return np.asarray(np.linalg.norm(squares[list(PEOPLE), None] - squares[None], axis=2))


def in_reach(max_cost: str) -> Array:
    distance = between_squares()
    reach = np.inf if max_cost == "none" else float(max_cost)
    return np.where(distance <= reach, 1.0, 0.0)


@pytest.mark.parametrize("row", oracle("fca_grid"), ids=lambda row: row["case"])
def test_published_cases_on_a_grid(row: dict[str, str]) -> None:
    weights = in_reach(row["max_cost"])
    if row["case"].startswith("e2sfca"):
        weights = weights * gaussian(between_squares(), 1)
    found = access(
        np.full(5, float(row["demand_each"])), np.full(25, float(row["supply_each"])), weights
    )
    expected = np.full(5, float(row["expected_access_each"]))
    np.testing.assert_allclose(found, expected, rtol=1e-9, equal_nan=True)


@pytest.mark.parametrize("row", oracle("fca_weights"), ids=lambda row: row["parameter"])
def test_published_weights(row: dict[str, str]) -> None:
    width = float(row["parameter"].removeprefix("sigma="))
    assert gaussian(float(row["distance"]), width) == pytest.approx(float(row["weight"]), rel=1e-7)


def test_bands_by_hand() -> None:
    """Ten places at one site; 8 in need near it, 10 further off, 5 out of reach of it."""
    weights = [[1.0], [0.2], [0.0]]
    # 10 ÷ (8 + 0.2 × 10) = 1 place for each in need beside it, and a fifth of that further off.
    np.testing.assert_allclose(access([8, 10, 5], [10], weights), [1.0, 0.2, np.nan])
    np.testing.assert_allclose(shares([8, 10, 5], weights), [[0.8], [0.2], [0.0]])


def test_a_site_that_nobody_in_need_reaches_is_no_access() -> None:
    assert np.isnan(access([0, 3], [5], [[1.0], [0.0]])).all()
    assert shares([0, 3], [[1.0], [0.0]]).tolist() == [[0.0], [0.0]]


SIZES = st.tuples(st.integers(1, 6), st.integers(1, 5))
BANDS = st.sampled_from([0.0, 0.22, 0.68, 1.0])


@st.composite
def networks(draw: st.DrawFn) -> tuple[Array, Array, Array]:
    places, sites = draw(SIZES)
    need = draw(arrays(np.float64, places, elements=st.integers(0, 900).map(float)))
    capacity = draw(arrays(np.float64, sites, elements=st.integers(0, 500).map(float)))
    return need, capacity, draw(arrays(np.float64, (places, sites), elements=BANDS))


@given(networks())
def test_all_capacity_with_anybody_in_reach_reaches_somebody(
    network: tuple[Array, Array, Array],
) -> None:
    need, capacity, weights = network
    is_reached = need @ weights > 0
    received = np.nansum(need * access(need, capacity, weights))
    assert received == pytest.approx(capacity[is_reached].sum())
    np.testing.assert_allclose(shares(need, weights).sum(axis=0), is_reached.astype(float))


@given(networks())
def test_there_is_no_value_exactly_where_nothing_is_within_reach(
    network: tuple[Array, Array, Array],
) -> None:
    need, capacity, weights = network
    is_without = ~((weights > 0) & (need @ weights > 0)).any(axis=1)
    assert np.isnan(access(need, capacity, weights)).tolist() == is_without.tolist()


@given(networks(), st.integers(0, 4), st.integers(1, 300))
def test_more_capacity_lowers_access_nowhere(
    network: tuple[Array, Array, Array], site: int, more: int
) -> None:
    need, capacity, weights = network
    grown = capacity.copy()
    grown[site % len(capacity)] += more
    before, after = (access(need, each, weights) for each in (capacity, grown))
    assert (after >= before)[~np.isnan(before)].all()


@given(networks())
def test_what_a_place_gets_is_its_shares_of_each_capacity(
    network: tuple[Array, Array, Array],
) -> None:
    need, capacity, weights = network
    received = np.nan_to_num(need * access(need, capacity, weights))
    np.testing.assert_allclose(shares(need, weights) @ capacity, received, atol=1e-9)
