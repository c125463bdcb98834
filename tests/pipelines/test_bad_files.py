"""Files that must be refused, and the line that says why: B01 to B14."""

import gzip
from pathlib import Path

import pytest

from pipelines.policy import Policy, load_policy
from tests.support.street_rows import (
    HEADER,
    NAME,
    cleaned,
    csv_bytes,
    faults,
    refusal,
    rows,
    warned,
    with_line,
)


def test_b01_empty_file(tmp_path: Path) -> None:
    assert refusal(tmp_path, b"") == f"{NAME} is empty (0 bytes). Download it again."


def test_b01_empty_compressed_file(tmp_path: Path) -> None:
    message = refusal(tmp_path, b"", name=f"{NAME}.gz")
    assert message == f"{NAME}.gz is empty (0 bytes). Download it again."


def test_b02_header_without_rows(tmp_path: Path) -> None:
    message = refusal(tmp_path, f"{HEADER}\n".encode())
    assert message == f"{NAME} has a header but no data rows."


def test_b03_web_page(tmp_path: Path) -> None:
    page = b"<!DOCTYPE html>\n<html><body>Access denied</body></html>"
    assert refusal(tmp_path, page) == (
        f"{NAME} line 1 is a web page, not CSV. The download failed; fetch it again."
    )


@pytest.mark.parametrize(
    ("encoding", "mark"), [("utf-16", "FF FE"), ("utf-16-be", "no byte-order mark")]
)
def test_b04_utf_16(tmp_path: Path, encoding: str, mark: str) -> None:
    content = csv_bytes(rows(5)).decode().encode(encoding)
    message = refusal(tmp_path, content)
    assert message.startswith(f"{NAME} is UTF-16")
    assert mark in message
    assert message.endswith("Save as CSV UTF-8 and load again.")


def _windows_1252() -> bytes:
    change = "On or near Caf\u00e9 \u00a3 Street"
    return (
        csv_bytes(rows()).decode().replace("On or near Shopping Area", change, 1).encode("cp1252")
    )


def test_b05_windows_1252_is_refused_by_default(tmp_path: Path) -> None:
    message = refusal(tmp_path, _windows_1252())
    assert message.startswith(
        f"{NAME} line 2 column Location: byte 0xE9 is not UTF-8; the file looks like "
        "Windows-1252. Re-save as UTF-8, or set encoding: windows-1252 for this source"
    )


def test_b05_windows_1252_is_read_when_the_policy_says_so(tmp_path: Path) -> None:
    path = tmp_path / "policy.toml"
    path.write_text('[police_uk]\nencoding = "windows-1252"\n')
    assert cleaned(tmp_path, _windows_1252(), policy=load_policy(path)).rows_loaded == 100


def test_b06_byte_order_mark_is_stripped(tmp_path: Path) -> None:
    content = b"\xef\xbb\xbf" + csv_bytes(rows())
    assert cleaned(tmp_path, content).rows_loaded == 100


def test_b07_duplicate_header_names_both_positions(tmp_path: Path) -> None:
    content = csv_bytes(rows()).replace(b"Falls within", b"Month", 1)
    assert "column Month stands at positions 2 and 4" in refusal(tmp_path, content)


def test_b08_layout_of_2012_is_recognised(tmp_path: Path) -> None:
    header = "Month,Reported by,Falls within,Easting,Northing,Location,Crime type,Context"
    line = "2012-04,West Mercia Police,West Mercia Police,350000,240000,On or near,Burglary,"
    assert (
        "layout police_uk_v1 (2012) recognised; missing Crime ID, LSOA code, Last outcome category"
    ) in refusal(tmp_path, f"{header}\n{line}\n".encode(), name="2012-04-west-mercia-street.csv")


def test_b09_missing_column_lists_missing_unexpected_and_matched(tmp_path: Path) -> None:
    content = HEADER.replace("LSOA code,", "").encode() + b"\n" + b",".join([b"x"] * 11) + b"\n"
    message = refusal(tmp_path, content)
    assert "missing: LSOA code; unexpected: none; matched: Crime ID, Month," in message


def test_b10_reordered_columns_are_matched_by_name(tmp_path: Path) -> None:
    names = HEADER.split(",")
    order = sorted(range(len(names)), key=lambda place: names[place])
    lines = [line.split(",") for line in csv_bytes(rows()).decode().split("\n")[:-1]]
    content = "".join(",".join(line[place] for place in order) + "\n" for line in lines)
    result = cleaned(tmp_path, content.encode())
    assert (result.rows_loaded, result.set_aside.height) == (100, 0)


