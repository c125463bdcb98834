"""Who may open what: every page, every role, and nobody."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.access import ANALYST, PAGES, STAFF, VIEWER, may_open, page_entry, pages_for
from dashboard.settings import Settings
from dashboard.ui.identity import current_reader
from tests.ui.conftest import APP, Run, words

PROJECT = APP.parent


@pytest.mark.parametrize("entry", PAGES, ids=lambda entry: entry.key)
@pytest.mark.parametrize("role", [VIEWER, ANALYST, STAFF])
def test_a_page_opens_for_the_roles_it_names_only(entry: object, role: str) -> None:
    listed = next(each for each in PAGES if each == entry)
    assert may_open(role, listed.key) == (role in listed.roles)


@pytest.mark.parametrize("role", [None, "", "admin", "Staff"])
@pytest.mark.parametrize("entry", PAGES, ids=lambda entry: entry.key)
def test_an_unknown_role_opens_nothing(role: str | None, entry: object) -> None:
    assert not may_open(role, next(each for each in PAGES if each == entry).key)
    assert pages_for(role) == ()


def test_an_unknown_page_opens_for_nobody() -> None:
    assert not may_open(STAFF, "payroll")
    with pytest.raises(KeyError):
        page_entry("payroll")


def test_every_page_file_is_listed_and_every_listed_file_exists() -> None:
    files = {path.relative_to(PROJECT).as_posix() for path in PROJECT.glob("pages/**/*.py")}
    assert {entry.file for entry in PAGES} == {f for f in files if not f.endswith("__init__.py")}


def test_keys_addresses_and_titles_are_unique() -> None:
    for name in ("key", "path", "title", "question", "file"):
        values = [getattr(entry, name) for entry in PAGES]
        assert len(values) == len(set(values)), name


def test_nobody_is_signed_in_unless_in_development() -> None:
    assert current_reader(Settings(mode="production")).role is None
    assert current_reader(Settings(mode="development")).role == STAFF


def test_b69_parameters_that_some_would_try_are_without_effect_and_logged_as_warnings(
    run: Run, caplog: pytest.LogCaptureFixture
) -> None:
    app = run("pages/about/definitions.py", role="admin of it all", sdc="off", user="a@example.org")
    assert "Development viewer (staff)" in words(app)
    told = {each.getMessage() for each in caplog.records if each.levelname == "WARNING"}
    role = "by a reader whose role is staff"
    assert {f"ignored_parameter: {name}, {role}" for name in ("role", "sdc", "user")} <= told
    assert "admin of" not in caplog.text


@pytest.mark.parametrize("entry", [None, *PAGES], ids=lambda entry: getattr(entry, "key", "app"))
def test_without_a_mode_every_page_is_denied(
    entry: object, data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WM_DATA_DIR", str(data_dir))
    monkeypatch.delenv("WM_MODE", raising=False)
    file = getattr(entry, "file", "app.py")
    app = AppTest.from_file(str(PROJECT / file), default_timeout=30).run()
    shown = words(app)
    assert not app.exception
    assert "Nobody can sign in yet" in shown
    assert "wm-number" not in shown
    assert not app.get("plotly_chart")
