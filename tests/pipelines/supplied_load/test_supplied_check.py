"""`check` on supplied files: every fault by its cell, against what is published or given."""

import json
from pathlib import Path
from typing import Any

import pytest

from pipelines.check import check_files
from pipelines.places import Places
from tests.support.loading import AS_OF, load
from tests.support.supplied_files import cells, referrals, write_rows
from tests.support.workbooks import workbook


def _check(
    paths: list[Path], capsys: pytest.CaptureFixture[str], places: Places | None = None
) -> tuple[int, list[dict[str, Any]]]:
    code = check_files(paths, as_json=True, as_of=AS_OF, places=places)
    return code, json.loads(capsys.readouterr().out)


def test_files_are_held_against_each_other(
    places: Places, capsys: pytest.CaptureFixture[str]
) -> None:
    write_rows(places.inbox, referrals(3))
    code, found = _check([places.inbox], capsys)
    assert code == 0
    assert {each["table"]: each["rows_loaded"] for each in found} == {
        "providers": 1,
        "referrals": 3,
        "service_areas": 1,
        "services": 1,
    }


def test_a_file_is_held_against_the_published_lists(
    places: Places, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = write_rows(tmp_path, referrals(10, provider_id="P01X"))
    alone = _check([path], capsys)[1][0]
    assert alone["rows_set_aside"] == 10
    load(places)
    code, (found,) = _check([path], capsys, places)
    assert (code, found["rows_set_aside"]) == (1, 1)
    assert (found["table"], found["title"], found["is_refused"]) == (
        "referrals",
        "Referrals",
        False,
    )


def test_a_fault_of_a_workbook_names_its_cell(
    places: Places, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = [cells("providers", provider_id=f"P{number}") for number in range(9)]
    rows[3]["type"] = "CHARITY"
    path = tmp_path / "providers.xlsx"
    path.write_bytes(workbook({"providers": [list(rows[0]), *(list(r.values()) for r in rows)]}))
    code, (found,) = _check([path], capsys)
    (fault,) = found["set_aside"]
    assert code == 1
    assert (fault["cell"], fault["line"], fault["value"]) == ("C5", 5, "CHARITY")
    assert list(fault) == [
        "line",
        "cell",
        "column_name",
        "value",
        "reason",
        "rule_id",
        "expected",
        "advice",
    ]


def test_warnings_are_counted(places: Places, capsys: pytest.CaptureFixture[str]) -> None:
    path = write_rows(places.inbox, referrals(10, la_code="OUT"))
    _, found = _check([places.inbox], capsys)
    (checked,) = (each for each in found if each["file_name"] == path.name)
    (warning,) = checked["warnings"]
    assert (warning["reason"], warning["rule_id"], warning["detail"], warning["row_count"]) == (
        "HOME_OUTSIDE_OR_UNKNOWN",
        "R17",
        "la_code",
        1,
    )


def test_faults_of_the_file_and_of_its_rows_are_told_together(
    places: Places, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = referrals(10, sex="X", date_needs_assessed="03/07/2026")
    write_rows(places.inbox, [{**row, "notes": "short"} for row in rows])
    assert check_files([places.inbox], as_json=False, as_of=AS_OF) == 1
    told = capsys.readouterr().out
    assert "REFUSED  referrals_2026-27Q2_P01.csv line 1: column notes" in told
    assert "REFUSED  referrals_2026-27Q2_P01.csv: date_needs_assessed line 2" in told
    assert "SET ASIDE  referrals_2026-27Q2_P01.csv, line 2: sex, expected one of F, M" in told
    assert "'X'" not in told


def test_nothing_is_stored(places: Places, capsys: pytest.CaptureFixture[str]) -> None:
    write_rows(places.inbox, referrals(3))
    before = sorted(places.data_dir.rglob("*"))
    _check([places.inbox], capsys, places)
    assert sorted(places.data_dir.rglob("*")) == before
