"""What readers keep: saved whole or not at all, for its owner, and never in the way of the page."""

import sqlite3
import stat
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from dashboard.metrics.assumptions import Range
from dashboard.planning.change import Change
from dashboard.planning.scenario import Made, Scenario
from dashboard.workspace import scenarios
from dashboard.workspace.database import FILE_NAME, WorkspaceUnavailable
from dashboard.workspace.scenarios import NotSaved, listed, opened, remove, save

SCENARIO = Scenario(
    name="More at Ludlow",
    group="DA",
    changes=(
        Change(kind="add", spot="ludlow", groups=("DA", "SV"), capacity=120, cost=85_000),
        Change(kind="end", service="S04"),
    ),
    made=Made(
        version="wh-3-0badcafe",
        as_of="2026-11-01",
        assumptions={"SUPPORT_DA": 35.0, "PREVALENCE_CCE": None},
        before=Range(1.0, 2.0, 3.0),
        after=Range(None, None, None),
    ),
)


def content_of(data_dir: Path) -> Path:
    return data_dir / "workspace" / FILE_NAME


def write(data_dir: Path, sql: str, *values: object) -> None:
    """Change the file behind the dashboard's back."""
    with sqlite3.connect(content_of(data_dir)) as connection:
        connection.execute(sql, values)
    connection.close()


def test_what_is_saved_is_read_again(tmp_path: Path) -> None:
    code = save(tmp_path, SCENARIO, owner="Ann")
    found = opened(tmp_path, code)
    assert found is not None
    assert (found.owner, found.name, found.scenario) == ("Ann", "More at Ludlow", SCENARIO)
    assert listed(tmp_path, owner="Ann") == (found,)


def test_anyone_with_the_link_opens_it_and_only_its_owner_lists_and_removes_it(
    tmp_path: Path,
) -> None:
    code = save(tmp_path, SCENARIO, owner="Ann")
    assert listed(tmp_path, owner="Ben") == ()
    assert not remove(tmp_path, code, owner="Ben")
    assert opened(tmp_path, code) is not None
    assert remove(tmp_path, code, owner="Ann")
    assert opened(tmp_path, code) is None


def test_the_same_name_of_the_same_owner_is_replaced(tmp_path: Path) -> None:
    first = save(tmp_path, SCENARIO, owner="Ann")
    changed = replace(SCENARIO, name="  More  at Ludlow ", changes=())
    assert save(tmp_path, changed, owner="Ann") == first
    assert save(tmp_path, SCENARIO, owner="Ben") != first
    (found,) = listed(tmp_path, owner="Ann")
    assert found.scenario is not None
    assert found.scenario.changes == ()


def test_nothing_is_made_by_reading(tmp_path: Path) -> None:
    assert listed(tmp_path, owner="Ann") == ()
    assert opened(tmp_path, "x") is None
    assert list(tmp_path.iterdir()) == []


def test_it_is_for_its_owner_alone(tmp_path: Path) -> None:
    save(tmp_path, SCENARIO, owner="Ann")
    assert stat.S_IMODE(content_of(tmp_path).stat().st_mode) == 0o600
    assert stat.S_IMODE(content_of(tmp_path).parent.stat().st_mode) == 0o700


@pytest.mark.parametrize(
    ("name", "why"),
    [("", "ordinary letters"), (" \n ", "ordinary"), ("a\x00b", "ordinary"), ("x" * 61, "61")],
)
def test_a_name_beyond_the_limits_is_refused(tmp_path: Path, name: str, why: str) -> None:
    with pytest.raises(NotSaved, match=why):
        save(tmp_path, replace(SCENARIO, name=name), owner="Ann")


def test_too_large_and_too_many_are_refused_and_change_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    huge = {f"CODE_{number}": 1.0 for number in range(2_000)}
    with pytest.raises(NotSaved, match="too large"):
        save(tmp_path, replace(SCENARIO, made=replace(SCENARIO.made, assumptions=huge)), owner="A")
    monkeypatch.setattr(scenarios, "MOST_KEPT", 2)
    for name in ("one", "two"):
        save(tmp_path, replace(SCENARIO, name=name), owner="Ann")
    with pytest.raises(NotSaved, match="Remove one first"):
        save(tmp_path, replace(SCENARIO, name="three"), owner="Ann")
    assert [each.name for each in listed(tmp_path, owner="Ann")] == ["one", "two"]


def test_readers_save_at_the_same_time(tmp_path: Path) -> None:
    def keep(number: int) -> str:
        return save(tmp_path, replace(SCENARIO, name=f"Plan {number}"), owner=f"R{number % 3}")

    with ThreadPoolExecutor(6) as pool:
        codes = list(pool.map(keep, range(24)))
    assert len(set(codes)) == 24
    assert sum(len(listed(tmp_path, owner=f"R{number}")) for number in range(3)) == 24


@pytest.mark.parametrize(
    ("content", "why"),
    [
        ("{", "damaged"),
        ("[]", "damaged"),
        ('{"form": 1}', "damaged"),
        ('{"form": 2}', "newer version"),
        ('{"form": "x"}', "damaged"),
        ('{"form": 1, "name": "x", "group": "NONE", "changes": [], "made": {}}', "damaged"),
        ('{"form": 1, "name": "x", "group": "DA", "changes": [{"kind": "sell"}]}', "damaged"),
        ("[" * 50_000, "damaged"),
    ],
)
def test_a_damaged_or_newer_scenario_says_so_beside_the_others(
    tmp_path: Path, content: str, why: str
) -> None:
    code = save(tmp_path, SCENARIO, owner="Ann")
    save(tmp_path, replace(SCENARIO, name="Whole"), owner="Ann")
    write(tmp_path, "update scenario set content = ? where scenario_id = ?", content, code)
    bad, good = listed(tmp_path, owner="Ann")
    assert bad.scenario is None
    assert why in bad.problem
    assert good.scenario is not None


def _overwrite(data_dir: Path) -> None:
    content_of(data_dir).write_bytes(b"not a database at all" * 200)


def _newer(data_dir: Path) -> None:
    write(data_dir, "pragma user_version = 9")


def _without_table(data_dir: Path) -> None:
    write(data_dir, "drop table scenario")


@pytest.mark.parametrize(
    ("spoil", "why"),
    [
        (_overwrite, "restore it from the backup"),
        (_newer, "newer version"),
        (_without_table, "restore it"),
    ],
)
def test_a_damaged_or_newer_file_is_refused_in_words(
    tmp_path: Path, spoil: Callable[[Path], None], why: str
) -> None:
    code = save(tmp_path, SCENARIO, owner="Ann")
    spoil(tmp_path)
    with pytest.raises(WorkspaceUnavailable, match=why):
        opened(tmp_path, code)
    with pytest.raises(WorkspaceUnavailable, match=why):
        listed(tmp_path, owner="Ann")


def test_an_empty_file_holds_nothing_yet(tmp_path: Path) -> None:
    content_of(tmp_path).parent.mkdir()
    content_of(tmp_path).touch()
    assert listed(tmp_path, owner="Ann") == ()
    save(tmp_path, SCENARIO, owner="Ann")
    assert len(listed(tmp_path, owner="Ann")) == 1


def test_a_folder_that_cannot_be_made_is_refused_in_words(tmp_path: Path) -> None:
    (tmp_path / "workspace").write_text("a file stands where the folder should", encoding="utf-8")
    with pytest.raises(WorkspaceUnavailable, match="folder workspace"):
        save(tmp_path, SCENARIO, owner="Ann")
