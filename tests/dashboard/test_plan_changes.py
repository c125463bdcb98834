"""Changes of the delivery plan: each recorded and kept whole, or not at all."""

import json
import sqlite3
import stat
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from dashboard.audit import NotRecorded, audit_files, audit_folder
from dashboard.metrics.strategy import PlanEntry
from dashboard.workspace import backup, scenarios
from dashboard.workspace.database import FILE_NAME, FORM, WorkspaceUnavailable
from dashboard.workspace.plan import Author, NotChanged, Revision, changes, last, save
from schemas.codes import SAMPLE_MARK
from tests.dashboard.test_workspace import SCENARIO

STAFF = Author(owner="staff@example.org", role="staff", version="wh-3-0badcafe", is_invented=False)
ENTRY = PlanEntry(
    entry_id="D1",
    commitment_id="G3",
    kind="MILESTONE",
    text="Needs published",
    owner_role="OPCC",
    due=date(2026, 10, 31),
    status="OPEN",
    severity=None,
    what_changed=None,
    updated_on=date(2026, 10, 1),
)
NEW = replace(ENTRY, entry_id="", text="Board met")


def keep(data_dir: Path, entry: PlanEntry = ENTRY, *, after: int = 0, **who: object) -> PlanEntry:
    """Keep an entry as staff do."""
    return save(data_dir, entry, after=after, author=replace(STAFF, **who))  # type: ignore[arg-type]


def now(data_dir: Path, *, upto: int = 99, is_invented: bool = False) -> tuple[PlanEntry, ...]:
    return changes(data_dir, upto=upto, is_invented=is_invented)


def recorded(data_dir: Path) -> list[dict[str, object]]:
    """Return the lines of the audit log."""
    return [
        json.loads(line)
        for path in audit_files(audit_folder(data_dir))
        for line in path.read_text(encoding="ascii").splitlines()
    ]


def test_each_number_shows_the_plan_as_it_stood(tmp_path: Path) -> None:
    first = keep(tmp_path)
    second = keep(tmp_path, replace(ENTRY, status="DONE"), after=1)
    third = keep(tmp_path, NEW)
    assert [each.revision for each in (first, second, third)] == [1, 2, 3]
    assert third.entry_id == "PAGE-3"
    assert now(tmp_path, upto=1) == (first,)
    assert now(tmp_path, upto=2) == (second,)
    assert now(tmp_path) == (second, third)
    assert (last(tmp_path).number, last(tmp_path, upto=2).number) == (3, 2)


def test_a_version_shows_the_plan_as_it_stood_at_the_end_of_its_time(tmp_path: Path) -> None:
    for number, version in enumerate(("wh-1-0badcafe", "wh-2-0badcafe", "wh-1-0badcafe")):
        keep(tmp_path, after=number, version=version)
    assert last(tmp_path, served=lambda version: version < "wh-2").number == 3
    keep(tmp_path, after=3, version="wh-3-0badcafe")
    assert last(tmp_path, served=lambda version: version < "wh-3").number == 3
    assert last(tmp_path, served=lambda version: version < "wh-1") == Revision()


def test_of_two_who_write_at_once_one_is_kept_and_the_other_told(tmp_path: Path) -> None:
    def write(number: int) -> bool:
        try:
            keep(tmp_path, replace(ENTRY, text=f"Writer {number}"))
        except NotChanged as why:
            return "Somebody else changed this entry" not in str(why)
        return True

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(write, range(8))) == [False] * 7 + [True]
    assert last(tmp_path).number == 1
    assert len(recorded(tmp_path)) == 1


def test_an_invented_plan_and_a_real_one_never_mix(tmp_path: Path) -> None:
    invented = keep(tmp_path, is_invented=True)
    assert now(tmp_path) == ()
    real = keep(tmp_path, replace(ENTRY, text="Real"))
    assert now(tmp_path) == (real,)
    assert now(tmp_path, is_invented=True) == (invented,)
    with sqlite3.connect(tmp_path / "workspace" / FILE_NAME) as connection:
        rows = connection.execute("select content from plan_revision order by number").fetchall()
    assert [json.loads(row)["sample_mark"] for (row,) in rows] == [SAMPLE_MARK, None]


