"""The published file holds nobody: its tables and columns are listed, its values held to rows."""

from collections.abc import Callable, Iterator
from typing import Final

import polars as pl
import pytest

from pipelines.places import Places
from schemas.protection import FLOORS
from schemas.published import TABLES
from schemas.published_people import PEOPLE_TABLES
from schemas.supplied.contracts import CONTRACTS
from tests.support.loading import query

pytestmark = pytest.mark.slow  # the load that it shares with others takes some seconds

_CELLS: Final = ("cube_protected_count", "cube_protected_wait")

KEYS_OF_PEOPLE: Final = {
    field.name
    for contract in CONTRACTS
    if contract.is_about_people
    for field in contract.fields
    if field.kind == "key" or field.name == "lsoa21"
}


def _columns(planted: Places) -> list[tuple[str, str, str]]:
    return query(
        planted,
        "select table_name, column_name, data_type from duckdb_columns() where not internal "
        "order by all",
    )


def test_tables_and_columns_are_those_of_the_contract_and_no_others(planted: Places) -> None:
    declared = {(table.name, column.name) for table in TABLES for column in table.columns}
    assert {(table, column) for table, column, _ in _columns(planted)} == declared


def test_no_column_is_a_key_of_people(planted: Places) -> None:
    assert {"person_key", "referral_id", "case_key", "survey_id", "lsoa21"} <= KEYS_OF_PEOPLE
    found = {column for _, column, _ in _columns(planted)}
    assert found & KEYS_OF_PEOPLE == set()


def test_no_text_anywhere_is_the_key_of_a_person_or_of_a_referral(planted: Places) -> None:
    kept = pl.concat(map(pl.read_parquet, planted.supplied.glob("referrals/*.parquet")))
    keys = {*kept["person_key"], *kept["referral_id"]}
    assert len(keys) > 10_000
    texts = " union ".join(
        f"select '{table}.{column}', {column} from {table}"
        for table, column, kind in _columns(planted)
        if kind == "VARCHAR"
    )
    found = query(planted, texts)
    assert len({place for place, _ in found}) > 100
    assert [(place, value) for place, value in found if value in keys] == []


def test_columns_about_people_have_few_values(
    planted: Places, record_property: Callable[[str, object], None]
) -> None:
    """A column that told people apart would have about as many values as there are people."""
    for table, column, count in _distinct_counts(planted):
        record_property(f"{table}.{column}", count)
        assert count <= 100, (table, column)


def _distinct_counts(planted: Places) -> Iterator[tuple[str, str, int]]:
    for table, column, kind in _columns(planted):
        if table in _CELLS and kind == "VARCHAR":
            counted = query(planted, f"select count(distinct {column}) from {table}")
            yield table, column, counted[0][0]


def test_each_cell_stands_once_and_none_is_small(planted: Places) -> None:
    keys = [column.name for column in PEOPLE_TABLES[0].columns][:10]
    cells = query(planted, "select count(*) from cube_protected_count")[0][0]
    distinct = query(planted, f"select count(distinct ({', '.join(keys)})) from {_CELLS[0]}")[0][0]
    assert cells == distinct > 1_000
    small = query(
        planted,
        f"select count(*) from {_CELLS[0]} where count < {FLOORS.threshold} and not is_structural",
    )
    assert small == [(0,)]
