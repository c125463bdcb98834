"""The delivery plan, changed on the page: who may, what is checked, and what all readers see."""

import shutil
from contextlib import redirect_stdout
from dataclasses import replace
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.papers.rebuild import Asked
from dashboard.reader import Reader
from dashboard.ui.check_file import USUAL, CheckedFile, _understood
from dashboard.ui.replay import replay
from dashboard.workspace import plan as changes
from dashboard.workspace.database import FILE_NAME
from dashboard.workspace.plan import Author
from pipelines.__main__ import main
from tests.dashboard.test_plan_changes import ENTRY
from tests.support.tiny_strategy import add_strategy
from tests.support.tiny_warehouse import write_version
from tests.ui.conftest import Run, words
from tests.ui.test_planner_page import press
from tests.ui.test_replay import add, kept

PAGE, PLAN = "pages/board/strategy.py", "Delivery plan"
OTHER = Author(owner="staff@example.org", role="staff", version="wh-1-0badcafe", is_invented=True)
D1 = replace(ENTRY, status="DONE", what_changed="Printed", updated_on=date(2026, 10, 30))


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    """A data folder with the commitments and a small plan, all invented."""
    add_strategy(write_version(tmp_path), sources=("providers",))
    return tmp_path


@pytest.fixture
def checked_here(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Have the same check run in this process: another takes two seconds of work to start."""

    def check(content: bytes, name: str, *, data_dir: Path, as_of: date) -> CheckedFile:
        path = tmp_path / name
        path.write_bytes(content)
        # DuckDB opens one file in one way only within a process.
        lists = shutil.copytree(
            data_dir / "published", tmp_path / "lists" / "published", dirs_exist_ok=True
        )
        told = StringIO()
        with redirect_stdout(told):
            main(["check", "--json", f"--as-of={as_of}", f"--data-dir={lists.parent}", str(path)])
        return _understood(told.getvalue().encode(), USUAL)

    monkeypatch.setattr("dashboard.ui.plan_check.check_file", check)


def is_offered(app: AppTest) -> bool:
    assert not app.exception
    return bool([each for each in app.selectbox if each.key == "plan_entry"])


def field(app: AppTest, name: str) -> str:
    """Return the key of a field of the form that is shown."""
    keys = [str(each.key) for each in (*app.selectbox, *app.text_area)]
    (key,) = [each for each in keys if each.startswith(f"plan_{name}_")]
    return key


def revisions(data_dir: Path) -> int:
    return changes.last(data_dir).number


@pytest.mark.usefixtures("checked_here")
def test_every_fault_is_told_by_field_and_nothing_is_kept(run: Run, data_dir: Path) -> None:
    app = run(PAGE, view=PLAN)
    app.text_area(key=field(app, "text")).set_value("Ring 07700 900123")
    press(app, "Add it")
    shown = words(app)
    assert "Put right: What it is, in short and Due." in shown
    assert "It looks like a telephone number. Take it out." in shown
    assert "A value is missing; expected: a value for a milestone or an action." in shown
    assert app.text_area(key=field(app, "text")).value == "Ring 07700 900123"
    assert revisions(data_dir) == 0


def test_of_two_who_write_the_second_is_told_and_may_go_on(run: Run, data_dir: Path) -> None:
    app = run(PAGE, view=PLAN)
    app.selectbox(key="plan_entry").set_value("D1").run()
    app.text_area(key=field(app, "text")).set_value("Needs put on the web")
    changes.save(data_dir, D1, after=0, author=OTHER)
    press(app, "Save the change")
    shown = words(app)
    assert "Not saved: somebody else changed this entry while you wrote." in shown
    assert "Done, or over" in shown  # theirs
    assert app.text_area(key=field(app, "text")).value == "Needs put on the web"
    assert revisions(data_dir) == 1
    press(app, "Save the change")
    assert "D1 · G3 · Milestone · Needs put on the web. Everyone sees it now." in words(app)
    assert revisions(data_dir) == 2
    assert app.text_area(key=field(app, "text")).value == "Needs put on the web"
    other = words(run(PAGE, view=PLAN))
    assert "Needs put on the web" in other
    assert "Changed here on" in other


def test_every_part_of_the_page_reads_the_plan_as_it_is_now(run: Run, data_dir: Path) -> None:
    assert "One milestone is late." in words(run(PAGE, view="Commitments"))
    changes.save(data_dir, D1, after=0, author=OTHER)
    risk = replace(D1, entry_id="", kind="RISK", severity="HIGH", status="OPEN", text="Staff leave")
    changes.save(data_dir, risk, after=0, author=OTHER)
    shown = words(run(PAGE, view="Commitments"))
    assert "No milestones are late." in shown
    assert "Needs published (done, or over)." in shown
    assert "Staff leave (risk: high, late: due 31 October 2026)." in shown
    report = words(run(PAGE, view="Highlight report"))
    assert "Printed (30 October 2026)." in report
    assert "two high risks and issues" in report
    assert "Written here on 30 October 2026" in words(run(PAGE, view=PLAN))


def test_a_sheet_of_a_later_day_wins_and_the_change_is_still_told(run: Run, data_dir: Path) -> None:
    changes.save(data_dir, replace(D1, updated_on=date(2026, 9, 30)), after=0, author=OTHER)
    app = run(PAGE, view=PLAN)
    assert "Sheet, 1 October 2026: later than the change here on 30 September 2026" in words(app)
    app.selectbox(key="plan_entry").set_value("D1").run()
    assert (
        "Not shown any more, from the change here on 30 September 2026: Needs published"
        in words(app)
    )


def test_an_entry_whose_commitment_is_gone_can_be_given_another(run: Run, data_dir: Path) -> None:
    changes.save(data_dir, replace(D1, commitment_id="Z9"), after=0, author=OTHER)
    app = run(PAGE, view=PLAN)
    assert "Not shown: D1." in words(app)
    app.selectbox(key="plan_entry").set_value("D1").run()
    assert app.selectbox(key=field(app, "commitment_id")).value is None
    assert app.selectbox(key=field(app, "severity")).value == ""


@pytest.mark.parametrize("role", ["viewer", "analyst"])
def test_who_may_not_change_the_plan_sees_no_form(
    run: Run, monkeypatch: pytest.MonkeyPatch, role: str
) -> None:
    reader = Reader(f"{role}@example.org", role, role, "known")
    monkeypatch.setattr("dashboard.ui.plan_form.current_reader", lambda _: reader)
    app = run(PAGE, view=PLAN, role="staff")
    assert not is_offered(app)
    assert "Change the plan" not in [each.label for each in app.expander]


def test_a_form_that_outlives_its_reader_s_role_changes_nothing(
    run: Run, data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = run(PAGE, view=PLAN)
    viewer = Reader("viewer@example.org", "A viewer", "viewer", "known")
    monkeypatch.setattr("dashboard.ui.plan_form.current_reader", lambda _: viewer)
    press(app, "Add it")
    assert not is_offered(app)
    assert revisions(data_dir) == 0


def test_an_earlier_version_shows_the_plan_as_it_stood_and_no_form(
    run: Run, data_dir: Path
) -> None:
    first = next((data_dir / "published").glob("*.duckdb")).stem
    changes.save(data_dir, D1, after=0, author=replace(OTHER, version=first))
    newer = write_version(data_dir, 2)
    add_strategy(newer, sources=("providers",))
    again = replace(D1, status="STOPPED", text="Given up since")
    changes.save(data_dir, again, after=1, author=replace(OTHER, version=newer.stem))
    now = run(PAGE, view="Commitments")
    assert "Given up since (given up)." in words(now)
    app = run(PAGE, view=PLAN, as_at=first)
    assert not is_offered(app)
    assert "on the newest version only" in words(app)
    shown = words(run(PAGE, view="Commitments", as_at=first))
    assert "Needs published (done, or over)." in shown
    assert "Given up since" not in shown


def test_a_paper_shows_the_plan_of_its_recipe_and_on_a_newer_version_that_of_today(
    run: Run, data_dir: Path
) -> None:
    changes.save(data_dir, replace(D1, status="OPEN", text="First"), after=0, author=OTHER)
    add(run(PAGE, view=PLAN), "open_entries")
    item = kept(data_dir)
    assert item.origin.state == {"plan_revision": 1}
    assert "changes made here up to number 1" in item.chart.source
    changes.save(data_dir, replace(D1, status="OPEN", text="Second"), after=1, author=OTHER)
    newer = write_version(data_dir, 2)
    add_strategy(newer, sources=("providers",))
    before = replace(item.origin, state={})
    version = item.chart.version
    asked = [Asked(item.origin, version), Asked(before, version), Asked(item.origin, newer.stem)]
    same, sheet, today = (each.item for each in replay(asked, data_dir=data_dir))
    assert same
    assert (same.chart, same.origin) == (item.chart, item.origin)
    texts = [[row[3] for row in each.chart.table.rows] if each else [] for each in (sheet, today)]
    assert "Needs published" in texts[0]
    assert "Second" in texts[1]
    assert "First" not in texts[1]


def test_where_changes_cannot_be_read_the_sheet_is_shown_and_said(run: Run, data_dir: Path) -> None:
    changes.save(data_dir, D1, after=0, author=OTHER)
    (data_dir / "workspace" / FILE_NAME).write_bytes(b"not a database at all" * 200)
    app = run(PAGE, view=PLAN)
    assert not app.exception
    shown = words(app)
    assert "as the sheet has it, without changes made here." in shown
    assert "late: due 31 October 2026" in shown


@pytest.mark.usefixtures("checked_here")
def test_what_cannot_be_recorded_or_kept_is_said_and_what_was_typed_stays(
    run: Run, data_dir: Path
) -> None:
    changes.save(data_dir, D1, after=0, author=OTHER)
    app = run(PAGE, view=PLAN)
    app.selectbox(key=field(app, "kind")).set_value("RISK")
    app.selectbox(key=field(app, "severity")).set_value("LOW")
    app.text_area(key=field(app, "text")).set_value("Board met")
    head = data_dir / "audit" / "dashboard" / "head.json"
    whole = head.read_bytes()
    head.write_text("{", encoding="utf-8")
    press(app, "Add it")
    assert "could not be recorded in the audit log, so it was not made" in words(app)
    head.write_bytes(whole)
    (data_dir / "workspace" / FILE_NAME).write_bytes(b"not a database at all" * 200)
    press(app, "Add it")
    assert "Not saved.</strong> What readers saved cannot be read or written now" in words(app)
    assert app.text_area(key=field(app, "text")).value == "Board met"
