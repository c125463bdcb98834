"""A version that a saved paper names stays, whatever its age; in doubt every version stays."""

import os
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from dashboard.workspace.database import WorkspaceUnavailable
from dashboard.workspace.pins import pin
from pipelines.pins import read_pins
from pipelines.places import Places
from pipelines.publish import Version, publish, versions
from pipelines.status import status
from tests.support.loading import load, run
from tests.support.street_files import write_street

NAMES = tuple(f"wh-{number}-0000000{number}" for number in range(1, 10))


@pytest.fixture
def places(tmp_path: Path) -> Places:
    places = Places(tmp_path / "data")
    places.create()
    return places


def publish_all(places: Places, numbers: range) -> list[int]:
    """Publish real files of these numbers, one after the other; return the numbers kept."""
    for number in numbers:
        version = Version(number, f"{NAMES[number - 1]}.duckdb")
        publish(places, version, write=_write, verify=_trust)
    return [version.number for version in versions(places)]


def _write(path: Path) -> None:
    path.write_bytes(b"data")


def _trust(_: Path) -> None:
    pass


def test_versions_that_papers_name_outlive_the_last_three(places: Places) -> None:
    pin(places.data_dir, [NAMES[0], NAMES[2]])
    assert publish_all(places, range(1, 8)) == [1, 3, 5, 6, 7]


def test_a_version_that_no_paper_names_any_more_goes_with_the_next_load(places: Places) -> None:
    pin(places.data_dir, [NAMES[0], NAMES[1]])
    publish_all(places, range(1, 6))
    pin(places.data_dir, [NAMES[1]])
    assert publish_all(places, range(6, 7)) == [2, 4, 5, 6]


def test_without_a_workspace_nothing_can_be_named_and_three_stay(places: Places) -> None:
    assert publish_all(places, range(1, 6)) == [3, 4, 5]


def _missing(path: Path) -> None:
    path.unlink()


def _of_other_words(path: Path) -> None:
    path.write_text(f"{NAMES[0]}\n../../etc/passwd\n", encoding="utf-8")


def _cut_short(path: Path) -> None:
    path.write_text(f"{NAMES[0]}\nwh-2-00", encoding="utf-8")


def _no_text(path: Path) -> None:
    path.write_bytes(b"\xff\xfe\x00")


def _a_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


@pytest.mark.parametrize("spoil", [_missing, _of_other_words, _cut_short, _no_text, _a_folder])
def test_a_list_that_is_lost_or_damaged_keeps_every_version(
    places: Places, spoil: Callable[[Path], None]
) -> None:
    pin(places.data_dir, [NAMES[0]])
    spoil(places.pins)
    assert publish_all(places, range(1, 7)) == [1, 2, 3, 4, 5, 6]
    assert "No version was removed" in read_pins(places).problem


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_list_that_may_not_be_read_keeps_every_version(places: Places) -> None:
    pin(places.data_dir, [NAMES[0]])
    places.pins.chmod(0)
    assert publish_all(places, range(1, 6)) == [1, 2, 3, 4, 5]


@pytest.mark.slow
def test_the_load_and_the_status_say_which_versions_stay_and_why(places: Places) -> None:
    write_street(places.inbox, "2026-08", 20)
    first = load(places).version
    assert first is not None
    pin(places.data_dir, [first, NAMES[8]])
    found = status(places)
    assert (found["pinned"], found["pins_problem"]) == (sorted([first, NAMES[8]]), "")
    told = " ".join(run("status", places=places).stdout.split())
    assert f"{first} (named in a paper)" in told
    assert f"Named in a paper, and not kept here: {NAMES[8]}" in told
    places.pins.unlink()
    write_street(places.inbox, "2026-09", 30)
    warnings = load(places).warnings
    assert any("No version was removed" in warning for warning in warnings)
    assert "No version was removed" in run("status", places=places).stdout


def test_the_list_names_no_reader_and_is_for_owner_and_group_alone(tmp_path: Path) -> None:
    pin(tmp_path, [NAMES[2], NAMES[0], NAMES[2]])
    path = Places(tmp_path).pins
    assert path.read_text(encoding="utf-8") == f"{NAMES[0]}\n{NAMES[2]}\n"
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert [each.name for each in path.parent.iterdir()] == [path.name]


@pytest.mark.parametrize(
    "name", ["", "wh-1", "wh-1-0000000g", "../wh-1-00000001", "wh-1-00000001\n"]
)
def test_only_names_of_versions_are_pinned(tmp_path: Path, name: str) -> None:
    pin(tmp_path, [NAMES[0]])
    with pytest.raises(ValueError, match="version"):
        pin(tmp_path, [name])
    assert read_pins(Places(tmp_path)).names == {NAMES[0]}


def test_a_list_that_cannot_be_written_says_so_and_leaves_the_one_before(tmp_path: Path) -> None:
    (tmp_path / "workspace").write_text("in the way", encoding="utf-8")
    with pytest.raises(WorkspaceUnavailable, match="might be removed"):
        pin(tmp_path, [NAMES[0]])
