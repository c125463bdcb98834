"""The check of a dropped file: in a process with limits, and nothing of the file stays."""

import os
import stat
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from time import monotonic, sleep, time

import psutil
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.ui.check_file import CheckFailed, Limits, check_file
from dashboard.ui.load_inbox import put_into_inbox
from dashboard.ui.safe_name import safe_name
from schemas.supplied.contracts import contract
from tests.support.street_files import file_name, street_csv
from tests.support.workbooks import workbook

pytestmark = pytest.mark.slow  # each check is a process of its own; test_load.py checks a few

MONTH = "2024-09"
NAME = file_name(MONTH)
PREFIX = "victims-insight-check-"


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Let temporary folders be made where the test can look for what is left of them."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


def faulty(rows: int) -> bytes:
    """Return a street file whose second row has a month that cannot be read."""
    lines = street_csv(MONTH, rows).split("\n")
    lines[2] = lines[2].replace(MONTH, "2024-13")
    return "\n".join(lines).encode()


def test_a_good_file_has_no_fault_and_leaves_nothing_behind(
    tmp_path: Path, temporary: Path
) -> None:
    found = check_file(street_csv(MONTH, 30).encode(), NAME, data_dir=tmp_path)
    assert (found.rows_read, found.rows_set_aside) == (30, 0)
    assert (found.faults, found.refusals) == ((), ())
    assert list(temporary.iterdir()) == []


def test_each_fault_has_its_line_column_and_advice(tmp_path: Path, temporary: Path) -> None:
    found = check_file(faulty(30), NAME, data_dir=tmp_path)
    assert (found.rows_read, found.rows_set_aside) == (30, 1)
    (fault,) = found.faults
    assert (fault.line, fault.column, fault.reason) == (3, "Month", "BAD_MONTH")
    assert fault.advice
    assert list(temporary.iterdir()) == []


def test_a_column_of_details_is_refused_and_its_values_are_not_told(
    tmp_path: Path, temporary: Path
) -> None:
    lines = street_csv(MONTH, 5).strip().split("\n")
    told = [f"{lines[0]},Contact", *(f"{line},jo.bloggs@example.org" for line in lines[1:])]
    found = check_file("\n".join([*told, ""]).encode(), NAME, data_dir=tmp_path)
    assert [reason for reason, _ in found.refusals] == ["PERSONAL_COLUMN"]
    assert "column Contact line 2 looks like an e-mail address" in found.refusals[0][1]
    assert "bloggs" not in repr(found)
    assert list(temporary.iterdir()) == []


@pytest.mark.parametrize(
    ("limits", "words"),
    [
        (Limits(seconds=1), "took longer than 1 seconds"),
        (Limits(memory_bytes=300 * 1024**2), "300 MB of memory"),
        (Limits(output_bytes=200), "so many faults"),
    ],
    ids=["time", "memory", "answer"],
)
def test_a_check_that_needs_more_than_it_may_is_stopped_with_a_clear_message(
    tmp_path: Path, temporary: Path, limits: Limits, words: str
) -> None:
    with pytest.raises(CheckFailed, match=words):
        check_file(faulty(40_000), NAME, data_dir=tmp_path, limits=limits)
    assert list(temporary.iterdir()) == []


def test_two_files_are_checked_at_once_and_a_third_is_told_to_come_again(
    tmp_path: Path, temporary: Path
) -> None:
    impatient = Limits(wait_seconds=0)
    with ThreadPoolExecutor() as pool:
        first, second = (
            pool.submit(check_file, faulty(40_000), NAME, data_dir=tmp_path) for _ in range(2)
        )
        _wait_for_children(2)
        with pytest.raises(CheckFailed, match="busy with other files"):
            check_file(faulty(3), NAME, data_dir=tmp_path, limits=impatient)
        assert first.result().rows_set_aside == second.result().rows_set_aside == 1
    assert check_file(faulty(3), NAME, data_dir=tmp_path, limits=impatient).rows_set_aside == 1
    assert list(temporary.iterdir()) == []


def _wait_for_children(count: int) -> None:
    until = monotonic() + 20
    while len(psutil.Process().children()) < count:
        assert monotonic() < until, "the checks were not started"
        sleep(0.01)


def test_a_check_that_fails_gives_its_turn_back(tmp_path: Path, temporary: Path) -> None:
    for _ in range(3):
        with pytest.raises(CheckFailed, match="64 MB of memory"):
            check_file(faulty(3), NAME, data_dir=tmp_path, limits=Limits(memory_bytes=64 * 1024**2))


