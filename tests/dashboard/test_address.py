"""Filters in the address are read with suspicion."""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dashboard.metrics.address import Address, read_address, write_address, write_choice
from dashboard.metrics.metric import Choice
from dashboard.warehouse import Warehouse
from tests.support.tiny_warehouse import BROMSGROVE, NORTH, REDDITCH


def test_b65_injection_is_ignored_and_the_parameter_named(tiny: Warehouse) -> None:
    asked = {"district": ("Redditch' OR 1=1--",)}
    assert read_address(asked, tiny).problems == (
        "Filter district not recognised; showing all West Mercia.",
    )
    read = read_address({"area": ("Redditch' OR 1=1--",)}, tiny)
    assert read.areas == ()
    assert read.problems == ("Filter area not recognised; showing all West Mercia.",)


@pytest.mark.parametrize("value", ["<script>alert(1)</script>", "![](http://x/)"])
@pytest.mark.parametrize("name", ["provider", "area", "type", "compare", "period", "<b>x</b>"])
def test_b66_value_is_never_echoed(tiny: Warehouse, name: str, value: str) -> None:
    read = read_address({name: (value,)}, tiny)
    assert len(read.problems) == 1
    assert not {"<", "!", "http"} & set(read.problems[0].split())
    assert value not in read.problems[0]
    assert "<b>" not in read.problems[0]


@pytest.mark.parametrize(
    ("asked", "name"),
    [
        ({"from": ("2026-99-99",)}, "from"),
        ({"from": ("2030-01-01",), "to": ("2020-01-01",)}, "from"),
        ({"from": ("2026-03",), "to": ("2026-01",)}, "from"),
        ({"to": ("2031-01",)}, "to"),
    ],
)
def test_b67_impossible_months_fall_back_with_a_notice(
    tiny: Warehouse, asked: dict[str, tuple[str, ...]], name: str
) -> None:
    read = read_address(asked, tiny)
    assert (read.period, read.first_month, read.last_month) == ("latest_12_months", None, None)
    assert f"Filter {name} not recognised; showing the default period." in read.problems


@pytest.mark.parametrize(
    "values", [("x" * 10_240,), ("x",) * 500, ("\x00",), ("\udcff\udcfe",), ("🚓",)]
)
def test_b68_huge_or_strange_values_get_the_same_notice(
    tiny: Warehouse, values: tuple[str, ...]
) -> None:
    read = read_address({"area": values, "type": values, "from": values}, tiny)
    assert len(read.problems) == 3
    assert max(map(len, read.problems)) < 80


def test_b68_five_hundred_unknown_parameters_give_one_notice(tiny: Warehouse) -> None:
    read = read_address({f"p{number}": ("1",) for number in range(500)}, tiny)
    assert read.problems == ("A filter in the address was not recognised and is left out.",)


def test_known_values_are_kept_beside_unknown_ones(tiny: Warehouse) -> None:
    read = read_address({"area": (REDDITCH, "nowhere", BROMSGROVE)}, tiny)
    assert set(read.areas) == {BROMSGROVE, REDDITCH}
    assert read.problems == ("Filter area: a value was not recognised and is left out.",)


def test_months_without_a_named_period_are_custom(tiny: Warehouse) -> None:
    read = read_address({"from": ("2026-01",), "to": ("2026-03",)}, tiny)
    assert (read.period, read.problems) == ("custom", ())
    assert read.last_month == date(2026, 3, 1)


def test_a_choice_opens_again_from_its_link(tiny: Warehouse) -> None:
    choice = Choice(
        areas=(NORTH,),
        crime_types=("Burglary",),
        first_month=date(2026, 1, 1),
        last_month=date(2026, 3, 1),
        compare_with="previous_period",
    )
    read = read_address(write_choice(choice), tiny)
    assert (read.areas, read.crime_types) == (choice.areas, choice.crime_types)
    assert (read.first_month, read.last_month) == (choice.first_month, choice.last_month)
    assert read.compare_with == choice.compare_with


def test_defaults_leave_the_address_empty() -> None:
    assert write_address(Address()) == {}


@given(st.dictionaries(st.text(max_size=8), st.lists(st.text(max_size=20), max_size=5)))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50)
def test_any_address_gives_filters_from_our_own_lists(
    tiny: Warehouse, asked: dict[str, list[str]]
) -> None:
    read = read_address(asked, tiny)
    assert read_address(write_address(read), tiny).problems == ()
