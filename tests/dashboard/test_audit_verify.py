"""`python -m dashboard audit verify`: whatever is done to a line of the log is found."""

import json
import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.__main__ import main
from dashboard.audit import HEAD, append, audit_files, audit_folder
from dashboard.audit_event import Event
from dashboard.audit_verify import verify
from schemas.audit_chain import START, link_of, seal

COUNT = 9
Lines = list[bytes]


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A log of nine lines in the files of three years."""
    data_dir = tmp_path_factory.mktemp("audit")
    for number in range(COUNT):
        event = Event(action="export", reader="viewer@example.org", role=None, what=f"{number}.csv")
        append(data_dir, event, now=partial(datetime, 2026 + number // 3, 1, 1, tzinfo=UTC))
    return data_dir


@pytest.fixture
def log(written: Path, tmp_path: Path) -> Path:
    """A copy of that log, to be spoiled."""
    return Path(shutil.copytree(written, tmp_path / "copy"))


def test_a_log_that_cannot_be_read_is_not_taken_for_an_empty_one(
    log: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = audit_files(audit_folder(log))[1]
    path.unlink()
    path.mkdir()
    assert main(["audit", "verify", "--data-dir", str(log)]) == 1
    assert capsys.readouterr().err.endswith("it cannot be read (Is a directory).\n")


def test_a_log_that_nobody_touched_is_as_it_was_written(
    written: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["audit", "verify", "--data-dir", str(written)]) == 0
    head = json.loads((audit_folder(written) / HEAD).read_text())
    told = f"{COUNT} lines as written. The last is {COUNT}:{head['hash']}\n"
    assert capsys.readouterr().out == told


def test_an_empty_log_is_as_it_was_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["audit", "verify", "--data-dir", str(tmp_path)]) == 0
    assert "nothing is recorded yet" in capsys.readouterr().out


def test_the_first_broken_line_is_named_with_what_differs(
    log: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = audit_files(audit_folder(log))[1]
    path.write_text(path.read_text().replace("4.csv", "5.csv"))
    assert main(["audit", "verify", "--data-dir", str(log)]) == 1
    said = capsys.readouterr()
    assert said.out.startswith("4 lines as written.")
    place = "exports-2027.jsonl, line 2: its content does not fit its own hash, so it was edited."
    assert said.err.endswith(f"{place}\n")


def _edit(lines: Lines, place: int, data: st.DataObject) -> Lines:
    at = data.draw(st.integers(0, len(lines[place]) - 2))
    byte = data.draw(st.integers(0, 255).filter(lambda each: each != lines[place][at]))
    changed = bytearray(lines[place])
    changed[at] = byte
    return [*lines[:place], bytes(changed), *lines[place + 1 :]]


def _write_no_line(lines: Lines, place: int, data: st.DataObject) -> Lines:
    """Write what is no JSON, or without a number, with a hash that fits."""
    start = data.draw(st.sampled_from(["{", '{"number":"x",', '{"what":', '{"a":' + "[" * 99_999]))
    sealed = f'{start}"previous":"{"0" * 64}"'
    forged = f'{sealed},"hash":"{sha256(sealed.encode()).hexdigest()}"}}\n'
    return [*lines[:place], forged.encode(), *lines[place + 1 :]]


def _remove(lines: Lines, place: int, data: st.DataObject) -> Lines:
    return lines[:place] + lines[place + data.draw(st.integers(1, COUNT)) :]


def _insert(lines: Lines, place: int, data: st.DataObject) -> Lines:
    return [*lines[:place], data.draw(st.sampled_from(lines)), *lines[place:]]


def _reorder(lines: Lines, place: int, data: st.DataObject) -> Lines:
    other = data.draw(st.integers(0, COUNT - 1).filter(lambda each: each != place))
    lines = list(lines)
    lines[place], lines[other] = lines[other], lines[place]
    return lines


def _forge(lines: Lines, place: int, _: st.DataObject) -> Lines:
    """Write a line anew with a hash that fits, as someone would who knows how."""
    before = link_of(lines[place - 1][:-1].decode()) if place else START
    forged, _link = seal({"what": "another.csv"}, after=before)
    return [*lines[:place], f"{forged}\n".encode(), *lines[place + 1 :]]


@pytest.mark.parametrize("change", [_edit, _remove, _insert, _reorder, _forge, _write_no_line])
@given(data=st.data())
def test_b96_any_line_edited_removed_inserted_or_moved_is_found(
    written: Path, change: Callable[[Lines, int, st.DataObject], Lines], data: st.DataObject
) -> None:
    files = audit_files(audit_folder(written))
    lines = [line for path in files for line in path.read_bytes().splitlines(keepends=True)]
    changed = change(lines, data.draw(st.integers(0, COUNT - 1)), data)
    with TemporaryDirectory() as folder:
        there = audit_folder(Path(folder))
        there.mkdir(parents=True)
        shutil.copy(files[0].parent / HEAD, there)
        (there / files[0].name).write_bytes(b"".join(changed))
        assert verify(Path(folder)).fault


def test_a_log_written_anew_as_a_whole_is_found_by_a_line_that_was_noted(
    written: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = audit_files(audit_folder(written))[0].read_text().splitlines()
    noted = link_of(lines[1])
    for name in ("0.csv", "another.csv", "2.csv"):
        append(tmp_path, Event(action="export", reader="viewer@example.org", role=None, what=name))
    assert verify(tmp_path).fault == ""
    words = ["audit", "verify", "--noted", f"{noted.number}:{noted.hash}", "--data-dir"]
    assert main([*words, str(written)]) == 0
    assert main([*words, str(tmp_path)]) == 1
    assert "line 2 is not the one that was noted" in capsys.readouterr().err
    assert main(["audit", "verify", "--noted", "two"]) == 2


def test_a_file_removed_from_the_middle_or_the_end_is_found(log: Path) -> None:
    *_, middle, last = audit_files(audit_folder(log))
    last.unlink()
    assert verify(log).fault == f"after line 6: 3 more were written, as {HEAD} says"
    middle.unlink()
    assert verify(log).lines == 3


def test_files_of_earlier_years_may_be_removed_by_who_says_where_the_log_begins(log: Path) -> None:
    audit_files(audit_folder(log))[0].unlink()
    fault = "exports-2027.jsonl, line 1: it has number 4 where 1 is expected"
    assert verify(log).fault == fault
    assert (verify(log, first=4).fault, verify(log, first=4).lines) == ("", COUNT - 3)
    assert verify(log, first=5).fault


def test_a_last_line_that_was_written_anew_with_its_hash_differs_from_the_head(log: Path) -> None:
    folder = audit_folder(log)
    head = (folder / HEAD).read_bytes()
    path = audit_files(folder)[-1]
    path.write_bytes(b"".join(path.read_bytes().splitlines(keepends=True)[:-1]))
    (folder / HEAD).unlink()
    append(log, Event(action="export", reader="viewer@example.org", role=None, what="8.csv"))
    (folder / HEAD).write_bytes(head)
    assert verify(log).fault == f"line {COUNT} is not the one that was written, as {HEAD} says"


def test_without_its_head_a_log_says_what_it_cannot_tell(log: Path) -> None:
    (audit_folder(log) / HEAD).unlink()
    found = verify(log)
    assert (found.fault, len(found.notes)) == ("", 1)
    assert "would not be noticed" in found.notes[0]
    append(log, Event(action="export", reader="viewer@example.org", role=None, what="9.csv"))
    assert verify(log).notes == ()


def test_a_file_of_an_earlier_year_that_ends_within_a_line_is_found(log: Path) -> None:
    with audit_files(audit_folder(log))[0].open("ab") as file:
        file.write(b'{"numb')
    assert verify(log).fault == "exports-2026.jsonl, line 4: it is cut short"
