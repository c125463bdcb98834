"""What is published of supplied data that is not about people, and the record of its files."""

from datetime import date, datetime
from typing import Any

import polars as pl
import pytest

from pipelines.record import frame
from pipelines.source import SUPPLIED_SOURCES
from pipelines.supplied.log import SuppliedFile, SuppliedLog
from pipelines.supplied_tables import supplied_tables
from schemas.published import table
from schemas.published_supplied import SUPPLIED_TABLES
from schemas.supplied.contracts import CONTRACTS
from tests.support.supplied_frames import NO_FAULTS, fault, supplied_file, typed_rows, warning

AS_OF = date(2026, 11, 1)


def made(
    rows: dict[str, pl.DataFrame] | None = None,
    *files: SuppliedFile,
    faults: pl.DataFrame = NO_FAULTS,
) -> dict[str, pl.DataFrame]:
    return supplied_tables(rows or {}, SuppliedLog(files), faults=faults, as_of=AS_OF)


def the_row(table: pl.DataFrame) -> dict[str, Any]:
    (row,) = table.to_dicts()
    return row


def test_with_nothing_supplied_every_table_is_there_and_empty() -> None:
    tables = made()
    assert set(tables) == {each.name for each in SUPPLIED_TABLES} | {"meta_source"}
    for name, rows in tables.items():
        assert rows.is_empty()
        assert rows.schema == frame(name, []).schema, name


def test_a_service_is_published_with_its_fields_and_without_the_samples_mark() -> None:
    service = {"service_id": "S-1", "provider_id": "P-1", "service_name": "Helpline"}
    more = {"support_types": ["EMOTIONAL", "COURT"], "contract_end": date(2027, 3, 31)}
    rows = typed_rows("services", {**service, **more, "sample_mark": "Invented sample row"})
    found = the_row(made({"services": rows})["dim_service"])
    assert {name: found[name] for name in (*service, *more)} == {**service, **more}
    assert "sample_mark" not in found


def test_names_that_are_words_of_sql_are_published_under_others() -> None:
    rows = typed_rows("ref_target", {"metric_id": "CR01", "from": date(2026, 4, 1), "to": None})
    found = the_row(made({"ref_target": rows})["dim_target"])
    assert (found["valid_from"], found["valid_to"]) == (date(2026, 4, 1), None)


def test_of_returns_only_wholes_that_do_not_count_people_are_published() -> None:
    key = {"provider_id": "P-1", "service_id": "S-1", "quarter": date(2026, 7, 1)}
    whole = {**key, "breakdown": "ALL", "breakdown_value": "ALL"}
    by_place = {**key, "breakdown": "LA", "breakdown_value": "E07000234"}
    rows = typed_rows(
        "provider_returns",
        {**whole, "measure": "SPEND_GBP", "value": 1234.5},
        {**whole, "measure": "NEW_PEOPLE", "value": 40.0},
        {**by_place, "measure": "SESSIONS", "value": 3.0},
    )
    found = the_row(made({"provider_returns": rows})["fact_return"])
    assert found == {**key, "measure": "SPEND_GBP", "value": 1234.5}


def test_rows_loaded_of_a_file_about_people_are_in_hundreds_and_add_up() -> None:
    file = supplied_file("referrals", rows_read=154, rows_loaded=150, rows_set_aside=4)
    found = the_row(made(None, file)["meta_supplied_file"])
    assert (found["rows_read"], found["rows_loaded"], found["rows_set_aside"]) == (204, 200, 4)


@pytest.mark.parametrize(("loaded", "told"), [(0, None), (49, None), (50, 100), (149, 100)])
def test_rows_about_people_are_told_from_fifty_on(loaded: int, told: int | None) -> None:
    file = supplied_file("referrals", rows_read=loaded, rows_loaded=loaded)
    found = the_row(made(None, file)["meta_supplied_file"])
    assert (found["rows_read"], found["rows_loaded"]) == (told, told)


def test_few_rows_of_a_file_about_people_are_not_told() -> None:
    file = supplied_file("vrr", rows_read=49, rows_loaded=47, rows_set_aside=2)
    found = the_row(made(None, file)["meta_supplied_file"])
    assert (found["rows_read"], found["rows_loaded"], found["rows_set_aside"]) == (None, None, 2)


def test_the_rows_of_an_open_file_are_told_as_they_are() -> None:
    file = supplied_file("services", rows_read=7, rows_loaded=6, rows_set_aside=1)
    found = the_row(made(None, file)["meta_supplied_file"])
    assert (found["rows_read"], found["rows_loaded"], found["rows_set_aside"]) == (7, 6, 1)


def test_a_file_refused_before_its_table_was_known_may_be_about_people() -> None:
    file = supplied_file("", status="refused", rows_read=3, rows_loaded=0, message="No such table.")
    found = the_row(made(None, file)["meta_supplied_file"])
    assert (found["status"], found["rows_read"]) == ("refused", None)
    assert found["message"] == "No such table."


