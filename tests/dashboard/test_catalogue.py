"""Every metric is whole: described, backed by a query, and known by its id."""

from dataclasses import fields
from pathlib import Path

import pytest

from dashboard.errors import UnknownChoice
from dashboard.metrics.catalogue import ALIASES, METRICS, SUBJECTS, metric
from dashboard.metrics.evaluate import evaluate
from dashboard.metrics.metric import DIMENSIONS, Choice, Metric
from dashboard.metrics.rows import QUERIES
from dashboard.warehouse import Warehouse

# Ids of the metrics that this release answers, out of the list agreed with the office.
AGREED_IDS = {
    *("OV01", "OV02", "OV05", "OV06", "OV08"),
    *(f"CX0{number}" for number in range(1, 8)),
    *(f"RU0{number}" for number in range(1, 7)),
    *(f"RJ0{number}" for number in range(1, 8)),
    *(f"NA{number:02}" for number in range(1, 11)),
    *("CY05", "CY06"),
    *(f"SV0{number}" for number in range(1, 10)),
    *("CY01", "CY02", "CY03", "CY04"),
    *(f"VC{number:02}" for number in range(1, 14)),
    *(f"VO0{number}" for number in range(1, 9)),
    *(f"GM0{number}" for number in range(1, 6)),
}
MAY_BE_EMPTY = {"target", "target_basis", "default_by", "query", "statistic"}
MAY_BE_EMPTY |= {"measure", "whole", "of", "undivided", "assumes", "types"}
FROM_OTHER_TABLES = {"capacity", "cost", "returns", "contracts", "spend"}
FROM_OTHER_TABLES |= {"reach", "representation", "lessons", "commitments"}
FROM_OTHER_TABLES |= {"code_evidence", "duties"}
FROM_OTHER_TABLES |= {"scan", "provision", "beyond"}
CRIME = [each for each in METRICS if each.query]


@pytest.mark.parametrize("each", METRICS, ids=lambda each: each.key)
def test_every_field_is_filled(each: Metric) -> None:
    empty = {field.name for field in fields(each) if getattr(each, field.name) in ("", (), None)}
    assert empty <= MAY_BE_EMPTY
    assert any((each.query, each.measure, each.assumes, each.way in FROM_OTHER_TABLES))
    assert bool(each.target_basis) == (each.target is not None)


def test_keys_are_unique_and_ids_are_agreed() -> None:
    assert len({each.key for each in METRICS}) == len(METRICS)
    assert {each.id for each in METRICS} | set(ALIASES) == AGREED_IDS


@pytest.mark.parametrize("each", CRIME, ids=lambda each: each.key)
def test_every_breakdown_is_offered_by_its_query(each: Metric, tiny: Warehouse) -> None:
    assert set(each.breakdowns) <= set(DIMENSIONS)
    for dimension in each.breakdowns:
        result = evaluate(each, Choice(), warehouse=tiny, by=(dimension,))
        assert result.frame.height > 0, dimension


@pytest.mark.parametrize("path", sorted(QUERIES.glob("*.sql")), ids=lambda path: path.stem)
def test_every_query_says_what_a_row_is(path: Path) -> None:
    assert path.read_text(encoding="utf-8").startswith("-- One row per ")


def test_every_metric_stands_under_one_subject() -> None:
    listed = [each.key for group in SUBJECTS.values() for each in group]
    assert listed == [each.key for each in METRICS]
    assert len(set(listed)) == len(listed)


def test_metrics_are_found_by_key_id_and_alias() -> None:
    assert metric("recorded_crime") is metric("OV01") is metric("CX01")
    assert metric("CX06").key == "antisocial_behaviour"
    with pytest.raises(UnknownChoice, match="no metric 'nonsense'"):
        metric("nonsense")


def test_crime_is_never_said_to_include_antisocial_behaviour() -> None:
    for each in METRICS:
        if each.rows == "crime":
            assert "antisocial" not in each.noun
            assert ("Antisocial behaviour is left out" in each.definition) or (
                "ffences" in each.definition
            )
