"""The delivery plan, from the inbox to its published table; what is wrong stays at the door."""

from typing import Any

import pytest

from pipelines.places import Places
from tests.support.loading import load, query
from tests.support.supplied_files import cells, take_in, write_rows

NAME = "delivery_plan.csv"


def entry(number: int = 1, **changes: str) -> dict[str, str]:
    return cells("delivery_plan", entry_id=f"D{number:03}", **changes)


def send(places: Places, *rows: dict[str, str]) -> None:
    write_rows(places.inbox, [cells("ref_commitment")], "ref_commitment", "ref_commitment.csv")
    write_rows(places.inbox, rows, "delivery_plan", NAME)


def published(places: Places) -> list[tuple[Any, ...]]:
    return query(places, "select entry_id, kind, status, due::varchar from fact_delivery_plan")


def test_entries_of_known_commitments_are_published(places: Places) -> None:
    send(places, entry(1), entry(2, kind="RISK", due="", severity="HIGH"))
    assert load(places).outcome == "published"
    assert published(places) == [
        ("D001", "MILESTONE", "OPEN", "2026-12-31"),
        ("D002", "RISK", "OPEN", None),
    ]


def test_an_entry_that_breaks_a_rule_is_set_aside_and_named(places: Places) -> None:
    good = [entry(number) for number in range(1, 10)]
    send(places, *good, entry(10, commitment_id="K9"), entry(11, due=""))
    load(places)
    assert len(published(places)) == 9
    faults = query(
        places, "select line, column_name, reason from meta_supplied_fault order by line"
    )
    assert faults == [(11, "commitment_id", "UNKNOWN_COMMITMENT"), (12, "due", "MISSING_VALUE")]
    advice = query(places, "select expected from meta_supplied_fault where line = 11")
    assert advice == [("a commitment of the strategy; the nearest is K01",)]


def test_a_new_sheet_replaces_the_whole_plan(places: Places) -> None:
    send(places, entry(1), entry(2))
    load(places)
    send(places, entry(2, status="DONE"))
    load(places)
    assert published(places) == [("D002", "MILESTONE", "DONE", "2026-12-31")]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"owner_name": "Somebody"}, "owner_name"),
        ({"text": "Ring 01905 123456 about the leaflet"}, "a telephone number"),
        ({"what_changed": "Sent to someone@example.org"}, "an e-mail address"),
        ({"text": "Visit at WR1 2AB"}, "a postcode"),
    ],
)
def test_a_plan_with_what_gives_a_person_away_is_refused_whole(
    places: Places, change: dict[str, str], said: str
) -> None:
    send(places, {**entry(1), **change})
    refused = [file for file in take_in(places).log.files if file.status == "refused"]
    (message,) = [file.message for file in refused]
    assert said in message
    assert "Somebody" not in message
    assert "01905" not in message