def test_the_check_gets_no_secret_and_a_folder_that_only_its_owner_enters(
    tmp_path: Path, temporary: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WM_COOKIE_SECRET", "never-to-be-seen")
    with ThreadPoolExecutor() as pool:
        done = pool.submit(check_file, faulty(40_000), NAME, data_dir=tmp_path)
        child = next(_children())
        environment = child.environ()
        (folder,) = temporary.iterdir()
        mode = stat.S_IMODE(folder.stat().st_mode)
        done.result()
    assert "never-to-be-seen" not in str(environment)
    assert not [name for name in environment if name.startswith("WM_")]
    assert mode == 0o700


def _children() -> Iterator[psutil.Process]:
    """Yield the processes that run the check, once they are there."""
    until = monotonic() + 20
    while monotonic() < until:
        for child in psutil.Process().children():
            if "pipelines" in child.cmdline():
                yield child
    raise TimeoutError("no check was started")


def test_what_a_killed_server_left_behind_is_removed_by_the_next_check(
    tmp_path: Path, temporary: Path
) -> None:
    left, recent, foreign = (
        temporary / name for name in (f"{PREFIX}old", f"{PREFIX}new", "another-old")
    )
    for folder in (left, recent, foreign):
        folder.mkdir()
        (folder / NAME).write_text("rows", encoding="utf-8")
    for folder in (left, foreign):
        os.utime(folder, (time() - 7200, time() - 7200))
    check_file(street_csv(MONTH, 3).encode(), NAME, data_dir=tmp_path)
    assert sorted(temporary.iterdir()) == sorted([recent, foreign])


@given(st.text(max_size=300))
def test_a_safe_name_is_no_path_no_option_and_not_hidden(name: str) -> None:
    safe = safe_name(name)
    assert Path(safe).name == safe
    assert not safe.startswith((".", "-"))
    assert safe.isascii()
    assert 1 <= len(safe) <= 120


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("referral_2026-27Q2_brook.csv", "referral_2026-27Q2_brook.csv"),
        ("../../etc/cron.d/x.csv", "etc_cron.d_x.csv"),
        ("--data-dir=/ x.xlsx", "data-dir_x.xlsx"),
        ("Café (1).xlsx", "Cafe_1_.xlsx"),
        ("jo@example.org.csv", "jo@example.org.csv"),
        ("", "file"),
    ],
)
def test_a_safe_name_stays_readable(name: str, safe: str) -> None:
    assert safe_name(name) == safe


def test_what_is_sent_is_readable_by_its_owner_only_and_replaces_nothing(tmp_path: Path) -> None:
    names = [put_into_inbox(text, "../a.csv", data_dir=tmp_path) for text in (b"1", b"2", b"3")]
    assert names == ["a.csv", "a-2.csv", "a-3.csv"]
    files = sorted((tmp_path / "inbox").iterdir())
    assert [path.name for path in files] == ["a-2.csv", "a-3.csv", "a.csv"]
    assert [path.read_bytes() for path in files] == [b"2", b"3", b"1"]
    assert {stat.S_IMODE(path.stat().st_mode) for path in files} == {0o600}


def providers(rows: int) -> list[tuple[str, ...]]:
    """Return the directory of invented providers as a table with its header."""
    names = contract("providers").names
    made = (
        {"provider_id": f"P{row:02}", "provider_name": f"Provider {row}", "type": "VCSE"}
        for row in range(1, rows + 1)
    )
    given = {"by_and_for": "N", "website_has_code": "Y"}
    return [names, *(tuple((given | row).get(name, "") for name in names) for row in made)]


def test_a_fault_in_a_workbook_is_named_by_its_cell(tmp_path: Path, temporary: Path) -> None:
    header, *rows = providers(10)
    place = header.index("type")
    rows[2] = (*rows[2][:place], "SHOP", *rows[2][place + 1 :])
    raw = workbook({"providers": [header, *rows]})
    found = check_file(raw, "providers.xlsx", data_dir=tmp_path)
    assert (found.table, found.title, found.refusals) == ("providers", "Providers", ())
    (fault,) = found.faults
    assert (fault.cell, fault.line, fault.column) == ("C4", 4, "type")
    assert fault.reason == "BAD_CODE"


def test_b43_a_detail_in_a_file_about_people_is_refused_and_no_value_is_told(
    tmp_path: Path, temporary: Path
) -> None:
    names = contract("referrals").names
    row = {"referral_id": "jo.bloggs@example.org", "person_key": "k" * 20, "source": "Bloggs"}
    text = "\n".join([",".join(names), ",".join(row.get(name, "") for name in names), ""])
    found = check_file(text.encode(), "referrals.csv", data_dir=tmp_path)
    assert "IDENTIFIER_CELL" in [reason for reason, _ in found.refusals]
    assert "column referral_id line 2 looks like an e-mail address" in str(found.refusals)
    assert "bloggs" not in repr(found).lower()
    assert list(temporary.iterdir()) == []
