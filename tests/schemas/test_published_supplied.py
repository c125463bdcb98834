"""What is published of supplied data: every open field, no person; what the database refuses."""

from collections.abc import Iterator
from typing import Any

import duckdb
import pytest

from schemas.published import TABLES, enum_ddl, table
from schemas.published_supplied import (
    KEPT_BACK,
    PUBLISHED_AS,
    RETURN_MEASURES,
    published_fields,
)
from schemas.supplied.contracts import CONTRACTS
from schemas.supplied.field import TYPES
from schemas.supplied.provider_return import MEASURE

OPEN = [each for each in CONTRACTS if not each.is_about_people]
PERSON_LIKE = {
    field.name
    for each in CONTRACTS
    for field in each.fields
    if field.kind == "key" or field.name.endswith("_key")
} | {"referral_id"}


@pytest.fixture
def database() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        for statement in (*enum_ddl(), *(each.ddl() for each in TABLES)):
            connection.execute(statement)
        yield connection


def insert(database: duckdb.DuckDBPyConnection, name: str, **values: Any) -> None:
    columns, marks = ", ".join(values), ", ".join("?" * len(values))
    database.execute(f"insert into {name} ({columns}) values ({marks})", [*values.values()])


def test_every_supplied_table_that_is_not_about_people_is_published() -> None:
    assert set(PUBLISHED_AS) == {each.table for each in OPEN}


@pytest.mark.parametrize("what", OPEN, ids=lambda what: what.table)
def test_every_field_is_a_column_but_the_samples_mark_and_what_is_kept_back(what: Any) -> None:
    named = {"valid_from": "from", "valid_to": "to"} if what.table == "ref_target" else {}
    columns = table(PUBLISHED_AS[what.table]).columns
    shown = [name for name in what.names[:-1] if name not in KEPT_BACK.get(what.table, ())]
    assert [named.get(each.name, each.name) for each in columns] == shown
    assert what.names[-1] == "sample_mark"


@pytest.mark.parametrize("what", OPEN, ids=lambda what: what.table)
def test_a_columns_type_holds_what_the_field_holds(
    what: Any, database: duckdb.DuckDBPyConnection
) -> None:
    held = database.execute(f"select * from {PUBLISHED_AS[what.table]}").pl().dtypes
    assert held == [TYPES[field.kind] for field in published_fields(what.table)]


def test_what_a_contract_calls_never_published_is_kept_back() -> None:
    never = {
        (each.table, field.name)
        for each in OPEN
        for field in each.fields
        if "ever published" in field.meaning
    }
    assert never == {(name, field) for name, fields in KEPT_BACK.items() for field in fields}


def test_there_are_names_of_persons_keys_to_look_for() -> None:
    assert {"person_key", "referral_id", "case_key", "complaint_key", "survey_id"} <= PERSON_LIKE


@pytest.mark.parametrize("published", TABLES, ids=lambda published: published.name)
def test_no_published_table_has_a_column_that_names_a_person(published: Any) -> None:
    assert {each.name for each in published.columns} & PERSON_LIKE == set()


def test_figures_of_returns_that_count_people_have_no_table_of_their_own() -> None:
    assert set(RETURN_MEASURES) <= MEASURE.keys()
    people = {each for each in MEASURE if each.startswith(("OUTCOME_", "ACTIVE_", "CLOSED_"))}
    people |= {"REFERRALS_IN", "REFERRALS_ACCEPTED", "NEW_PEOPLE", "WAITING_END", "COMPLAINTS"}
    people |= {"UNMET_TURNED_AWAY", "LONGEST_WAIT_DAYS"}
    assert set(RETURN_MEASURES) == MEASURE.keys() - people


def test_the_database_refuses_the_place_of_a_confidential_site(
    database: duckdb.DuckDBPyConnection,
) -> None:
    insert(database, "fact_service_site", site_type="OFFICE", latitude=52.2, longitude=-2.2)
    insert(database, "fact_service_site", site_type="REFUGE_NOT_LOCATED")
    for place in ({"latitude": 52.2}, {"longitude": -2.2}):
        with pytest.raises(duckdb.ConstraintException):
            insert(database, "fact_service_site", site_type="REFUGE_NOT_LOCATED", **place)


def test_the_database_refuses_a_figure_that_counts_people(
    database: duckdb.DuckDBPyConnection,
) -> None:
    insert(database, "fact_return", measure="SPEND_GBP", value=1.0)
    with pytest.raises(duckdb.ConstraintException):
        insert(database, "fact_return", measure="NEW_PEOPLE", value=12.0)


def test_the_database_refuses_an_exact_number_of_rows_about_people(
    database: duckdb.DuckDBPyConnection,
) -> None:
    file = {"table_name": "referrals", "status": "loaded"}
    rounded = {"rows_read": 103, "rows_loaded": 100, "rows_set_aside": 3}
    insert(database, "meta_supplied_file", **file, **rounded)
    insert(database, "meta_supplied_file", **file, rows_set_aside=3)
    for exact in (
        {"rows_read": 104, "rows_loaded": 101, "rows_set_aside": 3},
        {"rows_read": 153, "rows_loaded": 150, "rows_set_aside": 3},
        {"rows_read": 3, "rows_loaded": 0, "rows_set_aside": 3},
        {"rows_read": 104, "rows_loaded": 100, "rows_set_aside": 3},
    ):
        with pytest.raises(duckdb.ConstraintException):
            insert(database, "meta_supplied_file", **file, **exact)


def test_the_database_refuses_an_exact_number_of_rows_with_a_warning(
    database: duckdb.DuckDBPyConnection,
) -> None:
    warning = {"kind": "warning", "value": "", "table_name": "referrals"}
    for told in (None, 100):
        insert(database, "meta_supplied_fault", **warning, row_count=told)
    for exact in (0, 99, 150):
        with pytest.raises(duckdb.ConstraintException):
            insert(database, "meta_supplied_fault", **warning, row_count=exact)


def test_the_database_refuses_rows_lost_from_an_open_file(
    database: duckdb.DuckDBPyConnection,
) -> None:
    file = {"table_name": "services", "status": "loaded"}
    insert(database, "meta_supplied_file", **file, rows_read=7, rows_loaded=4, rows_set_aside=3)
    with pytest.raises(duckdb.ConstraintException):
        insert(database, "meta_supplied_file", **file, rows_read=7, rows_loaded=4, rows_set_aside=2)


def test_the_database_refuses_a_value_from_a_row_about_people(
    database: duckdb.DuckDBPyConnection,
) -> None:
    fault = {"kind": "set aside", "value": "DA"}
    insert(database, "meta_supplied_fault", **fault, table_name="services")
    with pytest.raises(duckdb.ConstraintException):
        insert(database, "meta_supplied_fault", **fault, table_name="referrals")
