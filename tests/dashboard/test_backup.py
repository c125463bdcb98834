"""Backup and restore: whole under writing, refused when damaged, and nothing is thrown away."""

import json
import sqlite3
import stat
import zipfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from threading import Event as Signal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.__main__ import main
from dashboard.audit import append, audit_files, audit_folder
from dashboard.audit_event import Event
from dashboard.audit_verify import verify
from dashboard.workspace import backup
from dashboard.workspace.backup import BackupRefused
from dashboard.workspace.database import FILE_NAME, FORM
from dashboard.workspace.scenarios import listed, save
from schemas.published import PINS_PATH
from tests.dashboard.test_workspace import SCENARIO
from tests.support.leaving import recorded

EVENT = Event(action="signed_in", reader="viewer@example.org", role="viewer", what="")
OWNER = "analyst@example.org"


def names(data_dir: Path) -> list[str]:
    return [saved.name for saved in listed(data_dir, owner=OWNER)]


def keep(data_dir: Path, name: str) -> None:
    save(data_dir, replace(SCENARIO, name=name), owner=OWNER)
    append(data_dir, EVENT)


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    """A data folder in which one scenario is saved and one line is in the audit log."""
    keep(tmp_path / "data", "First")
    (tmp_path / "data" / PINS_PATH).write_text("wh-3-1a2b3c4d\n")
    return tmp_path / "data"


@pytest.fixture
def archive(data_dir: Path, tmp_path: Path) -> Path:
    """A backup of that folder."""
    backup.make(data_dir, tmp_path / "backup.zip")
    return tmp_path / "backup.zip"


def test_a_backup_brings_everything_back_into_an_empty_folder(
    archive: Path, tmp_path: Path
) -> None:
    new = tmp_path / "new"
    done = backup.restore(new, archive)
    assert names(new) == ["First"]
    assert recorded(new) == recorded(tmp_path / "data")
    assert (verify(new).fault, done.is_log_left) == ("", False)
    assert sorted(done.contents.files) == [
        "audit/dashboard/exports-2026.jsonl",
        "audit/dashboard/head.json",
        PINS_PATH,
        f"workspace/{FILE_NAME}",
    ]
    for path in (new / "workspace" / FILE_NAME, *audit_folder(new).iterdir(), archive):
        assert stat.S_IMODE(path.stat().st_mode) & 0o077 == 0, path


def test_what_somebody_put_beside_the_log_does_not_spoil_the_backup(
    data_dir: Path, tmp_path: Path
) -> None:
    (audit_folder(data_dir) / "exports-2025.jsonl.gz").touch()
    (audit_folder(data_dir) / "looked-at").mkdir()
    backup.make(data_dir, tmp_path / "beside.zip")
    done = backup.restore(tmp_path / "new", tmp_path / "beside.zip")
    assert len(done.contents.files) == 4
    assert verify(tmp_path / "new").lines == 1


def test_what_was_there_is_kept_aside_and_a_log_that_goes_on_is_left(
    data_dir: Path, archive: Path
) -> None:
    keep(data_dir, "Second")
    done = backup.restore(data_dir, archive)
    assert names(data_dir) == ["First"]
    assert done.is_log_left
    assert stat.S_IMODE((done.aside / FILE_NAME).stat().st_mode) == 0o600
    assert len(recorded(data_dir)) == 2
    aside = done.aside.parent / "aside"
    (aside / "workspace").mkdir(parents=True)
    (done.aside / FILE_NAME).rename(aside / "workspace" / FILE_NAME)
    assert names(aside) == ["First", "Second"]


def test_a_log_that_was_cut_is_kept_aside_and_the_one_of_the_backup_put_in_its_place(
    data_dir: Path, archive: Path
) -> None:
    (log,) = audit_files(audit_folder(data_dir))
    log.write_text("nothing\n")
    done = backup.restore(data_dir, archive)
    assert (verify(data_dir).fault, verify(data_dir).lines) == ("", 1)
    assert (done.aside / "audit" / log.name).read_text() == "nothing\n"
    append(data_dir, EVENT)


def test_a_damaged_workspace_is_moved_aside_and_replaced(data_dir: Path, archive: Path) -> None:
    (data_dir / "workspace" / FILE_NAME).write_bytes(b"no database " * 999)
    done = backup.restore(data_dir, archive)
    assert names(data_dir) == ["First"]
    assert (done.aside / FILE_NAME).read_bytes().startswith(b"no database")


def test_pins_follow_from_what_is_restored(data_dir: Path, archive: Path) -> None:
    (data_dir / PINS_PATH).unlink()
    backup.restore(data_dir, archive)
    assert (data_dir / PINS_PATH).read_text() == ""  # no paper is saved, so none is named


def test_backups_made_while_readers_save_and_export_are_whole(
    data_dir: Path, tmp_path: Path
) -> None:
    done = Signal()

    def write() -> None:
        for number in range(12):
            keep(data_dir, f"Scenario {number}")
        done.set()

    with ThreadPoolExecutor(1) as pool:
        writing = pool.submit(write)
        made: list[Path] = []
        while not made or not done.is_set():
            made.append(tmp_path / f"{len(made)}.zip")
            backup.make(data_dir, made[-1])
        writing.result()
    for number, archive in enumerate((made[0], made[-1])):
        new = tmp_path / f"new-{number}"
        backup.restore(new, archive)
        assert verify(new).fault == ""
        # A scenario is saved before its line is written, and copied before the log.
        assert 1 <= len(names(new)) <= len(recorded(new)) + 1


