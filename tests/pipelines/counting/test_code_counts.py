"""Victims of recorded crime and updates to them: who counts, and whose clock ran out."""

from datetime import date
from typing import Any

import polars as pl
import pytest

from pipelines.counting import count_cells
from tests.support.accepted_rows import AS_OF, RURAL, TREE, accepted, case, the, update

MAY, JUNE = date(2026, 5, 1), date(2026, 6, 1)
QUARTER = (date(2026, 4, 1), JUNE)
CHAIN = (
    "code_victims",
    "referral_agreed",
    "referral_due",
    "referral_missed",
    "referral_unrecorded",
)


def counted(as_of: date = AS_OF, **tables: Any) -> pl.DataFrame:
    return count_cells(accepted(**tables), as_of=as_of, areas=TREE, rural=RURAL)


def chain(cells: pl.DataFrame, month: date = MAY) -> tuple[int, ...]:
    return tuple(the(cells, each, month) for each in CHAIN)


# Reported on Friday 22 May 2026: Monday is a bank holiday, so two working days end on Wednesday 27.
FRIDAY = date(2026, 5, 22)


@pytest.mark.parametrize(
    ("fields", "reached"),
    [
        ({}, 1),
        ({"consent_to_refer": "N"}, 1),
        ({"consent_to_refer": "NOT_ASKED"}, 1),
        ({"consent_to_refer": "NOT_REQUIRED"}, 5),
        ({"consent_to_refer": "Y"}, 5),
        ({"consent_to_refer": "Y", "referred_date": date(2026, 5, 28)}, 4),
        ({"consent_to_refer": "Y", "referred_date": date(2026, 5, 27)}, 3),
    ],
)
def test_a_referral_is_on_time_to_the_end_of_the_second_working_day(
    fields: dict[str, Any], reached: int
) -> None:
    cells = counted(code_cases=[case(FRIDAY, **fields)])
    assert chain(cells) == (1,) * reached + (0,) * (5 - reached)


@pytest.mark.parametrize(("as_of", "due"), [(date(2026, 6, 2), 0), (date(2026, 6, 3), 1)])
def test_a_referral_is_due_once_its_last_day_has_passed(as_of: date, due: int) -> None:
    # Reported on Friday 29 May, the second working day is Tuesday 2 June.
    victim = case(date(2026, 5, 29), consent_to_refer="Y")
    assert chain(counted(as_of, code_cases=[victim])) == (1, 1, due, due, due)


def test_businesses_are_left_out() -> None:
    victims = [case(FRIDAY), case(FRIDAY, victim_type="BUSINESS", person_key=None)]
    assert the(counted(code_cases=victims), "code_victims", MAY) == 1


def test_the_clock_is_that_of_the_standard_in_force_on_the_day() -> None:
    old = {"event": "REFERRAL", "owner": "POLICE", "clock_start": "REPORT"}
    standards = [
        old
        | {"standard_days": 1, "enhanced_days": 1, "effective_from": date(2020, 1, 1)}
        | {"effective_to": date(2026, 5, 21)},
        old | {"standard_days": 3, "enhanced_days": 2, "effective_from": FRIDAY},
    ]
    thursday = date(2026, 5, 21)
    late = {"consent_to_refer": "Y", "referred_date": date(2026, 5, 28)}
    cells = counted(
        code_cases=[case(FRIDAY, **late), case(thursday, **late), case(date(2019, 5, 1), **late)],
        ref_code_standard=standards,
    )
    assert chain(cells) == (2, 2, 2, 1, 0), "three days from Friday, one from Thursday"
    assert chain(cells, date(2019, 5, 1)) == (1, 1, 0, 0, 0), "before any standard nothing is due"


def test_enhanced_rights_come_from_the_needs_assessment() -> None:
    assessed = {"needs_assessment_date": FRIDAY}
    cells = counted(
        code_cases=[
            case(FRIDAY, enhanced="Y", **assessed),
            case(FRIDAY, enhanced="N", **assessed),
            case(FRIDAY, enhanced="Y"),
            case(FRIDAY, enhanced="NOT_ASSESSED"),
        ]
    )
    assert the(cells, "needs_assessed", MAY) == 2
    assert the(cells, "enhanced_victims", MAY) == 1


