"""Which table a file is, and columns it has too much: B47."""

from dataclasses import replace

import polars as pl
import pytest

from pipelines.errors import FileRefused
from pipelines.supplied.recognise import column_refusals, recognise
from schemas.supplied.field import Contract
from tests.support.supplied_rows import NAME, VISIT, frame

PLACE = replace(
    VISIT,
    table="place",
    fields=tuple(field for field in VISIT.fields if field.name in ("service_id", "month")),
)
TWIN = replace(PLACE, table="month_of_service")
ALL = (PLACE, VISIT)


def refusal(header: tuple[str, ...], contracts: tuple[Contract, ...] = ALL) -> FileRefused:
    with pytest.raises(FileRefused) as refused:
        recognise(header, NAME, contracts)
    return refused.value


def test_a_table_is_recognised_by_its_columns_not_by_its_name() -> None:
    assert recognise(VISIT.names, "place.csv", ALL) is VISIT
    assert recognise(("SERVICE_ID", "Month"), "visit.csv", ALL) is PLACE


def test_optional_columns_may_be_missing() -> None:
    required = tuple(field.name for field in VISIT.fields if field.is_required)
    assert recognise(required, "a.csv", ALL) is VISIT


def test_a_missing_column_names_the_nearest_table_and_does_not_fall_back_to_a_small_one() -> None:
    header = tuple(name for name in VISIT.names if name != "person_key")
    refused = refusal((*header, "Jane Roe"))
    assert refused.reason == "MISSING_COLUMN"
    assert "nearest table visit; person_key is missing; 1 column is not part" in str(refused)
    assert "Jane" not in str(refused)


def test_a_file_without_a_header_line_is_refused_and_its_data_not_repeated() -> None:
    refused = refusal(("R-1", "Jane Roe", "WR1 3AA"))
    assert refused.reason == "UNKNOWN_TABLE"
    assert "Is line 1 the header?" in str(refused)
    assert "Jane" not in str(refused)
    assert "WR1" not in str(refused)


def test_the_name_decides_between_tables_that_match_alike() -> None:
    header = ("service_id", "month")
    assert recognise(header, "month_of_service_1.csv", (PLACE, TWIN)) is TWIN
    assert "fit place and month_of_service alike" in str(refusal(header, (PLACE, TWIN)))


def columns(name: str, value: str | None = None) -> FileRefused:
    rows = frame().with_columns(pl.lit(value, pl.String).alias(name))
    header = tuple(each for each in rows.columns if each != "line")
    (refused,) = column_refusals(header, rows, VISIT, NAME)
    return refused


@pytest.mark.parametrize("name", ["notes", "Free text", "Comments"])
def test_b47_a_free_text_column_by_its_name(name: str) -> None:
    refused = columns(name)
    assert refused.reason == "FREE_TEXT_COLUMN"
    assert f"column {name} is not part of the contract for visit" in str(refused)


def test_b47_a_free_text_column_by_its_values() -> None:
    told = "she said that he came back to her house at night"
    refused = columns("extra", told)
    assert refused.reason == "FREE_TEXT_COLUMN"
    assert "(line 2)" in str(refused)
    assert told not in str(refused)


def test_b47_another_unknown_column_names_the_nearest_field() -> None:
    refused = columns("date_recieved_on")
    assert refused.reason == "UNKNOWN_COLUMN"
    assert "nearest field date_received" in str(refused)
