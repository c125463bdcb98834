"""Archives that are damaged, hostile or cannot be put away, fetched from a real server."""

import os
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from filelock import FileLock

from pipelines.fetching.faults import FetchError
from tests.support import range_server
from tests.support.fetching import CONTENT, MONTHS, NAME, arrived, fetch
from tests.support.police_archive import write_archive
from tests.support.range_server import RangeServer, running_server


@pytest.fixture(scope="module")
def archive_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("archive") / "2026-09.zip"
    return write_archive(path, forces=("west-mercia",), months=MONTHS, hole=2**28, rows=20_000)


@pytest.fixture
def server(archive_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[RangeServer]:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with running_server() as running:
        running.files["/2026-09.zip"] = archive_path
        yield running


def test_a_file_damaged_on_the_way_is_fetched_once_more(
    server: RangeServer, tmp_path: Path
) -> None:
    server.faults.extend([lambda answer: answer] * 3 + [range_server.damage])
    fetch(server, tmp_path)
    assert arrived(tmp_path).read_bytes() == CONTENT


def test_b58_a_member_with_a_wrong_checksum_is_refused_by_name(
    server: RangeServer, tmp_path: Path, archive_path: Path
) -> None:
    server.files["/2026-09.zip"] = _with_damaged_member(archive_path, tmp_path / "damaged.zip")
    with pytest.raises(FetchError, match=f"{NAME} arrived damaged twice") as caught:
        fetch(server, tmp_path / "inbox")
    assert caught.value.exit_code == 3
    assert list((tmp_path / "inbox" / "archive-2026-09").rglob("*.csv")) == []


def _with_damaged_member(archive_path: Path, damaged: Path) -> Path:
    small = write_archive(damaged, forces=("west-mercia",), months=MONTHS, rows=20_000)
    info = zipfile.ZipFile(small).getinfo(NAME)
    with small.open("r+b") as file:
        file.seek(info.header_offset + 30 + len(NAME) + info.compress_size // 2)
        file.write(b"\x00" * 64)
    return small


def test_b58_an_index_that_is_cut_off_is_refused(server: RangeServer, tmp_path: Path) -> None:
    short = write_archive(tmp_path / "short.zip", forces=("west-mercia",), months=MONTHS)
    os.truncate(short, short.stat().st_size - 30)
    server.files["/2026-09.zip"] = short
    with pytest.raises(FetchError, match="index cannot be read"):
        fetch(server, tmp_path / "inbox")


def test_b59_two_members_of_one_name_are_refused_by_name(
    server: RangeServer, tmp_path: Path
) -> None:
    twice = tmp_path / "twice.zip"
    with zipfile.ZipFile(twice, "w") as archive:
        archive.writestr(NAME, b"one\n")
        with pytest.warns(UserWarning, match="Duplicate name"):
            archive.writestr(NAME, b"two\n")
    server.files["/2026-09.zip"] = twice
    with pytest.raises(FetchError, match=r"2026-09-west-mercia-street\.csv more than once"):
        fetch(server, tmp_path / "inbox")


def test_b57_a_member_that_climbs_out_of_its_folder_stays_in_the_inbox(
    server: RangeServer, tmp_path: Path
) -> None:
    climbing = tmp_path / "climbing.zip"
    with zipfile.ZipFile(climbing, "w") as archive:
        archive.writestr("../../../2026-09-west-mercia-street.csv", CONTENT)
    server.files["/2026-09.zip"] = climbing
    fetch(server, tmp_path / "deep" / "inbox")
    assert arrived(tmp_path / "deep" / "inbox").read_bytes() == CONTENT
    assert [p.name for p in tmp_path.glob("*.csv")] == []


def test_an_index_that_points_beyond_the_archive_is_refused(
    server: RangeServer, tmp_path: Path
) -> None:
    lying = tmp_path / "lying.zip"
    with zipfile.ZipFile(lying, "w") as archive:
        archive.writestr(NAME, b"one\n")
        archive.getinfo(NAME).compress_size = 1_000_000
    server.files["/2026-09.zip"] = lying
    with pytest.raises(FetchError, match="more bytes than the archive has"):
        fetch(server, tmp_path / "inbox")


def test_a_member_that_unpacks_to_more_than_announced_is_stopped(
    server: RangeServer, tmp_path: Path
) -> None:
    bomb = tmp_path / "bomb.zip"
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(NAME, b"0" * 50_000_000)
        archive.getinfo(NAME).file_size = 1000
    server.files["/2026-09.zip"] = bomb
    with pytest.raises(FetchError, match="unpacks to more than the 1000 bytes"):
        fetch(server, tmp_path / "inbox")
    assert not any(p.stat().st_size > 1_000_000 for p in tmp_path.rglob("*.part"))


def test_two_fetches_at_once_do_not_mix(server: RangeServer, tmp_path: Path) -> None:
    with (
        FileLock(tmp_path / ".fetch.lock"),
        pytest.raises(FetchError, match="Another fetch") as caught,
    ):
        fetch(server, tmp_path)
    assert caught.value.exit_code == 4
    assert server.asked == []


def test_an_inbox_that_cannot_be_written_is_one_line(server: RangeServer, tmp_path: Path) -> None:
    blocked = tmp_path / "inbox"
    blocked.write_text("a file where the folder should be")
    with pytest.raises(FetchError, match="Could not write into"):
        fetch(server, blocked)
