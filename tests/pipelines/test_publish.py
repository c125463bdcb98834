"""Publishing survives a full disk, a kill at any moment, and a second load at the same time."""

import json
import os
import random
import re
import resource
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipelines.lock import load_lock
from pipelines.places import Places
from pipelines.publish import (
    CRASH_POINTS,
    CRASH_VARIABLE,
    PublishFailed,
    check_room,
    current_version,
    roll_back,
    versions,
)
from tests.support.loading import PROJECT, command, load, query, rows_by_month, run
from tests.support.street_files import write_street

pytestmark = pytest.mark.slow

AS_OF = ("--as-of", "2026-11-01")


@pytest.fixture
def places(tmp_path: Path) -> Places:
    return Places(tmp_path / "data")


@pytest.fixture
def loaded(places: Places) -> Places:
    """A folder with one version published, and a second month waiting in the inbox."""
    write_street(places.inbox, "2026-08", 20)
    load(places)
    write_street(places.inbox, "2026-09", 30)
    return places


def _assert_reconciles(places: Places) -> None:
    """The served file opens, and its rows are those that its own ledger says were loaded."""
    counted = sum(rows_by_month(places).values())
    assert query(places, "select sum(rows_loaded) from meta_file_month where is_current") == [
        (counted,)
    ]
    assert not list(places.published.glob("wh-*.wal"))


def _leftovers(places: Places) -> list[Path]:
    return [*places.published.glob(".*"), *places.published.glob("*.tmp")]


def test_the_published_file_is_read_only_and_named_by_its_content(loaded: Places) -> None:
    current = current_version(loaded)
    assert current is not None
    content = query(loaded, "select content_sha256, version_name from meta_build")[0]
    assert current.file_name == f"wh-1-{content[0][:8]}.duckdb"
    assert content[1] == current.name
    assert (loaded.published / current.file_name).stat().st_mode & 0o777 == 0o440


@pytest.mark.parametrize("point", CRASH_POINTS)
def test_b81_killed_at_a_named_point_leaves_the_last_good_version(
    loaded: Places, point: str
) -> None:
    before = current_version(loaded)
    killed = run("build", *AS_OF, places=loaded, env={CRASH_VARIABLE: point})
    assert killed.returncode == -signal.SIGKILL
    assert current_version(loaded) == before
    _assert_reconciles(loaded)
    assert load(loaded).outcome == "published"
    assert rows_by_month(loaded) == {"2026-08": 20, "2026-09": 30}
    assert _leftovers(loaded) == []


def test_b81_killed_at_random_moments_always_leaves_a_good_version(loaded: Places) -> None:
    seconds = random.Random(81)
    before = rows_by_month(loaded)
    killed = 0
    for number in range(8):
        write_street(loaded.inbox, "2026-09", 30 + number, edition=f"{number:02d}")
        killed += _is_killed_after(seconds.uniform(0.5, 1.6), loaded)
        after = rows_by_month(loaded)
        assert after["2026-08"] == 20
        assert after == before or 30 <= after["2026-09"] <= 30 + number
        _assert_reconciles(loaded)
        before = after
    assert killed >= 3, "the delays no longer meet the load; spread them anew"
    load(loaded)
    assert rows_by_month(loaded) == {"2026-08": 20, "2026-09": 37}
    assert _leftovers(loaded) == []
    assert list(loaded.cleaned.glob(".*")) == []


def _is_killed_after(seconds: float, places: Places) -> bool:
    process = subprocess.Popen(
        command("build", *AS_OF, places=places),
        cwd=PROJECT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    time.sleep(seconds)
    process.kill()
    return process.wait(timeout=30) == -signal.SIGKILL


def _forbid_files_over(size: int) -> None:
    """Let writes beyond `size` bytes fail with an error, as a full disk does."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))


def test_b80_disk_full_during_the_build_keeps_the_last_version(loaded: Places) -> None:
    before = current_version(loaded)
    failed = subprocess.run(
        command("build", *AS_OF, places=loaded),
        cwd=PROJECT,
        preexec_fn=lambda: _forbid_files_over(100_000),
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert failed.returncode == 3
    assert re.search(r"[\d,]+ bytes free; a build needs about [\d,]+\.", failed.stderr)
    assert "Traceback" not in failed.stderr
    assert current_version(loaded) == before
    assert _leftovers(loaded) == []
    _assert_reconciles(loaded)
    record = json.loads((loaded.published / "last-load.json").read_text(encoding="utf-8"))
    assert (record["outcome"], record["exit_code"]) == ("failed", 3)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of three megabytes; only root can mount one."""
    folder = tmp_path / "small"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", str(folder)]
    if os.geteuid() != 0 or subprocess.run(mount, check=False, capture_output=True).returncode:
        pytest.skip("mounting a small file system needs root")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def test_b80_too_little_room_is_told_before_anything_is_written(small_disk: Path) -> None:
    places = Places(small_disk)
    places.create()
    with pytest.raises(PublishFailed, match="too little room on the disk") as told:
        check_room(places)
    assert told.value.exit_code == 3
    write_street(places.inbox, "2026-09", 20)
    assert run("build", *AS_OF, places=places).returncode == 3
    assert current_version(places) is None
    assert list(places.cleaned.iterdir()) == []


def test_b82_second_load_says_who_runs_since_when_and_exits_4(loaded: Places) -> None:
    with load_lock(loaded):
        second = run("build", *AS_OF, places=loaded)
    assert second.returncode == 4
    assert re.search(
        rf"Another load is running \(pid {os.getpid()}, since [\d-]+ [\d:]+ UTC\)", second.stderr
    )
    assert run("build", *AS_OF, places=loaded).returncode == 0


def test_a_lock_held_by_a_killed_process_is_free_again(loaded: Places) -> None:
    run("build", *AS_OF, places=loaded, env={CRASH_VARIABLE: "after_build"})
    with load_lock(loaded):
        pass


def test_the_last_three_versions_are_kept(places: Places) -> None:
    for number in range(1, 6):
        write_street(places.inbox, f"2026-0{number}", 20)
        load(places)
    assert [version.number for version in versions(places)] == [3, 4, 5]


def test_rollback_serves_the_version_before_and_a_named_one(loaded: Places) -> None:
    first = current_version(loaded)
    second = load(loaded).version
    assert first is not None
    assert roll_back(loaded, None) == first
    assert rows_by_month(loaded) == {"2026-08": 20}
    assert roll_back(loaded, second).name == second
    assert rows_by_month(loaded) == {"2026-08": 20, "2026-09": 30}


def test_rollback_without_an_earlier_version_says_so(loaded: Places) -> None:
    with pytest.raises(PublishFailed, match="no earlier version to go back to; serving wh-1-"):
        roll_back(loaded, None)
    with pytest.raises(PublishFailed, match="Versions kept: wh-1-"):
        roll_back(loaded, "wh-9-00000000")


def test_rollback_never_points_to_a_damaged_file(loaded: Places) -> None:
    first = current_version(loaded)
    second = load(loaded).version
    assert first is not None
    damaged = loaded.published / first.file_name
    damaged.chmod(0o640)
    damaged.write_bytes(b"not a database")
    with pytest.raises(PublishFailed, match="cannot be opened"):
        roll_back(loaded, None)
    current = current_version(loaded)
    assert current is not None
    assert current.name == second
