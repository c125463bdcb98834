"""CSV files as they come from forces and providers: what is read, what is refused."""

import pytest

from pipelines.errors import FileRefused
from pipelines.supplied.reading import ReadFile, read_supplied

NAME = "visit.csv"


def read(text: str) -> ReadFile:
    return read_supplied(text.encode(), NAME, encoding="utf-8")


def test_names_are_trimmed_and_lines_are_those_of_the_file() -> None:
    found = read('\ufeffa , b\r\n1,"x\ny"\r\n\r\n,2\r\n')
    assert found.header == ("a", "b")
    assert found.rows.rows() == [(2, "1", "x\ny"), (5, None, "2")]
    assert (found.row_count, found.faults, found.refusals) == (2, (), ())


def test_lines_of_commas_only_are_blank_lines() -> None:
    found = read("a,b,c\n,,\n1,2,3\n,,\n4,5,6\n,,\n,,")
    assert found.rows["line"].to_list() == [3, 5]
    assert (found.row_count, found.refusals) == (2, ())


def test_lines_that_cannot_be_read_are_counted_and_named() -> None:
    found = read("a,b\n1,2\n3\n4,5,6\n")
    assert [(fault.line, fault.reason) for fault in found.faults] == [
        (3, "MISSING_COLUMNS"),
        (4, "TOO_MANY_COLUMNS"),
    ]
    assert found.row_count == 3


def test_a_cut_off_end_and_a_missing_body_are_refused() -> None:
    assert [each.reason for each in read("a,b\n1,2\n3").refusals] == ["INCOMPLETE_FILE"]
    assert [each.reason for each in read("a,b\n,\n\n").refusals] == ["NO_ROWS"]


def test_another_encoding_is_named_with_the_setting_for_supplied_files() -> None:
    raw = "a,b\n1,\xa32\n".encode("cp1252")
    (refused,) = read_supplied(raw, NAME, encoding="utf-8").refusals
    assert "under [supplied]" in str(refused)
    rows = read_supplied(raw, NAME, encoding="windows-1252").rows
    assert rows["b"].to_list() == ["\xa32"]


@pytest.mark.parametrize(
    ("header", "reason"),
    [("a,b,A", "DUPLICATE_COLUMN"), ("a,,b", "NO_COLUMN_NAME"), ("a,Line", "UNKNOWN_COLUMN")],
)
def test_names_that_no_table_can_have(header: str, reason: str) -> None:
    with pytest.raises(FileRefused) as refused:
        read(f"{header}\n1,2\n")
    assert refused.value.reason == reason


def test_repeated_names_are_not_repeated_in_the_message() -> None:
    with pytest.raises(FileRefused) as refused:
        read("Jane Roe,Jane Roe\n1,2\n")
    assert "column 2 has the same name as column 1" in str(refused.value)
    assert "Jane" not in str(refused.value)


@pytest.mark.parametrize("name", ["visit.txt", "visit.pdf", "visit"])
def test_other_kinds_of_files(name: str) -> None:
    with pytest.raises(FileRefused, match=r"neither \.csv nor \.xlsx"):
        read_supplied(b"a,b\n1,2\n", name, encoding="utf-8")
