"""What fetch brings is offered to the build with the vintage of its archive."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from pipelines.fetching.faults import NoNetwork
from pipelines.offered import find_offered, look_through
from tests.support.fetching import MONTHS, NAME, arrived, fetch
from tests.support.police_archive import write_archive
from tests.support.range_server import RangeServer, cut_after, running_server


@pytest.fixture
def server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[RangeServer]:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with running_server() as running:
        running.files["/2026-09.zip"] = write_archive(
            tmp_path / "2026-09.zip", forces=("west-mercia",), months=MONTHS, rows=20_000
        )
        yield running


def test_a_fetched_file_is_offered_with_its_archive_and_vintage(
    server: RangeServer, tmp_path: Path
) -> None:
    fetch(server, tmp_path / "inbox")
    (offered,), refusals = find_offered(tmp_path / "inbox")
    assert (offered.vintage, offered.archive_name) == ("2026-09", "2026-09.zip")
    assert offered.file_name == Path(NAME).name
    assert refusals == []


def test_a_file_outside_an_archive_folder_has_no_vintage(tmp_path: Path) -> None:
    loose = tmp_path / "archive-of-2026-09" / "2026-09-west-mercia-street.csv"
    loose.parent.mkdir()
    loose.write_text("")
    (offered,), _ = find_offered(tmp_path)
    assert (offered.vintage, offered.archive_name) == (None, None)


def test_what_a_broken_fetch_left_is_not_offered(server: RangeServer, tmp_path: Path) -> None:
    server.before_answer = lambda number: _drop_everything_after(server, number)
    with pytest.raises(NoNetwork):
        fetch(server, tmp_path / "inbox")
    assert not arrived(tmp_path / "inbox").exists()
    assert list((tmp_path / "inbox").rglob("*.part"))
    found = look_through(tmp_path / "inbox")
    assert (found.files, found.refusals, found.ignored) == ((), (), ())


def _drop_everything_after(server: RangeServer, number: int) -> None:
    if number == 4:
        server.faults.append(cut_after(50_000))
    if number > 4:
        server.always = cut_after(0)
