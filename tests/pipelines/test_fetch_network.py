"""What a network and a server can do wrong while fetching, done for real on this machine."""

import socket
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipelines.fetching.faults import ArchiveReplaced, FetchError, NoNetwork
from pipelines.fetching.patience import Patience
from tests.support import range_server
from tests.support.fetching import CONTENT, MONTHS, NAME, arrived, fetch
from tests.support.police_archive import street_csv, write_archive
from tests.support.range_server import Fault, RangeServer, busy, cut_after, running_server


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


def parts(inbox: Path) -> list[Path]:
    return list(inbox.rglob("*.part"))


def test_a_connection_cut_again_and_again_is_carried_on(
    server: RangeServer, tmp_path: Path, archive_path: Path
) -> None:
    server.always = cut_after(20_000)
    fetch(server, tmp_path)
    assert arrived(tmp_path).read_bytes() == CONTENT
    packed = zipfile.ZipFile(archive_path).getinfo(NAME).compress_size
    # Index (two blocks at most), one local header, one first byte, and every byte once.
    assert server.bytes_sent < 2 * 256 * 1024 + packed + 100


def test_a_fetch_broken_off_is_resumed_by_the_next_one(
    server: RangeServer, tmp_path: Path, archive_path: Path
) -> None:
    server.before_answer = lambda number: _drop_everything_after(server, number, last_good=4)
    with pytest.raises(NoNetwork):
        fetch(server, tmp_path)
    assert not arrived(tmp_path).exists()
    (part,) = parts(tmp_path)
    held = part.stat().st_size
    assert held > 0

    server.before_answer, server.always, server.bytes_sent = None, None, 0
    server.asked.clear()
    fetch(server, tmp_path)
    assert arrived(tmp_path).read_bytes() == CONTENT
    assert parts(tmp_path) == []
    packed = zipfile.ZipFile(archive_path).getinfo(NAME).compress_size
    first, last = server.asked[-1][1].removeprefix("bytes=").split("-")  # type: ignore[union-attr]
    assert int(last) - int(first) + 1 == packed - held


def _drop_everything_after(server: RangeServer, number: int, *, last_good: int) -> None:
    if number == last_good:
        server.faults.append(cut_after(50_000))
    if number > last_good:
        server.always = cut_after(0)


def test_no_network_is_one_line_with_what_to_do(tmp_path: Path) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{closed.getsockname()[1]}"
    with pytest.raises(NoNetwork) as caught:
        fetch(RangeServer(address), tmp_path)
    message = str(caught.value)
    assert caught.value.exit_code == 6
    assert "\n" not in message
    assert "no network connection to the server" in message
    assert "put them in the inbox" in message


def test_a_server_that_ignores_ranges_is_refused_before_it_sends_the_archive(
    server: RangeServer, tmp_path: Path
) -> None:
    server.always = range_server.ignore_ranges
    with pytest.raises(FetchError, match="ignores byte ranges") as caught:
        fetch(server, tmp_path)
    assert caught.value.exit_code == 3
    assert len(server.asked) == 1
    assert server.bytes_sent < 2**26


@pytest.mark.parametrize(
    "fault",
    [
        range_server.wrong_start,
        range_server.wrong_total,
        range_server.too_long,
        range_server.too_short,
        cut_after(0),
        busy(),
    ],
)
@pytest.mark.parametrize("good_answers", [1, 2, 3])
def test_a_passing_fault_is_overcome(
    fault: Fault, good_answers: int, server: RangeServer, tmp_path: Path
) -> None:
    server.faults.extend([lambda answer: answer] * good_answers + [fault])
    fetch(server, tmp_path)
    assert arrived(tmp_path).read_bytes() == CONTENT


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        (range_server.wrong_start, "the answer says 'bytes 7-7"),
        (range_server.too_long, "asked for 1 bytes, the answer announces 5001"),
        (range_server.too_short, "asked for 1 bytes, the answer announces 0"),
    ],
)
def test_a_server_that_always_lies_about_lengths_is_given_up(
    fault: Fault, words: str, server: RangeServer, tmp_path: Path
) -> None:
    server.always = fault
    with pytest.raises(FetchError, match=words):
        fetch(server, tmp_path)
    assert len(server.asked) == 5
    assert not arrived(tmp_path).exists()


def test_a_length_that_changes_without_a_new_version_is_given_up(
    server: RangeServer, tmp_path: Path
) -> None:
    server.before_answer = lambda number: _lie_from(server, number, first_lie=3)
    with pytest.raises(FetchError, match=r"length was \d+ bytes and is now \d+"):
        fetch(server, tmp_path)


def _lie_from(server: RangeServer, number: int, *, first_lie: int) -> None:
    server.always = range_server.wrong_total if number >= first_lie else None


def test_retry_after_is_honoured(server: RangeServer, tmp_path: Path) -> None:
    waits: list[float] = []
    server.faults.append(busy("7"))
    fetch(server, tmp_path, patience=Patience(sleep=waits.append))
    assert waits == [7.0]


def test_retry_after_as_a_date_is_honoured(server: RangeServer, tmp_path: Path) -> None:
    waits: list[float] = []
    soon = time.strftime("%a, %d %b %Y %H:%M:%S GMT", time.gmtime(time.time() + 60))
    server.faults.append(busy(soon))
    fetch(server, tmp_path, patience=Patience(sleep=waits.append))
    assert 55 < waits[0] <= 60


def test_a_server_that_wants_an_hour_is_not_waited_for(server: RangeServer, tmp_path: Path) -> None:
    waits: list[float] = []
    server.always = busy("3600")
    with pytest.raises(NoNetwork, match="answered 503"):
        fetch(server, tmp_path, patience=Patience(sleep=waits.append))
    assert waits == []


def test_waits_double_with_jitter_and_end(server: RangeServer, tmp_path: Path) -> None:
    waits: list[float] = []
    server.always = busy()
    patience = Patience(attempts=6, longest_wait=3.0, sleep=waits.append, jitter=lambda: 1.0)
    with pytest.raises(NoNetwork, match="6 tries"):
        fetch(server, tmp_path, patience=patience)
    assert waits == [0.5, 1.0, 2.0, 3.0, 3.0]


def test_a_silent_server_that_sends_byte_by_byte_is_given_up(
    server: RangeServer, tmp_path: Path
) -> None:
    server.always = cut_after(1)
    with pytest.raises(NoNetwork, match=r"the connection was cut \(20 tries\)"):
        fetch(server, tmp_path, patience=Patience(interruptions=20, sleep=lambda _: None))


def test_an_archive_replaced_midway_is_read_anew(
    server: RangeServer, tmp_path: Path, archive_path: Path
) -> None:
    newer = write_archive(
        tmp_path / "newer.zip", forces=("west-mercia",), months=MONTHS, rows=20_001
    )

    def replace_at_third(number: int) -> None:
        if number == 3:
            server.files["/2026-09.zip"], server.tag = newer, '"second"'

    server.before_answer = replace_at_third
    fetch(server, tmp_path / "inbox")
    expected = street_csv("west-mercia", "2026-09", rows=20_001)
    assert arrived(tmp_path / "inbox").read_bytes() == expected


def test_an_archive_replaced_again_and_again_is_given_up(
    server: RangeServer, tmp_path: Path
) -> None:
    def replace_each_time(number: int) -> None:
        server.tag = f'"edition-{number}"'

    server.before_answer = replace_each_time
    with pytest.raises(ArchiveReplaced, match="run the same command again"):
        fetch(server, tmp_path)