def test_a_line_in_the_log_says_who_and_which_entry_and_none_of_the_words(tmp_path: Path) -> None:
    keep(tmp_path, replace(ENTRY, text="Words of staff"))
    (line,) = recorded(tmp_path)
    said = {name: line[name] for name in ("action", "reader", "role", "what", "page", "version")}
    assert said == {
        "action": "plan_changed",
        "reader": "staff@example.org",
        "role": "staff",
        "what": "D1, revision 1",
        "page": "strategy",
        "version": "wh-3-0badcafe",
    }
    assert "Words" not in json.dumps(line)


def test_what_cannot_be_recorded_is_not_kept(tmp_path: Path) -> None:
    keep(tmp_path)
    (tmp_path / "audit" / "dashboard" / "head.json").write_text("{", encoding="utf-8")
    with pytest.raises(NotRecorded):
        keep(tmp_path, after=1)
    assert last(tmp_path).number == 1


@pytest.mark.parametrize("role", ["viewer", "analyst", None])
def test_only_staff_change_the_plan(tmp_path: Path, role: str | None) -> None:
    with pytest.raises(NotChanged, match="Your role"):
        keep(tmp_path, role=role)
    assert last(tmp_path) == Revision()
    (line,) = recorded(tmp_path)
    assert (line["action"], line["what"]) == ("denied", "edit_plan")


def test_too_many_words_are_refused(tmp_path: Path) -> None:
    with pytest.raises(NotChanged, match="too long"):
        keep(tmp_path, replace(ENTRY, text="x" * 8_000))
    assert last(tmp_path) == Revision()


def test_nothing_is_made_by_reading_and_what_is_made_is_for_its_owner(tmp_path: Path) -> None:
    assert (last(tmp_path), now(tmp_path)) == (Revision(), ())
    assert list(tmp_path.iterdir()) == []
    keep(tmp_path)
    assert stat.S_IMODE((tmp_path / "workspace" / FILE_NAME).stat().st_mode) == 0o600


def test_a_file_of_the_form_before_is_upgraded_and_loses_nothing(tmp_path: Path) -> None:
    scenarios.save(tmp_path, SCENARIO, owner="staff@example.org")
    with sqlite3.connect(tmp_path / "workspace" / FILE_NAME) as connection:
        connection.execute("drop table plan_revision")
        connection.execute("pragma user_version = 2")
    assert last(tmp_path) == Revision()
    keep(tmp_path)
    (held,) = scenarios.listed(tmp_path, owner="staff@example.org")
    assert held.scenario == SCENARIO
    with sqlite3.connect(tmp_path / "workspace" / FILE_NAME) as connection:
        assert connection.execute("pragma user_version").fetchone() == (FORM,)


def test_a_backup_holds_the_changes_and_a_number_given_anew_is_another_change(
    tmp_path: Path,
) -> None:
    data, archive = tmp_path / "data", tmp_path / "backup.zip"
    first = keep(data)
    backup.make(data, archive)
    lost = last(data) if keep(data, after=1) else Revision()
    backup.restore(data, archive)
    assert now(data) == (first,)
    keep(data, replace(ENTRY, text="Written anew"), after=1)
    again = last(data)
    assert again.number == lost.number
    assert again != lost


def _full(path: Path) -> None:
    path.write_bytes(b"not a database at all" * 200)


def _newer(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("pragma user_version = 9")


def _spoilt_row(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("update plan_revision set content = '{}'")


@pytest.mark.parametrize(
    ("spoil", "why"), [(_full, "restore it"), (_newer, "newer version"), (_spoilt_row, "Change 1")]
)
def test_what_cannot_be_read_is_said_and_nothing_is_guessed(
    tmp_path: Path, spoil: Callable[[Path], None], why: str
) -> None:
    keep(tmp_path)
    spoil(tmp_path / "workspace" / FILE_NAME)
    with pytest.raises(WorkspaceUnavailable, match=why):
        now(tmp_path)


def test_a_file_that_somebody_holds_is_told_and_nothing_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep(tmp_path)
    monkeypatch.setattr("dashboard.workspace.database._PATIENCE_SECONDS", 0.05)
    holder = sqlite3.connect(tmp_path / "workspace" / FILE_NAME, isolation_level=None)
    holder.execute("begin immediate")
    with pytest.raises(WorkspaceUnavailable, match="cannot be read or written now"):
        keep(tmp_path, after=1)
    holder.close()
    assert last(tmp_path).number == 1
    assert len(recorded(tmp_path)) == 1
