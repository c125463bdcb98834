"""What the clocks of the Code promise, whatever the dates."""

from datetime import date, timedelta
from typing import Any, Final

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.counting.cases import case_events
from pipelines.counting.updates import update_events
from pipelines.supplied.code_clock import due_days
from pipelines.working_days import due_date
from schemas.supplied.contracts import contract
from schemas.supplied.field import TYPES
from tests.support.accepted_rows import AS_OF, accepted, case, update

DAYS: Final = st.dates(date(2024, 1, 1), date(2026, 9, 30))
LATER: Final = st.integers(0, 40)
ENHANCED: Final = st.sampled_from(["Y", "N", "NOT_ASSESSED"])
STATES: Final = ("due", "missed", "unrecorded")


def _update_states(**fields: Any) -> tuple[int, ...]:
    day = fields.pop("event_date")
    rows = accepted(case_updates=[update(day, **fields)])
    (events,) = update_events(rows, as_of=AS_OF)
    return tuple(int(events.rows[f"key_event_{state}"].item()) for state in STATES)


def _referral_states(**fields: Any) -> tuple[int, ...]:
    day = fields.pop("date_reported")
    rows = accepted(code_cases=[case(day, consent_to_refer="Y", **fields)])
    (events,) = case_events(rows, as_of=AS_OF)
    return tuple(int(events.rows[f"referral_{state}"].item()) for state in STATES)


@settings(max_examples=40, deadline=None)
@given(event=DAYS, told=LATER, later=LATER, enhanced=ENHANCED)
def test_telling_a_victim_later_never_improves_compliance(
    event: date, told: int, later: int, enhanced: str
) -> None:
    first = event + timedelta(days=told)
    fields = {"event_date": event, "enhanced": enhanced}
    sooner = _update_states(told_date=first, **fields)
    assert _update_states(told_date=first + timedelta(days=later), **fields) >= sooner
    assert _update_states(told_date=None, **fields) >= sooner, "nor does no record"


@settings(max_examples=40, deadline=None)
@given(reported=DAYS, referred=LATER, later=LATER)
def test_referring_a_victim_later_never_improves_compliance(
    reported: date, referred: int, later: int
) -> None:
    first = reported + timedelta(days=referred)
    sooner = _referral_states(date_reported=reported, referred_date=first)
    after = first + timedelta(days=later)
    assert _referral_states(date_reported=reported, referred_date=after) >= sooner
    assert _referral_states(date_reported=reported, referred_date=None) >= sooner


_STANDARD: Final = {"event": "ARREST", "owner": "POLICE", "clock_start": "EVENT"}
_NOW: Final = _STANDARD | {
    "standard_days": 5,
    "enhanced_days": 1,
    "effective_from": date(2021, 4, 1),
}


def _table(name: str, rows: list[dict[str, Any]]) -> pl.DataFrame:
    fields = contract(name).fields
    return pl.DataFrame(
        [{field.name: row.get(field.name) for field in fields} for row in rows],
        schema={field.name: TYPES[field.kind] for field in fields},
    )


def _due(updates: list[dict[str, Any]], standards: list[dict[str, Any]]) -> list[date | None]:
    starts, days = due_days(_table("case_updates", updates), _table("ref_code_standard", standards))
    return due_date(starts, days).to_list()


@settings(max_examples=60, deadline=None)
@given(
    events=st.lists(st.tuples(DAYS, ENHANCED), min_size=1, max_size=12),
    new_from=DAYS,
    days=st.integers(0, 30),
)
def test_a_new_code_rewrites_no_case_from_before_it(
    events: list[tuple[date, str]], new_from: date, days: int
) -> None:
    updates = [update(day, enhanced=enhanced) for day, enhanced in events]
    old = _NOW | {"effective_to": new_from - timedelta(days=1)}
    new = _NOW | {"standard_days": days, "enhanced_days": days, "effective_from": new_from}
    before, after = _due(updates, [_NOW]), _due(updates, [old, new])
    only_new = _due(updates, [new])
    for (day, _), was, now, by_new in zip(events, before, after, only_new, strict=True):
        assert now == (was if day < new_from else by_new)


def test_the_standard_is_that_of_event_agency_and_entitlement() -> None:
    # Monday 5 October 2026: five working days end on Monday 12, one on Tuesday 6.
    monday = date(2026, 10, 5)
    updates = [
        update(monday),
        update(monday, enhanced="Y"),
        update(monday, enhanced="NOT_ASSESSED"),
        update(monday, owner="CPS"),
        update(monday, event="BAIL"),
        update(date(2021, 3, 31)),
    ]
    due = date(2026, 10, 12)
    assert _due(updates, [_NOW]) == [due, date(2026, 10, 6), due, None, None, None]


def test_of_two_standards_for_one_duty_the_shorter_binds() -> None:
    longer = _NOW | {"standard_days": 20, "effective_from": date(2022, 1, 1)}
    assert _due([update(date(2026, 10, 5))], [longer, _NOW]) == [date(2026, 10, 12)]


def test_witness_care_is_not_late_for_what_it_has_not_learnt() -> None:
    told = _NOW | {"event": "OUTCOME", "owner": "WCU", "clock_start": "INFO_RECEIVED"}
    monday = date(2026, 10, 5)
    outcome = {"event": "OUTCOME", "owner": "WCU"}
    updates = [
        update(monday, **outcome),
        update(monday, info_received_date=date(2026, 10, 9), enhanced="Y", **outcome),
    ]
    assert _due(updates, [told]) == [None, date(2026, 10, 12)]


def test_b42_outside_the_calendar_a_duty_is_neither_due_nor_missed_nor_waited_for() -> None:
    standard = [_NOW | {"effective_from": date(2015, 1, 1)}]
    rows = accepted(
        case_updates=[update(date(2018, 12, 20)), update(date(2019, 1, 2))],
        ref_code_standard=standard,
    )
    (events,) = update_events(rows, as_of=AS_OF)
    columns = [f"key_event_{state}" for state in ("due", "missed", "unrecorded", "not_due")]
    assert events.rows.select(columns).rows() == [(0,) * 4, (1, 1, 1, 0)]