@pytest.mark.parametrize(
    ("fields", "found"),
    [
        ({"vps_offered_date": FRIDAY, "vps_made_date": FRIDAY}, (0, 0, 0)),
        ({"vps_offer_point_date": date(2026, 11, 1)}, (0, 0, 0)),
        ({"vps_offer_point_date": FRIDAY}, (1, 0, 0)),
        ({"vps_offer_point_date": FRIDAY, "vps_offered_date": FRIDAY}, (1, 1, 0)),
        (
            {"vps_offer_point_date": FRIDAY, "vps_offered_date": FRIDAY, "vps_made_date": FRIDAY},
            (1, 1, 1),
        ),
    ],
)
def test_a_statement_counts_from_its_offer_point(
    fields: dict[str, Any], found: tuple[int, ...]
) -> None:
    cells = counted(code_cases=[case(FRIDAY, **fields)])
    assert tuple(the(cells, each, MAY) for each in ("vps_reached", "vps_offered", "vps_made")) == (
        found
    )


def test_confirmation_may_be_waived_to_keep_a_victim_safe() -> None:
    victims = [
        case(FRIDAY, written_confirmation_date=FRIDAY, confirmation_waived="N"),
        case(date(2026, 4, 1), confirmation_waived="Y"),
        case(JUNE),
    ]
    cells = counted(code_cases=victims)
    assert the(cells, "written_confirmation", *QUARTER) == 1
    assert the(cells, "confirmation_waived", *QUARTER) == 1


STATES = ("due", "missed", "unrecorded")


def states(cells: pl.DataFrame, group: str) -> tuple[int, ...]:
    return tuple(the(cells, f"{group}_{state}", MAY) for state in STATES)


@pytest.mark.parametrize(
    ("fields", "found"),
    [
        ({}, (1, 1, 1)),
        # Five working days from Friday 22 May, over the bank holiday: Monday 1 June.
        ({"told_date": date(2026, 6, 1)}, (1, 0, 0)),
        ({"told_date": date(2026, 6, 2)}, (1, 1, 0)),
        ({"enhanced": "Y", "told_date": date(2026, 5, 26)}, (1, 0, 0)),
        ({"enhanced": "Y", "told_date": date(2026, 5, 27)}, (1, 1, 0)),
        ({"enhanced": "NOT_ASSESSED", "told_date": date(2026, 6, 1)}, (1, 0, 0)),
        ({"event": "INTERVIEW"}, (0, 0, 0)),
        ({"owner": "CPS"}, (0, 0, 0)),
    ],
)
def test_an_update_without_record_is_due_and_missed(
    fields: dict[str, Any], found: tuple[int, ...]
) -> None:
    cells = counted(case_updates=[update(FRIDAY, **fields)])
    assert states(cells, "key_event") == found


@pytest.mark.parametrize(("as_of", "found"), [(date(2026, 7, 7), 0), (date(2026, 7, 6), 1)])
def test_an_update_is_not_due_to_the_end_of_its_last_day(as_of: date, found: int) -> None:
    # Five working days from Monday 29 June 2026: Monday 6 July.
    day = date(2026, 6, 29)
    updates = [update(day), update(day, owner="CPS"), update(date(2026, 4, 1))]
    cells = counted(as_of, case_updates=updates)
    assert the(cells, "key_event_not_due", *QUARTER) == found
    assert the(cells, "key_event_due", *QUARTER) == 2 - found, "with that of April"


def test_witness_care_has_a_day_from_when_it_learns_of_the_hearing() -> None:
    hearing = {"event": "HEARING_DATE", "owner": "WCU", "info_received_date": date(2026, 5, 28)}
    cells = counted(
        case_updates=[
            update(FRIDAY, told_date=date(2026, 5, 29), **hearing),
            update(FRIDAY, told_date=date(2026, 5, 30), **hearing),
        ]
    )
    assert states(cells, "hearing") == (2, 1, 0)
    assert states(cells, "key_event") == (0, 0, 0)


def test_updates_to_businesses_are_left_out_and_those_of_unknown_cases_are_not() -> None:
    shop = case(FRIDAY, victim_type="BUSINESS", person_key=None)
    both = case(FRIDAY, victim_type="BUSINESS", person_key=None)
    owner = case(FRIDAY, case_key=both["case_key"], crime_group="ROB")
    none = {"event": "NO_INVESTIGATION"}
    cells = counted(
        code_cases=[shop, both, owner],
        case_updates=[
            update(date(2026, 4, 1), **none),
            update(FRIDAY, case_key=shop["case_key"], **none),
            update(FRIDAY, case_key=both["case_key"], **none),
            update(date(2026, 6, 1), **none),
        ],
    )
    assert the(cells, "no_investigation_due", MAY) == 1
    assert the(cells, "no_investigation_due", *QUARTER, crime_group="ROB") == 1
    assert the(cells, "no_investigation_due", *QUARTER, crime_group="NK") == 2
