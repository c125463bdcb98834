"""Fetching from a real server on this machine: what arrives, and how little is asked for."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from pipelines.fetch import FetchReport, fetch_crime
from pipelines.fetching.archives import months_until
from pipelines.fetching.faults import FetchError
from pipelines.fetching.patience import Patience
from tests.support.police_archive import street_csv, write_archive
from tests.support.range_server import RangeServer, running_server

FORCES = ("greater-manchester", "warwickshire", "west-mercia", "west-midlands")
MONTHS = months_until("2026-09", 15)
HASTY = Patience(first_wait=0.001, longest_wait=0.001)
GIB = 1024**3


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[RangeServer]:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with running_server() as running:
        yield running


@pytest.fixture(scope="module")
def archive_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("archive") / "2026-09.zip"
    return write_archive(path, forces=FORCES, months=MONTHS, hole=1_700_000_000)


@pytest.fixture
def archive(server: RangeServer, archive_path: Path) -> RangeServer:
    server.files["/2026-09.zip"] = archive_path
    return server


def fetch(server: RangeServer, inbox: Path, **changes: object) -> FetchReport:
    asked = {"forces": ("west-mercia",), "months": 6, "archive": "2026-09", **changes}
    return fetch_crime(inbox=inbox, base_url=server.address, patience=HASTY, **asked)  # type: ignore[arg-type]


def street_name(force: str, month: str) -> str:
    return f"{month}/{month}-{force}-street.csv"


def test_only_the_wanted_files_arrive_and_hardly_a_byte_else(
    archive: RangeServer, archive_path: Path, tmp_path: Path
) -> None:
    report = fetch(archive, tmp_path, months=15)

    assert report.fetched == tuple(street_name("west-mercia", month) for month in MONTHS)
    assert (report.already_present, report.missing) == ((), ())
    for month in MONTHS:
        arrived = tmp_path / "archive-2026-09" / street_name("west-mercia", month)
        assert arrived.read_bytes() == street_csv("west-mercia", month)
    assert archive.bytes_sent < 0.001 * archive_path.stat().st_size


def test_nothing_but_the_files_is_left_behind(archive: RangeServer, tmp_path: Path) -> None:
    report = fetch(archive, tmp_path)
    files = [p for p in (tmp_path / "archive-2026-09").rglob("*") if p.is_file()]
    assert len(files) == len(report.fetched) == 6


def test_several_forces_are_fetched_once_each(archive: RangeServer, tmp_path: Path) -> None:
    report = fetch(archive, tmp_path, forces=("west-mercia", "warwickshire", "west-mercia"))
    assert len(report.fetched) == 12
    for name in report.fetched:
        assert (tmp_path / "archive-2026-09" / name).is_file()


def test_a_second_fetch_takes_no_file_again(archive: RangeServer, tmp_path: Path) -> None:
    first = fetch(archive, tmp_path)
    sent = archive.bytes_sent
    second = fetch(archive, tmp_path)
    assert second.fetched == ()
    assert second.already_present == first.fetched
    assert archive.bytes_sent - sent < 600_000  # the index only


def test_a_file_changed_on_disk_is_fetched_again(archive: RangeServer, tmp_path: Path) -> None:
    fetch(archive, tmp_path, months=2)
    name = street_name("west-mercia", "2026-09")
    changed = tmp_path / "archive-2026-09" / name
    content = changed.read_bytes()
    changed.write_bytes(content[:-2] + b"X\n")  # same size, other content
    assert fetch(archive, tmp_path, months=2).fetched == (name,)
    assert changed.read_bytes() == content


def test_months_that_the_archive_does_not_hold_are_named(
    archive: RangeServer, tmp_path: Path
) -> None:
    report = fetch(archive, tmp_path, months=17)
    assert report.missing == (
        street_name("west-mercia", "2025-05"),
        street_name("west-mercia", "2025-06"),
    )
    assert len(report.fetched) == 15
    assert "2025-05-west-mercia-street.csv, 2025-06-west-mercia-street.csv" in report.words


def test_the_newest_archive_is_found(archive: RangeServer, tmp_path: Path) -> None:
    report = fetch(archive, tmp_path, archive=None, months=1, today=date(2026, 11, 22))
    assert report.archive == "2026-09"
    assert archive.asked[0][0] == "/2026-10.zip"


def test_no_archive_in_six_months_says_how_to_name_one(
    archive: RangeServer, tmp_path: Path
) -> None:
    with pytest.raises(FetchError, match="--archive YYYY-MM") as caught:
        fetch(archive, tmp_path, archive=None, today=date(2026, 9, 30))
    assert caught.value.exit_code == 3
    assert len(archive.asked) == 6


def test_an_archive_that_does_not_exist_is_named(archive: RangeServer, tmp_path: Path) -> None:
    with pytest.raises(FetchError, match="no archive 2031-01") as caught:
        fetch(archive, tmp_path, archive="2031-01")
    assert caught.value.exit_code == 2


def test_an_unknown_force_is_answered_with_the_nearest_names(
    archive: RangeServer, tmp_path: Path
) -> None:
    with pytest.raises(FetchError, match="Did you mean west-mercia") as caught:
        fetch(archive, tmp_path, forces=("West Merica",))
    assert caught.value.exit_code == 2
    assert not (tmp_path / "archive-2026-09").exists()


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"months": 0}, "--months is 0"),
        ({"archive": "September"}, "--archive is 'September'"),
        ({"forces": ()}, "at least one force"),
        ({"base_url": "ftp://example.org"}, "begins with https://"),
    ],
)
def test_a_request_that_cannot_be_meant_is_refused(
    changes: dict[str, object], words: str, tmp_path: Path
) -> None:
    asked = {"forces": ("west-mercia",), "months": 1, "archive": "2026-09", **changes}
    with pytest.raises(FetchError, match=words) as caught:
        fetch_crime(inbox=tmp_path, **asked)  # type: ignore[arg-type]
    assert caught.value.exit_code == 2


def test_the_address_comes_from_the_environment(
    archive: RangeServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WM_ARCHIVE_URL", archive.address + "/")
    report = fetch_crime(forces=("west-mercia",), months=1, inbox=tmp_path, archive="2026-09")
    assert len(report.fetched) == 1


def test_a_zip64_archive_is_read(server: RangeServer, tmp_path: Path) -> None:
    big = write_archive(
        tmp_path / "big.zip", forces=("west-mercia",), months=MONTHS[-4:], hole=5 * GIB
    )
    assert big.stat().st_size > 4 * GIB
    server.files["/2026-09.zip"] = big
    report = fetch(server, tmp_path / "inbox", months=4)
    assert len(report.fetched) == 4
    assert server.bytes_sent < 1_000_000


def test_stored_members_are_read(server: RangeServer, tmp_path: Path) -> None:
    server.files["/2026-09.zip"] = write_archive(
        tmp_path / "stored.zip", forces=("west-mercia",), months=MONTHS[-1:], stored=True
    )
    fetch(server, tmp_path / "inbox", months=1)
    arrived = tmp_path / "inbox/archive-2026-09" / street_name("west-mercia", "2026-09")
    assert arrived.read_bytes() == street_csv("west-mercia", "2026-09")


def test_progress_grows_to_the_whole(archive: RangeServer, tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    fetch(archive, tmp_path, progress=lambda _, done, total: told.append((done, total)))
    done = [count for count, _ in told]
    assert done == sorted(done)
    assert told[-1][0] == told[-1][1] > 0
