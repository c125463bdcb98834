"""The command line as people type it: what it prints, how it exits."""

import json
from pathlib import Path

import pytest

from pipelines.places import Places, find_places
from pipelines.publish import current_version
from pipelines.status import status
from tests.support.loading import load, rows_by_month, run
from tests.support.street_files import file_name, write_sample_street, write_street

pytestmark = pytest.mark.slow  # each command is a process of its own

AS_OF = ("--as-of", "2026-11-01")


@pytest.fixture
def places(tmp_path: Path) -> Places:
    return Places(tmp_path / "data")


def test_build_takes_the_inbox_of_the_data_folder(places: Places) -> None:
    write_street(places.inbox, "2026-09", 20)
    done = run("build", *AS_OF, places=places)
    assert done.returncode == 0
    assert "Published wh-1-" in done.stdout
    assert rows_by_month(places) == {"2026-09": 20}


def test_build_prints_every_refusal_in_one_line_and_exits_1(places: Places) -> None:
    write_street(places.inbox, "2026-09", 20)
    (places.inbox / file_name("2026-08")).write_bytes(b"")
    (places.inbox / file_name("2026-07")).write_text("<!DOCTYPE html><p>Access denied")
    done = run("build", *AS_OF, places=places)
    refused = [line for line in done.stderr.splitlines() if line.startswith("refused: ")]
    assert done.returncode == 1
    assert [file_name("2026-07") in refused[0], file_name("2026-08") in refused[1]] == [True, True]


def test_build_says_when_there_is_no_such_folder(places: Places) -> None:
    done = run("build", "--inbox", str(places.data_dir / "nowhere"), places=places)
    assert done.returncode == 2
    assert done.stderr.startswith("There is no folder or file ")


@pytest.mark.parametrize("wrong", [("--approve", "September"), ("--as-of", "1/11/2026")])
def test_build_does_not_guess_at_dates(places: Places, wrong: tuple[str, str]) -> None:
    done = run("build", *wrong, places=places)
    assert done.returncode == 2
    assert "YYYY-MM" in done.stderr


def test_help_lists_commands_and_exit_codes(places: Places) -> None:
    shown = run("build", "--help", places=places).stdout
    assert "4  another load is running" in shown
    assert "--allow-older" in shown


def test_status_json_tells_what_is_published(places: Places) -> None:
    path = write_street(places.inbox, "2026-07", 20)
    text = path.read_text(encoding="utf-8").replace("2026-07,West", "2026-13,West", 2)
    path.write_text(text, encoding="utf-8")
    write_street(places.inbox, "2026-09", 30)
    load(places)
    done = run("status", "--json", places=places)
    found = json.loads(done.stdout)
    assert done.returncode == 0
    assert found["version"].startswith("wh-1-")
    assert found["rows"] == {"read": 50, "loaded": 48, "set_aside": 2}
    assert found["set_aside_by_reason"] == {"BAD_MONTH": 2}
    assert found["months_missing"] == {"E23000016": ["2026-08"]}
    assert [len(file["sha256"]) for file in found["files"]] == [64, 64]
    assert found["sources"][0]["source_key"] == "police_uk"
    assert found["last_load"]["outcome"] == "published"
    assert found["seconds"] > 0


def test_status_for_people_is_a_table(places: Places) -> None:
    write_street(places.inbox, "2026-07", 20)
    write_street(places.inbox, "2026-09", 30)
    load(places)
    shown = run("status", places=places).stdout
    assert "West Mercia" in shown
    assert "2026-08" in shown
    assert "50 rows read = 50 loaded + 0 set aside" in shown


def test_status_before_anything_is_published(places: Places) -> None:
    assert json.loads(run("status", "--json", places=places).stdout)["version"] is None
    assert "Nothing is published" in run("status", places=places).stdout


def test_rollback_from_the_command_line_is_recorded(places: Places) -> None:
    write_street(places.inbox, "2026-08", 20)
    first = load(places).version
    write_street(places.inbox, "2026-09", 30)
    load(places)
    assert run("rollback", places=places).returncode == 0
    found = status(places)
    assert found["version"] == first
    assert found["last_load"]["outcome"] == "rolled_back"
    assert '"action": "rolled back"' in (places.audit / "loads.jsonl").read_text(encoding="utf-8")


def test_rollback_with_nothing_to_go_back_to_exits_3(places: Places) -> None:
    done = run("rollback", places=places)
    assert (done.returncode, "no earlier version" in done.stderr) == (3, True)


def test_sample_if_empty_leaves_what_is_published(places: Places) -> None:
    write_street(places.inbox, "2026-09", 20)
    version = load(places).version
    done = run("sample", "--if-empty", places=places)
    assert (done.returncode, current_version(places) is not None) == (0, True)
    assert f"{version} is published already" in done.stdout
    assert not places.sample.exists()


def test_sample_onto_real_crime_is_refused(places: Places) -> None:
    write_street(places.inbox, "2026-09", 20)
    load(places)
    done = run("sample", places=places)
    assert done.returncode == 3
    assert "invented rows never stand beside it" in done.stderr
    assert rows_by_month(places) == {"2026-09": 20}


def test_invented_rows_are_told_in_the_status(places: Places) -> None:
    write_sample_street(places.inbox, "2026-09", 20)
    load(places)
    assert status(places)["is_invented"] is True
    assert "invented" in run("status", places=places).stdout


def test_the_data_folder_is_named_by_option_or_variable(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WM_DATA_DIR", str(tmp_path / "named"))
    assert find_places().data_dir == tmp_path / "named"
    assert find_places(tmp_path / "asked").data_dir == tmp_path / "asked"
