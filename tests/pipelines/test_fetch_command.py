"""`python -m pipelines fetch crime` as people run it."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.fetching import CONTENT, MONTHS, arrived
from tests.support.police_archive import write_archive
from tests.support.range_server import RangeServer, running_server

PROJECT = Path(__file__).parents[2]


@pytest.fixture
def server(tmp_path: Path) -> Iterator[RangeServer]:
    with running_server() as running:
        running.files["/2026-09.zip"] = write_archive(
            tmp_path / "2026-09.zip", forces=("west-mercia",), months=MONTHS, rows=20_000
        )
        yield running


def run_fetch(address: str, data_dir: Path, *options: str) -> subprocess.CompletedProcess[str]:
    environment = {
        **os.environ,
        "WM_ARCHIVE_URL": address,
        "WM_DATA_DIR": str(data_dir),
        "NO_PROXY": "127.0.0.1",
    }
    command = [sys.executable, "-m", "pipelines", "fetch", "crime", "--archive", "2026-09"]
    return subprocess.run(
        [*command, *options],
        cwd=PROJECT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_command_brings_files_and_names_what_is_not_held(
    server: RangeServer, tmp_path: Path
) -> None:
    ended = run_fetch(server.address, tmp_path, "--force", "west-mercia", "--months", "3")
    assert ended.returncode == 0, ended.stderr
    assert ended.stdout == (
        "Archive 2026-09: 2 files fetched, 0 already there. The archive does not hold 1 of the "
        "files wanted: 2026-07-west-mercia-street.csv.\n"
    )
    assert arrived(tmp_path / "inbox").read_bytes() == CONTENT


def test_the_command_answers_an_unknown_force_in_one_line(
    server: RangeServer, tmp_path: Path
) -> None:
    ended = run_fetch(server.address, tmp_path, "--force", "west-merica")
    assert ended.returncode == 2
    assert ended.stderr.count("\n") == 1
    assert "Did you mean west-mercia?" in ended.stderr


@pytest.mark.slow
def test_the_command_says_in_one_line_that_there_is_no_network(tmp_path: Path) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{closed.getsockname()[1]}"
    ended = run_fetch(address, tmp_path)
    assert ended.returncode == 6
    assert ended.stdout == ""
    assert ended.stderr.count("\n") == 1
    assert "no network" in ended.stderr
