"""From rows about people to a figure: counted, protected, published, and read again."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from dashboard.metrics.catalogue import metric
from dashboard.metrics.evaluate import evaluate
from dashboard.metrics.metric import Choice
from dashboard.warehouse import Warehouse, open_warehouse
from pipelines.people import people_tables
from schemas.codes import HIDDEN
from schemas.protection import FLOORS
from tests.support.accepted_rows import AS_OF, BROMSGROVE, REDDITCH, accepted, referral
from tests.support.tiny_cells import YEAR
from tests.support.tiny_warehouse import write_version

pytestmark = pytest.mark.slow

MONTHS = [date(2025 + (9 + n) // 12, (9 + n) % 12 + 1, 1) for n in range(12)]


def _month(first: date) -> list[dict[str, object]]:
    """Return 60 referrals of a month: 48 contacted the next day, 36 assessed, 24 supported.

    Each step loses enough people that nothing has to be hidden with it.
    """
    contact, start = first + timedelta(days=1), first + timedelta(days=7)
    return [
        referral(
            first,
            la_code=REDDITCH,
            date_first_attempt=first,
            date_first_contact=contact if number < 48 else None,
            date_needs_assessed=contact if number < 36 else None,
            date_support_start=start if number < 24 else None,
        )
        for number in range(60)
    ]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Warehouse]:
    """A version whose protected cells were made from these rows by the pipelines."""
    rows = accepted(referrals=[row for month in MONTHS for row in _month(month)])
    tables = people_tables(FLOORS, rows, as_of=AS_OF, told_before=None).tables
    data_dir: Path = tmp_path_factory.mktemp("built")
    write_version(
        data_dir,
        cells=tables["cube_protected_count"].rows(),
        waits=tables["cube_protected_wait"].rows(),
    )
    warehouse = open_warehouse(data_dir)
    yield warehouse
    warehouse.close()


@pytest.mark.parametrize(
    ("key", "true"),
    [("referrals", 720), ("step_contacted", 80), ("step_started", 67), ("led_to_support", 40)],
)
def test_figures_come_from_the_rows(built: Warehouse, key: str, true: int) -> None:
    result = evaluate(metric(key), Choice(), warehouse=built)
    assert (result.period.first_month, result.period.last_month) == YEAR
    row = result.frame.row(0, named=True)
    assert row["marker"] == ""
    # Rounded to the nearest ten at most: five of 720 are a point.
    assert row["value"] == pytest.approx(true, abs=5)


def test_what_nobody_has_is_hidden_and_not_zero(built: Warehouse) -> None:
    result = evaluate(metric("referrals"), Choice(areas=(BROMSGROVE,)), warehouse=built)
    assert result.frame.select("value", "marker").row(0) == (None, HIDDEN)


def test_a_wait_has_its_working_days(built: Warehouse) -> None:
    waits = evaluate(metric("referral_to_contact_median"), Choice(), warehouse=built)
    assert waits.frame["value"].to_list() == [1]
