"""What becomes of a file of referrals in which something is wrong: B37 to B47, and B51 to B56."""

from pathlib import Path

import pytest

from pipelines.places import Places
from pipelines.supplied.counted import rows_that_count
from pipelines.supplied.intake import SuppliedIntake
from pipelines.supplied.log import SuppliedFile
from tests.support.supplied_files import REFERRALS, referrals, take_in, write_rows
from tests.support.workbooks import workbook

pytestmark = pytest.mark.slow

ROWS = 10
MARKED = "Unmistakable9Value9"


def _file(intake: SuppliedIntake) -> SuppliedFile:
    (file,) = (file for file in intake.log.files if file.table == "referrals")
    return file


def _set_aside(places: Places, intake: SuppliedIntake) -> list[tuple[int, str, str, str]]:
    """Return line, column, reason and expected of each fault, once the sums were seen to hold."""
    file = _file(intake)
    faults = intake.log.faults(places)
    assert file.rows_read == ROWS == file.rows_loaded + file.rows_set_aside
    assert file.rows_set_aside == faults["line"].n_unique()
    assert rows_that_count(places, intake.log)["referrals"].height == file.rows_loaded
    assert set(faults["value"]) <= {""}
    return faults.select("line", "column_name", "reason", "expected").rows()


def _refusal(places: Places, intake: SuppliedIntake) -> str:
    """Return why the one file was refused, once nothing of it was found to be kept."""
    assert _file_of_any_table(intake) == "refused"
    assert not list(places.supplied.glob("referrals/*"))
    assert rows_that_count(places, intake.log)["referrals"].is_empty()
    return " ".join(refusal.message for refusal in intake.refused)


def _file_of_any_table(intake: SuppliedIntake) -> str:
    (file,) = (file for file in intake.log.files if file.file_name.startswith("referrals"))
    return file.status


def _policy(places: Places, text: str) -> None:
    (places.data_dir / "policy.toml").write_text(text, encoding="utf-8")


def test_b37_a_contact_before_receipt_is_set_aside_and_no_day_is_told(places: Places) -> None:
    changed = {"date_first_attempt": "2026-06-29", "date_first_contact": "2026-06-30"}
    write_rows(places.inbox, referrals(ROWS, **changed))
    assert _set_aside(places, take_in(places)) == [
        (
            2,
            "date_first_attempt",
            "NEGATIVE_INTERVAL",
            "date_first_attempt on or after date_received",
        ),
        (
            2,
            "date_first_contact",
            "NEGATIVE_INTERVAL",
            "date_first_contact on or after date_received and date_first_attempt",
        ),
    ]


def test_b38_days_that_can_be_months_refuse_the_file(places: Places) -> None:
    write_rows(places.inbox, referrals(ROWS, date_needs_assessed="03/07/2026"))
    assert "date_needs_assessed line 2" in _refusal(places, take_in(places))


@pytest.mark.parametrize("where", ["tables.referrals", "senders.P01"])
def test_b38_the_policy_can_say_that_the_day_comes_first(places: Places, where: str) -> None:
    write_rows(places.inbox, referrals(ROWS, date_needs_assessed="03/07/2026"))
    _policy(places, f'[supplied.{where}]\ndate_order = "day_first"\n')
    intake = take_in(places)
    assert _set_aside(places, intake) == []
    days = rows_that_count(places, intake.log)["referrals"]["date_needs_assessed"]
    assert [str(day) for day in days.drop_nulls()] == ["2026-07-03"]


def test_b39_an_excel_serial_number_is_set_aside(places: Places) -> None:
    write_rows(places.inbox, referrals(ROWS, date_needs_assessed="46206"))
    intake = take_in(places)
    ((line, column, reason, _),) = _set_aside(places, intake)
    assert (line, column, reason) == (2, "date_needs_assessed", "EXCEL_DATE")
    assert "2026" not in intake.log.faults(places)["advice"][0]


def test_b39_unless_the_policy_says_that_they_are_sent(places: Places) -> None:
    write_rows(places.inbox, referrals(ROWS, date_needs_assessed="46206"))
    _policy(places, "[supplied.tables.referrals]\nexcel_dates = true\n")
    intake = take_in(places)
    assert _set_aside(places, intake) == []
    days = rows_that_count(places, intake.log)["referrals"]["date_needs_assessed"]
    assert [str(day) for day in days.drop_nulls()] == ["2026-07-03"]


@pytest.mark.parametrize("day", ["1900-01-00", "1970-01-01", "9999-12-31"])
def test_b40_a_placeholder_is_set_aside(places: Places, day: str) -> None:
    write_rows(places.inbox, referrals(ROWS, date_needs_assessed=day))
    ((line, column, reason, _),) = _set_aside(places, take_in(places))
    assert (line, column, reason) == (2, "date_needs_assessed", "PLACEHOLDER_DATE")


def test_b41_a_time_refuses_the_file(places: Places) -> None:
    write_rows(places.inbox, referrals(ROWS, date_needs_assessed="2026-07-03 01:30"))
    assert "has a time of day" in _refusal(places, take_in(places))


