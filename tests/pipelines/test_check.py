"""`check` tells every fault of a file at once and loads nothing."""

import json
from pathlib import Path

import pytest

from pipelines.check import check_files, find_faults
from tests.support.street_rows import AS_OF, NAME, csv_bytes, rows, spoilt, with_line


def _write(folder: Path, content: bytes) -> Path:
    path = folder / NAME
    path.write_bytes(content)
    return path


def test_a_good_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = _write(tmp_path, csv_bytes(rows()))
    assert check_files([path], as_json=False, as_of=AS_OF) == 0
    assert capsys.readouterr().out == (
        f"{NAME}: 100 rows read, 100 good, 0 set aside. Can be loaded.\n"
    )


def test_faults_of_the_file_and_of_its_rows_together(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = spoilt("Month", "2026-13")
    lines[1] |= {"Reported by": "Nobody", "Crime type": "Mischief"}
    path = _write(tmp_path, csv_bytes(lines) + b"0123,2026-09")
    assert check_files([path], as_json=False, as_of=AS_OF) == 1
    told = capsys.readouterr().out
    for words in (
        f"REFUSED  {NAME}: line 102 has 2 of 12 fields and no line end",
        f"REFUSED  {NAME}: Reported by is 'Nobody'",
        f"SET ASIDE  {NAME}, line 2: Month is '2026-13', expected a month from 2010-12 on",
        f"SET ASIDE  {NAME}, line 3: Crime type is 'Mischief'",
        f"SET ASIDE  {NAME}, line 102: the row is '0123,2026-09', expected 12 fields",
        "101 rows read, 98 good, 3 set aside. Would be refused.",
    ):
        assert words in told


def test_faults_of_the_header_together(tmp_path: Path) -> None:
    content = csv_bytes(rows()).replace(b"Falls within,", b"Month,", 1)
    content = content.replace(b"Shopping", b"Caf\xe9", 1)
    (checked,) = find_faults([_write(tmp_path, content)], as_of=AS_OF)
    assert [refusal.reason for refusal in checked.refusals] == [
        "WRONG_ENCODING",
        "DUPLICATE_COLUMN",
        "MISSING_COLUMN",
    ]
    assert checked.cleaned is None


def test_json_holds_the_same(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = _write(tmp_path, with_line(5, lambda line: line + ",more"))
    assert check_files([path, tmp_path / "none.csv"], as_json=True, as_of=AS_OF) == 1
    found, absent = json.loads(capsys.readouterr().out)
    assert (found["rows_read"], found["rows_loaded"], found["is_refused"]) == (100, 99, False)
    assert [(fault["line"], fault["reason"]) for fault in found["set_aside"]] == [
        (5, "TOO_MANY_COLUMNS")
    ]
    assert [refusal["reason"] for refusal in absent["refusals"]] == ["UNREADABLE"]


def test_an_empty_folder_is_told(tmp_path: Path) -> None:
    (checked,) = find_faults([tmp_path], as_of=AS_OF)
    assert [refusal.reason for refusal in checked.refusals] == ["NO_FILES"]
