"""Which returns are due, worked out by hand: quarter to September 2026, due by 14 November."""

from datetime import UTC, date, datetime
from typing import Any

import polars as pl
import pytest

from pipelines.returns_due import returns_due
from pipelines.supplied.log import SuppliedFile, SuppliedLog
from tests.support.supplied_frames import supplied_file, typed_rows

SUMMER = date(2026, 7, 1)
SPRING = date(2026, 4, 1)
RUNS = {
    "service_id": "S-1",
    "provider_id": "P-1",
    "funding_route": "CONTRACT",
    "contract_start": date(2024, 4, 1),
}


def due(
    *services: dict[str, Any],
    returned: tuple[dict[str, Any], ...] = (),
    files: tuple[SuppliedFile, ...] = (),
    as_of: date = date(2026, 11, 30),
) -> list[dict[str, Any]]:
    found = returns_due(
        typed_rows("services", *services),
        typed_rows("provider_returns", *returned),
        SuppliedLog(files),
        as_of=as_of,
    )
    return found.to_dicts()


def sent(quarter: date, submitted_on: date) -> dict[str, Any]:
    return {"provider_id": "P-1", "quarter": quarter, "submitted_on": submitted_on}


def summer_file(**changed: Any) -> SuppliedFile:
    usual = {"sender": "P-1", "periods": ("2026-27 Q2",), "file_name": "summer.xlsx"}
    return supplied_file("provider_returns", **{**usual, **changed})


def test_a_return_in_time() -> None:
    (row,) = due(RUNS, returned=(sent(SUMMER, date(2026, 11, 14)),), files=(summer_file(),))
    assert row["due_on"] == date(2026, 11, 14)
    assert row["received_on"] == date(2026, 10, 20)  # its file was loaded before
    assert (row["status"], row["file_name"]) == ("on time", "summer.xlsx")


def test_a_day_late_is_late() -> None:
    (row,) = due(RUNS, returned=(sent(SUMMER, date(2026, 11, 15)),))
    assert (row["status"], row["received_on"]) == ("late", date(2026, 11, 15))


def test_sent_again_later_was_received_at_first() -> None:
    first = summer_file(status="replaced", loaded_at=datetime(2026, 11, 10, tzinfo=UTC))
    again = summer_file(
        load_number=2, loaded_at=datetime(2026, 11, 25, tzinfo=UTC), file_name="again.xlsx"
    )
    (row,) = due(RUNS, returned=(sent(SUMMER, date(2026, 11, 24)),), files=(first, again))
    assert (row["status"], row["received_on"]) == ("on time", date(2026, 11, 10))
    assert row["file_name"] == "again.xlsx"


@pytest.mark.parametrize(
    ("as_of", "status"),
    [(date(2026, 11, 14), "not yet due"), (date(2026, 11, 15), "not received")],
)
def test_what_never_came(as_of: date, status: str) -> None:
    (row,) = due(RUNS, as_of=as_of)
    assert (row["quarter"], row["status"], row["received_on"]) == (SUMMER, status, None)


def test_a_refused_file_is_named() -> None:
    (row,) = due(RUNS, files=(summer_file(status="refused"),))
    assert (row["status"], row["file_name"]) == ("refused", "summer.xlsx")


def test_every_quarter_since_the_first_return_is_due() -> None:
    rows = due(RUNS, returned=(sent(SPRING, date(2026, 8, 1)),))
    assert [(row["quarter"], row["status"]) for row in rows] == [
        (SPRING, "on time"),
        (SUMMER, "not received"),
    ]


@pytest.mark.parametrize(
    "changed",
    [
        {"funding_route": "NOT_FUNDED"},
        {"funding_route": "NATIONAL"},
        {"contract_start": date(2026, 10, 1)},
        {"contract_start": None},
        {"contract_end": date(2026, 6, 30)},
    ],
)
def test_no_return_is_due_without_a_contract_in_the_quarter(changed: dict[str, Any]) -> None:
    assert due({**RUNS, **changed}) == []


def test_one_day_of_a_contract_in_the_quarter_is_enough() -> None:
    assert len(due({**RUNS, "contract_end": SUMMER})) == 1
    assert len(due({**RUNS, "contract_start": date(2026, 9, 30)})) == 1


def test_a_provider_of_two_services_owes_one_return() -> None:
    assert len(due(RUNS, {**RUNS, "service_id": "S-2"})) == 1


def test_one_file_of_several_providers_and_quarters_counts_for_each() -> None:
    file = summer_file(sender="P-1, P-2", periods=("2026-27 Q1", "2026-27 Q2"), status="refused")
    other = {**RUNS, "service_id": "S-2", "provider_id": "P-2"}
    first = {**sent(SPRING, date(2026, 8, 1)), "provider_id": "P-3"}
    rows = pl.DataFrame(due(RUNS, other, returned=(first,), files=(file,)))
    assert len(rows) == 4
    assert set(rows["status"]) == {"refused"}


def test_the_fourth_quarter_is_in_the_next_calendar_year() -> None:
    winter = summer_file(periods=("2025-26 Q4",), file_name="winter.xlsx")
    returned = (sent(date(2026, 1, 1), date(2026, 5, 1)),)
    rows = due(RUNS, returned=returned, files=(winter,))
    assert rows[0]["quarter"] == date(2026, 1, 1)
    assert rows[0]["file_name"] == "winter.xlsx"
