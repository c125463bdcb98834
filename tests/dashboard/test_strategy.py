"""Commitments with evidence, and what the plan says of them, as of 1 November 2026."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import duckdb
import pytest

from dashboard.errors import UnknownChoice
from dashboard.metrics.evaluate import evaluate
from dashboard.metrics.metric import Choice
from dashboard.metrics.strategy import EVIDENCED, OBJECTIVES, Plan, PlanEntry, read_plan
from dashboard.metrics.strategy_evidence import has_evidence, live_metric
from dashboard.warehouse import Warehouse, open_warehouse
from tests.support.tiny_strategy import add_strategy
from tests.support.tiny_warehouse import BROMSGROVE, write_version


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Warehouse]:
    """A version with the commitments, crime, referrals and the survey: nothing else is loaded."""
    data_dir = tmp_path_factory.mktemp("strategy")
    add_strategy(write_version(data_dir), sources=("referrals", "satisfaction"))
    found = open_warehouse(data_dir)
    yield found
    found.close()


@pytest.fixture
def plan(warehouse: Warehouse) -> Plan:
    return read_plan(warehouse)


def test_every_commitment_is_there_under_its_objective(plan: Plan) -> None:
    assert len(plan.commitments) == 18
    assert {each.objective for each in plan.commitments} == set(OBJECTIVES)
    assert sum(len(plan.of_objective(each)) for each in OBJECTIVES) == 18


def test_a_measure_is_live_once_all_that_it_is_made_of_is_loaded(warehouse: Warehouse) -> None:
    assert live_metric("OV01", warehouse)  # crime
    assert live_metric("VO01", warehouse)  # the survey
    assert live_metric("VO05", warehouse) is None  # complaints are not loaded
    assert live_metric("ZZ99", warehouse) is None  # no such measure


def test_a_commitment_without_a_measure_has_no_evidence(warehouse: Warehouse, plan: Plan) -> None:
    bare = {each.commitment_id: each.metric_ids for each in plan.commitments}
    assert bare["G5"] == ()
    shown = {each.commitment_id for each in plan.commitments if has_evidence(each, warehouse)}
    assert {"G3", "S1", "V1"} <= shown
    assert not {"G5", "V2"} & shown


def test_the_share_is_of_all_commitments(warehouse: Warehouse, plan: Plan) -> None:
    shown = sum(has_evidence(each, warehouse) for each in plan.commitments)
    frame = evaluate(EVIDENCED, Choice(areas=(BROMSGROVE,)), warehouse=warehouse).frame
    assert frame.select("numerator", "denominator", "marker").row(0) == (shown, 18, "")
    assert frame["value"].item() == pytest.approx(100 * shown / 18)


def test_objectives_add_up_to_all(warehouse: Warehouse) -> None:
    result = evaluate(EVIDENCED, Choice(), warehouse=warehouse, by=("objective",))
    assert result.frame["denominator"].sum() == 18
    # Of D, S1 and V1 rest on the survey, S6 on referrals, V2 on complaints that are not loaded.
    row = next(row for row in result.frame.iter_rows(named=True) if row["objective"] == "D")
    assert (row["numerator"], row["denominator"]) == (3, 4)
    assert result.names["D"] == OBJECTIVES["D"]


def test_taking_a_measure_away_never_adds_evidence(tmp_path: Path) -> None:
    path = write_version(tmp_path)
    add_strategy(path)
    with duckdb.connect(str(path)) as connection:
        connection.execute("update dim_commitment set metric_ids = null")
    frame = evaluate(EVIDENCED, Choice(), warehouse=open_warehouse(tmp_path)).frame
    assert frame["value"].to_list() == [0]


def test_without_commitments_nothing_is_said(tiny: Warehouse) -> None:
    with pytest.raises(UnknownChoice, match="Load the list of commitments first"):
        evaluate(EVIDENCED, Choice(), warehouse=tiny)


def _entry(plan: Plan, entry_id: str) -> PlanEntry:
    return next(each for each in plan.entries if each.entry_id == entry_id)


def test_what_is_due_before_today_and_open_is_late(plan: Plan) -> None:
    assert plan.as_of == date(2026, 11, 1)
    assert {each.entry_id for each in plan.entries if each.is_late(plan.as_of)} == {"D1"}


def test_what_nobody_has_looked_at_for_a_quarter_is_stale(plan: Plan) -> None:
    assert {each.entry_id for each in plan.entries if each.is_stale(plan.as_of)} == {"D6"}


def test_only_what_changed_in_the_last_quarter_has_changed(plan: Plan) -> None:
    assert _entry(plan, "D2").has_changed(plan.as_of)
    assert not _entry(plan, "D6").has_changed(plan.as_of)
    assert not _entry(plan, "D1").has_changed(plan.as_of)


def test_entries_stand_in_the_order_of_their_days(plan: Plan) -> None:
    assert [each.entry_id for each in plan.entries] == ["D5", "D1", "D4", "D2", "D3", "D6"]