def test_b10_renamed_column_is_refused_with_the_line_that_adds_an_alias(tmp_path: Path) -> None:
    content = csv_bytes(rows()).replace(b"LSOA code", b"LSOA21 code", 1)
    line = '"LSOA21 code" = "LSOA code"'
    message = refusal(tmp_path, content)
    assert f"[police_uk.column_aliases] the line {line}" in message
    path = tmp_path / "policy.toml"
    path.write_text(f"[police_uk.column_aliases]\n{line}\n")
    assert cleaned(tmp_path, content, policy=load_policy(path)).rows_loaded == 100


def test_b11_unknown_column_is_ignored_with_a_warning(tmp_path: Path) -> None:
    content = csv_bytes(rows()).replace(b"\n", b",7\n").replace(b"Context,7", b"Context,Beat", 1)
    result = cleaned(tmp_path, content)
    assert warned(result) == {("NEW_COLUMN", "Beat"): 100}
    message = result.warnings["message"][0]
    assert message.startswith("new column Beat ignored; tell the maintainer (header ")


@pytest.mark.parametrize(
    ("column", "value", "words"),
    [
        ("Notes", "", "has a name that stands for details of people"),
        ("victim_name", "x", "has a name that stands for details of people"),
        ("Beat", "a.b@example.org", "line 2 looks like an e-mail address"),
        ("Beat", "WR1 1AA", "line 2 looks like a postcode"),
        ("Beat", "07700 900123", "line 2 looks like a telephone number"),
        ("Beat", "she said that he had been there before", "line 2 looks like free text"),
    ],
)
def test_an_extra_column_about_people_refuses_the_file_without_repeating_it(
    tmp_path: Path, column: str, value: str, words: str
) -> None:
    content = csv_bytes(rows()).replace(b"\n", f",{value}\n".encode())
    content = content.replace(f"Context,{value}\n".encode(), f"Context,{column}\n".encode(), 1)
    message = refusal(tmp_path, content)
    assert f"column {column} {words}" in message
    assert len(value) < 2 or value not in message


@pytest.mark.parametrize(("delimiter", "name"), [(";", ";"), ("\t", "tab")])
def test_b12_other_delimiters(tmp_path: Path, delimiter: str, name: str) -> None:
    content = csv_bytes(rows()).replace(b",", delimiter.encode())
    assert f"expected commas, found {name}" in refusal(tmp_path, content)


def test_b13_truncated_download(tmp_path: Path) -> None:
    content = csv_bytes(rows(99)) + b"0123abcd,2026-0"
    assert (
        f"{NAME}: line 101 has 2 of 12 fields and no line end: the file is incomplete"
        in refusal(tmp_path, content)
    )


def test_b13_truncated_within_a_quoted_field(tmp_path: Path) -> None:
    content = csv_bytes(rows(99)) + b'0123abcd,2026-09,"West Mer'
    assert "line 101 has 3 of 12 fields and no line end" in refusal(tmp_path, content)


def test_b13_truncated_gzip(tmp_path: Path) -> None:
    content = gzip.compress(csv_bytes(rows()))[:-200]
    message = refusal(tmp_path, content, name=f"{NAME}.gz")
    assert "damaged or incomplete as a gzip file (it ends early)" in message


def test_a_whole_last_line_needs_no_line_end(tmp_path: Path) -> None:
    assert cleaned(tmp_path, csv_bytes(rows()).removesuffix(b"\n")).rows_loaded == 100


def test_b14_unterminated_quote_swallows_no_other_line(tmp_path: Path) -> None:
    content = with_line(50, lambda line: line.replace("On or near", '"On or near'))
    result = cleaned(tmp_path, content)
    (line, column, reason, value) = faults(result)[0]
    assert (line, column, reason) == (50, None, "UNTERMINATED_QUOTE")
    assert '"On or near Shopping Area,E01013988' in value
    assert (result.rows_loaded, result.rows_set_aside) == (99, 1)


def test_b14_unterminated_quote_before_a_quoted_line(tmp_path: Path) -> None:
    content = with_line(50, lambda line: line.replace("On or near", '"On or near'))
    content = content.replace(b"Herefordshire 011B", b'"Herefordshire 011B"')
    result = cleaned(tmp_path, content)
    assert [fault[:3] for fault in faults(result)] == [(50, None, "UNTERMINATED_QUOTE")]


def test_a_file_that_is_not_utf_8_has_its_other_faults_told_too(tmp_path: Path) -> None:
    content = _windows_1252().replace(b"LSOA code", b"LSOA21 code", 1)
    assert "is not UTF-8" in refusal(tmp_path, content)
    assert "missing: LSOA code" in refusal(
        tmp_path, content, policy=Policy(encoding="windows-1252")
    )