def test_periods_and_the_moment_of_loading_are_kept() -> None:
    file = supplied_file("funding", periods=("2025-26", "2026-27"))
    found = the_row(made(None, file)["meta_supplied_file"])
    assert found["periods"] == "2025-26, 2026-27"
    assert found["loaded_at"] == datetime(2026, 10, 20, 9, 30)


def test_a_fault_names_file_table_and_sender() -> None:
    file = supplied_file("services", sha256="b" * 64, file_name="directory.xlsx")
    faults = pl.DataFrame([fault("b" * 64, 12, "stream", "CORY")], schema=NO_FAULTS.schema)
    found = the_row(made(None, file, faults=faults)["meta_supplied_fault"])
    assert (found["file_name"], found["table_name"], found["kind"]) == (
        "directory.xlsx",
        "services",
        "set aside",
    )
    assert (found["line"], found["value"], found["row_count"]) == (12, "CORY", 1)


@pytest.mark.parametrize(
    ("supplied", "column"),
    [
        ("referrals", "crime_group"),
        ("satisfaction_invites", "completed"),
        ("service_sites", "latitude"),
    ],
)
def test_no_value_that_is_about_people_or_a_place_is_published(supplied: str, column: str) -> None:
    file = supplied_file(supplied, sha256="c" * 64)
    faults = pl.DataFrame([fault("c" * 64, 3, column, "7")], schema=NO_FAULTS.schema)
    found = the_row(made(None, file, faults=faults)["meta_supplied_fault"])
    assert (found["column_name"], found["value"]) == (column, "")


def test_a_warning_is_one_row_with_its_number_of_rows() -> None:
    about_people = supplied_file("referrals", warnings=(warning(49), warning(250, rule_id="R15")))
    is_open = supplied_file("services", load_number=2, warnings=(warning(4, rule_id="S04"),))
    rows = made(None, about_people, is_open)["meta_supplied_fault"]
    assert set(rows["kind"]) == {"warning"}
    assert rows["line"].null_count() == len(rows)
    counts = dict(rows.select("rule_id", "row_count").iter_rows())
    assert counts == {"R13": None, "R15": 300, "S04": 4}


def test_faults_and_warnings_of_files_that_do_not_count_are_left_out() -> None:
    files = (
        supplied_file("services", status="replaced", warnings=(warning(2),)),
        supplied_file("services", status="refused", load_number=2, warnings=(warning(2),)),
    )
    assert made(None, *files)["meta_supplied_fault"].is_empty()


def test_each_supplied_table_with_rows_is_a_source_and_says_whether_it_is_invented() -> None:
    services = typed_rows("services", {"service_id": "S-1", "sample_mark": "Invented sample row"})
    money = [
        {"fund_id": "F-1", "financial_year": date(year, 4, 1), "budget_gbp": 1.0}
        for year in (2024, 2025)
    ]
    file = supplied_file("funding")
    rows = made({"services": services, "funding": typed_rows("funding", *money)}, file)
    found = {row["source_key"]: row for row in rows["meta_source"].to_dicts()}
    assert {key: row["is_invented"] for key, row in found.items()} == {
        "services": True,
        "funding": False,
    }
    assert found["services"]["publisher"] == "Nobody: made up by this product"
    assert (found["services"]["period_to"], found["services"]["next_due"]) == (None, None)
    funding = found["funding"]
    assert (funding["period_from"], funding["period_to"]) == (date(2024, 4, 1), date(2026, 3, 1))
    assert funding["next_due"] == date(2027, 6, 29)
    assert funding["last_loaded_at"] == datetime(2026, 10, 20, 9, 30)


@pytest.mark.parametrize(
    ("supplied", "latest", "due"),
    [
        ("provider_returns", date(2026, 9, 1), date(2027, 2, 14)),  # 31 December and 45 days
        ("referrals", date(2026, 8, 1), date(2027, 2, 14)),  # of the quarter that holds August
        ("code_cases", date(2026, 9, 1), date(2026, 11, 30)),  # 31 October and 30 days
        ("funding", date(2026, 3, 1), date(2027, 6, 29)),  # 31 March and 90 days
        ("services", date(2026, 3, 1), None),
    ],
)
def test_the_next_period_is_due_so_many_days_after_its_end(
    supplied: str, latest: date, due: date | None
) -> None:
    assert SUPPLIED_SOURCES[supplied].next_due(latest) == due


def test_every_supplied_table_has_a_source() -> None:
    assert list(SUPPLIED_SOURCES) == [each.table for each in CONTRACTS]


def test_every_table_has_the_columns_of_its_contract() -> None:
    for name, rows in made().items():
        assert rows.columns == [each.name for each in table(name).columns]
