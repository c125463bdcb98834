"""A figure is held to the target in force, and words say whether it will be met."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Final

import duckdb
import pytest

from dashboard.metrics.catalogue import metric
from dashboard.metrics.evaluate import evaluate
from dashboard.metrics.metric import Choice, Metric
from dashboard.metrics.signals import verdict
from dashboard.metrics.targets import outlook_words, target_words, with_target
from dashboard.warehouse import Warehouse, open_warehouse
from tests.support.tiny_warehouse import BROMSGROVE, REDDITCH, write_version

REFERRED = metric("referral_on_time")
SATISFIED = metric("overall_satisfied")
PAIRED = metric("cases_paired")
NOW = date(2026, 9, 1)

TARGETS: Final = [
    ("VC03", "FORCE", 100.0, "HIGHER", "LEGAL", date(2021, 4, 1), date(2024, 3, 31)),
    ("VC03", "FORCE", 95.0, "HIGHER", "LOCAL", date(2023, 10, 1), date(2026, 3, 31)),
    ("VC03", "FORCE", 97.0, "HIGHER", "LOCAL", date(2026, 4, 1), None),
    ("VC03", BROMSGROVE, 90.0, "HIGHER", "LOCAL", date(2023, 10, 1), None),
    ("VO01", "FORCE", 80.0, "HIGHER", "LOCAL", date(2026, 4, 1), None),
    ("SV04", "FORCE", 10.0, "LOWER", "LOCAL", date(2026, 4, 1), None),
    ("CX07", "FORCE", 3.0, "LOWER", "LOCAL", date(2023, 10, 1), None),
]
"""Measure, area, value, direction, basis, first and last day."""


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Warehouse]:
    """A version in which the office has set targets."""
    data_dir = tmp_path_factory.mktemp("targets")
    with duckdb.connect(str(write_version(data_dir))) as connection:
        connection.executemany("insert into dim_target values (?, ?, ?, ?, ?, ?, ?)", TARGETS)
    warehouse = open_warehouse(data_dir)
    yield warehouse
    warehouse.close()


@pytest.mark.parametrize(
    ("on", "words"),
    [
        (date(2021, 3, 1), "target 100% (the Victims' Code)"),  # no row yet: the metric's own
        (date(2024, 3, 1), "target 100% (the Victims' Code)"),  # law before what the office sets
        (date(2024, 4, 1), "target 95% (set by the office)"),
        (date(2026, 4, 1), "target 97% (set by the office)"),
    ],
)
def test_a_target_counts_from_its_first_to_its_last_day(
    office: Warehouse, on: date, words: str
) -> None:
    assert target_words(with_target(REFERRED, (), on=on, warehouse=office)) == words


@pytest.mark.parametrize(
    ("areas", "target"),
    [((BROMSGROVE,), 90.0), ((REDDITCH,), 97.0), ((BROMSGROVE, REDDITCH), 97.0)],
)
def test_the_target_of_an_area_is_for_that_area_alone(
    office: Warehouse, areas: tuple[str, ...], target: float
) -> None:
    assert with_target(REFERRED, areas, on=NOW, warehouse=office).target == target


def test_a_measure_without_a_target_of_its_own_takes_that_of_its_id(office: Warehouse) -> None:
    assert with_target(SATISFIED, (), on=NOW, warehouse=office).target == 80.0


@pytest.mark.parametrize("other", ["referral_no_record", "treatment_satisfied"])
def test_measures_that_stand_beside_an_id_are_not_held_to_its_target(
    office: Warehouse, other: str
) -> None:
    assert with_target(metric(other), (), on=NOW, warehouse=office).target is None


def test_a_target_that_points_the_wrong_way_is_not_used(office: Warehouse) -> None:
    assert with_target(PAIRED, (), on=NOW, warehouse=office) is PAIRED


def test_every_figure_carries_the_target_in_force(office: Warehouse) -> None:
    found = evaluate(metric("crime_without_location"), Choice(), warehouse=office)
    assert (found.metric.target, found.metric.target_basis) == (3.0, "set by the office")


@pytest.mark.parametrize(
    ("held", "words"),
    [
        (metric("report_to_referral_median"), "target 2 working days (the Victims' Code)"),
        (SATISFIED, ""),
    ],
)
def test_words_of_a_target(held: Metric, words: str) -> None:
    assert target_words(held) == words


@pytest.mark.parametrize(
    ("target", "words"),
    [(60.0, "will reliably meet"), (80.0, "may or may not meet"), (95.0, "will reliably miss")],
)
def test_outlook_of_a_series(target: float, words: str) -> None:
    said = verdict(replace(REFERRED, target=target), [80.0, 82.0, 78.0, 81.0] * 6)
    assert said.outlook
    assert outlook_words(said.outlook) == words


def test_fewer_than_twelve_points_promise_nothing() -> None:
    assert verdict(REFERRED, [80.0, 82.0, 78.0, 81.0, 80.0] * 2).outlook is None
    assert verdict(SATISFIED, [80.0, 82.0, 78.0, 81.0] * 6).outlook is None
