"""Which files are taken from a folder, and archives that are not to be trusted: B57 to B59."""

import gzip
import stat
import zipfile
from pathlib import Path

import pytest

from pipelines.errors import FileRefused
from pipelines.offered import OfferedFile, find_offered, look_through
from tests.support.street_rows import NAME, csv_bytes, rows

CONTENT = csv_bytes(rows(10))


def _archive(folder: Path, *members: tuple[str | zipfile.ZipInfo, bytes]) -> Path:
    path = folder / "2026-10.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return path


def _refusal(folder: Path) -> str:
    files, (refused,) = find_offered(folder)
    assert files == []
    return str(refused)


def test_every_layout_is_found_in_a_fixed_order(tmp_path: Path) -> None:
    (tmp_path / "2026-09").mkdir()
    (tmp_path / "2026-09" / NAME).write_bytes(CONTENT)
    (tmp_path / "2026-08-west-mercia-street.csv.gz").write_bytes(gzip.compress(CONTENT))
    (tmp_path / "extract.csv").write_bytes(CONTENT)
    _archive(tmp_path, (f"2026-09/{NAME}", CONTENT))
    files, refused = find_offered(tmp_path)
    assert refused == []
    assert [(file.file_name, file.archive_name, file.vintage) for file in files] == [
        ("2026-08-west-mercia-street.csv.gz", None, None),
        (NAME, None, None),
        (NAME, "2026-10.zip", "2026-10"),
        ("extract.csv", None, None),
    ]
    assert {file.read_bytes() for file in files} == {CONTENT}


def test_other_files_are_ignored_and_named(tmp_path: Path) -> None:
    others = ("2026-09-west-mercia-outcomes.csv", "2026-09-west-mercia-stop-and-search.csv")
    for name in (*others, "notes.txt"):
        (tmp_path / name).write_text("Crime ID,Month\n")
    (tmp_path / ".hidden-street.csv").write_bytes(CONTENT)
    found = look_through(tmp_path)
    assert (found.files, found.supplied, found.refusals) == ((), (), ())
    assert set(found.ignored) == {*others, "notes.txt"}


def test_other_csv_files_and_workbooks_are_taken_for_supplied_ones(tmp_path: Path) -> None:
    names = ["2026-27Q2.xlsm", "old.XLS", "referrals.csv", "referrals.csv.gz", "returns.xlsx"]
    for name in names:
        (tmp_path / name).write_bytes(b"provider_id,service_id\n")
    (tmp_path / "~$returns.xlsx").write_bytes(b"a lock of Excel's")
    found = look_through(tmp_path)
    assert (found.files, found.refusals, found.ignored) == ((), (), ())
    assert [file.file_name for file in found.supplied] == names


@pytest.mark.parametrize("name", ["../../etc/cron.d/x", "/etc/cron.d/x", "C:\\x", "a/..\\x"])
def test_b57_unsafe_path(tmp_path: Path, name: str) -> None:
    _archive(tmp_path, (f"2026-09/{NAME}", CONTENT), (name, CONTENT))
    assert "2026-10.zip: unsafe path in member 2" in _refusal(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["2026-10.zip"]


def test_b57_link(tmp_path: Path) -> None:
    link = zipfile.ZipInfo(NAME)
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    _archive(tmp_path, (link, b"/etc/passwd"))
    assert "unsafe path in member 1 (it is a link)" in _refusal(tmp_path)


def test_b58_wrong_checksum_names_the_member(tmp_path: Path) -> None:
    path = _archive(tmp_path, (f"2026-08/{NAME}", CONTENT), ("x.txt", b""))
    raw = bytearray(path.read_bytes())
    place = raw.index(NAME.encode()) + len(NAME) + 40
    raw[place] ^= 0xFF
    path.write_bytes(raw)
    assert f"archive incomplete (CRC error in {NAME})" in _refusal(tmp_path)


def test_b58_truncated_archive(tmp_path: Path) -> None:
    path = _archive(tmp_path, (f"2026-08/{NAME}", CONTENT))
    path.write_bytes(path.read_bytes()[:-30])
    assert "2026-10.zip: archive incomplete" in _refusal(tmp_path)


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_b59_two_members_of_one_name(tmp_path: Path) -> None:
    _archive(tmp_path, (NAME, CONTENT), (NAME, CONTENT))
    assert f"2 members have the name {NAME}" in _refusal(tmp_path)


def test_a_member_that_expands_beyond_belief_is_refused(tmp_path: Path) -> None:
    _archive(tmp_path, (NAME, bytes(20_000_000)))
    assert "It is no street file" in _refusal(tmp_path)


def test_a_file_that_vanished_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileRefused, match="cannot be read: No such file"):
        OfferedFile(path=tmp_path / NAME, file_name=NAME).read_bytes()


def test_a_damaged_gzip_is_refused(tmp_path: Path) -> None:
    path = tmp_path / f"{NAME}.gz"
    raw = bytearray(gzip.compress(CONTENT))
    raw[len(raw) // 2] ^= 0xFF
    path.write_bytes(raw)
    with pytest.raises(FileRefused, match="damaged or incomplete"):
        OfferedFile(path=path, file_name=path.name).read_bytes()


def test_a_gzip_in_several_parts_is_read_whole(tmp_path: Path) -> None:
    path = tmp_path / f"{NAME}.gz"
    path.write_bytes(gzip.compress(CONTENT[:500]) + gzip.compress(CONTENT[500:]))
    assert OfferedFile(path=path, file_name=path.name).read_bytes() == CONTENT
