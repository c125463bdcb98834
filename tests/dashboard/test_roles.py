"""The role file decides for everyone or for nobody, and anew whenever it changes."""

import os
from pathlib import Path

import pytest

from dashboard import roles
from dashboard.access import ANALYST, EVERYONE, STAFF, VIEWER
from dashboard.roles import role_of

GOOD = '[readers]\n"viewer@example.org" = "viewer"\n"staff@example.org" = "staff"\n'


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "roles.toml"
    path.write_text(GOOD, encoding="utf-8")
    return path


def test_a_reader_has_the_role_that_the_file_gives(file: Path) -> None:
    assert role_of("viewer@example.org", file) == VIEWER
    assert role_of("staff@example.org", file) == STAFF


@pytest.mark.parametrize("key", ["", "nobody@example.org", "VIEWER@example.org", "readers"])
def test_who_is_not_named_has_none(file: Path, key: str) -> None:
    assert role_of(key, file) is None


@pytest.mark.parametrize("role", sorted(EVERYONE))
def test_the_next_question_knows_a_changed_file(file: Path, role: str) -> None:
    assert role_of("viewer@example.org", file) == VIEWER
    file.write_text(f'[readers]\n"viewer@example.org" = "{role}"\n', encoding="utf-8")
    assert role_of("viewer@example.org", file) == role
    file.unlink()
    assert role_of("viewer@example.org", file) is None


FAULTY = {
    "empty": b"",
    "no table": b'"staff@example.org" = "staff"\n',
    "nobody": b"[readers]\n",
    "no names": b'readers = ["staff@example.org"]\n',
    "not text": b'[readers]\n"staff@example.org" = "staff" # \xff\n',
    "not TOML": b"[readers]\nstaff@example.org: staff\n",
    "too deep": b"readers = " + b"[" * 99_999,
    "named twice": b'[readers]\n"staff@example.org" = "staff"\n"staff@example.org" = "viewer"\n',
    "unknown role": GOOD.encode() + b'"analyst@example.org" = "admin"\n',
    "role in capitals": GOOD.encode() + b'"analyst@example.org" = "Analyst"\n',
    "two roles": GOOD.encode() + b'"analyst@example.org" = ["analyst", "staff"]\n',
    "swapped": b'[readers]\n"staff@example.org" = "staff"\n"viewer" = "viewer@example.org"\n',
}


@pytest.mark.parametrize("fault", FAULTY)
def test_b62_a_faulty_role_file_denies_all_and_the_log_names_nobody(
    file: Path, fault: str, caplog: pytest.LogCaptureFixture
) -> None:
    file.write_bytes(FAULTY[fault])
    assert role_of("staff@example.org", file) is None
    assert "role file not readable" in caplog.text
    assert "example.org" not in caplog.text


def test_b62_a_missing_or_unreadable_role_file_denies_all(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    for path in (None, tmp_path / "none.toml", tmp_path):
        caplog.clear()
        assert role_of("staff@example.org", path) is None
        assert "role file not readable" in caplog.text, path


def test_it_is_told_once_for_each_state_of_the_file(
    file: Path, caplog: pytest.LogCaptureFixture
) -> None:
    file.write_text("[readers]\n", encoding="utf-8")
    for _ in range(5):
        role_of("staff@example.org", file)
    assert caplog.text.count("role file not readable") == 1


def test_a_file_changed_within_its_own_length_is_read_again(file: Path) -> None:
    """Also where a copy kept the old times, as some editors and tools do."""
    assert role_of("staff@example.org", file) == STAFF
    before = file.stat()
    other = file.with_name("new")
    other.write_text(GOOD.replace('"staff"', '"admin"'), encoding="utf-8")
    os.utime(other, ns=(before.st_atime_ns, before.st_mtime_ns))
    other.replace(file)
    assert file.stat().st_size == before.st_size
    assert role_of("staff@example.org", file) is None


def test_a_file_that_comes_while_it_is_missed_gives_no_role_that_outlives_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, looked = tmp_path / "roles.toml", roles._stamp

    def look_too_early(path: Path) -> object:
        found = looked(path)
        file.write_text(GOOD, encoding="utf-8")
        return found

    with monkeypatch.context() as patch:
        patch.setattr(roles, "_stamp", look_too_early)
        role_of("staff@example.org", file)
    assert role_of("staff@example.org", file) == STAFF
    file.unlink()
    assert role_of("staff@example.org", file) is None


def test_the_roles_are_those_of_the_table_of_rights() -> None:
    assert {VIEWER, ANALYST, STAFF} == EVERYONE
