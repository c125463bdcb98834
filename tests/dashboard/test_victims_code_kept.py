"""The checklist of the Code and the duties in law, counted by hand on a few rows."""

from collections.abc import Iterator

import pytest

from dashboard.errors import UnknownChoice
from dashboard.metrics.catalogue import metric
from dashboard.metrics.evaluate import evaluate
from dashboard.metrics.metric import Choice
from dashboard.warehouse import Warehouse, open_warehouse
from tests.support.tiny_code import add_code
from tests.support.tiny_warehouse import BROMSGROVE, write_version


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Warehouse]:
    """A version with a checklist, duties and standards."""
    data_dir = tmp_path_factory.mktemp("kept")
    add_code(write_version(data_dir))
    warehouse = open_warehouse(data_dir)
    yield warehouse
    warehouse.close()


def _rows(key: str, warehouse: Warehouse, *by: str) -> list[tuple[object, ...]]:
    frame = evaluate(metric(key), Choice(areas=(BROMSGROVE,)), warehouse=warehouse, by=by).frame
    return frame.select(*(by or frame.columns[:0]), "numerator", "denominator", "value").rows()


def test_a_right_counts_where_all_who_give_it_hold_evidence_with_owner_and_day(
    kept: Warehouse,
) -> None:
    # Rights 4 and 12 of 1, 4, 6 and 12: of 6 nobody says when the evidence was looked at.
    assert _rows("VC12", kept) == [(2, 4.0, 2.0)]


def test_an_organisation_is_held_to_the_rights_that_are_its_own(kept: Warehouse) -> None:
    assert _rows("code_evidence", kept, "organisation") == [
        ("POLICE", 2, 4.0, 2.0),
        ("HMCTS", 1, 2.0, 1.0),
    ]
    rights = _rows("code_evidence", kept, "code_right")
    assert [(right, held) for right, held, _, _ in rights] == [
        ("1", 0),
        ("4", 1),
        ("6", 0),
        ("12", 1),
    ]
    both = _rows("code_evidence", kept, "organisation", "code_right")
    assert ("HMCTS", "12", 1, 1.0, 1.0) in both
    assert len(both) == 6, "not the right that is not theirs"


def test_duties_are_counted_by_their_status_in_law(kept: Warehouse) -> None:
    assert _rows("VC13", kept, "duty_status") == [
        ("IN_FORCE", 1, None, 1.0),
        ("NOT_IN_FORCE", 2, None, 2.0),
        ("NOT_CHECKED", 1, None, 1.0),
    ]


@pytest.mark.parametrize("key", ["VC12", "VC13"])
def test_what_is_not_loaded_is_refused_and_not_zero(key: str, tiny: Warehouse) -> None:
    with pytest.raises(UnknownChoice, match="not loaded"):
        evaluate(metric(key), Choice(), warehouse=tiny)