def test_b42_a_day_beyond_the_calendar_stops_no_other_measure(places: Places) -> None:
    row = {"date_crime_reported": "2017-07-03"}
    write_rows(places.inbox, referrals(ROWS, **row))
    assert _set_aside(places, take_in(places)) == []


@pytest.mark.parametrize("shape", ["jane@example.org", "WR5 3AB", "07700 900123", "943 476 5919"])
def test_b43_a_detail_of_a_person_keeps_the_file_out(places: Places, shape: str) -> None:
    write_rows(places.inbox, referrals(ROWS, onward_service_id=shape))
    intake = take_in(places)
    told = _refusal(places, intake)
    assert "line 2 looks like" in told
    kept = "".join(path.read_text() for path in places.restricted.glob("*.json"))
    assert shape not in told + kept + str(intake)


def test_b44_an_unknown_provider_is_told_the_nearest_code(places: Places) -> None:
    write_rows(places.inbox, referrals(ROWS, provider_id="P01X"))
    faults = {column: expected for _, column, _, expected in _set_aside(places, take_in(places))}
    assert faults["provider_id"] == "a provider of the directory; the nearest is P01"


def test_b45_two_rows_for_one_referral_that_differ_are_both_set_aside(places: Places) -> None:
    write_rows(places.inbox, referrals(ROWS, referral_id="R-0002", sex="M"))
    found = _set_aside(places, take_in(places))
    assert [(line, reason) for line, _, reason, _ in found] == [
        (2, "CONFLICTING_DUPLICATE"),
        (3, "CONFLICTING_DUPLICATE"),
    ]


def test_b45_an_exact_copy_is_set_aside_once(places: Places) -> None:
    rows = referrals(ROWS - 1)
    write_rows(places.inbox, [*rows, rows[0]])
    ((line, _, reason, expected),) = _set_aside(places, take_in(places))
    assert (line, reason) == (11, "DUPLICATE_ROW")
    assert "the same row stands on line 2" in expected


def test_b46_keys_that_are_numbers_of_a_case_system_refuse_the_file(places: Places) -> None:
    write_rows(places.inbox, [{**row, "person_key": "22/1234"} for row in referrals(ROWS)])
    told = _refusal(places, take_in(places))
    assert "person_key must be" in told
    assert "22/1234" not in told


def test_b47_a_column_of_notes_refuses_the_file(places: Places) -> None:
    write_rows(places.inbox, [{**row, "notes": MARKED} for row in referrals(ROWS)])
    told = _refusal(places, take_in(places))
    assert "column notes is not part of the contract" in told
    assert MARKED not in told


def test_b51_a_workbook_that_can_hold_macros_is_refused_by_name(places: Places) -> None:
    (places.inbox / "referrals.xlsm").write_bytes(workbook({"referrals": [["referral_id"]]}))
    assert "can hold macros" in _refusal(places, take_in(places))


def test_b56_a_key_that_excel_rounded_is_set_aside(places: Places) -> None:
    write_rows(places.inbox, referrals(ROWS, referral_id="1.23E+15"))
    ((_, column, reason, _),) = _set_aside(places, take_in(places))
    assert (column, reason) == ("referral_id", "LOST_PRECISION")


def test_more_than_a_fifth_set_aside_refuses_the_file(places: Places) -> None:
    rows = referrals(ROWS)
    write_rows(places.inbox, [*({**row, "sex": "X"} for row in rows[:3]), *rows[3:]])
    told = _refusal(places, take_in(places))
    assert "more than the 20% of rows allowed would be set aside" in told
    assert "30%" not in told
    assert "BAD_CODE (3)" in told


def test_a_fifth_set_aside_does_not(places: Places) -> None:
    rows = referrals(ROWS)
    write_rows(places.inbox, [*({**row, "sex": "X"} for row in rows[:2]), *rows[2:]])
    assert len(_set_aside(places, take_in(places))) == 2


def test_a_line_that_cannot_be_read_is_set_aside_and_not_repeated(places: Places) -> None:
    path = write_rows(places.inbox, referrals(ROWS - 1))
    path.write_text(path.read_text() + f"{MARKED},x\n")
    intake = take_in(places)
    assert [reason for _, _, reason, _ in _set_aside(places, intake)] == ["MISSING_COLUMNS"]
    assert MARKED not in str(intake.log.faults(places).rows())


def test_a_file_that_no_table_fits_is_refused_with_the_nearest(places: Places) -> None:
    (places.inbox / "referrals.csv").write_text("colour,size\nred,1\n")
    assert "no table has these columns" in _refusal(places, take_in(places))


def test_the_workbook_is_loaded_as_the_csv_file_is(places: Places, tmp_path: Path) -> None:
    rows = referrals(ROWS, sex="X")
    table = [list(rows[0]), *(list(row.values()) for row in rows)]
    (places.inbox / REFERRALS.replace(".csv", ".xlsx")).write_bytes(workbook({"Rows": table}))
    ((line, column, reason, _),) = _set_aside(places, take_in(places))
    assert (line, column, reason) == (2, "sex", "BAD_CODE")
