"""Values that a reader tries: kept for them alone, also in a file of an older form."""

import sqlite3
from pathlib import Path

import pytest

from dashboard.workspace.database import FILE_NAME, FORM, WorkspaceUnavailable
from dashboard.workspace.scenarios import listed, save
from dashboard.workspace.tried import MOST_KEPT, keep, kept
from tests.dashboard.test_workspace import SCENARIO


def test_each_reader_has_their_own_until_they_go_back(tmp_path: Path) -> None:
    keep(tmp_path, {"SUPPORT_DA": 35.0, "TRAVEL_DETOUR": 1.4}, owner="analyst@example.org")
    keep(tmp_path, {"SUPPORT_DA": 20.0}, owner="viewer@example.org")
    keep(tmp_path, {"SUPPORT_DA": 36.0}, owner="analyst@example.org")
    assert kept(tmp_path, owner="analyst@example.org") == {"SUPPORT_DA": 36.0}
    keep(tmp_path, {}, owner="analyst@example.org")
    assert kept(tmp_path, owner="analyst@example.org") == {}
    assert kept(tmp_path, owner="viewer@example.org") == {"SUPPORT_DA": 20.0}


def test_nothing_is_made_by_reading(tmp_path: Path) -> None:
    assert kept(tmp_path, owner="viewer@example.org") == {}
    assert list(tmp_path.iterdir()) == []


def test_a_file_of_the_first_form_is_upgraded_in_place(tmp_path: Path) -> None:
    save(tmp_path, SCENARIO, owner="analyst@example.org")
    with sqlite3.connect(tmp_path / "workspace" / FILE_NAME) as connection:
        connection.execute("drop table tried_value")
        connection.execute("pragma user_version = 1")
    assert kept(tmp_path, owner="analyst@example.org") == {}
    keep(tmp_path, {"SUPPORT_DA": 35.0}, owner="analyst@example.org")
    assert [saved.scenario for saved in listed(tmp_path, owner="analyst@example.org")] == [SCENARIO]
    with sqlite3.connect(tmp_path / "workspace" / FILE_NAME) as connection:
        assert connection.execute("pragma user_version").fetchone() == (FORM,)


def test_no_more_are_kept_than_there_could_be(tmp_path: Path) -> None:
    keep(tmp_path, {f"A_{number:03}": 1.0 for number in range(299)}, owner="viewer@example.org")
    assert len(kept(tmp_path, owner="viewer@example.org")) == MOST_KEPT


def test_what_is_no_number_is_refused_and_changes_nothing(tmp_path: Path) -> None:
    keep(tmp_path, {"SUPPORT_DA": 35.0}, owner="viewer@example.org")
    with pytest.raises(WorkspaceUnavailable):
        keep(tmp_path, {"SUPPORT_DA": float("nan")}, owner="viewer@example.org")
    assert kept(tmp_path, owner="viewer@example.org") == {"SUPPORT_DA": 35.0}