def test_a_restore_while_readers_look_is_seen_whole_or_not_at_all(
    data_dir: Path, archive: Path
) -> None:
    keep(data_dir, "Second")
    done = Signal()

    def look() -> set[tuple[str, ...]]:
        seen = set()
        while not done.is_set():
            seen.add(tuple(names(data_dir)))
        return seen

    with ThreadPoolExecutor(1) as pool:
        looking = pool.submit(look)
        backup.restore(data_dir, archive)
        done.set()
        assert looking.result() <= {("First",), ("First", "Second")}


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A backup that is only read."""
    folder = tmp_path_factory.mktemp("whole")
    keep(folder / "data", "First")
    backup.make(folder / "data", folder / "whole.zip")
    return folder / "whole.zip"


@given(place=st.integers(0, 2_000_000), flipped=st.integers(1, 255))
def test_b97_a_backup_with_any_byte_changed_is_refused_or_still_gives_the_same(
    whole: Path, place: int, flipped: int
) -> None:
    content = bytearray(whole.read_bytes())
    content[place % len(content)] ^= flipped
    changed = whole.with_name("changed.zip")
    changed.write_bytes(content)
    try:
        found = backup.check(changed)
    except BackupRefused:
        return
    assert found.files == backup.check(whole).files


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (lambda held: held.update(form=backup.FORM + 1), "made by a newer version"),
        (lambda held: held["files"].update(more="0" * 64), "is damaged, or no backup"),
        (lambda held: held["files"].popitem(), "is damaged, or no backup"),
        (lambda held: held["files"].update({PINS_PATH: "0" * 64}), "is damaged, or no backup"),
        (lambda held: held.pop("made_at"), "is damaged, or no backup"),
    ],
)
def test_b97_a_backup_that_is_not_what_it_says_is_refused_and_nothing_changes(
    data_dir: Path, archive: Path, spoil: object, told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    keep(data_dir, "Second")
    with zipfile.ZipFile(archive) as packed:
        files = {name: packed.read(name) for name in packed.namelist()}
    held = json.loads(files["manifest.json"])
    spoil(held)  # type: ignore[operator]
    files["manifest.json"] = json.dumps(held).encode()
    with zipfile.ZipFile(archive, "w") as packed:
        for name, content in files.items():
            packed.writestr(name, content)
    assert main(["workspace", "restore", str(archive), "--data-dir", str(data_dir)]) == 1
    (line,) = capsys.readouterr().err.splitlines()
    assert told in line
    assert names(data_dir) == ["First", "Second"]


def test_what_a_newer_dashboard_saved_is_refused(data_dir: Path, tmp_path: Path) -> None:
    with sqlite3.connect(data_dir / "workspace" / FILE_NAME) as connection:
        connection.execute(f"pragma user_version = {FORM}")
    backup.make(data_dir, tmp_path / "newer.zip")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("dashboard.workspace.database.FORM", FORM - 1)
        with pytest.raises(BackupRefused, match="written by a newer version"):
            backup.restore(tmp_path / "new", tmp_path / "newer.zip")


def test_a_log_that_cannot_be_held_stops_both_in_one_line(data_dir: Path, archive: Path) -> None:
    keep(data_dir, "Second")
    for path in audit_folder(data_dir).iterdir():
        path.unlink()
    audit_folder(data_dir).rmdir()
    audit_folder(data_dir).touch()
    with pytest.raises(BackupRefused, match="audit log cannot be read"):
        backup.make(data_dir, archive.with_name("another.zip"))
    with pytest.raises(BackupRefused, match="audit log cannot be read"):
        backup.restore(data_dir, archive)
    assert names(data_dir) == ["First", "Second"]


def test_a_backup_never_replaces_another_file(data_dir: Path, archive: Path) -> None:
    with pytest.raises(BackupRefused, match="there already"):
        backup.make(data_dir, archive)


def test_by_the_command_line_and_recorded(
    data_dir: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file, here = str(tmp_path / "by-hand.zip"), ["--data-dir", str(data_dir)]
    assert main(["workspace", "backup", file, *here]) == 0
    assert main(["workspace", "check", file]) == 0
    assert main(["workspace", "check", *here]) == 0
    assert main(["workspace", "restore", file, *here]) == 0
    assert main(["workspace", "check", str(tmp_path / "none.zip")]) == 1
    said = capsys.readouterr()
    assert "What readers saved can be read." in said.out
    assert "The audit log goes on from the one in the backup" in said.out
    assert said.err.splitlines() == [f"dashboard: {tmp_path / 'none.zip'} is not there."]
    assert [line["action"] for line in recorded(data_dir)] == ["signed_in", "backed_up", "restored"]
    (data_dir / "workspace" / FILE_NAME).write_bytes(b"?" * 5000)
    assert main(["workspace", "check", *here]) == 1
